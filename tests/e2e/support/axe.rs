//! axe-core, injected into the real window.

use std::{fmt::Write, fs, path::Path};

use fantoccini::Client;

const RUN: &str = "const done = arguments[arguments.length - 1];
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    axe.run(document, { runOnly: { type: 'tag', values: tags } })
        .then(found => done(found.violations.map(v => [v.id, v.help, v.nodes.map(n => n.html).join('\\n    ')])), error => done(String(error)));";

/// Fails with every violation of WCAG 2.2 A and AA on the view as it stands.
pub async fn finds_nothing(page: &Client, view: &str) {
    let violations = violations(page, view).await;
    assert!(violations.is_none(), "{}", violations.unwrap_or_default());
}

/// Every violation of WCAG 2.2 A and AA on the view as it stands, in words.
pub async fn violations(page: &Client, view: &str) -> Option<String> {
    if page.execute("return typeof axe", vec![]).await.unwrap() == "undefined" {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/node_modules/axe-core/axe.min.js");
        let axe = fs::read_to_string(path).expect("axe-core is missing: run `make e2e`, which installs it");
        page.execute(&axe, vec![]).await.unwrap();
    }
    let answer = page.execute_async(RUN, vec![]).await.unwrap();
    let violations = answer.as_array().unwrap_or_else(|| panic!("axe could not look at {view}: {answer}"));
    let mut words = format!("axe on {view}:");
    for violation in violations {
        let [id, help, nodes] = [0, 1, 2].map(|at| violation[at].as_str().unwrap_or_default());
        let _ = write!(words, "\n{id}: {help}\n    {nodes}");
    }
    (!violations.is_empty()).then_some(words)
}

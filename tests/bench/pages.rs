//! What the window loads, packed as a web server would.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::measure::Figure;

/// Scripts and styles of `ui/dist`, after gzip, against themselves before: those
/// that the first screen waits for, and all of them.
pub fn bytes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/dist");
    let (Ok(page), Ok(entries)) = (std::fs::read_to_string(folder.join("index.html")), std::fs::read_dir(folder.join("assets"))) else {
        println!("{{\"name\":\"UI bundle, gzip\",\"skipped\":\"ui/dist is not built\"}}");
        return;
    };
    let kept = |path: &Path| path.extension().is_some_and(|ending| ending == "js" || ending == "css");
    let files: Vec<_> = entries.map(|entry| entry.unwrap().path()).filter(|path| kept(path)).collect();
    let first = |path: &&PathBuf| page.contains(path.file_name().unwrap().to_str().unwrap());
    let first: Vec<_> = files.iter().filter(first).cloned().collect();
    figure("UI of the first screen, gzip against plain", "ours <= 90", &first);
    figure("UI of every screen, gzip against plain", "ours <= 400", &files);
}

fn figure(name: &str, expected: &str, files: &[PathBuf]) {
    let plain: u64 = files.iter().map(|file| std::fs::metadata(file).unwrap().len()).sum();
    let packed: usize = files
        .iter()
        .map(|file| {
            let gzip = Command::new("gzip").arg("-9c").arg(file).stdout(Stdio::piped()).output().unwrap();
            assert!(gzip.status.success(), "gzip packs");
            gzip.stdout.len()
        })
        .sum();
    let (ours, raw) = (vec![packed as f64 / 1000.0], vec![plain as f64 / 1000.0]);
    Figure { name, unit: "kB", ours, raw, expected, n: files.len() }.print();
}

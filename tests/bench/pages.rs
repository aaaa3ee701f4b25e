//! What the window loads, packed as a web server would.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::measure::Figure;

/// Scripts and styles of `ui/dist`, after gzip, against themselves before.
pub fn bytes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/dist/assets");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("{{\"name\":\"UI bundle, gzip\",\"skipped\":\"ui/dist is not built\"}}");
        return;
    };
    let kept = |path: &Path| path.extension().is_some_and(|ending| ending == "js" || ending == "css");
    let files: Vec<_> = entries.map(|entry| entry.unwrap().path()).filter(|path| kept(path)).collect();
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
    Figure { name: "UI bundle, gzip against plain", unit: "kB", ours, raw, expected: "ours <= 120", n: files.len() }.print();
}

//! Writes every generated file into the project, and takes away what is no
//! longer generated. `tools/generated.sh` runs it.

use std::path::Path;

use attune_core::api::bindings::{TYPES, files};
use attune_core::schema::dictionary;

fn main() -> std::io::Result<()> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = files();
    files.insert(dictionary::PAGE.to_owned(), dictionary::page());
    std::fs::create_dir_all(project.join(TYPES))?;
    for entry in std::fs::read_dir(project.join(TYPES))? {
        let entry = entry?;
        if !files.contains_key(&format!("{TYPES}/{}", entry.file_name().to_string_lossy())) {
            std::fs::remove_file(entry.path())?;
        }
    }
    for (path, text) in &files {
        // What is as it was keeps its date, so that nothing is built again for it.
        let path = project.join(path);
        if std::fs::read_to_string(&path).ok().as_ref() != Some(text) {
            std::fs::write(path, text)?;
        }
    }
    Ok(())
}

//! Bakes `tauri.conf.json`, the capabilities, the icon and the built pages
//! into the shell.

fn main() {
    for input in ["src-tauri/build.rs", "src-tauri/capabilities", "ui/dist", "assets/icons"] {
        println!("cargo:rerun-if-changed={input}");
    }
    let attributes = tauri_build::Attributes::new().capabilities_path_pattern("./src-tauri/capabilities/**/*");
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo::error={error:#}");
        std::process::exit(1);
    }
}

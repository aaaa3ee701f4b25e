//! The one window. Its title never holds a name, and it shows only the pages
//! that were built into the program.

use tauri::{App, Url, WebviewWindow, WebviewWindowBuilder};

const SMALLEST: f64 = 0.5;
const LARGEST: f64 = 3.0;

/// Opens the window described in `tauri.conf.json`.
pub fn open(app: &App) -> tauri::Result<()> {
    let Some(described) = app.config().app.windows.first() else { return Err(tauri::Error::WindowNotFound) };
    let window = WebviewWindowBuilder::from_config(app.handle(), described)?.on_navigation(is_ours).build()?;
    #[cfg(target_os = "linux")]
    window.with_webview(|view| crate::linux::settle(&view.inner()))?;
    let _ = window;
    Ok(())
}

/// Enlarges or shrinks everything in the window, within what stays usable.
#[tauri::command]
pub fn zoom(window: WebviewWindow, factor: f64) {
    if factor.is_finite() {
        let _ = window.set_zoom(factor.clamp(SMALLEST, LARGEST));
    }
}

/// Our own pages, and nothing else: a dropped file or a pasted link leads nowhere.
fn is_ours(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => true,
        "http" | "https" => url.host_str() == Some("tauri.localhost") || (cfg!(debug_assertions) && url.host_str() == Some("localhost")),
        scheme => scheme == "about",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_built_in_pages_open() {
        for (url, ours) in [
            ("tauri://localhost/", true),
            ("http://tauri.localhost/", true),
            ("about:blank", true),
            ("https://example.org/", false),
            ("http://tauri.localhost.example.org/", false),
            ("file:///etc/hostname", false),
            ("data:text/html,hello", false),
        ] {
            assert_eq!(Url::parse(url).map(|parsed| is_ours(&parsed)), Ok(ours), "{url}");
        }
    }
}

//! From the start of the program to its unlock screen drawn, against an empty
//! Tauri window from its start to its page drawn: `make bench`. Both on a
//! screen that nobody sees, in turns. What is drawn is read from the screen's
//! own memory, so that neither side is asked and neither is slowed.
//!
//! Started again with the word `empty`, this program is the empty window.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "it measures, and stops at the first surprise")]

#[cfg(target_os = "linux")]
fn main() {
    if std::env::args().any(|word| word == "empty") {
        empty::open();
    } else {
        drawn::measure();
    }
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("{{\"name\":\"unlock screen drawn, against an empty window\",\"skipped\":\"measured on Linux only\"}}");
}

/// A Tauri window with nothing in it.
#[cfg(target_os = "linux")]
mod empty {
    use tauri::http::Response;
    use tauri::{WebviewUrl, WebviewWindowBuilder};

    /// A page with a colour of its own: the window is on the screen, in the
    /// colour of the desktop, before there is any page.
    const PAGE: &str = "<!doctype html><body style='background: #224466'>";

    /// Opens it, of the same size, and stays.
    pub fn open() {
        tauri::Builder::default()
            .register_uri_scheme_protocol("empty", |_, _| {
                Response::builder().header("content-type", "text/html").body(PAGE.as_bytes().to_vec()).unwrap()
            })
            .setup(|app| {
                let url = WebviewUrl::CustomProtocol("empty://localhost/".parse()?);
                WebviewWindowBuilder::new(app, "empty", url).inner_size(1366.0, 768.0).build()?;
                Ok(())
            })
            .run(tauri::generate_context!())
            .unwrap();
    }
}

/// The measuring.
#[cfg(target_os = "linux")]
mod drawn {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    use std::path::Path;
    use std::process::{Child, Command, Stdio};
    use std::sync::Arc;
    use std::time::{Duration, Instant};

    use attune_core::desk::{Desk, Quiet, Setup, practice};
    use attune_core::ids::{RandomIds, SharedIds};
    use attune_core::practice::Plan;
    use attune_core::store::open::Durability;
    use attune_core::time::SystemClock;
    use attune_core::vault::keys::KdfParams;
    use serde_json::json;

    const RUNS: usize = 7;
    const NAME: &str = "unlock screen drawn, against an empty Tauri window";
    const LOOK_EVERY: Duration = Duration::from_millis(4);
    const WATCHED_FOR: Duration = Duration::from_secs(5);

    /// Prints the figure as one line.
    pub fn measure() {
        if Command::new("Xvfb").arg("-help").stdout(Stdio::null()).stderr(Stdio::null()).status().is_err() {
            println!("{}", json!({"name": NAME, "skipped": "there is no Xvfb on this computer"}));
            return;
        }
        let folder = tempfile::tempdir().unwrap();
        for name in ["home", "data", "runtime", "screen"] {
            fs::create_dir(folder.path().join(name)).unwrap();
            fs::set_permissions(folder.path().join(name), fs::Permissions::from_mode(0o700)).unwrap();
        }
        make_vault(folder.path());
        let screen = Screen::start(&folder.path().join("screen"));
        let (mut ours, mut raw) = (Vec::new(), Vec::new());
        for run in 0..=RUNS {
            let us = screen.until_drawn(program(folder.path(), env!("CARGO_BIN_EXE_attune"), &screen));
            let mut same = program(folder.path(), &std::env::current_exe().unwrap().to_string_lossy(), &screen);
            same.arg("empty");
            let them = screen.until_drawn(same);
            // The first of each reads the disk for both.
            if run > 0 {
                ours.push(us);
                raw.push(them);
            }
        }
        let ratios: Vec<f64> = ours.iter().zip(&raw).map(|(ours, raw)| ours / raw).collect();
        println!(
            "{}",
            json!({
                "name": NAME, "ours": median(&ours), "raw": median(&raw), "ratio": median(&ratios),
                "spread": {"ours": between(&ours), "raw": between(&raw), "ratio": between(&ratios)},
                "unit": "ms", "n": RUNS, "runs": RUNS, "expected": "ratio <= 1.5",
            })
        );
    }

    fn make_vault(folder: &Path) {
        let desk = Desk::with(Setup {
            folder: folder.join("vault"),
            data_home: Some(folder.join("data")),
            clock: Arc::new(SystemClock),
            ids: SharedIds::of(RandomIds),
            kdf: KdfParams::standard(),
            durability: Durability::Full,
        });
        practice::fill(&desk, &Plan::default(), &Quiet).unwrap();
    }

    fn program(folder: &Path, path: &str, screen: &Screen) -> Command {
        let mut program = Command::new(path);
        program
            .env_remove("WAYLAND_DISPLAY")
            .env("DISPLAY", &screen.display)
            .env("GDK_BACKEND", "x11")
            .env("LANG", "C.UTF-8")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env("NO_AT_BRIDGE", "1")
            .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
            .env("HOME", folder.join("home"))
            .env("XDG_DATA_HOME", folder.join("data"))
            .env("XDG_RUNTIME_DIR", folder.join("runtime"))
            .env("ATTUNE_VAULT", folder.join("vault"))
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        program
    }

    /// A screen in memory that can be read as a file.
    struct Screen {
        server: Child,
        display: String,
        memory: std::path::PathBuf,
    }

    impl Screen {
        fn start(folder: &Path) -> Self {
            let taken = |number: &u32| Path::new(&format!("/tmp/.X11-unix/X{number}")).exists();
            let number = (90..200).find(|number| !taken(number)).unwrap();
            let display = format!(":{number}");
            let server = Command::new("Xvfb")
                .args([&display, "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-fbdir"])
                .arg(folder)
                .process_group(0)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            let screen = Self { server, display, memory: folder.join("Xvfb_screen0") };
            let deadline = Instant::now() + Duration::from_secs(10);
            while !taken(&number) || !screen.memory.exists() {
                assert!(Instant::now() < deadline, "the screen did not start");
                std::thread::sleep(Duration::from_millis(50));
            }
            screen
        }

        /// Milliseconds from the start of a program until the screen shows what
        /// it still shows when nothing more happens, but for a blinking caret.
        fn until_drawn(&self, mut program: Command) -> f64 {
            let blank = self.pixels();
            let begun = Instant::now();
            let mut running = program.spawn().unwrap();
            let mut seen: Vec<(f64, Vec<u8>)> = Vec::new();
            while begun.elapsed() < WATCHED_FOR {
                let at = begun.elapsed().as_secs_f64() * 1e3;
                let now = self.pixels();
                if seen.last().is_none_or(|(_, last)| *last != now) {
                    seen.push((at, now));
                }
                std::thread::sleep(LOOK_EVERY);
            }
            end(&mut running);
            let (_, last) = seen.last().unwrap();
            let different = |one: &[u8], other: &[u8]| one.iter().zip(other).filter(|(one, other)| one != other).count();
            assert!(different(&blank, last) > last.len() / 20, "something was drawn");
            let drawn = seen.iter().find(|(_, pixels)| different(pixels, last) < last.len() / 1000).unwrap().0;
            while self.pixels() != blank {
                std::thread::sleep(LOOK_EVERY);
            }
            (drawn * 10.0).round() / 10.0
        }

        fn pixels(&self) -> Vec<u8> {
            fs::read(&self.memory).unwrap()
        }
    }

    impl Drop for Screen {
        fn drop(&mut self) {
            end(&mut self.server);
        }
    }

    /// Ends a program and those it started.
    fn end(running: &mut Child) {
        let group = format!("-{}", running.id());
        Command::new("kill").args(["-KILL", "--", &group]).status().unwrap();
        running.wait().unwrap();
    }

    fn median(values: &[f64]) -> f64 {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        rounded(sorted[sorted.len() / 2])
    }

    fn between(values: &[f64]) -> [f64; 2] {
        [rounded(values.iter().copied().fold(f64::INFINITY, f64::min)), rounded(values.iter().copied().fold(0.0, f64::max))]
    }

    fn rounded(value: f64) -> f64 {
        (value * 1e3).round() / 1e3
    }
}

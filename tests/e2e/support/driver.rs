//! A screen nobody sees (Xvfb) and the WebDriver that opens the program on it.

use std::{
    ffi::OsString,
    io::{BufRead, BufReader},
    net::{TcpListener, TcpStream},
    os::unix::process::CommandExt,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use super::{PATIENCE, place::Place, screen::Size};

/// Both processes; they end with this value.
pub struct Driver {
    webdriver: Group,
    _screen: Group,
    display: String,
    port: u16,
}

impl Driver {
    /// Starts both and waits until the driver listens; nothing if it ends
    /// before, as it does when another program has taken its port.
    pub fn start(place: &Place, size: Size) -> Option<Self> {
        let (screen, display) = start_screen(size);
        let [port, native] = free_ports();
        let started = Command::new("tauri-driver")
            .env("PATH", path_with_tools())
            .args(["--port", &port.to_string(), "--native-port", &native.to_string()])
            .env_remove("WAYLAND_DISPLAY")
            .env("DISPLAY", &display)
            .env("GDK_BACKEND", "x11")
            .env("LANG", "C.UTF-8")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env("NO_AT_BRIDGE", "1")
            .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
            .envs(place.environment())
            .process_group(0)
            .stdout(Stdio::null())
            .spawn()
            .expect("tauri-driver is missing: run `make e2e`, which installs it");
        let mut driver = Self { webdriver: Group(started), _screen: screen, display, port };
        driver.listens().then_some(driver)
    }

    /// The process group of the driver and of the program it starts.
    pub fn group(&self) -> u32 {
        self.webdriver.0.id()
    }

    /// Asks the windows on the screen to close, as the cross in their corner does.
    pub fn ask_to_close(&self) {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/e2e/support/ask_to_close.py");
        assert!(Command::new("python3").arg(script).arg(&self.display).status().unwrap().success());
    }

    /// Where the driver answers.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    fn listens(&mut self) -> bool {
        let deadline = Instant::now() + PATIENCE;
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            if self.webdriver.0.try_wait().unwrap().is_some() {
                return false;
            }
            assert!(Instant::now() < deadline, "tauri-driver did not start listening; is webkit2gtk-driver installed? Run `make e2e`");
            std::thread::sleep(Duration::from_millis(50));
        }
        true
    }
}

/// A process and everything it started; killed together.
struct Group(Child);

impl Drop for Group {
    fn drop(&mut self) {
        let _ = Command::new("kill").args(["-KILL", "--", &format!("-{}", self.0.id())]).stderr(Stdio::null()).status();
        let _ = self.0.wait();
    }
}

/// Xvfb chooses a free display and says which on its standard output.
fn start_screen(size: Size) -> (Group, String) {
    let mut screen = Command::new("Xvfb")
        .args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0", &format!("{}x{}x24", size.width, size.height)])
        .process_group(0)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("Xvfb is missing: run `make e2e`, which installs it");
    let mut number = String::new();
    BufReader::new(screen.stdout.as_mut().unwrap()).read_line(&mut number).unwrap();
    (Group(screen), format!(":{}", number.trim()))
}

/// Asked for together, so that they differ.
fn free_ports() -> [u16; 2] {
    let sockets = [(); 2].map(|()| TcpListener::bind(("127.0.0.1", 0)).unwrap());
    sockets.map(|socket| socket.local_addr().unwrap().port())
}

/// `make` installs tauri-driver, pinned, into `.tools/bin`.
fn path_with_tools() -> OsString {
    let mut path = Path::new(env!("CARGO_MANIFEST_DIR")).join(".tools/bin").into_os_string();
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    path
}

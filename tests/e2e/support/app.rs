//! The program itself: opened, closed, killed and opened again.

use std::{
    fs,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use tokio::time::{sleep, timeout};

use super::{PATIENCE, driver::Driver, place::Place, screen::Size};

const TRIES: usize = 5;
/// The page of a program that has started answers within this; then both start afresh.
const FIRST_ANSWER: Duration = Duration::from_secs(45);
const PROGRAM: &str = env!("CARGO_BIN_EXE_attune");

/// The running program and the page in its window.
pub struct App {
    /// The page, for looking and typing.
    pub page: Client,
    driver: Driver,
}

impl App {
    /// Opens the built program on a place, on a screen of its own.
    pub async fn open(place: &Place, size: Size) -> Self {
        let (driver, page) = begin(place, size).await;
        Self { page, driver }
    }

    /// Ends the program as a power cut would: SIGKILL, no farewell. Open the
    /// same place again to see what was kept.
    pub fn kill(self) {
        let process = self.process().expect("the program is running");
        Command::new("kill").args(["-KILL", &process.to_string()]).status().unwrap();
        self.wait_until_gone();
    }

    /// Closes the window as its user would, and waits until the program has ended by itself.
    pub async fn ask_to_close(self) {
        assert!(self.process().is_some(), "the program is running");
        self.driver.ask_to_close();
        self.wait_until_gone();
    }

    fn wait_until_gone(&self) {
        let deadline = Instant::now() + PATIENCE;
        while self.process().is_some() {
            assert!(Instant::now() < deadline, "the program did not end");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Ends the session; the driver then ends the program.
    pub async fn close(self) {
        let _ = self.page.close().await;
        drop(self.driver);
    }

    /// Every process of this app: the program and those of its web view.
    pub fn processes(&self) -> Vec<u32> {
        let program = self.process().expect("the program is running");
        let parent = |number: u32| {
            let stat = fs::read_to_string(format!("/proc/{number}/stat")).ok()?;
            stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse::<u32>().ok()
        };
        let numbers = fs::read_dir("/proc").unwrap().flatten().filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
        let below = numbers.filter(|number| std::iter::successors(Some(*number), |number| parent(*number)).any(|number| number == program));
        below.collect()
    }

    /// The process of this app: our program, started by our driver.
    fn process(&self) -> Option<u32> {
        let name = Path::new(PROGRAM).file_name()?.to_str()?;
        fs::read_dir("/proc").ok()?.flatten().find_map(|entry| {
            let number = entry.file_name().to_str()?.parse().ok()?;
            is_called_in(&entry.path(), name, self.driver.group()).then_some(number)
        })
    }
}

/// A session whose page answers. A port can be taken while the driver starts, and WebKit's driver now and then loses the answer
/// to a question asked while the first page loads; then both start afresh.
async fn begin(place: &Place, size: Size) -> (Driver, Client) {
    for _ in 0..TRIES {
        let Some(driver) = Driver::start(place, size) else { continue };
        if let Ok(Some(page)) = timeout(FIRST_ANSWER, first_answer(&driver)).await {
            return (driver, page);
        }
    }
    panic!("the window opened {TRIES} times and never answered the driver");
}

/// No waiting for page loads: there is one page, and it never navigates.
async fn first_answer(driver: &Driver) -> Option<Client> {
    let capabilities = json!({
        "tauri:options": { "application": PROGRAM },
        "pageLoadStrategy": "none",
        "timeouts": { "script": 90_000, "pageLoad": 90_000, "implicit": 0 },
    });
    let mut builder = ClientBuilder::new(HttpConnector::new());
    builder.capabilities(capabilities.as_object().cloned().unwrap_or_default());
    let page = loop {
        match builder.connect(&driver.address()).await {
            Ok(page) => break page,
            Err(_) => sleep(Duration::from_millis(100)).await,
        }
    };
    loop {
        let state = page.execute("return location.protocol + document.readyState", vec![]).await.ok()?;
        if state == "tauri:complete" {
            return Some(page);
        }
        sleep(Duration::from_millis(50)).await;
    }
}

/// Whether a process has this name and belongs to this group. The program lets
/// nobody look at more of it than that.
fn is_called_in(process: &Path, name: &str, group: u32) -> bool {
    let Ok(stat) = fs::read_to_string(process.join("stat")) else { return false };
    let Some((before, after)) = stat.rsplit_once(')') else { return false };
    let groups = after.split_whitespace().nth(2).and_then(|number| number.parse().ok());
    before.split_once('(').is_some_and(|(_, called)| called == name) && groups == Some(group)
}

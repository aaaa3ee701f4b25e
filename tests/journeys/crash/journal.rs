//! What the process that is killed says, line by line, and what can be read of
//! it afterwards.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use serde_json::Value;

/// What the killed process had said: `(said, tried)`, where `tried` is what it
/// was doing when it was killed.
pub type Journal = (Vec<Value>, Option<Value>);

/// One write a line, so that a kill leaves whole lines.
pub struct Say(File);

impl Say {
    /// Goes on after what is written there.
    pub fn to(path: &Path) -> Self {
        Self(File::options().create(true).append(true).open(path).unwrap())
    }

    pub fn line(&mut self, word: &str, act: &Value) {
        self.0.write_all(format!("{word} {act}\n").as_bytes()).unwrap();
    }

    pub fn ready(&mut self) {
        self.0.write_all(b"ready\n").unwrap();
    }
}

/// Reads the lines that were finished.
pub fn read(path: &Path) -> Journal {
    let bytes = fs::read(path).unwrap();
    let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let (mut did, mut tried) = (Vec::new(), None);
    for line in std::str::from_utf8(&bytes[..whole]).unwrap().lines() {
        match line.split_once(' ') {
            Some(("did", act)) => {
                tried = None;
                did.push(serde_json::from_str(act).unwrap());
            }
            Some(("try", act)) => tried = Some(serde_json::from_str(act).unwrap()),
            _ => assert_eq!(line, "ready"),
        }
    }
    (did, tried)
}

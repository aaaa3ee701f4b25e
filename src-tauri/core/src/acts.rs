//! A request that is sent twice is one act: a key held down, a second click, a
//! retry after an answer that was lost on its way.

use serde_json::Value;

use crate::codes::refusals;
use crate::error::{Error, Result};
use crate::ids::{ActId, UserId};
use crate::store::acts;
use crate::store::acts::Done;
use crate::store::db::Db;
use crate::time::Timestamp;

/// A request without a number is the one just before it if it comes within
/// this time.
const AT_ONCE_MS: i64 = 2 * 60 * 1000;

/// What a request of a command is when it comes a second time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Twice {
    /// Done again: it writes nothing that would stand twice.
    Again,
    /// The first one, known by its number; without a number it is done again.
    Numbered,
    /// The first one, known by its number or by coming at once after it.
    Same,
    /// As [`Self::Same`], but without a number it is refused: only a person can
    /// say whether two were meant.
    Asked,
    /// The first one, whose answer was a secret and is not shown again.
    Secret,
}

/// What was asked.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// The number that the form gave it.
    pub number: Option<ActId>,
    /// The command.
    pub command: &'static str,
    /// What it is when it comes a second time.
    pub twice: Twice,
    /// The request, as [`fingerprint`] answers it.
    pub request: [u8; 32],
}

/// An act while it is being done.
#[derive(Debug, Clone, Copy)]
pub struct Act {
    /// Its number.
    pub id: ActId,
    asked: Asked,
}

impl Act {
    /// Begins what was asked.
    #[must_use]
    pub const fn new(id: ActId, asked: Asked) -> Self {
        Self { id, asked }
    }

    /// What will be remembered of it; the answer as far as it is known.
    #[must_use]
    pub fn done(&self, user: UserId, answer: Option<&Value>, at: Timestamp) -> Done {
        let answer = answer.filter(|_| self.asked.twice != Twice::Secret).map(ToString::to_string);
        Done { act: self.id, user, command: self.asked.command.to_owned(), request: self.asked.request, answer, at }
    }

    /// Remembers what was answered, where it was not known when it was done.
    pub fn answered(&self, conn: &Db, answer: &Value) -> Result<()> {
        if self.asked.twice == Twice::Secret { Ok(()) } else { acts::answered(conn, self.id, &answer.to_string()) }
    }
}

/// The answer of the act that this request is, if it was done before.
///
/// # Errors
/// `act_reused` when its number belongs to something else, `act_done` when the
/// answer is not shown a second time, `act_repeated` when only a person can
/// say whether a second one is meant.
pub fn done_before(conn: &Db, user: UserId, asked: &Asked, now: Timestamp) -> Result<Option<Value>> {
    let same = |done: &Done| (done.user, done.command.as_str(), done.request) == (user, asked.command, asked.request);
    if let Some(number) = asked.number {
        return match acts::find(conn, number)? {
            None => Ok(None),
            Some(done) if same(&done) => answer_of(&done).map(Some),
            Some(_) => Err(reused()),
        };
    }
    // Either way: a clock that was set back between the two makes no second act of them.
    let at_once = |done: &Done| (now.0 - done.at.0).abs() <= AT_ONCE_MS;
    let latest = acts::latest_of(conn, user)?.filter(|done| same(done) && at_once(done));
    match (asked.twice, latest) {
        (Twice::Same, Some(done)) => answer_of(&done).map(Some),
        (Twice::Asked, Some(_)) => Err(repeated()),
        _ => Ok(None),
    }
}

/// What was asked as a hash that holds for the same request however its fields
/// are ordered. Passphrases and keys are left out: nothing of them is kept.
#[must_use]
pub fn fingerprint(request: &Value) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    feed(&mut hasher, request);
    *hasher.finalize().as_bytes()
}

/// Fields of requests that hold a secret.
pub const SECRETS: [&str; 4] = ["passphrase", "present", "new", "recoveryKey"];

fn feed(hasher: &mut blake3::Hasher, value: &Value) {
    match value {
        Value::Object(fields) => {
            let mut named: Vec<_> =
                fields.iter().filter(|(name, inside)| !(inside.is_string() && SECRETS.contains(&name.as_str()))).collect();
            named.sort_by_key(|(name, _)| name.as_str());
            hasher.update(b"{").update(&named.len().to_le_bytes());
            for (name, inside) in named {
                hasher.update(&name.len().to_le_bytes()).update(name.as_bytes());
                feed(hasher, inside);
            }
        }
        Value::Array(all) => {
            hasher.update(b"[").update(&all.len().to_le_bytes());
            all.iter().for_each(|inside| feed(hasher, inside));
        }
        plain => {
            let text = plain.to_string();
            hasher.update(b".").update(&text.len().to_le_bytes()).update(text.as_bytes());
        }
    }
}

fn answer_of(done: &Done) -> Result<Value> {
    let answer = done.answer.as_deref().ok_or_else(shown_once)?;
    serde_json::from_str(answer).map_err(|_| Error::internal("act"))
}

fn reused() -> Error {
    ActRefused::Reused.into()
}

fn shown_once() -> Error {
    ActRefused::ShownOnce.into()
}

fn repeated() -> Error {
    ActRefused::Repeated.into()
}

refusals! {
    /// A request that comes a second time.
    pub enum ActRefused {
        Reused "act_reused" => "This was not saved: something else was already saved under its number. What you typed is still here. Close this form, open it again and save once more.",
        ShownOnce "act_done" => "This has already been done. What it showed is shown once only, and nothing was done a second time.",
        Repeated "act_repeated" => "Exactly this was saved a moment ago, so it was not saved again. If you do mean a second one, wait two minutes and save again.",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_fingerprint_knows_each_value_but_not_the_order_of_fields() {
        let one = fingerprint(&json!({"a": 1, "b": ["x", "y"], "c": {"d": null}}));
        assert_eq!(one, fingerprint(&json!({"c": {"d": null}, "b": ["x", "y"], "a": 1})));
        for other in [
            json!({"a": 2, "b": ["x", "y"], "c": {"d": null}}),
            json!({"a": 1, "b": ["xy"], "c": {"d": null}}),
            json!({"a": 1, "b": ["y", "x"], "c": {"d": null}}),
            json!({"a": "1", "b": ["x", "y"], "c": {"d": null}}),
            json!({"a": 1, "b": ["x", "y"], "c": {}}),
        ] {
            assert_ne!(one, fingerprint(&other), "{other}");
        }
    }

    #[test]
    fn nothing_of_a_passphrase_is_kept() {
        for secret in SECRETS {
            let asked = |word: &str| fingerprint(&json!({"signIn": "lead", secret: word}));
            assert_eq!(asked("correct horse"), asked("battery staple"), "{secret}");
        }
    }
}

//! Whatever a row points at: history looks up what it is called.

use uuid::Uuid;

use crate::error::Result;

/// Something that may have a name: a row, and what kind of thing it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    /// Its kind: the name of its table, or `recorded` for a row of any.
    pub kind: &'static str,
    /// Which.
    pub id: Uuid,
}

/// Looks up what things are called.
pub trait Names {
    /// What it is called: `Róisín (mother)`.
    fn name(&self, of: Named) -> Result<String>;
}

/// The id of a row.
pub trait RowId: From<Uuid> + Copy {
    /// Its bytes.
    fn uuid(self) -> Uuid;
    /// What has a name by it, if anything has.
    fn named(self) -> Option<Named>;
}

/// What a row with ids of type `I` has a name by.
#[must_use]
pub fn of_row<I: RowId>(id: Uuid) -> Option<Named> {
    I::from(id).named()
}

/// What an id in a column is said to be: what it points at, or nothing that is said.
///
/// # Errors
/// When the name could not be looked up.
pub fn said(id: impl RowId, names: &dyn Names) -> Result<String> {
    id.named().map_or_else(|| Ok(String::new()), |named| names.name(named))
}

impl RowId for Uuid {
    fn uuid(self) -> Uuid {
        self
    }
    fn named(self) -> Option<Named> {
        None
    }
}

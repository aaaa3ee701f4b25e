//! Who writes a row, when, and under which id.

use crate::ids::UserId;
use crate::time::Timestamp;

/// The id of a new row, its author and its instant.
#[derive(Debug, Clone, Copy)]
pub struct Written<I> {
    /// The row.
    pub id: I,
    /// Who.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
}

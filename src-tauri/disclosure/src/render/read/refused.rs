//! Why a file is not read back.

use std::fmt;

/// Why a file is not taken for a release. Lines are counted as in the file, its head being line 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CsvRefused {
    /// It is no UTF-8 CSV file of the four columns.
    NotAReleaseFile,
    /// This line is missing, or another one is where it should be.
    Missing {
        /// Its part and its line: "Contacts", "Clinic · Attended".
        what: (String, String),
    },
    /// A line that was already there.
    Twice {
        /// Where it comes again.
        line: usize,
    },
    /// A line that no release has, at the end or in between.
    Unexpected {
        /// Where it is.
        line: usize,
    },
    /// Nothing is known of this specification and version.
    UnknownSpecification {
        /// As the file names it.
        what: String,
    },
    /// The specification has no such banding.
    OtherBanding {
        /// As the file names it.
        what: String,
    },
    /// The rule in numbers cannot be one, or its words are not those of the numbers.
    OtherRule,
    /// The rule cannot have made this number, alone or beside the others of its table.
    Impossible {
        /// The title of the table, and the place.
        what: (String, String),
    },
}

impl CsvRefused {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotAReleaseFile => "csv_not_a_release",
            Self::Missing { .. } => "csv_line_missing",
            Self::Twice { .. } => "csv_line_twice",
            Self::Unexpected { .. } => "csv_line_unexpected",
            Self::UnknownSpecification { .. } => "csv_unknown_specification",
            Self::OtherBanding { .. } => "csv_other_banding",
            Self::OtherRule => "csv_other_rule",
            Self::Impossible { .. } => "csv_impossible_number",
        }
    }
}

impl fmt::Display for CsvRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAReleaseFile => write!(f, "This is not the CSV file of a release."),
            Self::Missing { what: (part, line) } => write!(f, "The line “{line}” of “{part}” is missing, or not in its place."),
            Self::Twice { line } => write!(f, "Line {line} is in the file twice."),
            Self::Unexpected { line } => write!(f, "Line {line} does not belong in the file of a release."),
            Self::UnknownSpecification { what } => write!(f, "The table “{what}” is not known here."),
            Self::OtherBanding { what } => write!(f, "The lines of the table “{what}” are not known here."),
            Self::OtherRule => write!(f, "The rule in the file is not one that can be used."),
            Self::Impossible { what: (table, place) } => write!(f, "The number of “{place}” in “{table}” cannot come from this rule."),
        }
    }
}

impl std::error::Error for CsvRefused {}

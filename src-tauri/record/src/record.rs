//! A record is declared once. [`record!`] makes of it the struct, its table
//! with the facts of each column, how a row is written and how it is read
//! back; by their types the columns also have the words of the history. A
//! column without its words does not compile.

pub mod cell;
pub mod names;
pub mod written;

use rusqlite::types::{FromSql, FromSqlResult, ToSqlOutput, Value, ValueRef};
use rusqlite::{Row, ToSql};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::Result;
use crate::ids::FamilyId;
use crate::record::cell::Codes;
use crate::record::names::{Named, Names};

/// A part of the screen that must be read again after a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Users of the team.
    Users,
    /// Team and local settings.
    Settings,
    /// Lists of families.
    Caseload,
    /// One family's people, story and history.
    Family,
    /// Unsigned notes.
    Draft,
    /// Concerns that wait for an answer.
    Concerns,
    /// Sealed summaries.
    Releases,
    /// Sessions of groups.
    Groups,
}

/// How far the record had come on this computer when something was read. A
/// later one is greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(type = "number & { readonly of: 'Arrived' }"))]
pub struct Arrived(pub i64);

impl ToSql for Arrived {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.into())
    }
}

impl FromSql for Arrived {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        i64::column_result(value).map(Self)
    }
}

/// What a row belongs to; fixed when it is created.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The team: users, settings, releases.
    Team,
    /// One family.
    Family(FamilyId),
}

/// How a column may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// As it was when the row was made.
    Fixed,
    /// The later of two values stands.
    Plain,
    /// Two values are for a person to decide between.
    Clinical,
}

/// Who may see a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// Whoever may open the record it is in.
    Open,
    /// The same, but it speaks of somebody who is not of the family.
    ThirdParty,
    /// For supervision: not shown to the family, and in no search.
    Supervision,
    /// On its own screen only, for the few who may.
    Restricted,
    /// Nobody: it is for the program, as links between rows and hashes are.
    Inside,
}

/// Whom the rows of a table tell of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// The team's work.
    Team,
    /// A member of staff.
    Staff,
    /// The family as a whole.
    Family,
    /// One person of the family.
    Person,
}

/// How the story of a family tells of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// It does not.
    Not,
    /// As an entry of its own.
    Itself,
    /// With the entry of the row that this column names; by itself where it
    /// names none.
    With(&'static str),
}

/// Says a stored value in words.
pub type Say = fn(ValueRef<'_>, &dyn Names) -> Result<String>;

/// One column of a record table.
#[derive(Debug)]
pub struct Column {
    /// Its name in SQL and in the log.
    pub name: &'static str,
    /// What people call it.
    pub words: &'static str,
    /// How it may change.
    pub class: Class,
    /// Who may see it.
    pub sight: Sight,
    /// Its values in words, by their type.
    pub say: Say,
    /// The lists of codes that it can hold, by its type.
    pub lists: fn() -> Vec<Codes>,
}

/// One record table.
#[derive(Debug)]
pub struct Table {
    /// Its name in the log; in SQL, what has the rows that stand.
    pub name: &'static str,
    /// What has every row in SQL, also those that were entered in error.
    pub kept: &'static str,
    /// What people call one row: `note`.
    pub words: &'static str,
    /// Its columns, `id` left out.
    pub columns: &'static [Column],
    /// True for rows that are never amended.
    pub insert_only: bool,
    /// Whom it tells of.
    pub about: About,
    /// The columns that hold who wrote a row, and when, if it has them.
    pub signed: Option<(&'static str, &'static str)>,
    /// The column that holds the one person a row is of, if it has one.
    pub person: Option<&'static str>,
    /// The column that holds the day or instant that a row is of; without one
    /// it is of when it was recorded.
    pub dated: Option<&'static str>,
    /// How the story tells of it.
    pub told: Told,
    /// Whether a row can be marked as entered in error.
    pub may_be_in_error: bool,
    /// Screens to read again.
    pub topics: &'static [Topic],
    /// What a row of that id has a name by, if it has one.
    pub named: fn(Uuid) -> Option<Named>,
}

impl Table {
    /// The column of that name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&'static Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Whether some of it is on its own screen only.
    #[must_use]
    pub fn is_restricted(&self) -> bool {
        self.columns.iter().any(|column| column.sight == Sight::Restricted)
    }

    /// Whether its rows are of a family.
    #[must_use]
    pub fn is_of_a_family(&self) -> bool {
        self.column("family").is_some()
    }
}

/// A thing that is kept as one row of a record table.
pub trait Record: Sized {
    /// Its table.
    const TABLE: &'static Table;
    /// Its row id.
    fn row_id(&self) -> Uuid;
    /// What it belongs to.
    fn scope(&self) -> Scope;
    /// Its values by column, in the order of the table.
    fn values(&self) -> Vec<(&'static str, Value)>;
    /// Reads it back, by column name. A code that a newer version wrote is
    /// read as such.
    ///
    /// # Errors
    /// When a column is missing or holds what is no value of its type.
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self>;
}

/// Declares a record: its name, its table in SQL, what a row is called, whether
/// rows are `added` or `amended`, whose scope it is `in`, whom it is `about`
/// (and the column of the one person it is of), who `signed` it, what it is
/// `dated` by, how the story has it `told`, whether it `may be in error`, the
/// screens it touches; then a line for each column: name (with that in SQL, if
/// it is another), type, words, how it may change and who may see it. What stands
/// `@beside` is no column: the view of the rows that hold computes it, and it is
/// nothing where a row is read from its table.
#[macro_export]
macro_rules! record {
    (@column_name $field:ident) => {
        stringify!($field)
    };
    (@column_name $field:ident $column:literal) => {
        $column
    };
    (@kept $table:literal) => {
        $table
    };
    (@kept $table:literal error) => {
        concat!($table, "_row")
    };
    (@given) => {
        None
    };
    (@given $column:literal) => {
        Some($column)
    };
    (@is_there) => {
        false
    };
    (@is_there error) => {
        true
    };
    (@is_insert_only added) => {
        true
    };
    (@is_insert_only amended) => {
        false
    };
    (@signed) => {
        None
    };
    (@signed $author:literal $instant:literal) => {
        Some(($author, $instant))
    };
    (@told) => {
        $crate::record::Told::Not
    };
    (@told itself) => {
        $crate::record::Told::Itself
    };
    (@told with $whole:literal) => {
        $crate::record::Told::With($whole)
    };
    (@scope team $row:ident $id:ident) => {
        $crate::record::Scope::Team
    };
    (@scope itself $row:ident $id:ident) => {
        $crate::record::Scope::Family($row.$id)
    };
    (@scope family $row:ident $id:ident) => {
        $crate::record::Scope::Family($row.family)
    };
    (
        $(#[$meta:meta])*
        $name:ident = $table:literal $words:literal, $written:ident, in $scope:ident, about $about:ident $($person:literal)?,
        $(signed $author:literal $instant:literal,)? $(dated $dated:literal,)? $(told $how:ident $($whole:literal)?,)?
        $(may be in $error:ident,)? [$($topic:ident)*];
        id $id:ident: $id_type:ty;
        $($(#[$doc:meta])* $field:ident $(($column:literal))?: $type:ty, $label:literal, $class:ident $sight:ident;)*
        $(@beside { $($(#[$told:meta])* $beside:ident: $of:ty;)* })?
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name {
            /// Which.
            pub $id: $id_type,
            $(#[doc = concat!($label, ".")] $(#[$doc])* pub $field: $type,)*
            $($($(#[$told])* pub $beside: $of,)*)?
        }

        impl $crate::record::Record for $name {
            const TABLE: &'static $crate::record::Table = &$crate::record::Table {
                name: $table,
                kept: $crate::record!(@kept $table $($error)?),
                words: $words,
                columns: &[$($crate::record::Column {
                    name: $crate::record!(@column_name $field $($column)?),
                    words: $label,
                    class: $crate::record::Class::$class,
                    sight: $crate::record::Sight::$sight,
                    say: $crate::record::cell::say::<$type>,
                    lists: <$type as $crate::record::cell::Cell>::lists,
                },)*],
                insert_only: $crate::record!(@is_insert_only $written),
                about: $crate::record::About::$about,
                signed: $crate::record!(@signed $($author $instant)?),
                person: $crate::record!(@given $($person)?),
                dated: $crate::record!(@given $($dated)?),
                told: $crate::record!(@told $($how $($whole)?)?),
                may_be_in_error: $crate::record!(@is_there $($error)?),
                topics: &[$($crate::record::Topic::$topic,)*],
                named: $crate::record::names::of_row::<$id_type>,
            };
            fn row_id(&self) -> uuid::Uuid {
                $crate::record::names::RowId::uuid(self.$id)
            }
            fn scope(&self) -> $crate::record::Scope {
                $crate::record!(@scope $scope self $id)
            }
            fn values(&self) -> Vec<(&'static str, rusqlite::types::Value)> {
                vec![$(($crate::record!(@column_name $field $($column)?), $crate::record::cell::Cell::kept(&self.$field)),)*]
            }
            fn from_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
                Ok(Self {
                    $id: <$id_type as From<uuid::Uuid>>::from(uuid::Uuid::from_bytes(row.get("id")?)),
                    $($field: $crate::record::cell::read(row, $crate::record!(@column_name $field $($column)?))?,)*
                    $($($beside: $crate::record::cell::beside(row, stringify!($beside))?,)*)?
                })
            }
        }
    };
}

pub use crate::record;

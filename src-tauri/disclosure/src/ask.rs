//! What is asked of the protector, and what it answers.

use attune_proof::Proof;
use serde::{Deserialize, Serialize};

use crate::publication::{Publication, When};
use crate::rule::Rule;
use crate::tally::Tally;

/// Everything that is to leave at once, with everything that has left before.
#[derive(Clone, Debug)]
pub struct Ask<'a> {
    /// Names the publication in the register: "2026-Q3".
    pub name: String,
    /// The day it is of.
    pub when: When,
    /// Whether it is to leave. What is only looked at does not.
    pub leaves: bool,
    /// By which numbers it is protected.
    pub rule: Rule,
    /// Its tables, each with the banding it is asked for in.
    pub tables: Vec<(Tally, usize)>,
    /// How the totals of its tables hang together.
    pub links: Vec<Link>,
    /// The secret of the team. It decides what is hidden beside small counts, the same in every
    /// preview and every quarter.
    pub key: &'a [u8; 32],
    /// Every publication that somebody has seen, whatever became of it: what has left, and what was
    /// only looked at.
    pub before: &'a [Publication],
    /// What somebody can know of the changes between this one and the last one of each table, and
    /// between those before it.
    pub known: Vec<Known>,
    /// How many each earlier table counted in all, as far as somebody in the team can know it.
    pub in_all: Vec<InAll>,
    /// The insider’s proof of the last publication, to begin with; none if there is none at hand.
    pub proved: Option<&'a Proof>,
}

/// How the totals of two tables hang together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Link {
    /// Two tables count the same units: their totals are one number.
    Same {
        /// The name of the one specification.
        one: String,
        /// The name of the other.
        other: String,
    },
    /// A table counts every contributor once: its total is the number of them, and no smaller than the
    /// smallest of which the rule makes a table.
    Whole {
        /// The name of the specification.
        spec: String,
    },
    /// Each unit of one table is in one of the other: infants in families.
    Nested {
        /// The specification that counts more.
        many: String,
        /// The one that counts fewer.
        few: String,
        /// What the difference of their totals would tell: "families with more than one infant".
        says: String,
    },
}

/// How many came, went and changed between two days of publications of one table; of a table of a
/// period, between two frames of it, how much was put in and taken out; of a table over
/// several periods beside those (`from` and `to` are then both its own day), how many were recorded or
/// taken back after the publications of the periods. It is taken to be known to whoever works in the
/// team or beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// The name of the specification.
    pub spec: String,
    /// The earlier day.
    pub from: When,
    /// The later day; no publication of this specification is of a day between the two.
    pub to: When,
    /// Units that are counted only on the later day.
    pub joined: u64,
    /// Units that are counted only on the earlier day.
    pub left: u64,
    /// Units that went where nobody goes by itself; for a table in which one can stand in several
    /// lines, line by line (class by class). Empty if nobody can know it, as of answers that are
    /// asked anew: then a number may have become any other.
    pub moved: Vec<u64>,
}

/// How many units a specification counted in all at the end of a quarter. Who knows how many joined knows how many were opened in
/// it, so that these numbers are taken to be known to whoever works in the team or beside it; not so of sums, such as contacts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InAll {
    /// The name of the specification.
    pub spec: String,
    /// The day.
    pub when: When,
    /// How many.
    pub count: u64,
}

/// What became of an [`Ask`].
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What may leave.
    pub publication: Publication,
    /// That somebody who knows the rule, this publication and everything that has left of the same
    /// counts, finds every small value possible. It is made of those publications alone, and tells of
    /// no other: it may go wherever this one goes.
    pub outsider: Proof,
    /// The same for somebody who has seen every earlier publication and knows the [`Known`] changes.
    /// It stays in the register.
    pub insider: Proof,
    /// What was done to each table, in their order.
    pub verdicts: Vec<Verdict>,
}

/// What was done to one table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// The name of the specification.
    pub name: String,
    /// How many places are hidden.
    pub hidden: usize,
    /// How many of them only so that others cannot be worked out.
    pub beside: usize,
    /// What was lost by hiding those, by the weights of the secret.
    pub cost: u64,
    /// What must be lost at the least: the same number if the cheapest way is proven.
    pub bound: u64,
    /// Why there is no table; none if there is one.
    pub withheld: Option<Withheld>,
}

/// Why a table is withheld. This stays in the team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Withheld {
    /// Fewer contributors than the rule's smallest frame.
    TooFew,
    /// Even with everything hidden that can be, this place could be worked out from this
    /// publication alone.
    CannotBeHidden {
        /// The place, as [`Protected::place`](crate::Protected::place) says it.
        place: String,
    },
    /// It cannot stand beside the other tables of this publication: this place could be worked out.
    CannotStandTogether {
        /// The place.
        place: String,
    },
    /// It cannot stand beside an earlier publication: this place of it could be worked out. What has
    /// left is named before what was only looked at: it is the cause if it is one at all.
    CannotStandBeside {
        /// The name of the earlier publication.
        publication: String,
        /// Whether that one has left.
        left: bool,
        /// The title of the table there.
        table: String,
        /// The place.
        place: String,
        /// Whether both print the place exactly, and it changed by fewer than the threshold: it would show where these few are.
        few: bool,
    },
}

/// One way to make a table stand, or to hide less of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advice {
    /// The banding, by its number in the specification.
    pub banding: usize,
    /// What it does: "put 24–36 months with 12–23 months".
    pub says: String,
    /// How many places would be hidden.
    pub hidden: usize,
    /// How many places there would be.
    pub places: usize,
}

/// Why nothing is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// It was told to stop.
    Told,
    /// What is said to be known cannot all be so, or does not agree with what was published.
    Contradiction,
}

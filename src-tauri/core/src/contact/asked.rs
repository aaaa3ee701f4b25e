//! What a note asks for, by how the contact was made and what came of it. A
//! visit that took place says what was seen; a closed door does not, and a
//! child who was not brought has no state to choose.

use crate::contact::{ContactKind, Outcome};

/// Whether a field is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// A note cannot be signed without it.
    Needed,
    /// It may be written.
    Optional,
    /// It is not shown, and what was chosen before does not stand.
    NotAsked,
}

/// What one kind of contact with one outcome asks for. Prose may always be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// When it ended, or how long it took.
    pub end: Ask,
    /// Who was there.
    pub present: Ask,
    /// How each infant was.
    pub infants: Ask,
    /// What we did.
    pub did: Ask,
    /// What I saw.
    pub saw: Ask,
    /// What they told me; what was seen does as well.
    pub told: Ask,
    /// Safety.
    pub safety: Ask,
    /// The plan.
    pub plan: Ask,
}

/// What a note of this kind and outcome asks for.
#[must_use]
pub fn asked(kind: ContactKind, outcome: Outcome) -> Asked {
    let needed_if = |needed: bool| if needed { Ask::Needed } else { Ask::Optional };
    let met = outcome.met();
    let sees = met && can_see(kind);
    let cancelled = outcome.cancels();
    Asked {
        end: needed_if(met && !matches!(kind, ContactKind::Phone | ContactKind::Text)),
        present: needed_if(met),
        infants: if sees { Ask::Needed } else { Ask::NotAsked },
        did: needed_if(sees),
        saw: needed_if(sees),
        told: needed_if(met && !sees),
        safety: needed_if(!cancelled),
        plan: needed_if(!cancelled),
    }
}

/// Whether no infant can have been there: a child who was not brought.
#[must_use]
pub const fn without_infants(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::WasNotBrought)
}

/// Whether an outcome is offered to a family: a child is brought or not, and nobody
/// is who is not born, or has died. `born` is whether an infant ever was,
/// `living` whether one is.
#[must_use]
pub const fn offered(outcome: Outcome, born: bool, living: bool) -> bool {
    match outcome {
        Outcome::WasNotBrought => born,
        Outcome::DidNotCome => !living,
        _ => true,
    }
}

/// Whether a kind of contact is one where an infant can be seen.
#[must_use]
pub const fn can_see(kind: ContactKind) -> bool {
    !matches!(kind, ContactKind::Phone | ContactKind::Text | ContactKind::Meeting)
}

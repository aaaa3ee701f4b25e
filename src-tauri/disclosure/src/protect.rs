//! From true counts to what may leave.

use crate::ask::{Advice, Ask, Outcome, Stopped, Verdict, Withheld};
use crate::prove::Failed;
use crate::search::{Dead, Draft, Search};
use crate::truth::Truth;
use crate::weight::Weights;

/// Protects tables together, beside everything that has left before. `go_on` is asked now and then;
/// when it says no, nothing is answered.
///
/// Every table that is answered keeps, for every hidden number of it and of everything that left
/// before, each small value possible; the two proofs show it. A table for which that cannot be
/// reached is withheld.
///
/// # Errors
/// [`Stopped`] if it was told to.
pub fn protect(ask: &Ask<'_>, go_on: &mut dyn FnMut() -> bool) -> Result<Outcome, Stopped> {
    let weights = Weights::by(ask.key);
    let truths: Vec<Truth<'_>> = ask.tables.iter().map(|(tally, banding)| Truth::of(tally, *banding, ask.rule, &weights)).collect();
    let search = Search::of(ask);
    let mut causes: Vec<Option<Withheld>> = Vec::new();
    let mut drafts = Vec::new();
    for truth in &truths {
        let mut draft = Draft::of(truth);
        let mut cause = draft.withheld.then_some(Withheld::TooFew);
        match search.alone(&draft, go_on).map_err(stopped)? {
            Ok(found) => draft = found,
            Err(dead) => {
                draft.withheld = true;
                cause = Some(search.cause(&draft, dead, go_on)?);
            }
        }
        drafts.push(draft);
        causes.push(cause);
    }
    let (insider, outsider) = loop {
        let dead = match search.insider_of_all(&drafts, go_on).map_err(stopped)? {
            Ok(insider) => match search.outsider(&drafts, go_on).map_err(stopped)? {
                Ok(outsider) => break (insider, outsider),
                Err(dead) => dead,
            },
            Err(dead) => dead,
        };
        // What stood alone does not stand together: the table that gives it away goes.
        let at = drafts.iter().position(|draft| !draft.withheld && draft.truth.tally.spec().title == dead.table);
        let at = at.or_else(|| drafts.iter().position(|draft| !draft.withheld)).ok_or(Stopped)?;
        drafts[at].withheld = true;
        causes[at] = Some(told(ask, dead));
    };
    let verdicts = drafts.iter().zip(causes).map(|(draft, cause)| verdict(draft, cause)).collect();
    Ok(Outcome { publication: search.publication(&drafts), outsider, insider, verdicts })
}

/// The bandings of one table that could stand, the fewest hidden places first, at most three.
///
/// # Errors
/// [`Stopped`] if it was told to.
pub fn advise(ask: &Ask<'_>, table: &str, go_on: &mut dyn FnMut() -> bool) -> Result<Vec<Advice>, Stopped> {
    let weights = Weights::by(ask.key);
    let search = Search::of(ask);
    let Some((tally, _)) = ask.tables.iter().find(|(tally, _)| tally.spec().name == table) else { return Ok(Vec::new()) };
    let mut stand = Vec::new();
    for (banding, named) in tally.spec().bandings.iter().enumerate() {
        let truth = Truth::of(tally, banding, ask.rule, &weights);
        let draft = Draft::of(&truth);
        if draft.withheld {
            continue;
        }
        if let Ok(draft) = search.alone(&draft, go_on).map_err(stopped)? {
            let hidden = draft.table().hidden();
            stand.push(Advice { banding, says: named.says.clone(), hidden, places: truth.places() });
        }
    }
    stand.sort_by_key(|advice| (advice.hidden, advice.banding));
    stand.truncate(3);
    Ok(stand)
}

impl Search<'_> {
    /// Whether it is this publication or an earlier one that a table cannot stand beside.
    fn cause(&self, draft: &Draft<'_>, dead: Dead, go_on: &mut dyn FnMut() -> bool) -> Result<Withheld, Stopped> {
        let ask = Ask { before: &[], proved: None, ..self.ask.clone() };
        let by_itself = Search::of(&ask);
        let draft = Draft { withheld: false, ..draft.clone() };
        match by_itself.alone(&draft, go_on).map_err(stopped)? {
            Err(dead) => Ok(Withheld::CannotBeHidden { place: dead.line }),
            Ok(_) => Ok(told(self.ask, dead)),
        }
    }
}

/// Which earlier publication of its table something cannot stand beside.
fn told(ask: &Ask<'_>, dead: Dead) -> Withheld {
    let earlier =
        ask.before.iter().rev().find(|earlier| earlier.tables.iter().any(|table| table.title() == dead.table && !table.is_withheld()));
    match earlier {
        Some(_) if dead.release != ask.name => {
            Withheld::CannotStandBeside { publication: dead.release, table: dead.table, place: dead.line }
        }
        Some(earlier) => Withheld::CannotStandBeside { publication: earlier.name.clone(), table: dead.table, place: dead.line },
        None => Withheld::CannotBeHidden { place: dead.line },
    }
}

fn verdict(draft: &Draft<'_>, withheld: Option<Withheld>) -> Verdict {
    let name = draft.truth.tally.spec().name.clone();
    if withheld.is_some() {
        return Verdict { name, hidden: 0, beside: 0, cost: 0, bound: 0, withheld };
    }
    Verdict { name, hidden: draft.table().hidden(), beside: draft.beside(), cost: draft.cost(), bound: draft.bound, withheld }
}

fn stopped(_: Failed) -> Stopped {
    Stopped
}

#[cfg(test)]
mod tests;

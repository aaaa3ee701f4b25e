//! From true counts to what may leave.

use attune_proof::Proof;

use crate::alone::Alone;
use crate::ask::{Advice, Ask, Outcome, Stopped, Verdict, Withheld};
use crate::prove::Failed;
use crate::publication::Publication;
use crate::search::{Draft, Search, Told};
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
    let mut search = Search::of(ask);
    let mut causes: Vec<Option<Withheld>> = Vec::new();
    let mut drafts = Vec::new();
    for truth in &truths {
        let mut draft = Draft::of(truth);
        let mut cause = draft.withheld.then_some(Withheld::TooFew);
        if !draft.withheld {
            let mut alone = Alone::of(&search, &draft, go_on);
            match alone.hide(&draft)? {
                Ok(hidden) => {
                    draft = hidden;
                    let found = alone.found();
                    search.remember(found);
                }
                Err(told) => {
                    cause = Some(search.cause(&draft, told, go_on)?);
                    draft.withheld = true;
                }
            }
        }
        drafts.push(draft);
        causes.push(cause);
    }
    let (insider, outsider) = loop {
        let told = match search.both(&drafts, go_on) {
            Ok(Ok(both)) => break both,
            Ok(Err(told)) => told,
            Err(Failed::Contradiction) if drafts.iter().all(|draft| draft.withheld) => break search.nothing(&drafts, go_on)?,
            Err(failed) => return Err(failed.into()),
        };
        // What stood alone does not stand together.
        let at = drafts.iter().position(|draft| !draft.withheld && draft.truth.tally.spec().title == told.table);
        let Some(at) = at.or_else(|| drafts.iter().position(|draft| !draft.withheld)) else {
            break search.nothing(&drafts, go_on)?;
        };
        match search.more(&drafts, at, go_on)? {
            Some(draft) => drafts[at] = draft,
            None => {
                drafts[at].withheld = true;
                causes[at] = Some(beside(ask, told));
            }
        }
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
        if let Ok(draft) = Alone::of(&search, &draft, go_on).hide(&draft)? {
            let hidden = draft.table().hidden();
            stand.push(Advice { banding, says: named.says.clone(), hidden, places: truth.places() });
        }
    }
    stand.sort_by_key(|advice| (advice.hidden, advice.banding));
    stand.truncate(3);
    Ok(stand)
}

/// How many ways to hide one more number are tried when tables do not stand together.
const TRIED: usize = 12;

impl Search<'_> {
    /// Both proofs, or the number that could be worked out by one of the two.
    fn both(&self, drafts: &[Draft<'_>], go_on: &mut dyn FnMut() -> bool) -> Result<Result<(Proof, Proof), Told>, Failed> {
        let outsider = match self.outsider(drafts, go_on)? {
            Ok(outsider) => outsider,
            Err(told) => return Ok(Err(told)),
        };
        Ok(self.insider(drafts, go_on)?.map(|insider| (insider, outsider)))
    }

    /// The proofs when nothing leaves: what was proven the last time, and what needs no proof.
    fn nothing(&self, drafts: &[Draft<'_>], go_on: &mut dyn FnMut() -> bool) -> Result<(Proof, Proof), Stopped> {
        let ask = Ask { before: &[], proved: None, ..self.ask.clone() };
        let (insider, outsider) = Search::of(&ask).both(drafts, go_on)?.map_err(|_| Stopped::Contradiction)?;
        Ok((self.ask.proved.cloned().unwrap_or(insider), outsider))
    }

    /// One table with one number more hidden, so that all stand together; the cheapest such.
    fn more<'t>(&self, drafts: &[Draft<'t>], at: usize, go_on: &mut dyn FnMut() -> bool) -> Result<Option<Draft<'t>>, Failed> {
        let mut options = drafts[at].truth.options();
        options.retain(|(place, _)| !drafts[at].hidden[*place]);
        options.sort_by_key(|(_, weight)| *weight);
        for (place, _) in options.into_iter().take(TRIED) {
            let mut more = drafts.to_vec();
            more[at].hidden[place] = true;
            if self.both(&more, go_on)?.is_ok() {
                return Ok(Some(more.swap_remove(at)));
            }
        }
        Ok(None)
    }

    /// Whether it is this publication or an earlier one that a table cannot stand beside.
    fn cause(&self, draft: &Draft<'_>, told: Told, go_on: &mut dyn FnMut() -> bool) -> Result<Withheld, Failed> {
        let ask = Ask { before: &[], proved: None, ..self.ask.clone() };
        let by_itself = Search::of(&ask);
        Ok(match Alone::of(&by_itself, draft, go_on).hide(draft)? {
            Err(told) => Withheld::CannotBeHidden { place: told.line },
            Ok(_) => beside(self.ask, told),
        })
    }
}

/// Which earlier publication of its table something cannot stand beside.
fn beside(ask: &Ask<'_>, told: Told) -> Withheld {
    let shows = |earlier: &&Publication| earlier.tables.iter().any(|table| table.title() == told.table && !table.is_withheld());
    let publication = match ask.before.iter().rev().find(shows) {
        Some(_) if told.release != ask.name => told.release,
        Some(earlier) => earlier.name.clone(),
        None => return Withheld::CannotBeHidden { place: told.line },
    };
    Withheld::CannotStandBeside { publication, table: told.table, place: told.line }
}

fn verdict(draft: &Draft<'_>, withheld: Option<Withheld>) -> Verdict {
    let name = draft.truth.tally.spec().name.clone();
    if withheld.is_some() {
        return Verdict { name, hidden: 0, beside: 0, cost: 0, bound: 0, withheld };
    }
    Verdict { name, hidden: draft.table().hidden(), beside: draft.beside().len(), cost: draft.cost(), bound: draft.bound, withheld }
}

impl From<Failed> for Stopped {
    fn from(failed: Failed) -> Self {
        match failed {
            Failed::Stopped => Self::Told,
            Failed::Cell(_) | Failed::Difference(_) | Failed::Contradiction => Self::Contradiction,
        }
    }
}

#[cfg(test)]
mod promises;
#[cfg(test)]
mod tests;

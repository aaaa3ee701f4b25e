//! From true counts to what may leave.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use attune_proof::Proof;

use crate::alone::Alone;
use crate::ask::{Advice, Ask, Link, Outcome, Stopped, Verdict, Withheld};
use crate::prove::Failed;
use crate::publication::{Protected, Publication};
use crate::search::{Draft, Search, Told, is_like};
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
        let mut cause = draft.withheld.then_some(Withheld::TooFew).or_else(|| search.crossed(&draft));
        draft.withheld = cause.is_some();
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
        for (draft, cause) in drafts.iter_mut().zip(&mut causes) {
            if let Some(changed) = search.changed(draft) {
                draft.withheld = true;
                *cause = Some(changed);
            }
        }
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
                let cause = search.beside(&drafts[at], &told, &mut |search| Ok(search.both(&drafts, go_on)?.is_ok()))?;
                causes[at] = Some(cause.unwrap_or(Withheld::CannotStandTogether { place: told.line }));
                drafts[at].withheld = true;
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
        if draft.withheld || search.crossed(&draft).is_some() {
            continue;
        }
        if let Ok(draft) = Alone::of(&search, &draft, go_on).hide(&draft)?
            && search.changed(&draft).is_none()
        {
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
        let cause = self.beside(draft, &told, &mut |search| Ok(Alone::of(search, draft, go_on).enough(draft)?.is_ok()))?;
        Ok(cause.unwrap_or(Withheld::CannotBeHidden { place: told.line }))
    }

    /// Which earlier publication of its table something cannot stand beside, as `stands` says it of a
    /// search that knows some of them; none if it cannot stand beside none.
    fn beside(
        &self,
        draft: &Draft<'_>,
        told: &Told,
        stands: &mut dyn FnMut(&Search<'_>) -> Result<bool, Failed>,
    ) -> Result<Option<Withheld>, Failed> {
        let mut stands_beside = |before: &[Publication]| match stands(&Search::of(&Ask { before, proved: None, ..self.ask.clone() })) {
            Err(Failed::Contradiction) => Ok(false),
            told => told,
        };
        if !stands_beside(&[])? {
            return Ok(None);
        }
        let spec = draft.truth.tally.spec();
        let linked = linked(&self.ask.links, &spec.name);
        let hangs = |earlier: &Publication, table: &&Protected| {
            let is_linked = earlier.when.quarter == self.ask.when.quarter && linked.contains(table.name());
            !table.is_withheld() && (is_like(table.spec(), spec) || is_linked)
        };
        let shows = |earlier: &&Publication| earlier.tables.iter().any(|table| hangs(earlier, &table));
        let (mut left, mut looks): (Vec<Publication>, Vec<Publication>) =
            self.ask.before.iter().rev().filter(shows).cloned().partition(|earlier| earlier.left);
        [&mut left, &mut looks].into_iter().for_each(|publications| publications.sort_by_key(|earlier| Reverse(earlier.when)));
        // One that is enough by itself; or the last of those that are together.
        let mut named = None;
        for publications in [&left, &looks] {
            for earlier in publications.iter().take(NAMED) {
                if !stands_beside(std::slice::from_ref(earlier))? {
                    named = Some(earlier);
                    break;
                }
            }
            if named.is_some() {
                break;
            }
            // Beside all of both it does not stand.
            let is_all = left.is_empty() || looks.is_empty();
            if !publications.is_empty() && (is_all || !stands_beside(publications)?) {
                named = publications.first();
                break;
            }
        }
        let Some(earlier) = named.or(looks.first()).or(left.first()) else { return Ok(None) };
        let mut tables: Vec<&Protected> = earlier.tables.iter().filter(|table| hangs(earlier, table)).collect();
        tables.sort_by_key(|table| !is_like(table.spec(), spec));
        let table = tables.first();
        Ok(Some(Withheld::CannotStandBeside {
            publication: earlier.name.clone(),
            left: earlier.left,
            table: table.map(|table| table.title().to_owned()).unwrap_or_default(),
            place: told.line.clone(),
            few: false,
        }))
    }
}

/// The specifications whose totals hang together with that of one, by some links.
fn linked<'l>(links: &'l [Link], spec: &'l str) -> BTreeSet<&'l str> {
    let mut linked = BTreeSet::from([spec]);
    loop {
        let before = linked.len();
        for link in links {
            let (one, other) = match link {
                Link::Same { one, other } | Link::Nested { many: one, few: other, .. } => (one.as_str(), other.as_str()),
                Link::Whole { .. } => continue,
            };
            if linked.contains(one) || linked.contains(other) {
                linked.extend([one, other]);
            }
        }
        if linked.len() == before {
            return linked;
        }
    }
}

/// How many earlier publications are asked one by one whether they are the cause, the last first.
const NAMED: usize = 4;

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

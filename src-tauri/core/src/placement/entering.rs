//! A step as asked for becomes a placement, or is refused; and its second
//! person.

use chrono::{Days, NaiveDate};

use crate::error;
use crate::error::Error;
use crate::family::{EpisodeId, FamilyRefused};
use crate::placement::model::{Step, StepModel};
use crate::placement::{Place, Placement, PlacementConfirmation, PlacementRefused, ReviewRefused, is_down, is_proposed, needs_second};
use crate::placement::{PlacementConfirmationId, PlacementId};
use crate::record::written::Written;
use crate::team::code_list::Chosen;
use crate::time::Timestamp;
use crate::typed;
use crate::typed::when;
use crate::typed::when::Lean;

/// The fewest letters and digits of a reason.
const FEWEST_LETTERS: usize = 15;

/// What a placement rests on.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The steps there are.
    pub model: &'a StepModel,
    /// The open episode of the family, if there is one.
    pub episode: Option<EpisodeId>,
    /// The step that stands.
    pub stands: Option<u8>,
    /// Whether there is an infant, or a pregnancy, who can show something.
    pub asks_infant: bool,
    /// The step of the last placement that waits for nobody.
    pub settled: Option<u8>,
}

/// A placement. To or from step 4 or 5, counted from what stands and from what
/// was last settled, it waits for a second person; down from what stands at 4
/// or 5, it is proposed until then.
///
/// # Errors
/// See [`PlacementRefused`]; [`FamilyRefused::NoOpenEpisode`].
pub fn enter(request: Place, facts: Facts<'_>, written: Written<PlacementId>) -> error::Result<Placement> {
    let step = request.step.and_then(|step| facts.model.step(step)).ok_or(PlacementRefused::NoStep)?;
    let rationale = request.rationale.trim().to_owned();
    let infant_shows = request.infant_shows.trim().to_owned();
    if typed::letters(&rationale) < FEWEST_LETTERS {
        return Err(PlacementRefused::NoRationale.into());
    }
    if facts.asks_infant && infant_shows.is_empty() {
        return Err(PlacementRefused::NoInfant.into());
    }
    let review_on = review_date(&request.review_on, step, written.at)?;
    let episode = facts.episode.ok_or(FamilyRefused::NoOpenEpisode)?;
    let (receiving_service, accepted_by) = hand_over(&request, facts.stands, step.step)?;
    let indicators = request.indicators.iter().map(|code| {
        let known = step.indicators.iter().any(|indicator| indicator.code == *code);
        known.then(|| Chosen::of(&step.indicators, code)).ok_or(PlacementRefused::NotOfStep)
    });
    let indicators = indicators.collect::<Result<_, _>>()?;
    Ok(Placement {
        id: written.id,
        family: request.family,
        episode,
        step: step.step,
        step_name: step.name.clone(),
        model: facts.model.id,
        from: written.at.date(),
        rationale,
        indicators,
        parent_view: request.parent_view.trim().to_owned(),
        infant_shows,
        receiving_service,
        accepted_by,
        review_on,
        second_needed: needs_second(facts.stands, step.step) || needs_second(facts.settled, step.step),
        proposed: is_proposed(facts.stands, step.step),
        by: written.by,
        at: written.at,
    })
}

/// The confirmation of a placement by a second person.
///
/// # Errors
/// [`PlacementRefused::OwnPlacement`]; [`PlacementRefused::Confirmed`] when it
/// `is_confirmed`; [`PlacementRefused::NotAwaited`] when none is needed;
/// [`PlacementRefused::Replaced`] when it `is_replaced` by a later step.
pub fn confirm(
    placement: &Placement,
    is_confirmed: bool,
    is_replaced: bool,
    written: Written<PlacementConfirmationId>,
) -> Result<PlacementConfirmation, PlacementRefused> {
    if placement.by == written.by {
        return Err(PlacementRefused::OwnPlacement);
    }
    if is_confirmed {
        return Err(PlacementRefused::Confirmed);
    }
    if !placement.second_needed {
        return Err(PlacementRefused::NotAwaited);
    }
    if is_replaced {
        return Err(PlacementRefused::Replaced);
    }
    Ok(PlacementConfirmation { id: written.id, family: placement.family, placement: placement.id, by: written.by, at: written.at })
}

/// The service that receives the family and who accepted there, both empty
/// unless it is a step down.
fn hand_over(request: &Place, from: Option<u8>, to: u8) -> Result<(String, String), PlacementRefused> {
    if !is_down(from, to) {
        return Ok((String::new(), String::new()));
    }
    let (service, accepted_by) = (request.receiving_service.trim(), request.accepted_by.trim());
    if service.is_empty() {
        return Err(PlacementRefused::NoReceiving);
    }
    if accepted_by.is_empty() {
        return Err(PlacementRefused::NotAccepted);
    }
    Ok((service.to_owned(), accepted_by.to_owned()))
}

fn review_date(typed: &str, step: &Step, now: Timestamp) -> error::Result<NaiveDate> {
    if typed.trim().is_empty() {
        return Ok(now.date() + Days::new(u64::from(step.review_weeks) * 7));
    }
    let when = when::parse(typed, Lean::Future, now).map_err(|refusal| Error::from(refusal).at("reviewOn"))?;
    if when.date <= now.date() {
        return Err(PlacementRefused::ReviewPast.into());
    }
    if when.date > now.date() + Days::new(u64::from(step.review_weeks) * 7) {
        let words = format!("Step {} is reviewed within {} weeks. Choose an earlier day, or leave it blank.", step.step, step.review_weeks);
        return Err(ReviewRefused::TooLate.says(words).at("reviewOn"));
    }
    Ok(when.date)
}

#[cfg(test)]
mod tests;

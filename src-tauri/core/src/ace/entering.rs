//! A sitting about a parent's childhood, or what is known of an infant's
//! exposure, becomes a record, or is refused.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::ace::{
    AceAnswer, AceCategory, AceConversation, AceConversationId, AceExposure, AceExposureId, AceRefused, AceSitting, Company,
    ExposureAnswer, ExposureAnswered, ExposureConcern, RecordAce, RecordExposure,
};
use crate::concern::entering as concern;
use crate::concern::{Concern, ConcernId};
use crate::error::{Error, Result};
use crate::person::{FamilyRole, Person, PersonId};
use crate::record::written::Written;
use crate::typed;

/// What is said before the questions are begun, for each sitting anew.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    /// The parent wants to.
    pub wants_to: bool,
    /// Who else is there.
    pub here: &'a [Company],
    /// Nobody else can hear, and it is safe to talk.
    pub safe: bool,
    /// They are 18 or over, where no date of birth says it.
    pub adult: Option<bool>,
}

/// Whether the questions may be begun: of a parent or carer of 18 or over, who
/// wants to and is safe to speak.
///
/// # Errors
/// See [`AceRefused`].
pub fn begin(person: &Person, said: Said<'_>, today: NaiveDate) -> std::result::Result<(), AceRefused> {
    of_a_parent(person, today)?;
    if !said.wants_to {
        return Err(AceRefused::NotWanted);
    }
    match (person.is_under_18(today), said.adult) {
        (None, None) => return Err(AceRefused::AskAge),
        (None, Some(false)) => return Err(AceRefused::Under18),
        _ => {}
    }
    let is_here = |company: Company| said.here.contains(&company);
    let is_nobody = is_here(Company::Nobody);
    if said.here.is_empty() || is_nobody && said.here.len() > 1 {
        return Err(AceRefused::NobodySaid);
    }
    if is_here(Company::Family) {
        return Err(AceRefused::NotAlone);
    }
    if is_here(Company::OtherInterpreter) {
        return Err(AceRefused::NoInterpreter);
    }
    if said.safe { Ok(()) } else { Err(AceRefused::NotSafe) }
}

/// A sitting, that the parent chose not to have one, or that it was not offered
/// and why.
///
/// # Errors
/// See [`AceRefused`].
pub fn enter(request: RecordAce, person: &Person, written: Written<AceConversationId>) -> std::result::Result<AceConversation, AceRefused> {
    let today = written.at.date();
    of_a_parent(person, today)?;
    let words = request.words.trim().to_owned();
    let held = request.sitting == AceSitting::Held;
    let (mut answers, mut protective) = (Vec::new(), Vec::new());
    match request.sitting {
        AceSitting::Held => {
            let RecordAce { wants_to, ref here, safe, adult, .. } = request;
            begin(person, Said { wants_to, here, safe, adult }, today)?;
            once_each(request.answers.iter().map(|given| given.category))?;
            answers.extend(request.answers.into_iter().filter(|given| given.answer != AceAnswer::NotAsked));
            protective.extend(request.protective);
            if answers.is_empty() && protective.is_empty() && words.is_empty() {
                return Err(AceRefused::Nothing);
            }
        }
        AceSitting::NotOffered if words.is_empty() => return Err(AceRefused::NoReason),
        AceSitting::Declined | AceSitting::NotOffered | AceSitting::Newer(_) => {}
    }
    Ok(AceConversation {
        id: written.id,
        family: person.family,
        person: person.id,
        answers,
        protective,
        words,
        here: if held { request.here } else { Vec::new() },
        said_adult: held && person.born_on.is_none(),
        declined: request.sitting == AceSitting::Declined,
        not_offered: request.sitting == AceSitting::NotOffered,
        by: written.by,
        at: written.at,
    })
}

/// What a record of an infant's exposure rests on.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The children of the family, of whom a concern can be.
    pub children: &'a [PersonId],
    /// The concerns about this infant that go on.
    pub going_on: &'a [ConcernId],
}

/// What is known of an infant's exposure, and the concern that it raises. A yes
/// asks what it means for safety now.
///
/// # Errors
/// See [`AceRefused`]; of a new concern, the first thing that is missing.
pub fn enter_exposure(
    request: RecordExposure,
    person: &Person,
    facts: Facts<'_>,
    written: Written<AceExposureId>,
    concern: ConcernId,
) -> Result<(AceExposure, Option<Concern>)> {
    if person.role != FamilyRole::Infant {
        return Err(AceRefused::NotAnInfant.into());
    }
    once_each(request.answers.iter().map(|given| given.category))?;
    let answers: Vec<ExposureAnswered> = request.answers.iter().filter(|given| given.answer != ExposureAnswer::NotAsked).copied().collect();
    let words = request.words.trim().to_owned();
    if answers.is_empty() && words.is_empty() {
        return Err(AceRefused::Nothing.into());
    }
    let exposed = answers.iter().any(|given| matches!(given.answer, ExposureAnswer::Yes | ExposureAnswer::Suspected));
    let mut exposure = AceExposure {
        id: written.id,
        family: person.family,
        person: person.id,
        answers,
        words,
        concern: request.safety.filter(|_| exposed),
        concerns: Vec::new(),
        because: String::new(),
        by: written.by,
        at: written.at,
    };
    let mut raised = None;
    match exposure.concern {
        None if exposed => return Err(AceRefused::AskConcern.into()),
        None | Some(ExposureConcern::Newer(_)) => {}
        Some(ExposureConcern::AlreadyRecorded) => exposure.concerns = already_recorded(&request, facts.going_on)?,
        Some(ExposureConcern::NewConcern) => {
            let new = new_concern(&request, person, facts.children, Written { id: concern, by: written.by, at: written.at })?;
            exposure.concerns = vec![new.id];
            raised = Some(new);
        }
        Some(ExposureConcern::NoConcern) => {
            if !typed::says_something(&request.because) {
                return Err(AceRefused::NoBecause.into());
            }
            exposure.because = request.because.trim().to_owned();
        }
    }
    Ok((exposure, raised))
}

/// Which concerns it is recorded as: those that were named, or the only one.
fn already_recorded(request: &RecordExposure, going_on: &[ConcernId]) -> std::result::Result<Vec<ConcernId>, AceRefused> {
    let named: Vec<ConcernId> = match going_on {
        [] => return Err(AceRefused::NoneRecorded),
        [only] => vec![*only],
        all => request.earlier.iter().copied().filter(|named| all.contains(named)).collect(),
    };
    if named.is_empty() { Err(AceRefused::WhichRecorded) } else { Ok(named) }
}

/// The concern as its own rules have it; it is about this infant, whoever else.
fn new_concern(request: &RecordExposure, person: &Person, children: &[PersonId], written: Written<ConcernId>) -> Result<Concern> {
    let mut gaps = Vec::new();
    let ready = concern::check(&request.concern, concern::Facts { children, held_at: None, now: written.at }, &mut gaps);
    if let Some(gap) = gaps.first() {
        return Err(gap.refusal());
    }
    let ready = ready.ok_or_else(|| Error::internal("concern"))?;
    if !ready.children.contains(&person.id) {
        return Err(AceRefused::NotThisChild.into());
    }
    Ok(Concern::raised(ready, person.family, None, written))
}

fn once_each(categories: impl Iterator<Item = AceCategory>) -> std::result::Result<(), AceRefused> {
    let mut asked = BTreeSet::new();
    if categories.into_iter().all(|category| asked.insert(category)) { Ok(()) } else { Err(AceRefused::TwoAnswers) }
}

/// A parent or carer, and none who is a child too.
fn of_a_parent(person: &Person, today: NaiveDate) -> std::result::Result<(), AceRefused> {
    if person.is_child() {
        return Err(AceRefused::NotAParent);
    }
    if person.is_under_18(today) == Some(true) { Err(AceRefused::Under18) } else { Ok(()) }
}

//! A sitting about a parent's childhood, or what is known of an infant's
//! exposure, becomes a record, or is refused.

use std::collections::BTreeSet;

use crate::ace::{
    AceAnswer, AceCategory, AceConversation, AceConversationId, AceExposure, AceExposureId, AceRefused, AceSitting, ExposureAnswer,
    ExposureAnswered, RecordAce, RecordExposure,
};
use crate::person::{FamilyRole, Person};
use crate::record::written::Written;

/// Whether the questions may be begun: of a parent or carer, who wants to and
/// is alone and safe. Both are confirmed for each sitting.
///
/// # Errors
/// [`AceRefused::NotAParent`], [`AceRefused::NotWanted`], [`AceRefused::NotAlone`].
pub fn begin(person: &Person, wants_to: bool, alone_and_safe: bool) -> Result<(), AceRefused> {
    of_a_parent(person)?;
    match (wants_to, alone_and_safe) {
        (false, _) => Err(AceRefused::NotWanted),
        (_, false) => Err(AceRefused::NotAlone),
        (true, true) => Ok(()),
    }
}

/// A sitting, that the parent chose not to have one, or that it was not offered
/// and why.
///
/// # Errors
/// See [`AceRefused`].
pub fn enter(request: RecordAce, person: &Person, written: Written<AceConversationId>) -> Result<AceConversation, AceRefused> {
    of_a_parent(person)?;
    let words = request.words.trim().to_owned();
    let (mut answers, mut protective) = (Vec::new(), Vec::new());
    match request.sitting {
        AceSitting::Held => {
            begin(person, request.wants_to, request.alone_and_safe)?;
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
        declined: request.sitting == AceSitting::Declined,
        not_offered: request.sitting == AceSitting::NotOffered,
        by: written.by,
        at: written.at,
    })
}

/// What is known of an infant's exposure. A yes asks whether it is a new
/// concern.
///
/// # Errors
/// See [`AceRefused`].
pub fn enter_exposure(request: RecordExposure, person: &Person, written: Written<AceExposureId>) -> Result<AceExposure, AceRefused> {
    if person.role != FamilyRole::Infant {
        return Err(AceRefused::NotAnInfant);
    }
    once_each(request.answers.iter().map(|given| given.category))?;
    let answers: Vec<ExposureAnswered> = request.answers.into_iter().filter(|given| given.answer != ExposureAnswer::NotAsked).collect();
    let words = request.words.trim().to_owned();
    if answers.is_empty() && words.is_empty() {
        return Err(AceRefused::Nothing);
    }
    let exposed = answers.iter().any(|given| matches!(given.answer, ExposureAnswer::Yes | ExposureAnswer::Suspected));
    if exposed && request.concern.is_none() {
        return Err(AceRefused::AskConcern);
    }
    let concern = request.concern.filter(|_| exposed);
    Ok(AceExposure { id: written.id, family: person.family, person: person.id, answers, words, concern, by: written.by, at: written.at })
}

fn once_each(categories: impl Iterator<Item = AceCategory>) -> Result<(), AceRefused> {
    let mut asked = BTreeSet::new();
    if categories.into_iter().all(|category| asked.insert(category)) { Ok(()) } else { Err(AceRefused::TwoAnswers) }
}

fn of_a_parent(person: &Person) -> Result<(), AceRefused> {
    if matches!(person.role, FamilyRole::Infant | FamilyRole::Sibling) { Err(AceRefused::NotAParent) } else { Ok(()) }
}

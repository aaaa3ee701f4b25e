//! Priority groups, placements and ACE conversations of practice families. No
//! dice are rolled here: the place of a family in the list says what it has.

use chrono::{Days, NaiveDate};

use crate::ace::ops as ace;
use crate::ace::{
    AceAnswer, AceAnswered, AceCategory, AceSitting, Company, ExposureAnswer, ExposureAnswered, ExposureConcern, Protective, RecordAce,
    RecordExposure,
};
use crate::concern::ConcernEntry;
use crate::error::Result;
use crate::ids::FamilyId;
use crate::person::{FamilyRole, PersonId};
use crate::placement::ops as placements;
use crate::placement::rows as placement_store;
use crate::placement::{ConfirmPlacement, Place, is_down};
use crate::practice::Stories;
use crate::practice::course::{Act, Course, Mark};
use crate::practice::days::typed_day;
use crate::practice::doing::out_of_order;
use crate::practice::stories::new_to_the_team;
use crate::priority::ops as priorities;
use crate::priority::{AnswerPriority, PriorityAnswer, PriorityGroup, PriorityPeriod};
use crate::session::Session;
use crate::team::list_rows as lists;

/// Puts down what a family is asked, where it is placed and who confirms that.
pub(super) fn plan(course: &mut Course) {
    let worker = course.worker.clone();
    if course.family % 5 != 4 {
        course.put(course.at(course.day(3), 15), &worker, Act::Answers);
    }
    let asked = match course.family % 18 {
        1 => Act::Conversation { declined: false },
        2 | 10 => Act::Exposure,
        3 | 15 => Act::Conversation { declined: true },
        _ => return place(course),
    };
    course.put(course.at(course.day(9), 16), &worker, asked);
    place(course);
}

/// Placed in the second week, looked at again lately, and some moved up since:
/// one of them still waits for the second person.
fn place(course: &mut Course) {
    let family = course.family;
    if new_to_the_team(family) {
        return;
    }
    course.place(course.at(course.day(6), 15), [2, 3, 2, 1, 3, 2, 4][family % 7], None);
    course.confirm(course.at(course.day(8), 16));
    if family % 4 != 3 {
        let days = 10 + (family % 7) as u64;
        let step = course.step().map_or(2, |stands| if stands == 3 && family % 4 == 1 { 2 } else { stands });
        let review = family.is_multiple_of(8).then(|| course.today + Days::new(3));
        course.place(course.at(course.ago(days), 12), step, review);
        course.confirm(course.at(course.ago(days - 2), 16));
    }
    let higher = if course.step().is_some_and(|stands| stands >= 4) { 5 } else { 4 };
    match family % 12 {
        3 => course.place(course.at(course.ago(3), 16), higher, None),
        2 | 8 => {
            course.place(course.at(course.ago(7), 14), higher, None);
            course.confirm(course.at(course.ago(4), 11));
        }
        _ => {}
    }
}

impl Stories {
    pub(super) fn answer(&self, session: &mut Session, family: usize) -> Result<()> {
        let id = self.family_id(family)?;
        let source = &self.words.sources[family % self.words.sources.len()];
        for (person, group, answer, period) in self.answers_of(family) {
            let source = if answer.is_yes() { source.clone() } else { String::new() };
            priorities::answer_priority(session, AnswerPriority { family: id, person, group, answer, period, source })?;
        }
        Ok(())
    }

    pub(super) fn place(&mut self, session: &mut Session, family: usize, mark: Mark, step: u8, review: Option<NaiveDate>) -> Result<()> {
        let words = self.words;
        let indicators = lists::model(session.conn())?
            .step(step)
            .map_or_else(Vec::new, |known| known.indicators.iter().take(1 + family % 2).map(|indicator| indicator.code.clone()).collect());
        let id = self.family_id(family)?;
        let stands = placement_store::current(session.conn(), id)?.map(|placement| placement.step);
        let shows = &words.shows[usize::from(step) - 1];
        let hand_over = is_down(stands, step).then_some(&words.hand_over);
        let request = Place {
            family: id,
            step: Some(step),
            rationale: words.rationale(stands, step).to_owned(),
            indicators,
            parent_view: words.parent_view.of(stands, step).to_owned(),
            infant_shows: shows[family % shows.len()].clone(),
            receiving_service: hand_over.map(|words| words[0].clone()).unwrap_or_default(),
            accepted_by: hand_over.map(|words| words[1].clone()).unwrap_or_default(),
            review_on: review.map(typed_day).unwrap_or_default(),
        };
        placements::place(session, request)?;
        let placed = placement_store::current(session.conn(), id)?.ok_or_else(out_of_order)?;
        self.made.placements.insert(mark, placed.id);
        Ok(())
    }

    pub(super) fn confirm(&self, session: &mut Session, mark: Mark) -> Result<()> {
        let placement = *self.made.placements.get(&mark).ok_or_else(out_of_order)?;
        placements::confirm_placement(session, ConfirmPlacement { placement })?;
        Ok(())
    }

    pub(super) fn converse(&self, session: &mut Session, family: usize, declined: bool) -> Result<()> {
        use AceCategory as C;
        let Some(person) = self.person(family, FamilyRole::Mother) else { return Ok(()) };
        let yes = [C::EmotionalNeglect, C::ParentsApart, C::IllnessAtHome];
        let left_out = [C::SexualAbuse, C::PrisonAtHome];
        let answered = |category: &C| AceAnswered {
            category: *category,
            answer: match category {
                category if yes.contains(category) => AceAnswer::Yes,
                C::PhysicalAbuse => AceAnswer::PrefersNot,
                _ => AceAnswer::No,
            },
        };
        let asked = <C as crate::codes::Code>::ALL.iter().filter(|category| !left_out.contains(category));
        let request = RecordAce {
            person,
            sitting: if declined { AceSitting::Declined } else { AceSitting::Held },
            wants_to: !declined,
            here: if declined { Vec::new() } else { vec![Company::Baby] },
            safe: !declined,
            adult: Some(true),
            answers: if declined { Vec::new() } else { asked.map(answered).collect() },
            protective: if declined { Vec::new() } else { vec![Protective::SteadyAdult, Protective::Friends] },
            words: if declined { String::new() } else { self.words.childhood.clone() },
        };
        ace::record_ace(session, request)?;
        Ok(())
    }

    pub(super) fn expose(&self, session: &mut Session, family: usize) -> Result<()> {
        let Some(person) = self.person(family, FamilyRole::Infant) else { return Ok(()) };
        let known = [
            (AceCategory::ViolenceAtHome, ExposureAnswer::Suspected),
            (AceCategory::IllnessAtHome, ExposureAnswer::No),
            (AceCategory::SubstancesAtHome, ExposureAnswer::NotKnown),
        ];
        let request = RecordExposure {
            person,
            answers: known.into_iter().map(|(category, answer)| ExposureAnswered { category, answer }).collect(),
            words: self.words.exposure.clone(),
            safety: Some(ExposureConcern::NoConcern),
            earlier: Vec::new(),
            concern: ConcernEntry::default(),
            because: self.words.no_concern.clone(),
        };
        ace::record_exposure(session, request)?;
        Ok(())
    }

    fn answers_of(&self, family: usize) -> Vec<(Option<PersonId>, PriorityGroup, PriorityAnswer, Option<PriorityPeriod>)> {
        use PriorityAnswer::{Confirmed, Declined, No, NotApplicable, Suspected};
        use PriorityPeriod::{Earlier, InPregnancy, Now, PastYear};
        let (poverty, lived) = [(Confirmed, Some(Now)), (No, None), (Suspected, Some(PastYear)), (Declined, None)][family % 4];
        let (health, when) =
            [(No, None), (Confirmed, Some(InPregnancy)), (Suspected, Some(Now)), (Confirmed, Some(Earlier))][family / 2 % 4];
        let mother = self.person(family, FamilyRole::Mother);
        let mut answers = vec![(None, PriorityGroup::Poverty, poverty, lived), (mother, PriorityGroup::ParentalMentalHealth, health, when)];
        if family % 9 == 2 {
            answers.push((mother, PriorityGroup::YoungParents, Confirmed, Some(Now)));
        }
        if family % 7 == 3 {
            answers.push((None, PriorityGroup::DomesticViolence, Suspected, Some(PastYear)));
        }
        if family % 10 == 6 {
            answers.push((self.person(family, FamilyRole::Infant), PriorityGroup::AbuseNeglect, Confirmed, Some(Now)));
        }
        if family % 8 == 1 {
            answers.push((mother, PriorityGroup::ParentalSeparation, NotApplicable, None));
        }
        answers
    }

    /// The first person of a family in that role.
    fn person(&self, family: usize, role: FamilyRole) -> Option<PersonId> {
        let practice = &self.families[family];
        let index = practice.entry.people.iter().position(|person| person.role == role)?;
        practice.added.as_ref()?.people.get(index).copied()
    }

    pub(super) fn family_id(&self, family: usize) -> Result<FamilyId> {
        self.families[family].added.as_ref().map(|added| added.family).ok_or_else(out_of_order)
    }
}

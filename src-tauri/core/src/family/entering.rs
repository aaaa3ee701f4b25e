//! A family, who works with it and its flags, as asked for: they become records,
//! or are refused.

use uuid::Uuid;

use crate::error::{Error, Result};
use crate::family::{AddFamily, Episode, Family, FamilyRefused, Flag, FlagEnding, FlagEndingId, FlagId, FlagKind, SetFlag};
use crate::ids::UserId;
use crate::person::entering as person;
use crate::person::{FamilyRole, Person};
use crate::record::written::Written;
use crate::time::Timestamp;
use crate::typed;
use crate::typed::when;
use crate::typed::when::Lean;
use crate::user::{Role, User};

/// What a new family rests on.
pub struct Facts<'a> {
    /// A case reference that no family has.
    pub reference: String,
    /// Who adds it: a key worker's own, if nobody else is named.
    pub me: &'a User,
    /// Everybody of the team.
    pub staff: &'a [User],
    /// The instant.
    pub now: Timestamp,
}

/// A family with its people and its first episode of care.
#[derive(Debug)]
pub struct NewFamily {
    /// The family.
    pub family: Family,
    /// Its people, in the order in which they were typed.
    pub people: Vec<Person>,
    /// Open from today.
    pub episode: Episode,
}

/// A family as asked for, with ids from `new_id`.
///
/// # Errors
/// [`FamilyRefused::NoInfant`], who cannot work with it, or what is wrong with a
/// person: a field of the third is `people.2.number`.
pub fn add(request: &AddFamily, facts: Facts<'_>, new_id: &mut dyn FnMut() -> Uuid) -> Result<NewFamily> {
    if !request.people.iter().any(|person| person.role == FamilyRole::Infant) {
        return Err(FamilyRefused::NoInfant.into());
    }
    let own = (request.key_worker.is_none() && facts.me.role == Role::KeyWorker).then_some(facts.me.id);
    let family = Family { id: new_id().into(), reference: facts.reference, flags_checked_on: None };
    let mut people: Vec<Person> = Vec::new();
    for (index, entry) in request.people.iter().enumerate() {
        let person = person::enter(new_id().into(), family.id, entry, facts.now).map_err(|error| person::at_index(error, index))?;
        person::check_birth_order(&people, &person).map_err(|error| person::at_index(error, index))?;
        person::check_generations(&people, &person).map_err(|error| person::at_index(error, index))?;
        people.push(person);
    }
    let opened = Episode {
        id: new_id().into(),
        family: family.id,
        opened_on: facts.now.date(),
        closed_on: None,
        key_worker: None,
        therapist: None,
        partner_worker: None,
    };
    let workers = Workers { key_worker: request.key_worker.or(own), therapist: request.therapist, partner_worker: None };
    let episode = allocate(&opened, workers, facts.staff)?;
    Ok(NewFamily { family, people, episode })
}

/// Who is to work with a family.
#[derive(Debug, Clone, Copy)]
pub struct Workers {
    /// A key worker, therapist or service lead.
    pub key_worker: Option<UserId>,
    /// A therapist.
    pub therapist: Option<UserId>,
    /// A partner worker.
    pub partner_worker: Option<UserId>,
}

/// The episode with these workers. Each is of the team and of a role that can be.
///
/// # Errors
/// [`FamilyRefused::NotAKeyWorker`], [`FamilyRefused::NotATherapist`],
/// [`FamilyRefused::NotAPartner`].
pub fn allocate(episode: &Episode, workers: Workers, staff: &[User]) -> std::result::Result<Episode, FamilyRefused> {
    let may = |user: Option<UserId>, roles: &[Role]| {
        user.is_none_or(|id| staff.iter().any(|user| user.id == id && user.active && roles.contains(&user.role)))
    };
    if !may(workers.key_worker, &[Role::KeyWorker, Role::Therapist, Role::ServiceLead]) {
        return Err(FamilyRefused::NotAKeyWorker);
    }
    if !may(workers.therapist, &[Role::Therapist]) {
        return Err(FamilyRefused::NotATherapist);
    }
    if !may(workers.partner_worker, &[Role::PartnerWorker]) {
        return Err(FamilyRefused::NotAPartner);
    }
    let Workers { key_worker, therapist, partner_worker } = workers;
    Ok(Episode { key_worker, therapist, partner_worker, ..episode.clone() })
}

/// The longest detail of a flag, in characters: it is shown in the banner.
const LONGEST_DETAIL: usize = 120;

/// A flag beside those `standing`, from the day it is written.
///
/// # Errors
/// [`FamilyRefused::NoFlagDetail`], [`FamilyRefused::BadFlagDetail`],
/// [`FamilyRefused::FlagThere`], [`FamilyRefused::FlagReviewPast`], or what is
/// said of a date that is none.
pub fn flag(request: SetFlag, standing: &[Flag], written: Written<FlagId>) -> Result<Flag> {
    let detail = typed::line(&request.detail, LONGEST_DETAIL).ok_or(FamilyRefused::BadFlagDetail)?;
    if request.kind == FlagKind::Interpreter && detail.is_empty() {
        return Err(FamilyRefused::NoFlagDetail.into());
    }
    if standing.iter().any(|flag| flag.kind == request.kind && flag.detail == detail) {
        return Err(FamilyRefused::FlagThere.into());
    }
    let now = written.at;
    let review_on = match request.review_on.trim() {
        "" => None,
        day => Some(when::parse(day, Lean::Future, now).map_err(|refusal| Error::from(refusal).at("reviewOn"))?.date),
    };
    if review_on.is_some_and(|day| day <= now.date()) {
        return Err(FamilyRefused::FlagReviewPast.into());
    }
    let since = written.at.date();
    Ok(Flag { id: written.id, family: request.family, kind: request.kind, detail, since, review_on, ended_on: None, set_by: written.by })
}

/// What ending a flag comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// Who asked or agreed, and why, where there is a reason.
    pub ending: Option<FlagEnding>,
    /// The flag as it is once it has ended; none while a second person is awaited.
    pub ended: Option<Flag>,
}

/// The end of a flag. One by which a family is kept safe is ended by two people,
/// each with a reason: the first asks, and it stands until the second agrees.
///
/// # Errors
/// [`FamilyRefused::FlagEnded`], [`FamilyRefused::FlagNoReason`],
/// [`FamilyRefused::FlagAskedByYou`].
pub fn end(flag: &Flag, asked: &[FlagEnding], reason: &str, written: Written<FlagEndingId>) -> std::result::Result<End, FamilyRefused> {
    if flag.ended_on.is_some() {
        return Err(FamilyRefused::FlagEnded);
    }
    let reason = reason.trim();
    let second = flag.kind.needs_second();
    if second && !typed::says_why(reason) {
        return Err(FamilyRefused::FlagNoReason);
    }
    let by_another = asked.iter().any(|ending| ending.by != written.by);
    if second && !by_another && !asked.is_empty() {
        return Err(FamilyRefused::FlagAskedByYou);
    }
    let Written { id, by, at } = written;
    let ending = FlagEnding { id, family: flag.family, flag: flag.id, reason: reason.to_owned(), by, at };
    let ended = (!second || by_another).then(|| Flag { ended_on: Some(at.date()), ..flag.clone() });
    Ok(End { ending: Some(ending).filter(|ending| !ending.reason.is_empty()), ended })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(number: u128, role: Role, active: bool) -> User {
        User {
            id: Uuid::from_u128(number).into(),
            name: "N".to_owned(),
            sign_in: "n".to_owned(),
            role,
            organisation: "O".to_owned(),
            active,
            passphrase_at: Timestamp(0),
        }
    }

    #[test]
    fn who_works_with_a_family_is_of_the_team_and_of_the_role() {
        let staff = [
            user(1, Role::KeyWorker, true),
            user(2, Role::Therapist, true),
            user(3, Role::PartnerWorker, true),
            user(4, Role::DataManager, true),
            user(5, Role::KeyWorker, false),
        ];
        let nobody = Workers { key_worker: None, therapist: None, partner_worker: None };
        let id = |number: u128| Some(UserId::from(Uuid::from_u128(number)));
        let opened = Episode {
            id: Uuid::from_u128(9).into(),
            family: Uuid::from_u128(8).into(),
            opened_on: Timestamp(0).date(),
            closed_on: None,
            key_worker: None,
            therapist: None,
            partner_worker: None,
        };
        for (workers, refused) in [
            (nobody, None),
            (Workers { key_worker: id(1), therapist: id(2), partner_worker: id(3) }, None),
            (Workers { key_worker: id(2), ..nobody }, None),
            (Workers { key_worker: id(4), ..nobody }, Some(FamilyRefused::NotAKeyWorker)),
            (Workers { key_worker: id(5), ..nobody }, Some(FamilyRefused::NotAKeyWorker)),
            (Workers { key_worker: id(7), ..nobody }, Some(FamilyRefused::NotAKeyWorker)),
            (Workers { therapist: id(1), ..nobody }, Some(FamilyRefused::NotATherapist)),
            (Workers { partner_worker: id(2), ..nobody }, Some(FamilyRefused::NotAPartner)),
        ] {
            let allocated = allocate(&opened, workers, &staff);
            assert_eq!(allocated.as_ref().err(), refused.as_ref(), "{workers:?}");
            if let Ok(episode) = allocated {
                assert_eq!((episode.key_worker, episode.therapist), (workers.key_worker, workers.therapist));
            }
        }
    }
}

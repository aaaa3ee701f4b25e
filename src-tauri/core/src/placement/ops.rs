//! Placing a family on a step, and confirming it as the second person.

use chrono::NaiveDate;

use crate::error::Result;
use crate::family::OfFamily;
use crate::family::episodes;
use crate::family::ops::banner_of;
use crate::ids::FamilyId;
use crate::in_error::ops as in_error;
use crate::in_error::{EnteredInError, Struck};
use crate::op::Op;
use crate::person::rows as people;
use crate::person::words as person_words;
use crate::person::{FamilyRole, Person};
use crate::placement::entering;
use crate::placement::entering::Facts;
use crate::placement::rows as placements;
use crate::placement::{ConfirmPlacement, Place, Placement, PlacementConfirmation, PlacementView, PlacementsView, StepSpan, is_down};
use crate::placement::{ConfirmationSaved, StepMade, StepSaved};
use crate::reader::Reader;
use crate::record::{Record, Table};
use crate::reply::Reply;
use crate::session::Session;
use crate::store::db::Db;
use crate::store::entries;
use crate::team::list_rows as lists;
use crate::time::{Timestamp, date_words, day_time_words, day_words, long_date_words};
use crate::user::rows as users;
use crate::user::{Role, User};

/// The placements of a family.
///
/// # Errors
/// `not_yours`.
pub fn placements_of(reader: &Reader<'_>, request: OfFamily) -> Result<PlacementsView> {
    let reader = &reader.open(request.family, "placements")?;
    view(reader.conn, reader.user, request.family, reader.now)
}

/// Places a family on a step. To step 4 or 5 it acts at once and waits for a
/// second person; down from 4 or 5 it is proposed, and acts once confirmed.
///
/// # Errors
/// See [`PlacementRefused`].
pub fn place(session: &mut Session, request: Place) -> Result<Reply<StepSaved>> {
    session.allow(request.family, "place")?;
    let family = request.family;
    session.transact(Op::Place, |tx| {
        let facts = Facts {
            model: &lists::model(tx)?,
            episode: episodes::latest(tx, family)?.filter(|episode| episode.closed_on.is_none()).map(|episode| episode.id),
            stands: placements::current(tx, family)?.map(|placement| placement.step),
            asks_infant: asks_infant(&people::of(tx, family)?),
            settled: placements::settled(tx, family)?.map(|placement| placement.step),
        };
        let placement = entering::enter(request, facts, tx.written())?;
        tx.create(&placement)?;
        let date = day_words(tx.now().date());
        let made = StepMade { id: placement.id, step: placement.step, date, current: !placement.proposed };
        Ok(StepSaved { placements: vec![made] })
    })
}

/// Confirms a placement as the second person.
///
/// # Errors
/// See [`PlacementRefused`].
pub fn confirm_placement(session: &mut Session, request: ConfirmPlacement) -> Result<Reply<ConfirmationSaved>> {
    let placement: Placement = in_error::to_act_on(session, request.placement.0, "confirm_placement")?;
    session.transact(Op::ConfirmPlacement, |tx| {
        let is_confirmed = !placements::confirmations(tx, placement.id)?.is_empty();
        let (stands, latest) = (placements::current(tx, placement.family)?, placements::latest(tx, placement.family)?);
        let is_replaced = ![stands, latest].into_iter().flatten().any(|one| one.id == placement.id);
        let confirmation = entering::confirm(&placement, is_confirmed, is_replaced, tx.written())?;
        tx.create(&confirmation)?;
        Ok(ConfirmationSaved { placement: placement.id, id: confirmation.id })
    })
}

/// A family's placements as `reader` sees them, latest first.
fn views(conn: &Db, reader: &User, family: FamilyId, people: &[Person], now: Timestamp) -> Result<Vec<PlacementView>> {
    placements::of(conn, family)?.iter().map(|placement| placement_view(conn, reader, placement, people, now)).collect()
}

/// The strip of placements over the infant's age, oldest first; what is only proposed is not on it.
pub fn strip(conn: &Db, family: FamilyId, people: &[Person], now: Timestamp) -> Result<Vec<StepSpan>> {
    let mut all = Vec::new();
    for placement in placements::of(conn, family)?.into_iter().rev() {
        if let Some(since) = placements::since(conn, &placement)? {
            all.push((placement.step, since));
        }
    }
    let infant = people.iter().find(|person| person.role == FamilyRole::Infant);
    let age = |date: NaiveDate| infant.and_then(|infant| person_words::age_on(infant, date)).unwrap_or_else(|| date_words(date));
    let today = now.date();
    let spans = all.iter().enumerate().map(|(index, (step, since))| {
        let next = all.get(index + 1).map(|(_, next)| *next);
        let until = next.unwrap_or(today);
        // The step that stands has no end yet: today is none.
        let span = |words: &dyn Fn(NaiveDate) -> String, open: &str| match next {
            None => format!("{open} {}", words(*since)),
            Some(next) if next == *since => words(next),
            Some(next) => format!("{} to {}", words(*since), words(next)),
        };
        StepSpan {
            step: *step,
            words: format!("Step {step}"),
            ages: span(&age, "from"),
            dates: span(&date_words, "since"),
            days: u32::try_from((until - *since).num_days().max(1)).unwrap_or(1),
        }
    });
    Ok(spans.collect())
}

/// The placement that stands: `Step 3 · Specialist support`, `Step 4 ·
/// Specialist therapeutic, waiting for a second person`, `Step 4 · …; step 3
/// is proposed`; empty if there is none.
pub fn standing(conn: &Db, family: FamilyId) -> Result<String> {
    let unconfirmed = |placement: &Placement| -> Result<bool> {
        Ok(placement.second_needed && placements::confirmations(conn, placement.id)?.is_empty())
    };
    let stands = match placements::current(conn, family)? {
        Some(placement) if unconfirmed(&placement)? => format!("{}, waiting for a second person", title(&placement)),
        Some(placement) => title(&placement),
        None => String::new(),
    };
    let proposed = match placements::latest(conn, family)? {
        Some(placement) if placement.proposed && unconfirmed(&placement)? => format!("step {} is proposed", placement.step),
        _ => String::new(),
    };
    Ok([stands, proposed].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join("; "))
}

/// `Step 3 · Specialist support`, as the model of the placement had it.
fn title(placement: &Placement) -> String {
    let Placement { step, step_name, .. } = placement;
    if step_name.is_empty() { format!("Step {step}") } else { format!("Step {step} · {step_name}") }
}

fn view(conn: &Db, reader: &User, family: FamilyId, now: Timestamp) -> Result<PlacementsView> {
    let model = lists::model(conn)?;
    let people = people::of(conn, family)?;
    let placements = views(conn, reader, family, &people, now)?;
    let stands = placements.iter().find(|placement| placement.current).map(|placement| placement.step);
    Ok(PlacementsView {
        banner: banner_of(conn, family, now)?,
        model_label: model.label.clone(),
        steps: model.offered(),
        strip: strip(conn, family, &people, now)?,
        steps_down: model.steps.iter().map(|step| step.step).filter(|step| is_down(stands, *step)).collect(),
        asks_infant: asks_infant(&people),
        may_place: matches!(reader.role, Role::KeyWorker | Role::Therapist | Role::ServiceLead),
        empty: if placements.is_empty() {
            "No step recorded yet. You decide the step; Attune does not calculate it.".to_owned()
        } else {
            String::new()
        },
        placements,
    })
}

/// Whether there is an infant, or a pregnancy, who can show something.
fn asks_infant(people: &[Person]) -> bool {
    people.iter().any(|person| person.role == FamilyRole::Infant && person.loss.is_none())
}

/// A placement as `reader` sees it.
pub fn placement_view(conn: &Db, reader: &User, placement: &Placement, people: &[Person], now: Timestamp) -> Result<PlacementView> {
    let stands = placements::current(conn, placement.family)?;
    let current = stands.as_ref().is_some_and(|stands| stands.id == placement.id);
    let latest = placements::latest(conn, placement.family)?.is_some_and(|latest| latest.id == placement.id);
    let infant = people.iter().find(|person| person.role == FamilyRole::Infant);
    let confirmed = placements::confirmations(conn, placement.id)?;
    let in_error = in_error::words(conn, placement.id.0)?;
    let unconfirmed = placement.second_needed && confirmed.is_empty() && in_error.is_empty();
    let awaited = unconfirmed && (current || latest);
    let proposed = unconfirmed && placement.proposed;
    let new = entries::new_kinds(conn, reader.id, placement.family, placement.id.0)?;
    let is_new = |table: &Table| new.iter().any(|kind| kind == table.name);
    let news = if is_new(Placement::TABLE) {
        "New"
    } else if is_new(PlacementConfirmation::TABLE) {
        "Newly confirmed"
    } else if is_new(EnteredInError::TABLE) {
        if in_error.is_empty() { "Mark changed" } else { "Newly entered in error" }
    } else {
        ""
    };
    let mut told = Vec::new();
    let mut struck = Vec::new();
    for confirmation in placements::kept_confirmations(conn, placement)? {
        let text = format!("Confirmed by {}, {}", users::name(conn, confirmation.by)?, day_time_words(confirmation.at.local()));
        // Of a step that is itself marked, what was said of it is struck with it.
        let in_error = in_error::words(conn, confirmation.id.0)?;
        if in_error.is_empty() { told.push(text) } else { struck.push(Struck { text, in_error }) }
    }
    let second = match (unconfirmed, awaited) {
        (true, true) => "Waiting for a second person".to_owned(),
        (true, false) => "Replaced before a second person confirmed it".to_owned(),
        (false, _) => told.join(" · "),
    };
    // Once no infant is left, and no pregnancy, no review is due.
    let reviewed = current && asks_infant(people);
    let overdue = reviewed && placement.review_on < now.date();
    let review = match (reviewed, overdue) {
        (false, _) => String::new(),
        (true, true) => format!("Review was due {}", date_words(placement.review_on)),
        (true, false) => format!("Review due {}", date_words(placement.review_on)),
    };
    let since = placements::since(conn, placement)?;
    let on = day_words(placement.from);
    let before_confirming = match (awaited, proposed, &stands) {
        (false, ..) => String::new(),
        (true, false, _) => {
            "This step already applies. Read the reasons, then confirm it or speak to the person who recorded it.".to_owned()
        }
        (true, true, Some(stands)) => {
            format!(
                "The family stays on step {} until you confirm this. Read the reasons, then confirm it or speak to the person who recorded it.",
                stands.step
            )
        }
        (true, true, None) => {
            "It applies once you confirm it. Read the reasons, then confirm it or speak to the person who recorded it.".to_owned()
        }
    };
    Ok(PlacementView {
        id: placement.id,
        step: placement.step,
        title: format!("{}{}", title(placement), if proposed { ", proposed" } else { "" }),
        age: infant.and_then(|infant| person_words::age_on(infant, since.unwrap_or(placement.from))).unwrap_or_default(),
        date: day_words(placement.from),
        long_date: long_date_words(placement.from),
        since: match since {
            None => format!("Proposed {on}"),
            Some(since) if placement.proposed => format!("Since {}, proposed {on}", day_words(since)),
            Some(_) => format!("Since {on}"),
        },
        by: format!("Recorded by {}, {}", users::name(conn, placement.by)?, day_time_words(placement.at.local())),
        rationale: placement.rationale.clone(),
        indicators: placement.indicators.iter().map(|indicator| indicator.words.clone()).collect(),
        parent_view: placement.parent_view.clone(),
        infant_shows: placement.infant_shows.clone(),
        handed_over: if placement.receiving_service.is_empty() {
            String::new()
        } else {
            format!("{}, accepted by {}", placement.receiving_service, placement.accepted_by)
        },
        review,
        review_overdue: overdue,
        may_confirm: awaited && placement.by != reader.id && matches!(reader.role, Role::Therapist | Role::ServiceLead),
        second,
        struck,
        in_error,
        may_mark_in_error: in_error::may_mark(conn, reader, placement.id.0)?,
        awaited,
        current,
        before_confirming,
        news: news.to_owned(),
    })
}

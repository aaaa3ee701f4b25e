//! What the things that a record points at are called in its history.

use uuid::Uuid;

use crate::codes::Code;
use crate::concern::{Concern, ConcernAnswer};
use crate::contact::Addendum;
use crate::contact::rows as contacts;
use crate::copied::Copied;
use crate::cover::Cover;
use crate::error::Result;
use crate::family::{Flag, FlagEnding};
use crate::family::{episodes, rows as families};
use crate::follow_up::FollowUpEnd;
use crate::group::GroupSession;
use crate::harm::KnownHarm;
use crate::in_error::EnteredInError;
use crate::leaving::NoteTakenOver;
use crate::loss::Loss;
use crate::person::words as person_words;
use crate::person::{FamilyRole, Person};
use crate::placement::{Placement, PlacementConfirmation};
use crate::priority::PriorityRecord;
use crate::record::names::{Named, Names};
use crate::release::rows as releases;
use crate::schema::SCHEMA;
use crate::store::db::Db;
use crate::store::in_error;
use crate::team::list_rows as lists;
use crate::time::{date_words, day_time_words};
use crate::user::rows as users;

/// Names looked up in the record.
pub struct InRecord<'a>(pub &'a Db);

impl Names for InRecord<'_> {
    fn name(&self, of: Named) -> Result<String> {
        let conn = self.0;
        let found = match of.kind {
            "user" => users::find(conn, of.id.into())?.map(|user| user.name),
            "family" => families::find(conn, of.id.into())?.map(|family| family.reference),
            "person" => in_error::kept(conn, of.id)?.as_ref().map(person_name),
            "episode" => episodes::find(conn, of.id.into())?.map(|episode| format!("opened {}", date_words(episode.opened_on))),
            "flag" => in_error::kept::<Flag>(conn, of.id)?.map(|flag| flag.kind.words().to_owned()),
            "contact" => {
                contacts::find(conn, of.id.into())?.map(|note| format!("{}, {}", note.kind.words(), day_time_words(note.held_at.local())))
            }
            "flag_ending" => self.of("flag", in_error::kept::<FlagEnding>(conn, of.id)?.map(|ending| ending.flag.0))?,
            "follow_up_end" => in_error::kept::<FollowUpEnd>(conn, of.id)?.map(|end| day_time_words(end.at.local())),
            "note_taken_over" => in_error::kept::<NoteTakenOver>(conn, of.id)?.map(|taken| day_time_words(taken.at.local())),
            "cover" => in_error::kept::<Cover>(conn, of.id)?.map(|cover| format!("arranged {}", day_time_words(cover.at.local()))),
            "loss" => in_error::kept::<Loss>(conn, of.id)?.map(|loss| loss.kind.words().to_owned()),
            "concern" => {
                in_error::kept::<Concern>(conn, of.id)?.map(|concern| format!("raised {}", day_time_words(concern.raised_at.local())))
            }
            "placement" => in_error::kept::<Placement>(conn, of.id)?
                .map(|placement| format!("step {}, since {}", placement.step, date_words(placement.from))),
            "group_session" => in_error::kept::<GroupSession>(conn, of.id)?.map(|session| session.words()),
            "release" => releases::find(conn, of.id.into())?.map(|release| release.period.words()),
            "step_model" => lists::model_of(conn, of.id.into())?.map(|model| model.label),
            // Not who, nor what: the mark on it is in the history.
            "harm" => in_error::kept::<KnownHarm>(conn, of.id)?.map(|harm| format!("recorded {}", day_time_words(harm.at.local()))),
            "priority_answer" => in_error::kept::<PriorityRecord>(conn, of.id)?.map(|record| record.group.words().to_owned()),
            // What was recorded of something is called by that.
            "copied" => self.of("contact", in_error::kept::<Copied>(conn, of.id)?.map(|copied| copied.contact.0))?,
            "addendum" => self.of("contact", in_error::kept::<Addendum>(conn, of.id)?.map(|added| added.contact.0))?,
            "concern_answer" => self.of("concern", in_error::kept::<ConcernAnswer>(conn, of.id)?.map(|answer| answer.concern.0))?,
            "placement_confirmation" => {
                self.of("placement", in_error::kept::<PlacementConfirmation>(conn, of.id)?.map(|confirmed| confirmed.placement.0))?
            }
            "entered_in_error" => self.of("recorded", in_error::kept::<EnteredInError>(conn, of.id)?.map(|mark| mark.row.0))?,
            "recorded" => match in_error::recorded(conn, &SCHEMA, of.id)? {
                Some(recorded) => Some(match (recorded.table.named)(of.id) {
                    Some(named) => format!("{}: {}", recorded.table.words, self.name(named)?),
                    None => recorded.table.words.to_owned(),
                }),
                None => None,
            },
            _ => None,
        };
        Ok(found.unwrap_or_else(|| "not in this record".to_owned()))
    }
}

impl InRecord<'_> {
    fn of(&self, kind: &'static str, id: Option<Uuid>) -> Result<Option<String>> {
        id.map(|id| self.name(Named { kind, id })).transpose()
    }
}

/// `Fiadh`, `Róisín (mother)`.
fn person_name(person: &Person) -> String {
    let name = person_words::familiar(person);
    if person.role == FamilyRole::Infant { name } else { format!("{name} ({})", person.role.words().to_lowercase()) }
}

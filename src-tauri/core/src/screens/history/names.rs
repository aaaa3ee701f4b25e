//! What the things that a record points at are called in its history.

use crate::codes::Code;
use crate::concern::Concern;
use crate::contact::rows as contacts;
use crate::error::Result;
use crate::family::Flag;
use crate::family::{episodes, rows as families};
use crate::person::words as person_words;
use crate::person::{FamilyRole, Person};
use crate::placement::Placement;
use crate::record::names::{Named, Names};
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
        let found = match of {
            Named::User(id) => users::find(conn, id)?.map(|user| user.name),
            Named::Family(id) => families::find(conn, id)?.map(|family| family.reference),
            Named::Person(id) => in_error::kept(conn, id.0)?.as_ref().map(person_name),
            Named::Episode(id) => episodes::find(conn, id)?.map(|episode| format!("opened {}", date_words(episode.opened_on))),
            Named::Flag(id) => in_error::kept::<Flag>(conn, id.0)?.map(|flag| flag.kind.words().to_owned()),
            Named::Contact(id) => {
                contacts::find(conn, id)?.map(|note| format!("{}, {}", note.kind.words(), day_time_words(note.held_at.local())))
            }
            Named::Concern(id) => {
                in_error::kept::<Concern>(conn, id.0)?.map(|concern| format!("raised {}", day_time_words(concern.raised_at.local())))
            }
            Named::Placement(id) => in_error::kept::<Placement>(conn, id.0)?
                .map(|placement| format!("step {}, since {}", placement.step, date_words(placement.from))),
            Named::StepModel(id) => lists::model_of(conn, id)?.map(|model| model.label),
            Named::Recorded(id) => match in_error::recorded(conn, id.0)? {
                Some(recorded) => Some(match (recorded.table.named)(id.0) {
                    Some(named) => format!("{}: {}", recorded.table.words, self.name(named)?),
                    None => recorded.table.words.to_owned(),
                }),
                None => None,
            },
        };
        Ok(found.unwrap_or_else(|| "not in this record".to_owned()))
    }
}

/// `Fiadh`, `Róisín (mother)`.
fn person_name(person: &Person) -> String {
    let name = person_words::familiar(person);
    if person.role == FamilyRole::Infant { name } else { format!("{name} ({})", person.role.words().to_lowercase()) }
}

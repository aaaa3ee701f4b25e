//! Unfinished forms: kept as they are typed, their author's alone, until they
//! become an act of the record or are thrown away.

use crate::access;
use crate::codes::Code;
use crate::error::Result;
use crate::family::ops as families;
use crate::form::rows as forms;
use crate::form::{Belongs, FormName, FormRefused, FormSaved, KeepForm, KeptForm, KeptForms, LONGEST, OfForm, UnfinishedForm};
use crate::ids::FamilyId;
use crate::person::namesakes;
use crate::person::rows as people;
use crate::person::words as person_words;
use crate::reader::{Opened, Reader};
use crate::record::Topic;
use crate::reply::{Nothing, Reply};
use crate::session::Session;
use crate::store::drafts;
use crate::time::{day_time_words, time_words};
use crate::user::User;

/// Keeps what is typed so far, whatever it is. Nothing is checked.
///
/// # Errors
/// `not_yours`, `form_too_long`, or a fault of the disk.
pub fn keep_form(session: &mut Session, request: KeepForm) -> Result<Reply<FormSaved>> {
    let of = OfForm { family: request.family, form: request.form, of: request.of.clone() };
    allow(session, &of, "keep_form")?;
    if request.body.len() > LONGEST || request.of.len() > 100 {
        return Err(FormRefused::TooLong.into());
    }
    let author = session.user().id;
    let fresh = forms::of(session.conn(), author, &of)?.is_none();
    let named = forms::named(&of);
    let kept = forms::draft_of(&of, &named);
    let saved_at = session.locally(|conn, now| drafts::keep(conn, author, kept, &request.body, Some(request.act), now).map(|()| now))?;
    Ok(Reply::touching(FormSaved { saved: time_words(saved_at.local()) }, touched(fresh)))
}

/// Throws the reader's own unfinished form away.
///
/// # Errors
/// `not_yours`, or a fault of the disk.
pub fn discard_form(session: &mut Session, request: OfForm) -> Result<Reply<Nothing>> {
    allow(session, &request, "discard_form")?;
    let author = session.user().id;
    let gone = session.locally(|conn, _| drafts::discard(conn, author, forms::draft_of(&request, &forms::named(&request))))?;
    Ok(Reply::touching(Nothing {}, touched(gone)))
}

/// What the reader has kept of a form.
///
/// # Errors
/// `not_yours`, or that the read log could not be written.
pub fn kept_form(reader: &Reader<'_>, request: OfForm) -> Result<KeptForm> {
    let reader = match place(&request)? {
        (Belongs::Ace, Some(family)) => reader.open_ace(family)?,
        (_, Some(family)) => reader.open(family, "kept_form")?,
        _ if may_use(reader.user(), request.form).is_some() => reader.listed("kept_form")?,
        _ => return reader.refused("kept_form"),
    };
    let kept = forms::of(reader.conn, reader.user.id, &request)?;
    let saved = kept.as_ref().map(|kept| day_time_words(kept.saved_at.local())).unwrap_or_default();
    Ok(KeptForm { body: kept.map(|kept| kept.body), saved })
}

/// The reader's unfinished forms, without what was typed in them. A form of a
/// family that is no longer theirs is left out.
///
/// # Errors
/// When the read log could not be written.
pub fn kept_forms(reader: &Reader<'_>, _: Nothing) -> Result<KeptForms> {
    let reader = &reader.listed("kept_forms")?;
    let mut lines = Vec::new();
    for (of, saved_at) in forms::by(reader.conn, reader.user.id)? {
        let Some((name, apart)) = shown_as(reader, &of)? else { continue };
        let (words, saved) = (of.form.words().to_owned(), day_time_words(saved_at.local()));
        lines.push(UnfinishedForm { family: of.family, form: of.form, of: of.of, name, apart, words, saved });
    }
    Ok(KeptForms { forms: lines })
}

/// Whose record the form is in, and what tells it from every other: the reader
/// goes from here straight into it. None if it is no longer theirs to open.
fn shown_as(reader: &Opened<'_>, of: &OfForm) -> Result<Option<(String, String)>> {
    let Some(family) = of.family else { return Ok(may_use(reader.user, of.form).map(|()| Default::default())) };
    let open = match of.form.belongs() {
        Belongs::Ace => access::may_open_ace(reader.conn, reader.user, family)?,
        _ => access::may_open(reader.conn, reader.user, family)?,
    };
    if !open {
        return Ok(None);
    }
    let people = people::of(reader.conn, family)?;
    Ok(Some((families::family_name(&people), person_words::apart(&people, &namesakes::reference(reader.conn, family)?))))
}

fn allow(session: &mut Session, of: &OfForm, what: &'static str) -> Result<()> {
    match place(of)? {
        (Belongs::Ace, Some(family)) => session.allow_ace(family, what),
        (_, Some(family)) => session.allow(family, what),
        _ => {
            let may = may_use(session.user(), of.form);
            session.known(may, what)
        }
    }
}

/// Whose record the form is in, as it says and as it must.
fn place(of: &OfForm) -> Result<(Belongs, Option<FamilyId>)> {
    let belongs = of.form.belongs();
    if matches!(belongs, Belongs::Team(_)) != of.family.is_none() {
        return Err(FormRefused::NoSuchForm.into());
    }
    Ok((belongs, of.family))
}

fn may_use(user: &User, form: FormName) -> Option<()> {
    matches!(form.belongs(), Belongs::Team(roles) if roles.contains(&user.role)).then_some(())
}

fn touched(list: bool) -> Vec<Topic> {
    if list { vec![Topic::Draft] } else { Vec::new() }
}

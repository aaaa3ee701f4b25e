//! Users and their keys, changed as one.

use crate::codes::Code;
use crate::desk::keyed::{other_instant, settle};
use crate::desk::refused::{DeskRefused, WayRefused};
use crate::desk::{Desk, Open};
use crate::error::{Error, Result, SignInRefused};
use crate::ids::{Ids, UserId};
use crate::op::Op;
use crate::reply::Reply;
use crate::session::Session;
use crate::store::log;
use crate::store::looks::Look;
use crate::team::rows as team;
use crate::time::Timestamp;
use crate::typed::choice::choices;
use crate::user::UserSaved;
use crate::user::entering;
use crate::user::one_time;
use crate::user::ops as user_ops;
use crate::user::rows as users;
use crate::user::signing_in::{AmendUser, ChangePassphrase, OneTimePassphrase, UsersView};
use crate::user::{AddUser, ORGANISATIONS, Role, User, UserRefused, UserView, enter_user};
use crate::vault::keys::{KeysRefused, Way};
use crate::vault::passphrase;
use crate::vault::recovery::RecoveryKey;

impl Desk {
    /// Adds a user with a one-time passphrase.
    ///
    /// # Errors
    /// The field that cannot be used, or a fault of the disk.
    pub fn add_user(&self, request: &AddUser) -> Result<Reply<OneTimePassphrase>> {
        let (name, sign_in, organisation) = enter_user(&request.name, &request.sign_in, &request.organisation)?;
        let one_time = passphrase::temporary()?;
        self.with_open(|open| {
            let now = open.session.now();
            if entering::signs_in(&users::all(open.session.conn())?, &sign_in) {
                return Err(SignInRefused::SignInTaken.into());
            }
            let id = UserId(self.setup.ids.clone().next(now.0));
            let user = User { id, name, sign_in, role: request.role, organisation, active: true, passphrase_at: now };
            let mark = self.mark(open, id, &one_time)?;
            let way = Way { user: id, sign_in: &user.sign_in, passphrase: &one_time, one_time: true, at: now };
            let (added, put) = self.change_keys(
                open,
                |keys, key| keys.set_entry(&way, key, self.setup.kdf),
                |session| user_ops::add_user(session, &user, &mark),
            )?;
            put.map_err(|_| added_without_key())?;
            Ok(added.with(handed_over(&user, one_time.to_string())))
        })
    }

    /// Gives a user who has forgotten theirs a one-time passphrase.
    ///
    /// # Errors
    /// When there is no such user, or a fault of the disk; then the passphrase
    /// they had still opens the record.
    pub fn reset_passphrase(&self, user: UserId) -> Result<Reply<OneTimePassphrase>> {
        let one_time = passphrase::temporary()?;
        self.with_open(|open| {
            let found = users::find(open.session.conn(), user)?.filter(|user| user.active).ok_or_else(|| Error::not_found("user"))?;
            let done = self.set_passphrase(open, &found, &one_time, true, Op::ResetPassphrase)?;
            let handed = handed_over(&done.value, one_time.to_string());
            Ok(done.with(handed))
        })
    }

    /// Changes the signed-in user's own passphrase.
    ///
    /// # Errors
    /// `wrong_passphrase`, `passphrase_weak`, `passphrase_same`, or a fault of
    /// the disk; then the one before still opens the record. After five wrong
    /// ones the record is locked.
    pub fn change_passphrase(&self, request: &ChangePassphrase) -> Result<()> {
        let present = self.with_open(|open| open.keys.unlock(&open.session.user().sign_in, &request.present).map(drop));
        if let Err(error) = present {
            if error.code != KeysRefused::WrongPassphrase.code() {
                return Err(error);
            }
            self.passphrase_was_wrong("change_passphrase")?;
            return Err(error.at("present"));
        }
        self.with_open(|open| {
            let me = open.session.user().clone();
            let (present, new) = (passphrase::likeness(&request.present), passphrase::likeness(&request.new));
            if *present == *new {
                return Err(Error::from(UserRefused::SamePassphrase).at("new"));
            }
            if new.contains(present.as_str()) || present.contains(new.as_str()) {
                return Err(Error::from(UserRefused::LikePassphrase).at("new"));
            }
            self.refuse_used(open, me.id, &request.new).map_err(|error| error.at("new"))?;
            if !open.practice {
                refuse_weak(&open.session, &me, &request.new).map_err(|error| error.at("new"))?;
            }
            self.set_passphrase(open, &me, &request.new, false, Op::ChangePassphrase)?;
            open.must_change = false;
            Ok(())
        })
    }

    /// Changes a user, or records that they have left and takes their key away.
    ///
    /// # Errors
    /// `user_last_lead`, `changed_since`, or the field that cannot be used.
    pub fn amend_user(&self, request: &AmendUser) -> Result<Reply<UserSaved>> {
        self.with_open(|open| {
            if request.user == open.session.user().id && !request.active {
                return Err(DeskRefused::Oneself.into());
            }
            let yet = yet_to_choose(open);
            let leaves = !request.active && open.keys.users().any(|user| user == request.user);
            let (done, put) = match leaves {
                true => self.change_keys(
                    open,
                    |keys, _| {
                        keys.remove_entry(request.user);
                        Ok(())
                    },
                    |session| user_ops::amend_user(session, request, &yet),
                )?,
                false => (user_ops::amend_user(&mut open.session, request, &yet)?, Ok(())),
            };
            if done.value.id == open.session.user().id {
                // What a lead takes from themselves is gone at once, not at the next sign-in.
                open.session.act_as(&done.value);
            }
            let notice = if leaves { left(&done.value.name, put.is_ok()) } else { String::new() };
            Ok(done.with(UserSaved { user: request.user, notice }))
        })
    }

    /// The users of the team.
    ///
    /// # Errors
    /// `locked`.
    pub fn users(&self) -> Result<Reply<UsersView>> {
        self.with_open(|open| {
            open.session.log_look(&Look { family: None, view: "users", denied: false })?;
            let value = users_view(open)?;
            let seen = log::last_operation(open.session.conn())?;
            Ok(Reply { value, touched: Vec::new(), seen })
        })
    }

    /// Makes a new recovery key; the old one no longer opens the record.
    ///
    /// # Errors
    /// `locked`, or a fault of the disk.
    pub fn new_recovery_key(&self) -> Result<Reply<Vec<String>>> {
        self.with_open(|open| {
            let recovery = RecoveryKey::generate()?;
            let conn = open.session.conn();
            let present = team::team(conn)?.recovery_at;
            let at = other_instant(open.session.now(), |at| Ok(at == present || user_ops::recovery_was_replaced(conn, at)?))?;
            let (done, put) = self.change_keys(
                open,
                |keys, key| keys.set_recovery(&recovery, key, at),
                |session| user_ops::recovery_key_made(session, at),
            )?;
            put.map_err(|_| {
                drop(open.session.beside_the_act(|session| settle(session, &open.keys)));
                WayRefused::NotReplaced.says(
                    "The key file could not be replaced, so there is no new recovery key. The sheet you have still opens the record. \
                     Check the disk and the folder, then try again.",
                )
            })?;
            Ok(done.with(recovery.printable().iter().map(|line| line.to_string()).collect()))
        })
    }
}

/// Refuses a passphrase that is easy to guess for whoever knows the user.
pub(super) fn refuse_weak(session: &Session, user: &User, new: &str) -> Result<()> {
    let team = team::team(session.conn())?.name;
    let about = [&user.name, &user.sign_in, &user.organisation, &team].map(String::as_str);
    if passphrase::assess(new, &about).enough { Ok(()) } else { Err(UserRefused::WeakPassphrase.into()) }
}

/// What to know when somebody has left the team.
fn left(name: &str, key_is_gone: bool) -> String {
    let gone = match key_is_gone {
        true => format!("{name} can no longer sign in."),
        false => format!(
            "{name} can no longer sign in. Their key could not be removed from the key file yet; Attune removes it when the record is next opened."
        ),
    };
    format!(
        "{gone} But the record has not been encrypted again with a new key. Anyone who has an old copy of the key file (in a backup, for example) \
         and {name}’s passphrase can still open the record, today’s record included, if they get hold of this laptop or a copy of it. \
         Keep the laptop and its backups where {name} cannot reach them."
    )
}

fn added_without_key() -> Error {
    DeskRefused::WithoutKey.into()
}

/// Who was handed a passphrase and has not chosen one yet.
fn yet_to_choose(open: &Open) -> Vec<UserId> {
    open.keys.users().filter(|user| open.keys.must_change(*user)).collect()
}

fn users_view(open: &Open) -> Result<UsersView> {
    let all = users::all(open.session.conn())?;
    let me = open.session.user().id;
    let now = open.session.now();
    let yet = yet_to_choose(open);
    let line = |user: &User| {
        let line = UserView::of(user, open.keys.must_change(user.id), entering::is_last_lead(&all, user.id, &yet), user.id == me);
        UserView { passphrase_words: passphrase_words(open, user, now), ..line }
    };
    Ok(UsersView {
        users: all.iter().map(line).collect(),
        roles: choices::<Role>(),
        organisations: ORGANISATIONS.map(str::to_owned).to_vec(),
    })
}

/// What is to be known of how a user signs in; nothing if they have a
/// passphrase of their own.
fn passphrase_words(open: &Open, user: &User, now: Timestamp) -> String {
    let until = |at| one_time::until_words(at);
    match open.keys.set_at(user.id) {
        _ if !user.active => String::new(),
        None => "No passphrase yet: give them a one-time passphrase".to_owned(),
        Some(_) if !open.keys.must_change(user.id) => String::new(),
        Some(at) if one_time::still_opens(at, now, None).is_ok() => format!("One-time passphrase, until {}", until(at)),
        Some(at) if at > now => "One-time passphrase made while the clock was wrong: give them a new one".to_owned(),
        Some(at) => format!("One-time passphrase, expired {}", until(at)),
    }
}

fn handed_over(user: &User, passphrase: String) -> OneTimePassphrase {
    let words = format!(
        "{} ({}) signs in as “{}” with this once, then chooses their own. It can be used until {}.",
        user.name,
        user.role.words(),
        user.sign_in,
        one_time::until_words(user.passphrase_at)
    );
    OneTimePassphrase { user: user.id, words, passphrase }
}

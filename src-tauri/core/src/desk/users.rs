//! Users and their keys: the key file is written first, then the row, so that
//! nobody stands in the record who could never sign in.

use super::{Desk, Open};
use crate::codes::Code;
use crate::domain::choice::choices;
use crate::domain::signing_in::{AmendUser, ChangePassphrase, OneTimePassphrase, UsersView};
use crate::domain::user::{AddUser, ORGANISATIONS, Role, User, UserRefused, UserView, enter_user};
use crate::error::{Error, Result};
use crate::ids::{Ids, UserId};
use crate::ops::op::Op;
use crate::ops::{Outcome, users as user_ops};
use crate::store::settings::{self, Team};
use crate::store::{log, users};
use crate::vault::passphrase;
use crate::vault::recovery::RecoveryKey;

impl Desk {
    /// Adds a user with a one-time passphrase.
    ///
    /// # Errors
    /// The field that cannot be used, or a fault of the disk.
    pub fn add_user(&self, request: &AddUser) -> Result<Outcome<OneTimePassphrase>> {
        let (name, sign_in, organisation) = enter_user(&request.name, &request.sign_in, &request.organisation)?;
        let one_time = passphrase::temporary()?;
        self.with_open(|open| {
            let now = open.session.now();
            let taken =
                users::all(open.session.conn())?.iter().any(|user| user.active && user.sign_in.to_lowercase() == sign_in.to_lowercase());
            if taken {
                return Err(UserRefused::SignInTaken.into());
            }
            let id = UserId(self.setup.ids.clone().next(now.0));
            let user = User { id, name, sign_in, role: request.role, organisation, active: true, passphrase_at: now };
            drop_unfinished(open)?;
            open.keys.set_entry(id, &user.sign_in, &one_time, &open.key, true, self.setup.kdf)?;
            open.keys.save(&self.setup.folder)?;
            let added = user_ops::add_user(&mut open.session, &user);
            if added.is_err() && open.keys.remove_entry(id) {
                open.keys.save(&self.setup.folder)?;
            }
            Ok(added?.with(handed_over(&user, one_time.to_string())))
        })
    }

    /// Gives a user who has forgotten theirs a one-time passphrase.
    ///
    /// # Errors
    /// When there is no such user, or a fault of the disk.
    pub fn reset_passphrase(&self, user: UserId) -> Result<Outcome<OneTimePassphrase>> {
        let one_time = passphrase::temporary()?;
        self.with_open(|open| {
            let found = users::find(open.session.conn(), user)?.filter(|user| user.active).ok_or_else(|| Error::not_found("user"))?;
            open.keys.set_entry(found.id, &found.sign_in, &one_time, &open.key, true, self.setup.kdf)?;
            open.keys.save(&self.setup.folder)?;
            let done = user_ops::passphrase_set(&mut open.session, Op::ResetPassphrase, user)?;
            Ok(done.with(handed_over(&found, one_time.to_string())))
        })
    }

    /// Changes the signed-in user's own passphrase.
    ///
    /// # Errors
    /// `wrong_passphrase`, `passphrase_weak`, `passphrase_same`.
    pub fn change_passphrase(&self, request: &ChangePassphrase) -> Result<()> {
        self.with_open(|open| {
            let me = open.session.user().clone();
            open.keys
                .unlock(&me.sign_in, &request.present)
                .map_err(|error| if error.code == "wrong_passphrase" { error.at("present") } else { error })?;
            if request.present == request.new {
                return Err(Error::from(UserRefused::SamePassphrase).at("new"));
            }
            if !open.practice && !passphrase::assess(&request.new, &[&me.name, &me.sign_in]).enough {
                return Err(Error::from(UserRefused::WeakPassphrase).at("new"));
            }
            open.keys.set_entry(me.id, &me.sign_in, &request.new, &open.key, false, self.setup.kdf)?;
            open.keys.save(&self.setup.folder)?;
            user_ops::passphrase_set(&mut open.session, Op::ChangePassphrase, me.id)?;
            open.must_change = false;
            Ok(())
        })
    }

    /// Changes a user, or records that they have left and takes their key away.
    ///
    /// # Errors
    /// `user_last_lead`, `changed_since`, or the field that cannot be used.
    pub fn amend_user(&self, request: &AmendUser) -> Result<Outcome<UsersView>> {
        self.with_open(|open| {
            if request.user == open.session.user().id && !request.active {
                return Err(Error::new("user_self", "You cannot remove yourself from the team. Ask another service lead."));
            }
            let done = user_ops::amend_user(&mut open.session, request)?;
            if done.value.id == open.session.user().id {
                // What a lead takes from themselves is gone at once, not at the next sign-in.
                open.session.act_as(&done.value);
            }
            let mut notice = String::new();
            if !done.value.active && open.keys.remove_entry(request.user) {
                open.keys.save(&self.setup.folder)?;
                notice = format!(
                    "{} can no longer sign in here. The record was not encrypted again: someone with an old copy of the folder and their passphrase could still open that copy.",
                    done.value.name
                );
            }
            let view = users_view(open, notice)?;
            Ok(done.with(view))
        })
    }

    /// The users of the team.
    ///
    /// # Errors
    /// `locked`.
    pub fn users(&self) -> Result<Outcome<UsersView>> {
        self.with_open(|open| {
            let value = users_view(open, String::new())?;
            let seen = log::last_operation(open.session.conn())?;
            Ok(Outcome { value, touched: Vec::new(), seen })
        })
    }

    /// Makes a new recovery key; the old one no longer opens the record.
    ///
    /// # Errors
    /// `locked`, or a fault of the disk.
    pub fn new_recovery_key(&self) -> Result<Outcome<Vec<String>>> {
        self.with_open(|open| {
            let recovery = RecoveryKey::generate()?;
            open.keys.set_recovery(&recovery, &open.key)?;
            open.keys.save(&self.setup.folder)?;
            let done = open.session.transact(Op::NewRecoveryKey, |tx| {
                let before = settings::team(tx)?;
                tx.amend(&before, &Team { recovery_at: tx.now(), ..before.clone() }, log::last_operation(tx)?)
            })?;
            Ok(done.with(recovery.printable().iter().map(|line| line.to_string()).collect()))
        })
    }
}

/// Takes away the keys of users who have no row: adding them was cut short
/// between the two, and their sign-in name is free again.
fn drop_unfinished(open: &mut Open) -> Result<()> {
    let all = users::all(open.session.conn())?;
    let unfinished: Vec<UserId> = open.keys.users().filter(|id| all.iter().all(|user| user.id != *id)).collect();
    for id in unfinished {
        open.keys.remove_entry(id);
    }
    Ok(())
}

fn users_view(open: &Open, notice: String) -> Result<UsersView> {
    let all = users::all(open.session.conn())?;
    let me = open.session.user().id;
    let line = |user: &User| UserView::of(user, open.keys.must_change(user.id), user_ops::is_last_lead(&all, user.id), user.id == me);
    Ok(UsersView {
        users: all.iter().map(line).collect(),
        roles: choices::<Role>(),
        organisations: ORGANISATIONS.map(str::to_owned).to_vec(),
        notice,
    })
}

fn handed_over(user: &User, passphrase: String) -> OneTimePassphrase {
    let words = format!("{} ({}) signs in as “{}” with this once, then chooses their own.", user.name, user.role.words(), user.sign_in);
    OneTimePassphrase { user: user.id, words, passphrase }
}

//! Families of one name in one list, each with what tells it from the others.

use std::collections::{HashMap, HashSet};

use crate::access;
use crate::error::Result;
use crate::family::rows as family_store;
use crate::ids::FamilyId;
use crate::person::rows as people;
use crate::person::words as person_words;
use crate::store::db::Db;
use crate::typed::fold;

/// `born 11-Oct-2026 · F26-7K2Q` for each family that is called in the list as
/// another one is; no word for the others.
pub fn told_apart<'a>(conn: &Db, list: impl Iterator<Item = (FamilyId, &'a str)>) -> Result<HashMap<FamilyId, String>> {
    let mut called: HashMap<String, HashSet<FamilyId>> = HashMap::new();
    for (family, name) in list {
        called.entry(fold::fold(name)).or_default().insert(family);
    }
    let alike = called.into_values().filter(|families| families.len() > 1).flatten();
    alike.map(|family| Ok((family, apart(conn, family)?))).collect()
}

/// What tells a family from every other, whatever it is called.
///
/// # Errors
/// `not_yours` when there is none.
pub fn apart(conn: &Db, family: FamilyId) -> Result<String> {
    Ok(person_words::apart(&people::of(conn, family)?, &reference(conn, family)?))
}

/// Its case reference: `F26-7K2Q`.
///
/// # Errors
/// `not_yours` when there is none.
pub fn reference(conn: &Db, family: FamilyId) -> Result<String> {
    Ok(family_store::find(conn, family)?.ok_or_else(access::not_yours)?.reference)
}

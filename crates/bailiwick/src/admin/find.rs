//! From what an operator types to the one thing that is meant.

use anyhow::{Result, bail};
use bailiwick_domain::Uidp;
use bailiwick_store::{GroupRow, KnownIdentity, Store};

/// The group of a UIDP or of a path of names.
pub(super) async fn group(store: &Store, text: &str) -> Result<GroupRow> {
    match store.as_host().find_group(text).await? {
        Some(group) => Ok(group),
        None => bail!(
            "there is no group {text}: give its UIDP, or its names from the organization down, as acme/dev"
        ),
    }
}

/// The person of a UIDP or of an address.
pub(super) async fn person(store: &Store, text: &str) -> Result<KnownIdentity> {
    let mut found = store.as_host().find_identities(text).await?;
    match (found.pop(), found.is_empty()) {
        (Some(person), true) => Ok(person),
        (None, _) => bail!(
            "nobody is known as {text}: give the address or the UIDP of somebody who has signed in here"
        ),
        (Some(last), false) => {
            let all: Vec<String> = found
                .iter()
                .chain([&last])
                .map(|person| format!("  {}  {} at {}", person.uid, person.name, person.issuer))
                .collect();
            bail!(
                "several people have the address {text}; give the UIDP of one:\n{}",
                all.join("\n")
            )
        }
    }
}

/// Like [`person`], but a UIDP may be that of somebody who has never signed in.
pub(super) async fn identity(store: &Store, text: &str) -> Result<Uidp> {
    match text.parse() {
        Ok(uid) => Ok(uid),
        Err(_) => Ok(person(store, text).await?.uid),
    }
}

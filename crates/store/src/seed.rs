//! The example organization of an empty development database.

use bailiwick_domain::{BuiltInRole, GroupName, Micros, Uidp};
use sqlx::{AnyConnection, Row as _};

use crate::audit::{self, Entry};
use crate::bindings;
use crate::error::StoreError;
use crate::identities::{self, Person};
use crate::secret::random_bytes;
use crate::store::{Store, only_store};

/// What to put into an empty development database.
#[derive(Debug, Clone)]
pub struct Example {
    /// The organization's name.
    pub organization: GroupName,
    /// Names of the folders directly below it.
    pub folders: Vec<GroupName>,
    /// People, each with the role they get at the organization.
    pub people: Vec<(Person, &'static BuiltInRole)>,
}

impl Store {
    /// Fills the database if it holds no group.
    ///
    /// # Errors
    /// The database failed.
    pub async fn seed(&self, example: Example) -> Result<(), StoreError> {
        only_store(
            self.write(move |tx, now| {
                Box::pin(async move {
                    let filled = sqlx::query("SELECT 1 FROM groups LIMIT 1")
                        .fetch_optional(&mut *tx)
                        .await?
                        .is_some();
                    if !filled {
                        fill(tx, &example, now).await?;
                    }
                    Ok(())
                })
            })
            .await,
        )
    }

    /// How many groups there are, for the log line at start.
    ///
    /// # Errors
    /// The database failed.
    pub async fn count_groups(&self) -> Result<i64, StoreError> {
        let row = sqlx::query("SELECT COUNT(*) AS groups FROM groups")
            .fetch_one(&self.readers)
            .await?;
        Ok(row.try_get("groups")?)
    }
}

async fn fill(tx: &mut AnyConnection, example: &Example, now: Micros) -> Result<(), StoreError> {
    let root = Uidp::root(random_bytes()?);
    group(tx, &root, &example.organization, now).await?;
    for name in &example.folders {
        if let Ok(uid) = root.child(random_bytes()?) {
            group(tx, &uid, name, now).await?;
        }
    }
    for (person, role) in &example.people {
        let identity = identities::upsert(tx, person, now).await?;
        bindings::insert(tx, &identity, role.uid(), &root, None, now).await?;
    }
    audit::record(
        tx,
        now,
        Entry {
            organization: Some(&root),
            actor: "host",
            action: "groups.create",
            target: root.as_str(),
            request_id: "",
            detail: &[("name", example.organization.as_str())],
        },
    )
    .await
}

async fn group(
    tx: &mut AnyConnection,
    uid: &Uidp,
    name: &GroupName,
    now: Micros,
) -> Result<(), StoreError> {
    let parent = uid.parent();
    sqlx::query(
        "INSERT INTO groups (uid, parent, name, create_time, update_time) VALUES ($1, $2, $3, $4, $4)",
    )
    .bind(uid.as_str())
    .bind(parent.as_ref().map_or("", Uidp::as_str))
    .bind(name.as_str())
    .bind(now.0)
    .execute(tx)
    .await?;
    Ok(())
}

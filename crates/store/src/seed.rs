//! The example organization of an empty development database.

use std::sync::Arc;

use bailiwick_domain::{BuiltInRole, CreateGroupError, Description, GroupName, Uidp};
use sqlx::{AnyConnection, Row as _};

use crate::act::{Act, Actor, Attempt};
use crate::bindings::{NewBinding, Origin};
use crate::clock::Clock;
use crate::error::{Failure, StoreError};
use crate::groups::{NewGroup, insert};
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
        let (clock, issuers) = (Arc::clone(&self.clock), Arc::clone(&self.issuers));
        only_store(
            self.write(move |tx, _| {
                Box::pin(async move {
                    let filled = sqlx::query("SELECT uid FROM groups LIMIT 1")
                        .fetch_optional(&mut *tx)
                        .await?
                        .is_some();
                    if !filled {
                        fill(tx, example, &issuers, &*clock).await?;
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

async fn fill(
    tx: &mut AnyConnection,
    example: Example,
    issuers: &Arc<[String]>,
    clock: &dyn Clock,
) -> Result<(), StoreError> {
    let root = Uidp::root(random_bytes()?);
    group(tx, root.clone(), None, example.organization, issuers, clock).await?;
    for name in example.folders {
        if let Ok(uid) = root.child(random_bytes()?) {
            group(tx, uid, Some(root.clone()), name, issuers, clock).await?;
        }
    }
    for (person, role) in example.people {
        let binding = NewBinding {
            identity: identities::upsert(tx, &person, clock.now()).await?,
            role: role.uid().clone(),
            group: root.clone(),
            ends_at: None,
        };
        let attempt = Attempt::on("role_bindings.create", &root);
        Act::begin(tx, clock, Arc::clone(issuers), Actor::Host, attempt)
            .await?
            .perform(|act| {
                Box::pin(async move {
                    act.give(&binding, Origin::OwnAct).await?;
                    Ok::<_, Failure<std::convert::Infallible>>(())
                })
            })
            .await
            .or_else(only_failed)?;
    }
    Ok(())
}

async fn group(
    tx: &mut AnyConnection,
    uid: Uidp,
    organization: Option<Uidp>,
    name: GroupName,
    issuers: &Arc<[String]>,
    clock: &dyn Clock,
) -> Result<(), StoreError> {
    let attempt = Attempt {
        action: "groups.create",
        organization,
        target: String::new(),
    };
    let group = NewGroup {
        name,
        description: Description::default(),
    };
    Act::begin(tx, clock, Arc::clone(issuers), Actor::Host, attempt)
        .await?
        .perform(|act| Box::pin(async move { insert(act, &uid, &group).await }))
        .await
        .or_else(|failure: Failure<CreateGroupError>| only_failed(failure))
}

/// No rule refuses an example in an empty database.
fn only_failed<E>(failure: Failure<E>) -> Result<(), StoreError> {
    match failure {
        Failure::Store(error) => Err(error),
        Failure::Rule(_) => Ok(()),
    }
}

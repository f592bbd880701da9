//! Creating organizations and folders.

use bailiwick_domain::{Capability, CreateGroupError, GROUP_DEPTH_MAX, Uidp, owner};

use crate::act::{Act, Actor, Attempt};
use crate::bindings::{NewBinding, Origin};
use crate::error::Failure;
use crate::groups::{GroupRow, GroupsHandle, NewGroup, found};
use crate::secret::random_bytes;

const ACTION: &str = "groups.create";

impl GroupsHandle<'_> {
    /// Creates a folder below `parent`.
    ///
    /// # Errors
    /// See [`CreateGroupError`].
    pub async fn create_folder(
        &self,
        parent: Uidp,
        group: NewGroup,
    ) -> Result<GroupRow, Failure<CreateGroupError>> {
        self.store
            .act_for(
                self.caller,
                &self.if_match,
                Attempt::on(ACTION, &parent),
                move |act| {
                    Box::pin(async move {
                        let permit = act
                            .permit(
                                Capability::GROUPS_CREATE,
                                &parent,
                                CreateGroupError::ParentNotFound,
                                CreateGroupError::Forbidden,
                            )
                            .await?;
                        if permit.at.depth() >= GROUP_DEPTH_MAX {
                            return Err(Failure::Rule(CreateGroupError::TooDeep));
                        }
                        let uid = permit
                            .at
                            .child(random_bytes()?)
                            .map_err(|_| Failure::Rule(CreateGroupError::TooDeep))?;
                        insert(act, &uid, &group).await?;
                        found(act, &uid).await
                    })
                },
            )
            .await
    }

    /// Creates an organization and makes the caller its owner.
    ///
    /// # Errors
    /// See [`CreateGroupError`]; `open` is the server's policy.
    pub async fn create_organization(
        &self,
        group: NewGroup,
        open: bool,
    ) -> Result<GroupRow, Failure<CreateGroupError>> {
        let attempt = Attempt {
            action: ACTION,
            organization: None,
            target: String::new(),
        };
        self.store
            .act_for(self.caller, &self.if_match, attempt, move |act| {
                Box::pin(async move {
                    if !open {
                        return Err(Failure::Rule(CreateGroupError::OrganizationsClosed));
                    }
                    let uid = Uidp::root(random_bytes()?);
                    insert(act, &uid, &group).await?;
                    if let Actor::Person(caller) = &act.actor {
                        let maker = NewBinding {
                            identity: caller.identity().clone(),
                            role: owner().uid().clone(),
                            group: uid.clone(),
                            ends_at: None,
                        };
                        act.give(&maker, Origin::OwnAct).await?;
                    }
                    found(act, &uid).await
                })
            })
            .await
    }
}

/// The name index decides who was first, so two requests at once cannot both have the name.
pub(crate) async fn insert(
    act: &mut Act<'_>,
    uid: &Uidp,
    group: &NewGroup,
) -> Result<(), Failure<CreateGroupError>> {
    let done = sqlx::query(
        "INSERT INTO groups
             (uid, parent, depth, name, description, create_time, update_time, revision)
         VALUES ($1, $2, $3, $4, $5, $6, $6, $7) ON CONFLICT (parent, name) DO NOTHING",
    )
    .bind(uid.as_str())
    .bind(uid.parent().as_ref().map_or("", Uidp::as_str).to_owned())
    .bind(i64::try_from(uid.depth()).unwrap_or(i64::MAX))
    .bind(group.name.as_str())
    .bind(group.description.as_str())
    .bind(act.now.0)
    // A new organization could not be locked: its making is its first write.
    .bind(i64::from(uid.is_root()))
    .execute(&mut *act.tx)
    .await?;
    if done.rows_affected() == 0 {
        return Err(Failure::Rule(CreateGroupError::NameTaken));
    }
    act.target(uid);
    act.tell("name", group.name.as_str());
    if !group.description.as_str().is_empty() {
        act.tell("description", group.description.as_str());
    }
    Ok(())
}

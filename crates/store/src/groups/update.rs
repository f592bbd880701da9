//! Renaming and describing.

use bailiwick_domain::{Capability, Uidp, UpdateGroupError, owner};

use crate::act::{Act, Attempt};
use crate::error::Failure;
use crate::groups::{GroupChange, GroupRow, GroupsHandle, found};

impl GroupsHandle<'_> {
    /// Changes name or description, or of an organization whether devices may sign in. What is already so is no write.
    ///
    /// # Errors
    /// See [`UpdateGroupError`].
    pub async fn update(
        &self,
        uid: Uidp,
        change: GroupChange,
    ) -> Result<GroupRow, Failure<UpdateGroupError>> {
        self.store
            .act_for(
                self.caller,
                &self.if_match,
                Attempt::on("groups.update", &uid),
                move |act| {
                    Box::pin(async move {
                        let permit = act
                            .permit(
                                Capability::GROUPS_UPDATE,
                                &uid,
                                UpdateGroupError::NotFound,
                                UpdateGroupError::Forbidden,
                            )
                            .await?;
                        let before = found(act, &permit.at).await?;
                        if !act.is_for(Some(&before.etag())) {
                            return Err(Failure::Rule(UpdateGroupError::Stale));
                        }
                        if let Some(name) = &change.name
                            && name.as_str() != before.name
                        {
                            act.tell("name", name.as_str());
                            act.tell("name_before", before.name.as_str());
                        }
                        if let Some(description) = &change.description
                            && description.as_str() != before.description
                        {
                            act.tell("description", description.as_str());
                        }
                        if let Some(allowed) = change.device_sign_in
                            && allowed != before.device_sign_in
                        {
                            if permit.at.depth() > 1 {
                                return Err(Failure::Rule(UpdateGroupError::NotOrganization));
                            }
                            let all = &owner().capabilities;
                            permit
                                .reaches(all, &permit.at, None, act.now)
                                .map_err(|_| Failure::Rule(UpdateGroupError::OwnersOnly))?;
                            act.tell("device_sign_in", allowed.to_string());
                        }
                        if act.tells_nothing() {
                            act.nothing_changed();
                            return Ok(before);
                        }
                        apply(act, &permit.at, &change).await?;
                        found(act, &permit.at).await
                    })
                },
            )
            .await
    }
}

async fn apply(
    act: &mut Act<'_>,
    uid: &Uidp,
    change: &GroupChange,
) -> Result<(), Failure<UpdateGroupError>> {
    let changed = sqlx::query(
        "UPDATE groups SET name = COALESCE($2, name), description = COALESCE($3, description),
             update_time = $4, device_sign_in = COALESCE($5, device_sign_in)
         WHERE uid = $1",
    )
    .bind(uid.as_str())
    .bind(change.name.as_ref().map(|name| name.as_str().to_owned()))
    .bind(
        change
            .description
            .as_ref()
            .map(|description| description.as_str().to_owned()),
    )
    .bind(act.now.0)
    .bind(change.device_sign_in.map(i64::from))
    .execute(&mut *act.tx)
    .await;
    match changed {
        Err(sqlx::Error::Database(error)) if error.is_unique_violation() => {
            Err(Failure::Rule(UpdateGroupError::NameTaken))
        }
        other => Ok(other.map(|_| ())?),
    }
}

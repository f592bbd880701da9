//! The invite that gives an organization its first owner, or a new one.

use std::time::Duration;

use bailiwick_domain::{Micros, OwnerInviteError, Uidp, owner};

use crate::access::is_there;
use crate::act::Attempt;
use crate::error::Failure;
use crate::host::HostHandle;
use crate::secret::{Secret, public_id, random_bytes};

/// Every code begins with it, so that one that leaks is recognized.
const PREFIX: &str = "bwi_";

/// What to invite to.
#[derive(Debug, Clone)]
pub struct NewOwnerInvite {
    /// The organization.
    pub organization: Uidp,
    /// Only whoever has this address may accept.
    pub email: Option<String>,
    /// How long it may be accepted.
    pub life: Duration,
}

/// An invite to own an organization, accepted once at most.
#[derive(Debug, Clone)]
pub struct OwnerInvite {
    /// The code, shown this once; the database holds its hash.
    pub code: Secret,
    /// A public name of the code.
    pub key_id: String,
    /// When it can no longer be accepted.
    pub expire_time: Micros,
}

impl HostHandle<'_> {
    /// Makes an invite for an owner.
    ///
    /// # Errors
    /// See [`OwnerInviteError`].
    pub async fn owner_invite(
        &self,
        invite: NewOwnerInvite,
    ) -> Result<OwnerInvite, Failure<OwnerInviteError>> {
        let code = Secret::from_client(&format!("{PREFIX}{}", Secret::random()?.expose()));
        let (hash, key_id) = (code.hash(), public_id()?);
        let key = key_id.clone();
        let attempt = Attempt::on("group_invites.create", &invite.organization);
        let expire_time = self
            .act(attempt, move |act| {
                Box::pin(async move {
                    if !invite.organization.is_root()
                        || !is_there(act.tx, &invite.organization).await?
                    {
                        return Err(Failure::Rule(OwnerInviteError::NotFound));
                    }
                    let uid = invite
                        .organization
                        .child(random_bytes()?)
                        .map_err(|_| Failure::Rule(OwnerInviteError::NotFound))?;
                    let expire_time = act.now.later(invite.life);
                    sqlx::query(
                        "INSERT INTO group_invites (uid, group_uid, role_uid, key_id, code_hash,
                             email, single_use, inviter, create_time, expire_time)
                         VALUES ($1, $2, $3, $4, $5, $6, 1, 'host', $7, $8)",
                    )
                    .bind(uid.as_str())
                    .bind(invite.organization.as_str())
                    .bind(owner().uid().as_str())
                    .bind(key.as_str())
                    .bind(hash)
                    .bind(invite.email.clone())
                    .bind(act.now.0)
                    .bind(expire_time.0)
                    .execute(&mut *act.tx)
                    .await?;
                    act.target(&uid);
                    act.tell("role", owner().uid().as_str());
                    act.tell("key_id", key);
                    act.tell("email", invite.email.unwrap_or_default());
                    Ok(expire_time)
                })
            })
            .await?;
        Ok(OwnerInvite {
            code,
            key_id,
            expire_time,
        })
    }
}

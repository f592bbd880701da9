//! The one place that writes a role binding. It trusts that rule 2 was asked.

use bailiwick_domain::{Micros, Uidp};
use sqlx::Row as _;

use crate::access::uidp;
use crate::act::Act;
use crate::bindings::{CREATE, NewBinding, said};
use crate::error::{StoreError, corrupt};
use crate::secret::random_bytes;

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Given {
    /// There is a new binding.
    Made(Uidp),
    /// The identity had it already, and nothing changed.
    Already(Uidp),
    /// The identity has the role here until another end, and nothing changed.
    OtherEnd,
}

/// How a binding comes about. If the identity itself did something for it, its name and address may
/// be shown to the others in the organization.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Origin<'a> {
    /// The identity gives it to itself, or the host gives it.
    OwnAct,
    /// Somebody else gives it.
    OthersAct,
    /// The identity accepts an invite.
    Invite {
        /// The invite.
        uid: &'a Uidp,
        /// Who invited: a UIDP or [`HOST`](crate::act::HOST).
        inviter: &'a str,
    },
}

impl Act<'_> {
    /// Binds a role.
    pub(crate) async fn give(
        &mut self,
        binding: &NewBinding,
        origin: Origin<'_>,
    ) -> Result<Given, StoreError> {
        let before = sqlx::query(
            "SELECT uid, ends_at FROM role_bindings
             WHERE identity_uid = $1 AND group_uid = $2 AND role_uid = $3",
        )
        .bind(binding.identity.as_str())
        .bind(binding.group.as_str())
        .bind(binding.role.as_str())
        .fetch_optional(&mut *self.tx)
        .await?;
        if let Some(row) = before {
            let uid = uidp("role_bindings.uid", row.try_get::<&str, _>("uid")?)?;
            let ends_at = row.try_get::<Option<i64>, _>("ends_at")?.map(Micros);
            if ends_at.is_none_or(|end| end > self.now) {
                self.nothing_changed();
                return Ok(match ends_at == binding.ends_at {
                    true => Given::Already(uid),
                    false => Given::OtherEnd,
                });
            }
            // What has ended gives nothing, and only stands in the way.
            sqlx::query("DELETE FROM role_bindings WHERE uid = $1")
                .bind(uid.as_str())
                .execute(&mut *self.tx)
                .await?;
        }
        let uid = binding
            .group
            .child(random_bytes()?)
            .map_err(|_| corrupt("groups.uid", binding.group.as_str()))?;
        let (creator, invite) = match origin {
            Origin::OwnAct | Origin::OthersAct => (self.actor.name().to_owned(), None),
            Origin::Invite { uid, inviter } => (inviter.to_owned(), Some(uid.to_string())),
        };
        sqlx::query(
            "INSERT INTO role_bindings
                 (uid, group_uid, organization, identity_uid, role_uid, ends_at, create_time,
                  update_time, own_act, creator, invite_uid)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9, $10)",
        )
        .bind(uid.as_str())
        .bind(binding.group.as_str())
        .bind(binding.group.organization().to_string())
        .bind(binding.identity.as_str())
        .bind(binding.role.as_str())
        .bind(binding.ends_at.map(|end| end.0))
        .bind(self.now.0)
        .bind(i64::from(!matches!(origin, Origin::OthersAct)))
        .bind(creator)
        .bind(invite)
        .execute(&mut *self.tx)
        .await?;
        self.tell("identity", binding.identity.as_str());
        self.tell("role", binding.role.as_str());
        self.tell("ends_at", said(binding.ends_at));
        if self.action() == CREATE {
            self.target(&uid);
        }
        Ok(Given::Made(uid))
    }
}

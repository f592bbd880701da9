//! Who asks, what they hold, and the permit without which nothing is changed.

use bailiwick_domain::{
    BeyondReach, CannotInvite, Capability, CapabilitySet, Grant, Micros, Uidp, allows, may_invite,
    may_pass_on,
};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use crate::act::{Act, Actor};
use crate::clients::LiveGrant;
use crate::error::{Failure, StoreError, corrupt};
use crate::roles;
use crate::sessions::LiveSession;

/// Who makes a request. Made from a live session or grant only, so that nobody can be impersonated
/// by id.
#[derive(Debug, Clone)]
pub struct Caller {
    pub(crate) identity: Uidp,
    /// The address of this sign-in, if its provider vouches for it.
    pub(crate) email: Option<String>,
    /// When they proved who they are.
    pub(crate) auth_time: Micros,
    pub(crate) request_id: String,
    /// Whether a device was signed in: it holds nothing in an organization that does not want that.
    pub(crate) by_device: bool,
}

impl Caller {
    /// The person behind a client's grant, in one request.
    pub fn of_grant(grant: &LiveGrant, request_id: &str) -> Self {
        Self {
            identity: grant.identity.clone(),
            email: grant.email.clone(),
            auth_time: grant.auth_time,
            request_id: request_id.to_owned(),
            by_device: grant.by_device,
        }
    }

    /// The person of a session, in one request.
    pub fn of_session(session: &LiveSession, request_id: &str) -> Self {
        Self {
            identity: session.identity.clone(),
            email: session.email.clone(),
            auth_time: session.auth_time,
            request_id: request_id.to_owned(),
            by_device: false,
        }
    }

    /// The identity's UIDP.
    pub fn identity(&self) -> &Uidp {
        &self.identity
    }
}

/// Proof that whoever acts holds a capability at a group that exists, in the current transaction.
#[derive(Debug)]
pub(crate) struct Permit {
    /// The group.
    pub(crate) at: Uidp,
    /// All that they hold, anywhere.
    held: Vec<Grant>,
}

impl Permit {
    /// Whether they hold a capability at another group.
    pub(crate) fn allows_at(&self, what: Capability, at: &Uidp, now: Micros) -> bool {
        allows(&self.held, what, at, now)
    }

    /// Whether they may invite here.
    pub(crate) fn may_invite(
        &self,
        capabilities: &CapabilitySet,
        ends_at: Option<Micros>,
        now: Micros,
    ) -> Result<(), CannotInvite> {
        may_invite(&self.held, capabilities, &self.at, ends_at, now)
    }

    /// Rule 2: whether they may give or take away `capabilities` here until `ends_at`.
    pub(crate) fn reaches(
        &self,
        capabilities: &CapabilitySet,
        at: &Uidp,
        ends_at: Option<Micros>,
        now: Micros,
    ) -> Result<(), BeyondReach> {
        may_pass_on(&self.held, capabilities, at, ends_at, now)
    }
}

/// What [`grants`] asks.
pub(crate) const GRANTS: &str =
    "SELECT b.uid, b.group_uid, b.role_uid, b.ends_at, roles.capabilities AS role_capabilities
    FROM role_bindings b LEFT JOIN identities i ON i.uid = b.identity_uid
        LEFT JOIN roles ON roles.uid = b.role_uid
    WHERE b.identity_uid = $1 AND (i.suspended IS NULL OR i.suspended = 0)";

/// The same for whom a device was signed in.
pub(crate) const GRANTS_BY_DEVICE: &str =
    "SELECT b.uid, b.group_uid, b.role_uid, b.ends_at, roles.capabilities AS role_capabilities
    FROM role_bindings b LEFT JOIN identities i ON i.uid = b.identity_uid
        LEFT JOIN roles ON roles.uid = b.role_uid
        JOIN groups o ON o.uid = b.organization
    WHERE b.identity_uid = $1 AND (i.suspended IS NULL OR i.suspended = 0)
        AND o.device_sign_in = 1";

/// The live and ended bindings of an identity, with what their roles hold. A suspended identity
/// holds nothing.
pub(crate) async fn grants(
    connection: &mut AnyConnection,
    identity: &Uidp,
) -> Result<Vec<Grant>, StoreError> {
    grants_of(connection, identity, false).await
}

/// What somebody holds who makes a request.
pub(crate) async fn held_by(
    connection: &mut AnyConnection,
    caller: &Caller,
) -> Result<Vec<Grant>, StoreError> {
    grants_of(connection, &caller.identity, caller.by_device).await
}

/// What an identity holds, or what is left of it when a device was signed in.
pub(crate) async fn grants_of(
    connection: &mut AnyConnection,
    identity: &Uidp,
    by_device: bool,
) -> Result<Vec<Grant>, StoreError> {
    let sql = match by_device {
        true => GRANTS_BY_DEVICE,
        false => GRANTS,
    };
    let rows = sqlx::query(sql)
        .bind(identity.as_str())
        .fetch_all(connection)
        .await?;
    rows.iter()
        .filter_map(|row| grant(row).transpose())
        .collect()
}

/// A row of role bindings, joined with `roles`, as a grant; `None` when the role is gone, since that
/// gives nothing.
pub(crate) fn grant(row: &AnyRow) -> Result<Option<Grant>, StoreError> {
    let role = uidp(
        "role_bindings.role_uid",
        row.try_get::<&str, _>("role_uid")?,
    )?;
    let Some(capabilities) = roles::capabilities(row, &role)? else {
        return Ok(None);
    };
    Ok(Some(Grant {
        binding: uidp("role_bindings.uid", row.try_get::<&str, _>("uid")?)?,
        group: uidp(
            "role_bindings.group_uid",
            row.try_get::<&str, _>("group_uid")?,
        )?,
        role,
        capabilities,
        ends_at: row.try_get::<Option<i64>, _>("ends_at")?.map(Micros),
    }))
}

impl Act<'_> {
    /// Asks for `what` at `at`. Rule 1: what one may not see does not exist for one.
    pub(crate) async fn permit<E>(
        &mut self,
        what: Capability,
        at: &Uidp,
        unseen: E,
        missing: impl FnOnce(Capability) -> E,
    ) -> Result<Permit, Failure<E>> {
        let now = self.now;
        let seen = |held: &[Grant]| allows(held, Capability::GROUPS_LIST, at, now);
        self.permit_if(what, at, seen, unseen, missing).await
    }

    /// Asks for `what` at `at` concerning a thing that is seen otherwise than its group, as `seen`
    /// says.
    pub(crate) async fn permit_if<E>(
        &mut self,
        what: Capability,
        at: &Uidp,
        seen: impl FnOnce(&[Grant]) -> bool,
        unseen: E,
        missing: impl FnOnce(Capability) -> E,
    ) -> Result<Permit, Failure<E>> {
        let held = match &self.actor {
            Actor::Person(caller) => held_by(self.tx, caller).await?,
            // The host has handles of its own, and asks for no permit.
            Actor::Host => Vec::new(),
        };
        if !seen(&held) || !is_there(self.tx, at).await? {
            return Err(Failure::Rule(unseen));
        }
        if !allows(&held, what, at, self.now) {
            return Err(Failure::Rule(missing(what)));
        }
        Ok(Permit {
            at: at.clone(),
            held,
        })
    }
}

/// Whether there is such a group.
pub(crate) async fn is_there(
    connection: &mut AnyConnection,
    group: &Uidp,
) -> Result<bool, StoreError> {
    let row = sqlx::query("SELECT uid FROM groups WHERE uid = $1")
        .bind(group.as_str())
        .fetch_optional(connection)
        .await?;
    Ok(row.is_some())
}

pub(crate) fn uidp(what: &'static str, text: &str) -> Result<Uidp, StoreError> {
    text.parse().map_err(|_| corrupt(what, text))
}

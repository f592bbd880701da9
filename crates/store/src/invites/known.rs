//! Who need not be invited: who is invited already, and who holds the role already.

use std::collections::{BTreeMap, BTreeSet};

use bailiwick_domain::{Capability, Grant, Mailbox, Micros, Uidp, may_pass_on};
use sqlx::{AssertSqlSafe, Row as _};

use crate::access::{Permit, grant};
use crate::act::Act;
use crate::error::StoreError;
use crate::listing::places;
use crate::roles::RoleRow;

/// Mailboxes that need no invite to a role at a group, by their keys.
#[derive(Debug, Default)]
pub(super) struct Known {
    invited: BTreeSet<String>,
    members: BTreeSet<String>,
}

impl Known {
    /// Whether a pending invite for it stands at the group.
    pub(super) fn is_invited(&self, mailbox: &Mailbox) -> bool {
        self.invited.contains(mailbox.key().as_str())
    }

    /// Whether somebody who has it holds all of the role there, as far as whoever acts may see.
    pub(super) fn is_member(&self, mailbox: &Mailbox) -> bool {
        self.members.contains(mailbox.key().as_str())
    }

    /// Looks mailboxes up. Nothing is told of role bindings that whoever acts could not list, nor of
    /// people who are in the organization by no act of their own.
    pub(super) async fn among(
        act: &mut Act<'_>,
        permit: &Permit,
        role: &RoleRow,
        ends_at: Option<Micros>,
        mailboxes: &[&Mailbox],
    ) -> Result<Self, StoreError> {
        if mailboxes.is_empty() {
            return Ok(Self::default());
        }
        Ok(Self {
            invited: invited(act, &permit.at, &role.uid, mailboxes).await?,
            members: members(act, permit, role, ends_at, mailboxes).await?,
        })
    }
}

async fn invited(
    act: &mut Act<'_>,
    group: &Uidp,
    role: &Uidp,
    mailboxes: &[&Mailbox],
) -> Result<BTreeSet<String>, StoreError> {
    let sql = format!(
        "SELECT email_key FROM group_invites
         WHERE group_uid = $1 AND role_uid = $2 AND close = '' AND expire_time > $3
             AND email_key IN ({})",
        places(4, mailboxes.len())
    );
    let mut query = sqlx::query(AssertSqlSafe(sql))
        .persistent(mailboxes.len() == 1)
        .bind(group.as_str())
        .bind(role.as_str())
        .bind(act.now.0);
    for mailbox in mailboxes {
        query = query.bind(mailbox.key().as_str());
    }
    let rows = query.fetch_all(&mut *act.tx).await?;
    rows.iter()
        .map(|row| Ok(row.try_get("email_key")?))
        .collect()
}

async fn members(
    act: &mut Act<'_>,
    permit: &Permit,
    role: &RoleRow,
    ends_at: Option<Micros>,
    mailboxes: &[&Mailbox],
) -> Result<BTreeSet<String>, StoreError> {
    let sql = format!(
        "SELECT b.uid, b.group_uid, b.role_uid, b.ends_at, b.identity_uid, i.email_key,
             roles.capabilities AS role_capabilities
         FROM identities i JOIN role_bindings b ON b.identity_uid = i.uid
             LEFT JOIN roles ON roles.uid = b.role_uid
         WHERE b.organization = $1 AND i.suspended = 0 AND i.email_key IN ({})
             AND EXISTS (SELECT 1 FROM role_bindings o
                 WHERE o.organization = b.organization AND o.identity_uid = b.identity_uid
                     AND o.own_act = 1)",
        places(2, mailboxes.len())
    );
    let mut query = sqlx::query(AssertSqlSafe(sql))
        .persistent(mailboxes.len() == 1)
        .bind(permit.at.organization().to_string());
    for mailbox in mailboxes {
        query = query.bind(mailbox.key().as_str());
    }
    let mut held: BTreeMap<(String, String), Vec<Grant>> = BTreeMap::new();
    for row in query.fetch_all(&mut *act.tx).await? {
        let Some(grant) = grant(&row)? else { continue };
        if permit.allows_at(Capability::ROLE_BINDINGS_LIST, &grant.group, act.now) {
            let person = (row.try_get("email_key")?, row.try_get("identity_uid")?);
            held.entry(person).or_default().push(grant);
        }
    }
    let (at, now) = (&permit.at, act.now);
    let holds =
        |grants: &[Grant]| may_pass_on(grants, &role.capabilities, at, ends_at, now).is_ok();
    Ok(held
        .into_iter()
        .filter(|(_, grants)| holds(grants))
        .map(|((key, _), _)| key)
        .collect())
}

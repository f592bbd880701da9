//! The least change that turns a no into a yes, and who could make it.

use bailiwick_domain::{
    BuiltInRole, Capability, CapabilitySet, Grant, Micros, RoleToBind, Uidp, allows,
    capabilities_at, least_role, may_pass_on,
};
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

use crate::access::uidp;
use crate::bindings::BoundIdentity;
use crate::error::StoreError;
use crate::explain::ask::may_ask;
use crate::explain::makers::makers;
use crate::explain::row::Eye;
use crate::explain::{ExplainHandle, Explained, Void, way};
use crate::listing::places;
use crate::roles::{self, COLUMNS as ROLE, RoleRow};

/// How many roles are named that could make a change.
const ROLES_NAMED: usize = 5;

/// What has to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RemedyKind {
    /// Bind a role at the group.
    Bind,
    /// No role that can be bound there holds it: make one and bind it.
    NewRole,
    /// The host lets the identity in again.
    Restore,
    /// Whoever runs the server configures the provider.
    ConfigureProvider,
    /// The identity signs in for the first time.
    SignIn,
}

/// The least change, and who could make it.
#[derive(Debug, Clone, PartialEq)]
pub struct RemedyRow {
    /// What has to be done.
    pub kind: RemedyKind,
    /// The role to bind.
    pub role: Option<RoleRow>,
    /// How many capabilities the identity would gain at the group.
    pub gained: usize,
    /// Whether the caller could make it.
    pub by_you: bool,
    /// Other people who could, for who may ask about people there.
    pub by: Vec<BoundIdentity>,
    /// Roles that could, if bound there.
    pub by_roles: Vec<RoleRow>,
}

impl RemedyRow {
    fn by_the_host(kind: RemedyKind) -> Self {
        Self {
            kind,
            role: None,
            gained: 0,
            by_you: false,
            by: Vec::new(),
            by_roles: Vec::new(),
        }
    }
}

impl ExplainHandle<'_> {
    pub(super) async fn remedy(
        &self,
        connection: &mut AnyConnection,
        no: &Explained,
        what: Capability,
        eye: Eye<'_>,
    ) -> Result<RemedyRow, StoreError> {
        let at = &no.group.uid;
        let grants: Vec<Grant> = no.bindings.iter().map(|binding| binding.grant()).collect();
        match no.void {
            Some(Void::Suspended) => return Ok(RemedyRow::by_the_host(RemedyKind::Restore)),
            Some(Void::ProviderMissing) => {
                return Ok(RemedyRow::by_the_host(RemedyKind::ConfigureProvider));
            }
            Some(Void::NeverSignedIn) if allows(&grants, what, at, eye.now) => {
                return Ok(RemedyRow::by_the_host(RemedyKind::SignIn));
            }
            _ => {}
        }
        let bindable = bindable_at(connection, at).await?;
        let least = least(&grants, what, at, eye.now, &bindable);
        let (kind, gives) = match least {
            Some(role) => (RemedyKind::Bind, role.capabilities),
            None => (RemedyKind::NewRole, [what].into_iter().collect()),
        };
        let mut takes: CapabilitySet = [Capability::ROLE_BINDINGS_CREATE].into_iter().collect();
        if kind == RemedyKind::NewRole {
            takes.insert(Capability::ROLES_CREATE);
        }
        let could = |held: &[Grant]| {
            takes.iter().all(|what| allows(held, what, at, eye.now))
                && may_pass_on(held, &gives, at, None, eye.now).is_ok()
        };
        let held = capabilities_at(&grants, at, eye.now);
        let by = match may_ask(eye.held, at, eye.now) {
            true => makers(connection, self, at, &bindable, eye, could).await?,
            false => Vec::new(),
        };
        let mut all = takes.union(&gives);
        all.insert(Capability::GROUPS_LIST);
        let mut by_roles: Vec<RoleRow> = bindable
            .iter()
            .filter(|role| all.is_subset_of(&role.capabilities))
            .cloned()
            .collect();
        by_roles.sort_by_key(|role| (role.capabilities.len(), role.name.clone()));
        by_roles.truncate(ROLES_NAMED);
        Ok(RemedyRow {
            kind,
            role: least.cloned(),
            gained: gives.difference(&held).len(),
            by_you: could(eye.held),
            by,
            by_roles,
        })
    }
}

/// The role that gives the least, tried: with it the answer is yes.
fn least<'a>(
    grants: &[Grant],
    what: Capability,
    at: &Uidp,
    now: Micros,
    bindable: &'a [RoleRow],
) -> Option<&'a RoleRow> {
    let roles: Vec<RoleToBind> = bindable
        .iter()
        .map(|role| RoleToBind {
            role: role.uid.clone(),
            name: role.name.to_string(),
            capabilities: role.capabilities,
        })
        .collect();
    let least = least_role(grants, what, at, now, &roles)?;
    let mut with = grants.to_vec();
    with.push(Grant {
        binding: at.clone(),
        group: at.clone(),
        role: least.role.clone(),
        capabilities: least.capabilities,
        ends_at: None,
    });
    bindable
        .iter()
        .find(|role| role.uid == least.role && allows(&with, what, at, now))
}

/// Every role that a person may bind at a group.
pub(super) async fn bindable_at(
    connection: &mut AnyConnection,
    group: &Uidp,
) -> Result<Vec<RoleRow>, StoreError> {
    let mut all: Vec<RoleRow> = BuiltInRole::all()
        .iter()
        .filter(|role| !role.reserved)
        .map(RoleRow::from)
        .collect();
    let way = way(group);
    let mut query = sqlx::query(AssertSqlSafe(statement(way.len()))).persistent(false);
    for uid in &way {
        query = query.bind(uid.to_string());
    }
    for row in query.fetch_all(connection).await? {
        let uid = uidp("roles.uid", row.try_get::<&str, _>("uid")?)?;
        all.extend(roles::from_joined(&row, &uid)?);
    }
    Ok(all)
}

pub(crate) fn statement(way: usize) -> String {
    format!(
        "SELECT roles.uid, {ROLE} FROM roles WHERE roles.group_uid IN ({})",
        places(1, way)
    )
}

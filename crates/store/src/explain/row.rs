//! Bindings on the way to a group, with how they came to be.

use bailiwick_domain::{Capability, Grant, Micros, Reason, Uidp, allows, decide};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

use crate::access::uidp;
use crate::error::StoreError;
use crate::explain::way;
use crate::invites::InviterRow;
use crate::listing::places;
use crate::roles::{self, COLUMNS as ROLE, RoleRow};

/// What a binding has to do with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// It gives it.
    Granted,
    /// It would, had it not ended.
    Ended,
    /// Its role does not hold the capability.
    Lacks,
}

/// A role binding on the way to a group.
#[derive(Debug, Clone, PartialEq)]
pub struct ExplainedBinding {
    /// The binding.
    pub uid: Uidp,
    /// Whose it is.
    pub identity: Uidp,
    /// Where it is bound.
    pub group: Uidp,
    /// The group's name.
    pub group_name: String,
    /// Which role.
    pub role: RoleRow,
    /// What it has to do with the answer.
    pub part: Part,
    /// Whether the caller may see more of it than where it is.
    pub is_shown: bool,
    /// Who made it, if that is known.
    pub creator: Option<InviterRow>,
    /// Since when.
    pub create_time: Micros,
    /// The key id of the invite that it came by.
    pub key_id: Option<String>,
    /// Until when.
    pub ends_at: Option<Micros>,
}

impl ExplainedBinding {
    pub(super) fn grant(&self) -> Grant {
        Grant {
            binding: self.uid.clone(),
            group: self.group.clone(),
            role: self.role.uid.clone(),
            capabilities: self.role.capabilities,
            ends_at: self.ends_at,
        }
    }
}

/// Who looks at it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Eye<'a> {
    pub(super) caller: &'a Uidp,
    /// What the caller holds.
    pub(super) held: &'a [Grant],
    pub(super) now: Micros,
}

/// The bindings of these people at a group and above it, the topmost first.
pub(super) async fn bindings(
    connection: &mut AnyConnection,
    people: &[Uidp],
    group: &Uidp,
    what: Option<Capability>,
    eye: Eye<'_>,
) -> Result<Vec<ExplainedBinding>, StoreError> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let way = way(group);
    let mut query =
        sqlx::query(AssertSqlSafe(statement(people.len(), way.len()))).persistent(false);
    for uid in people.iter().chain(&way) {
        query = query.bind(uid.to_string());
    }
    let rows = query.fetch_all(connection).await?;
    let mut bindings = Vec::new();
    for row in &rows {
        bindings.extend(binding(row, group, what, eye)?);
    }
    bindings.sort_by_key(|binding: &ExplainedBinding| (binding.group.depth(), binding.uid.clone()));
    Ok(bindings)
}

pub(crate) fn statement(people: usize, way: usize) -> String {
    format!(
        "SELECT b.uid, b.group_uid, b.identity_uid, b.role_uid, b.ends_at, b.create_time, b.creator,
             g.name AS group_name, i.name AS creator_name, i.email AS creator_email, v.key_id, {ROLE}
         FROM role_bindings b JOIN groups g ON g.uid = b.group_uid
             LEFT JOIN roles ON roles.uid = b.role_uid
             LEFT JOIN identities i ON i.uid = b.creator
             LEFT JOIN group_invites v ON v.uid = b.invite_uid
         WHERE b.identity_uid IN ({}) AND b.group_uid IN ({})",
        places(1, people),
        places(people + 1, way)
    )
}

/// `None` when its role is gone, since that gives nothing.
fn binding(
    row: &AnyRow,
    at: &Uidp,
    what: Option<Capability>,
    eye: Eye<'_>,
) -> Result<Option<ExplainedBinding>, StoreError> {
    let id = |what, column: &str| -> Result<Uidp, StoreError> {
        uidp(what, row.try_get::<&str, _>(column)?)
    };
    let Some(role) = roles::from_joined(row, &id("role_bindings.role_uid", "role_uid")?)? else {
        return Ok(None);
    };
    let group = id("role_bindings.group_uid", "group_uid")?;
    let identity = id("role_bindings.identity_uid", "identity_uid")?;
    let mut binding = ExplainedBinding {
        uid: id("role_bindings.uid", "uid")?,
        is_shown: identity == *eye.caller
            || allows(eye.held, Capability::ROLE_BINDINGS_LIST, &group, eye.now),
        identity,
        group,
        group_name: row.try_get("group_name")?,
        role,
        part: Part::Granted,
        creator: creator(row)?,
        create_time: Micros(row.try_get("create_time")?),
        key_id: row.try_get("key_id")?,
        ends_at: row.try_get::<Option<i64>, _>("ends_at")?.map(Micros),
    };
    binding.part = part(&binding.grant(), at, what, eye.now);
    Ok(Some(binding))
}

fn part(grant: &Grant, at: &Uidp, what: Option<Capability>, now: Micros) -> Part {
    let Some(what) = what else {
        return if grant.has_ended(now) {
            Part::Ended
        } else {
            Part::Granted
        };
    };
    let grants = std::slice::from_ref(grant);
    match decide(grants, what, at, now).reasons() {
        [Reason::Granted(_)] => Part::Granted,
        [Reason::Ended(_)] => Part::Ended,
        _ => Part::Lacks,
    }
}

fn creator(row: &AnyRow) -> Result<Option<InviterRow>, StoreError> {
    Ok(match row.try_get::<&str, _>("creator")? {
        "" => None,
        "host" => Some(InviterRow::Host),
        uid => Some(InviterRow::Person {
            uid: uidp("role_bindings.creator", uid)?,
            name: row.try_get("creator_name")?,
            email: row.try_get("creator_email")?,
        }),
    })
}

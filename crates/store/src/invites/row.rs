//! An invite as it is shown, and the parts that every reading of invites shares.

use std::collections::{BTreeMap, BTreeSet};

use bailiwick_domain::{INVITE_KEPT, InviteClose, InviteState, MailState, Micros, Promise, Uidp};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

use crate::access::uidp;
use crate::bindings::BoundIdentity;
use crate::error::{StoreError, corrupt};
use crate::listing::places;
use crate::roles::{self, RoleRow};

/// How many of those who accepted an invite are shown.
const SHOWN: i64 = 10;
/// More values than this make a statement that is not worth keeping prepared.
const KEPT_VALUES: usize = 20;

/// An invite with the names of what it is about. It has no code: that is known to its hash alone.
#[derive(Debug, Clone, PartialEq)]
pub struct InviteRow {
    /// The invite.
    pub uid: Uidp,
    /// Where its role will hold, and below.
    pub group: Uidp,
    /// The group's name.
    pub group_name: String,
    /// UIDP and name of every ancestor, from the organization down.
    pub path: Vec<(Uidp, String)>,
    /// Which role.
    pub role: Uidp,
    /// The role as it is now, unless it is gone.
    pub role_now: Option<RoleRow>,
    /// A short public name of the code.
    pub key_id: String,
    /// Only whoever has this address may accept it.
    pub email: Option<String>,
    /// Whether the first who accepts it is the last.
    pub single_use: bool,
    /// Who invites.
    pub inviter: InviterRow,
    /// When it was made.
    pub create_time: Micros,
    /// When it can no longer be accepted.
    pub expire_time: Micros,
    /// When the role binding ends that accepting it makes, if it does.
    pub ends_at: Option<Micros>,
    /// How it ended before its time, and when.
    pub close: Option<(InviteClose, Micros)>,
    /// What became of the mail to its address, and since when; `None` when none is sent.
    pub mail: Option<(MailState, Micros)>,
    /// How many people have accepted it.
    pub uses: u32,
    /// The last of them.
    pub acceptances: Vec<Acceptance>,
}

/// Who invites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InviterRow {
    /// Whoever runs the server.
    Host,
    /// A person. Who invites is there by an act of their own, so they are known.
    Person {
        /// The UIDP.
        uid: Uidp,
        /// Free text from the provider.
        name: Option<String>,
        /// The address, if a provider vouches for it.
        email: Option<String>,
    },
}

/// Somebody accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptance {
    /// Who.
    pub identity: BoundIdentity,
    /// When.
    pub accept_time: Micros,
}

impl InviteRow {
    /// What has become of it.
    pub fn state(&self, now: Micros) -> InviteState {
        InviteState::at(self.close.map(|(close, _)| close), self.expire_time, now)
    }

    /// Whether it is still shown.
    pub(super) fn is_kept(&self, now: Micros) -> bool {
        let over = self.close.map_or(self.expire_time, |(_, time)| time);
        over > now.earlier(INVITE_KEPT)
    }

    /// What it gives.
    pub(super) fn promise(&self) -> Promise {
        Promise {
            capabilities: self.role_now.as_ref().map(|role| role.capabilities),
            group: self.group.clone(),
            ends_at: self.ends_at,
        }
    }
}

/// What [`from_row`] reads, of invites called `v`.
pub(super) fn columns() -> String {
    format!(
        "v.uid, v.group_uid, v.role_uid, v.key_id, v.email, v.single_use, v.inviter, v.create_time,
         v.expire_time, v.ends_at, v.uses, v.close, v.close_time, m.state AS mail_state,
         m.update_time AS mail_time, g.name AS group_name, i.name AS inviter_name,
         i.email AS inviter_email, {}",
        roles::COLUMNS
    )
}

/// The tables beside `v`.
pub(super) const JOINED: &str = "JOIN groups g ON g.uid = v.group_uid LEFT JOIN identities i ON i.uid = v.inviter \
     LEFT JOIN outbox m ON m.invite_uid = v.uid LEFT JOIN roles ON roles.uid = v.role_uid";

/// A row without its path and those who accepted it.
pub(super) fn from_row(row: &AnyRow) -> Result<InviteRow, StoreError> {
    let id = |what, column: &str| -> Result<Uidp, StoreError> {
        uidp(what, row.try_get::<&str, _>(column)?)
    };
    let role = id("group_invites.role_uid", "role_uid")?;
    let inviter = match row.try_get::<&str, _>("inviter")? {
        "host" => InviterRow::Host,
        identity => InviterRow::Person {
            uid: uidp("group_invites.inviter", identity)?,
            name: row.try_get("inviter_name")?,
            email: row.try_get("inviter_email")?,
        },
    };
    let close_time: Option<i64> = row.try_get("close_time")?;
    let close = close(row.try_get("close")?)?.zip(close_time.map(Micros));
    Ok(InviteRow {
        uid: id("group_invites.uid", "uid")?,
        group: id("group_invites.group_uid", "group_uid")?,
        group_name: row.try_get("group_name")?,
        path: Vec::new(),
        role_now: roles::from_joined(row, &role)?,
        role,
        key_id: row.try_get("key_id")?,
        email: row.try_get("email")?,
        single_use: row.try_get::<i64, _>("single_use")? != 0,
        inviter,
        create_time: Micros(row.try_get("create_time")?),
        expire_time: Micros(row.try_get("expire_time")?),
        ends_at: row.try_get::<Option<i64>, _>("ends_at")?.map(Micros),
        close,
        mail: mail(row)?,
        uses: u32::try_from(row.try_get::<i64, _>("uses")?).unwrap_or(u32::MAX),
        acceptances: Vec::new(),
    })
}

fn mail(row: &AnyRow) -> Result<Option<(MailState, Micros)>, StoreError> {
    let Some(text) = row.try_get::<Option<&str>, _>("mail_state")? else {
        return Ok(None);
    };
    let state = MailState::parse(text).ok_or_else(|| corrupt("outbox.state", text))?;
    Ok(Some((state, Micros(row.try_get("mail_time")?))))
}

fn close(text: &str) -> Result<Option<InviteClose>, StoreError> {
    if text.is_empty() {
        return Ok(None);
    }
    InviteState::parse(text)
        .and_then(InviteState::as_close)
        .map(Some)
        .ok_or_else(|| corrupt("group_invites.close", text))
}

/// Gives every invite its path and those who accepted it, in a statement each for all of them.
pub(super) async fn complete(
    connection: &mut AnyConnection,
    mut invites: Vec<InviteRow>,
) -> Result<Vec<InviteRow>, StoreError> {
    let names = names(connection, &invites).await?;
    let mut accepted = accepted(connection, &invites).await?;
    for invite in &mut invites {
        invite.path = invite
            .group
            .ancestors()
            .filter_map(|uid| {
                let name = names.get(uid.as_str())?.clone();
                Some((uid, name))
            })
            .collect();
        invite.path.reverse();
        invite.acceptances = accepted.remove(invite.uid.as_str()).unwrap_or_default();
    }
    Ok(invites)
}

async fn names(
    connection: &mut AnyConnection,
    invites: &[InviteRow],
) -> Result<BTreeMap<String, String>, StoreError> {
    let above: BTreeSet<Uidp> = invites
        .iter()
        .flat_map(|invite| invite.group.ancestors())
        .collect();
    if above.is_empty() {
        return Ok(BTreeMap::new());
    }
    let sql = format!(
        "SELECT uid, name FROM groups WHERE uid IN ({})",
        places(1, above.len())
    );
    let mut query = sqlx::query(AssertSqlSafe(sql)).persistent(above.len() <= KEPT_VALUES);
    for uid in &above {
        query = query.bind(uid.as_str());
    }
    let rows = query.fetch_all(connection).await?;
    rows.iter()
        .map(|row| Ok((row.try_get("uid")?, row.try_get("name")?)))
        .collect()
}

async fn accepted(
    connection: &mut AnyConnection,
    invites: &[InviteRow],
) -> Result<BTreeMap<String, Vec<Acceptance>>, StoreError> {
    let used: Vec<&Uidp> = invites
        .iter()
        .filter(|invite| invite.uses > 0)
        .map(|invite| &invite.uid)
        .collect();
    let mut accepted: BTreeMap<String, Vec<Acceptance>> = BTreeMap::new();
    if used.is_empty() {
        return Ok(accepted);
    }
    let sql = format!(
        "SELECT a.invite_uid, a.identity_uid, a.accept_time, i.name, i.email, i.issuer, i.subject
         FROM (
             SELECT invite_uid, identity_uid, accept_time, ROW_NUMBER() OVER (
                 PARTITION BY invite_uid ORDER BY accept_time DESC, identity_uid) AS place
             FROM group_invite_acceptances WHERE invite_uid IN ({})) a
         LEFT JOIN identities i ON i.uid = a.identity_uid
         WHERE a.place <= {SHOWN} ORDER BY a.invite_uid, a.place",
        places(1, used.len())
    );
    let mut query = sqlx::query(AssertSqlSafe(sql)).persistent(used.len() <= KEPT_VALUES);
    for uid in used {
        query = query.bind(uid.as_str());
    }
    for row in query.fetch_all(connection).await? {
        let identity = row.try_get::<&str, _>("identity_uid")?;
        let acceptance = Acceptance {
            identity: BoundIdentity {
                uid: uidp("group_invite_acceptances.identity_uid", identity)?,
                name: row.try_get("name")?,
                email: row.try_get("email")?,
                issuer: row.try_get("issuer")?,
                subject: row.try_get("subject")?,
            },
            accept_time: Micros(row.try_get("accept_time")?),
        };
        let invite = row.try_get("invite_uid")?;
        accepted.entry(invite).or_default().push(acceptance);
    }
    Ok(accepted)
}

/// Invites by their UIDPs, whoever asks.
pub(super) async fn many(
    connection: &mut AnyConnection,
    uids: &[&Uidp],
) -> Result<BTreeMap<Uidp, InviteRow>, StoreError> {
    if uids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let sql = format!(
        "SELECT {} FROM group_invites v {JOINED} WHERE v.uid IN ({})",
        columns(),
        places(1, uids.len())
    );
    let mut query = sqlx::query(AssertSqlSafe(sql)).persistent(uids.len() <= KEPT_VALUES);
    for uid in uids {
        query = query.bind(uid.as_str());
    }
    let rows = query.fetch_all(&mut *connection).await?;
    let rows = rows.iter().map(from_row).collect::<Result<Vec<_>, _>>()?;
    let complete = complete(connection, rows).await?;
    Ok(complete
        .into_iter()
        .map(|invite| (invite.uid.clone(), invite))
        .collect())
}

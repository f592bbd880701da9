//! One group, and the parts that every reading of groups shares.

use std::collections::{BTreeSet, HashMap};

use bailiwick_domain::{Capability, GetGroupError, Micros, Uidp, allows};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

use crate::access::{grants, uidp};
use crate::error::{Failure, StoreError};
use crate::groups::{GroupRow, GroupsHandle};

/// The columns that [`from_row`] reads, of a table called `g`.
pub(super) const COLUMNS: &str = "g.uid, g.name, g.description, g.create_time, g.update_time, \
     EXISTS (SELECT 1 FROM groups c WHERE c.parent = g.uid) AS has_children";

impl GroupsHandle<'_> {
    /// One group.
    ///
    /// # Errors
    /// [`GetGroupError::NotFound`] for what is not there and for what the caller may not see.
    pub async fn get(&self, uid: &Uidp) -> Result<GroupRow, Failure<GetGroupError>> {
        let mut snapshot = self.store.readers.begin().await?;
        let held = grants(&mut snapshot, self.caller.identity()).await?;
        if !allows(&held, Capability::GROUPS_LIST, uid, self.store.now()) {
            return Err(Failure::Rule(GetGroupError::NotFound));
        }
        one(&mut snapshot, uid)
            .await?
            .ok_or(Failure::Rule(GetGroupError::NotFound))
    }
}

/// A group by its UIDP, whoever asks.
pub(super) async fn one(
    connection: &mut AnyConnection,
    uid: &Uidp,
) -> Result<Option<GroupRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM groups g WHERE g.uid = $1");
    let row = sqlx::query(AssertSqlSafe(sql))
        .bind(uid.as_str())
        .fetch_optional(&mut *connection)
        .await?;
    let mut found: Vec<GroupRow> = row.iter().map(from_row).collect::<Result<_, _>>()?;
    add_paths(connection, &mut found).await?;
    Ok(found.pop())
}

/// A row without its path.
pub(super) fn from_row(row: &AnyRow) -> Result<GroupRow, StoreError> {
    Ok(GroupRow {
        uid: uidp("groups.uid", row.try_get::<&str, _>("uid")?)?,
        name: row.try_get("name")?,
        description: row.try_get("description")?,
        create_time: Micros(row.try_get("create_time")?),
        update_time: Micros(row.try_get("update_time")?),
        path: Vec::new(),
        has_children: row.try_get::<i64, _>("has_children")? != 0,
    })
}

/// Gives every group its path: the names of its ancestors, unseen ones too (design §2).
pub(super) async fn add_paths(
    connection: &mut AnyConnection,
    groups: &mut [GroupRow],
) -> Result<(), StoreError> {
    let wanted: BTreeSet<Uidp> = groups
        .iter()
        .flat_map(|group| group.uid.ancestors())
        .collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let places: Vec<String> = (1..=wanted.len()).map(|at| format!("${at}")).collect();
    let sql = format!(
        "SELECT uid, name FROM groups WHERE uid IN ({})",
        places.join(", ")
    );
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for uid in &wanted {
        query = query.bind(uid.as_str().to_owned());
    }
    let mut names = HashMap::new();
    for row in query.fetch_all(connection).await? {
        let uid: String = row.try_get("uid")?;
        names.insert(uid, row.try_get::<String, _>("name")?);
    }
    for group in groups {
        group.path = group
            .uid
            .ancestors()
            .filter_map(|uid| {
                let name = names.get(uid.as_str())?.clone();
                Some((uid, name))
            })
            .collect();
        group.path.reverse();
    }
    Ok(())
}

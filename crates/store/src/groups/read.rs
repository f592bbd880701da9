//! One group, and the parts that every reading of groups shares.

use std::collections::HashMap;

use bailiwick_domain::{Capability, GetGroupError, Micros, Uidp, allows};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

use crate::access::{held_by, uidp};
use crate::error::{Failure, StoreError};
use crate::groups::{GroupRow, GroupsHandle};

/// The columns that [`from_row`] reads, of a table called `alias`.
pub(super) fn columns(alias: &str) -> String {
    format!(
        "{alias}.uid, {alias}.name, {alias}.description, {alias}.create_time, {alias}.update_time,
         {alias}.device_sign_in, CASE WHEN EXISTS (SELECT 1 FROM groups c WHERE c.parent = {alias}.uid) THEN 1 ELSE 0 END
             AS has_children"
    )
}

impl GroupsHandle<'_> {
    /// One group.
    ///
    /// # Errors
    /// [`GetGroupError::NotFound`] for what is not there and for what the caller may not see.
    pub async fn get(&self, uid: &Uidp) -> Result<GroupRow, Failure<GetGroupError>> {
        let mut snapshot = self.store.readers.begin().await?;
        let held = held_by(&mut snapshot, self.caller).await?;
        if !allows(&held, Capability::GROUPS_LIST, uid, self.store.now()) {
            return Err(Failure::Rule(GetGroupError::NotFound));
        }
        one(&mut snapshot, uid)
            .await?
            .ok_or(Failure::Rule(GetGroupError::NotFound))
    }
}

/// A group by its UIDP with its path, whoever asks.
pub(crate) async fn one(
    connection: &mut AnyConnection,
    uid: &Uidp,
) -> Result<Option<GroupRow>, StoreError> {
    let mut query = sqlx::query(AssertSqlSafe(one_statement(uid.depth()))).bind(uid.as_str());
    for above in uid.ancestors() {
        query = query.bind(above.to_string());
    }
    let (mut own, mut above) = (Vec::new(), Vec::new());
    for row in query.fetch_all(connection).await? {
        match row.try_get::<&str, _>("uid")? == uid.as_str() {
            true => own.push(from_row(&row)?),
            false => above.push(row),
        }
    }
    Ok(with_paths(own, &above)?.pop())
}

/// A group at this depth, and everything above it.
pub(crate) fn one_statement(depth: usize) -> String {
    let places: Vec<String> = (1..=depth).map(|at| format!("${at}")).collect();
    format!(
        "SELECT {} FROM groups g WHERE g.uid IN ({})",
        columns("g"),
        places.join(", ")
    )
}

/// A row without its path.
pub(super) fn from_row(row: &AnyRow) -> Result<GroupRow, StoreError> {
    Ok(GroupRow {
        uid: uidp("groups.uid", row.try_get::<&str, _>("uid")?)?,
        name: row.try_get("name")?,
        description: row.try_get("description")?,
        create_time: Micros(row.try_get("create_time")?),
        update_time: Micros(row.try_get("update_time")?),
        device_sign_in: row.try_get::<i64, _>("device_sign_in")? != 0,
        path: Vec::new(),
        has_children: row.try_get::<i64, _>("has_children")? != 0,
    })
}

/// Gives every group its path: the names of its ancestors, unseen ones too (design §2). `above`
/// holds `uid` and `name` of all of them.
pub(super) fn with_paths(
    mut groups: Vec<GroupRow>,
    above: &[AnyRow],
) -> Result<Vec<GroupRow>, StoreError> {
    let mut names: HashMap<&str, &str> = HashMap::new();
    for row in above {
        names.insert(row.try_get("uid")?, row.try_get("name")?);
    }
    for group in &mut groups {
        group.path = group
            .uid
            .ancestors()
            .filter_map(|uid| {
                let name = (*names.get(uid.as_str())?).to_owned();
                Some((uid, name))
            })
            .collect();
        group.path.reverse();
    }
    Ok(groups)
}

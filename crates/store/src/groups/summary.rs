//! What is in a group, in numbers.

use bailiwick_domain::{Capability, GetGroupError, Uidp, allows};
use sqlx::Row as _;

use crate::access::{held_by, is_there};
use crate::error::Failure;
use crate::groups::GroupsHandle;

/// What deleting a group with everything below would take away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupSummary {
    /// Groups directly below.
    pub children: u64,
    /// Groups anywhere below.
    pub descendants: u64,
    /// Role bindings and the people they are bound to, here and below; `None` for who may not list
    /// them.
    pub bound: Option<(u64, u64)>,
}

impl GroupsHandle<'_> {
    /// Counts what is in a group.
    ///
    /// # Errors
    /// [`GetGroupError::NotFound`] for what is not there and for what the caller may not see.
    pub async fn summary(&self, uid: &Uidp) -> Result<GroupSummary, Failure<GetGroupError>> {
        let now = self.store.now();
        let mut snapshot = self.store.readers.begin().await?;
        let held = held_by(&mut snapshot, self.caller).await?;
        if !allows(&held, Capability::GROUPS_LIST, uid, now)
            || !is_there(&mut snapshot, uid).await?
        {
            return Err(Failure::Rule(GetGroupError::NotFound));
        }
        let (from, to) = uid.below_bounds();
        let row = sqlx::query(
            "SELECT
                 (SELECT COUNT(*) FROM groups WHERE parent = $1) AS children,
                 (SELECT COUNT(*) FROM groups WHERE uid >= $2 AND uid < $3) AS descendants,
                 COUNT(*) AS bindings, COUNT(DISTINCT identity_uid) AS people
             FROM role_bindings WHERE group_uid >= $1 AND group_uid < $3",
        )
        .bind(uid.as_str())
        .bind(from)
        .bind(to)
        .fetch_one(&mut *snapshot)
        .await?;
        let number = |column: &str| -> Result<u64, sqlx::Error> {
            Ok(u64::try_from(row.try_get::<i64, _>(column)?).unwrap_or_default())
        };
        let may_list = allows(&held, Capability::ROLE_BINDINGS_LIST, uid, now);
        Ok(GroupSummary {
            children: number("children")?,
            descendants: number("descendants")?,
            bound: match may_list {
                true => Some((number("bindings")?, number("people")?)),
                false => None,
            },
        })
    }
}

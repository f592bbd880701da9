//! One person.

use bailiwick_domain::{Capability, GetIdentityError, Uidp, scopes};

use crate::access::held_by;
use crate::error::Failure;
use crate::identities::list::statement;
use crate::identities::row::{from_row, with_bindings};
use crate::identities::{IdentitiesHandle, IdentityRow, ListIdentities, SHOWN};
use crate::listing::{Order, OrderField, PageAsk, Scope};

impl IdentitiesHandle<'_> {
    /// One person, with their bindings at `group` and below, or anywhere.
    ///
    /// # Errors
    /// [`GetIdentityError::NotFound`] for who holds nothing there that the caller may see.
    pub async fn get(
        &self,
        uid: &Uidp,
        group: Option<Uidp>,
    ) -> Result<IdentityRow, Failure<GetIdentityError>> {
        let now = self.store.now();
        let list = ListIdentities {
            scope: group.map_or(Scope::All, Scope::DescendantsOf),
            ids: Some(vec![uid.clone()]),
            search: None,
            role: None,
            ending_before: None,
            unseen_since: None,
            page: PageAsk {
                order: Order {
                    field: OrderField::Uid,
                    descending: false,
                },
                after: None,
                size: 1,
                skip: 0,
            },
        };
        let not_found = Failure::Rule(GetIdentityError::NotFound);
        let mut snapshot = self.store.readers.begin().await?;
        let held = held_by(&mut snapshot, self.caller).await?;
        let visible = scopes(&held, Capability::IDENTITY_LIST, now);
        let Some((filter, sql)) = statement(&list, &visible, self.caller.identity(), now) else {
            return Err(not_found);
        };
        let row = filter.bind(sql).fetch_one(&mut *snapshot).await?;
        if sqlx::Row::try_get::<Option<&str>, _>(&row, "uid")?.is_none() {
            return Err(not_found);
        }
        let person = vec![from_row(&row)?];
        let mut people =
            with_bindings(&mut snapshot, person, &list.scope, &held, now, SHOWN).await?;
        people.pop().ok_or(not_found)
    }
}

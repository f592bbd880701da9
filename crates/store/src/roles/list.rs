//! Pages of roles. Rule 5: a list holds exactly what single checks allow, counts included.

use std::collections::BTreeSet;

use bailiwick_domain::{BuiltInRole, Capability, Uidp, scopes};
use sqlx::{AnyConnection, AssertSqlSafe};

use crate::access::held_by;
use crate::error::StoreError;
use crate::listing::{Order, OrderField, Page, PageAsk, PageKey, Scope};
use crate::roles::RolesHandle;
use crate::roles::shown::{ShownRole, from_row, is_seen, statement};

/// Of how many organizations one statement reads the roles.
const AT_ONCE: usize = 20;

/// What to list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListRoles {
    /// Which part of the tree: built-in roles stand at the root; the children of a group are the
    /// custom roles directly at it, its descendants those at it and below.
    pub scope: Scope,
    /// With this name.
    pub name: Option<String>,
    /// With this in its name.
    pub search: Option<String>,
    /// That people can bind at this group.
    pub bindable_at: Option<Uidp>,
    /// Which page.
    pub page: PageAsk,
}

impl RolesHandle<'_> {
    /// One page of what the caller may see. An organization has few roles: those of the organizations
    /// that can have any of the answer are read whole, and sorted here among the built-in ones.
    ///
    /// # Errors
    /// The database failed. What the caller may not see is simply not there.
    pub async fn list(&self, list: &ListRoles) -> Result<Page<ShownRole>, StoreError> {
        let now = self.store.now();
        let mut snapshot = self.store.readers.begin().await?;
        let held = held_by(&mut snapshot, self.caller).await?;
        let organizations: BTreeSet<Uidp> = scopes(&held, Capability::ROLES_LIST, now)
            .into_iter()
            .map(Uidp::organization)
            .filter(|organization| list.may_be_in(organization))
            .collect();
        let mut roles: Vec<ShownRole> = BuiltInRole::all().iter().map(ShownRole::from).collect();
        roles.extend(
            within(&mut snapshot, organizations)
                .await?
                .into_iter()
                .filter(|shown| is_seen(&held, &shown.role.uid, now)),
        );
        roles.retain(|shown| list.asks_for(shown));
        Ok(page(roles, &list.page))
    }
}

impl ListRoles {
    /// Whether custom roles of an organization can be among the answer.
    fn may_be_in(&self, organization: &Uidp) -> bool {
        let here = |uid: &Uidp| uid.organization() == *organization;
        self.bindable_at.as_ref().is_none_or(here)
            && match &self.scope {
                Scope::All => true,
                Scope::Topmost | Scope::InRoot => false,
                Scope::ChildrenOf(uid) | Scope::DescendantsOf(uid) | Scope::AncestorsOf(uid) => {
                    here(uid)
                }
                Scope::Ids(uids) => uids.iter().any(here),
            }
    }

    fn asks_for(&self, shown: &ShownRole) -> bool {
        let role = &shown.role;
        let in_scope = match (&self.scope, &role.group) {
            (Scope::All, _) | (Scope::Topmost | Scope::InRoot, None) => true,
            (Scope::Topmost | Scope::InRoot, Some(_)) => false,
            (Scope::ChildrenOf(uid), group) => group.as_ref() == Some(uid),
            (Scope::DescendantsOf(uid), group) => {
                group.as_ref().is_some_and(|group| uid.reaches(group))
            }
            (Scope::AncestorsOf(uid), _) => uid.is_below(&role.uid),
            (Scope::Ids(uids), _) => uids.contains(&role.uid),
        };
        in_scope
            && self.name.as_ref().is_none_or(|name| *name == role.name)
            && self
                .search
                .as_ref()
                .is_none_or(|part| role.name.contains(part))
            && self
                .bindable_at
                .as_ref()
                .is_none_or(|group| !role.reserved && role.is_bindable_at(group))
    }
}

async fn within(
    snapshot: &mut AnyConnection,
    organizations: BTreeSet<Uidp>,
) -> Result<Vec<ShownRole>, StoreError> {
    let organizations: Vec<Uidp> = organizations.into_iter().collect();
    let mut roles = Vec::new();
    for some in organizations.chunks(AT_ONCE) {
        let mut query =
            sqlx::query(AssertSqlSafe(within_statement(some.len()))).persistent(some.len() == 1);
        for organization in some {
            query = query.bind(organization.as_str());
        }
        for row in query.fetch_all(&mut *snapshot).await? {
            roles.push(from_row(&row)?);
        }
    }
    Ok(roles)
}

/// The custom roles of so many organizations.
pub(crate) fn within_statement(organizations: usize) -> String {
    let places: Vec<String> = (1..=organizations).map(|at| format!("${at}")).collect();
    statement(&format!("roles.organization IN ({})", places.join(", ")))
}

fn page(mut roles: Vec<ShownRole>, ask: &PageAsk) -> Page<ShownRole> {
    let Order { field, descending } = ask.order;
    let key = |shown: &ShownRole| -> (i64, String, String) {
        let role = &shown.role;
        let (number, text) = match field {
            OrderField::Name => (0, role.name.to_string()),
            OrderField::CreateTime => (role.create_time.map_or(0, |time| time.0), String::new()),
            _ => (0, String::new()),
        };
        (number, text, role.uid.to_string())
    };
    roles.sort_by_cached_key(key);
    if descending {
        roles.reverse();
    }
    let total = i64::try_from(roles.len()).unwrap_or(i64::MAX);
    if let Some(after) = &ask.after {
        let after = match field {
            OrderField::Name => (0, after.value.clone(), after.uid.clone()),
            OrderField::CreateTime => (
                after.value.parse().unwrap_or_default(),
                String::new(),
                after.uid.clone(),
            ),
            _ => (0, String::new(), after.uid.clone()),
        };
        roles.retain(|role| match descending {
            true => key(role) < after,
            false => key(role) > after,
        });
    }
    let skip = roles.len().min(ask.skip as usize);
    roles.drain(..skip);
    let page_key = |shown: &ShownRole| PageKey {
        value: match field {
            OrderField::Name => shown.role.name.to_string(),
            OrderField::CreateTime => {
                let time = shown.role.create_time;
                time.map_or(0, |time| time.0).to_string()
            }
            _ => shown.role.uid.to_string(),
        },
        uid: shown.role.uid.to_string(),
    };
    Page::cut(roles, ask.size, page_key, total)
}

//! Every role of an organization.

use bailiwick_api::query::{RoleQuery, Scope};
use bailiwick_api::{PageQuery, RolePage};
use bailiwick_domain::Uidp;
use bailiwick_domain::limits::PAGE_SIZE_MAX;

use crate::api::{Query, query};

/// The built-in roles, and then those of the organization by their names.
pub(crate) fn all_roles(org: &Uidp) -> Query<RolePage> {
    let org = org.clone();
    query(
        move || Some(org.clone()),
        |client, org| {
            Box::pin(async move {
                let mut all = RolePage::default();
                for scope in [Scope::InRoot, Scope::DescendantsOf(org)] {
                    let mut asked = RoleQuery {
                        scope,
                        page: PageQuery {
                            size: PAGE_SIZE_MAX,
                            order_by: Some("name".to_owned()),
                            ..PageQuery::default()
                        },
                        ..RoleQuery::default()
                    };
                    loop {
                        let page = client.list_roles(&asked).await?;
                        all.roles.extend(page.roles);
                        if page.next_page_token.is_empty() {
                            break;
                        }
                        asked.page.token = Some(page.next_page_token);
                    }
                }
                Ok(all)
            })
        },
    )
}

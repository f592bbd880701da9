//! Lists as a whole, page after page.

use bailiwick_api::group_invite::GroupInvitePage;
use bailiwick_api::identity::IdentityPage;
use bailiwick_api::query::{
    GroupInviteQuery, GroupQuery, IdentityQuery, RoleBindingQuery, RoleQuery,
};
use bailiwick_api::{
    Error, Group, GroupInvite, GroupPage, Identity, PageQuery, Role, RoleBinding, RoleBindingPage,
    RolePage,
};
use bailiwick_domain::limits::PAGE_SIZE_MAX;

use crate::failure::Failure;
use crate::server::Server;

/// A page of something.
trait Page {
    type Item;
    /// What is on it, and the token of the next one.
    fn split(self) -> (Vec<Self::Item>, String);
}

macro_rules! pages {
    ($($page:ty: $items:ident of $item:ty;)*) => {
        $(impl Page for $page {
            type Item = $item;
            fn split(self) -> (Vec<$item>, String) {
                (self.$items, self.next_page_token)
            }
        })*
    };
}

pages! {
    GroupPage: groups of Group;
    RolePage: roles of Role;
    RoleBindingPage: role_bindings of RoleBinding;
    IdentityPage: identities of Identity;
    GroupInvitePage: group_invites of GroupInvite;
}

async fn all<P: Page>(
    server: &Server,
    mut page: PageQuery,
    fetch: impl AsyncFn(PageQuery) -> Result<P, Error>,
) -> Result<Vec<P::Item>, Failure> {
    page.size = PAGE_SIZE_MAX;
    let mut items = Vec::new();
    loop {
        let (some, next) = server.done(fetch(page.clone()).await)?.split();
        items.extend(some);
        if next.is_empty() {
            return Ok(items);
        }
        page.token = Some(next);
    }
}

/// All groups of a query.
pub(crate) async fn groups_of(server: &Server, query: GroupQuery) -> Result<Vec<Group>, Failure> {
    all(server, query.page.clone(), async |page| {
        let query = GroupQuery {
            page,
            ..query.clone()
        };
        server.client.list_groups(&query).await
    })
    .await
}

/// All roles of a query.
pub(crate) async fn roles_of(server: &Server, query: RoleQuery) -> Result<Vec<Role>, Failure> {
    all(server, query.page.clone(), async |page| {
        let query = RoleQuery {
            page,
            ..query.clone()
        };
        server.client.list_roles(&query).await
    })
    .await
}

/// All role bindings of a query.
pub(super) async fn bindings_of(
    server: &Server,
    query: RoleBindingQuery,
) -> Result<Vec<RoleBinding>, Failure> {
    all(server, query.page.clone(), async |page| {
        let query = RoleBindingQuery {
            page,
            ..query.clone()
        };
        server.client.list_role_bindings(&query).await
    })
    .await
}

/// All identities of a query.
pub(crate) async fn identities_of(
    server: &Server,
    query: IdentityQuery,
) -> Result<Vec<Identity>, Failure> {
    all(server, query.page.clone(), async |page| {
        let query = IdentityQuery {
            page,
            ..query.clone()
        };
        server.client.list_identities(&query).await
    })
    .await
}

/// All invites of a query.
pub(super) async fn invites_of(
    server: &Server,
    query: GroupInviteQuery,
) -> Result<Vec<GroupInvite>, Failure> {
    all(server, query.page.clone(), async |page| {
        let query = GroupInviteQuery {
            page,
            ..query.clone()
        };
        server.client.list_group_invites(&query).await
    })
    .await
}

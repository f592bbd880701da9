//! The one route table. The server's router, the [`Client`](crate::Client) and the OpenAPI document
//! are made from it; the route sweep in the server's tests walks it.
//!
//! A UIDP contains slashes, so an item's path is its collection, `/`, the UIDP, and for a custom
//! method (AIP-136) `:` and the verb. [`resolve`] is the only place that takes such paths apart.

use bailiwick_domain::{Capability, Uidp};

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// Safe: changes nothing.
    Get,
    /// Creates, or acts.
    Post,
    /// Changes fields.
    Patch,
    /// Removes.
    Delete,
}

impl Method {
    /// As in the request line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    /// The method of a request line. HEAD is answered as GET.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "GET" | "HEAD" => Some(Self::Get),
            "POST" => Some(Self::Post),
            "PATCH" => Some(Self::Patch),
            "DELETE" => Some(Self::Delete),
            _ => None,
        }
    }
}

/// What a request needs before anything else is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Nobody need be signed in.
    Public,
    /// Anyone who is signed in.
    SignedIn,
    /// This capability at the group that the path names.
    At(Capability),
    /// Anyone who is signed in; the answer holds exactly what this capability shows.
    Narrowed(Capability),
    /// This capability at the parent; without a parent, the server's policy for organizations.
    AtParent(Capability),
}

/// What follows the path of a collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Nothing: the path itself.
    Exact,
    /// A UIDP.
    Item,
    /// A UIDP, or nothing for the root.
    Parent,
    /// A UIDP, `:` and this verb: a custom method (AIP-136).
    Verb(&'static str),
}

/// One operation.
#[derive(Debug, Clone, Copy)]
pub struct Route {
    /// Which operation this is.
    pub id: RouteId,
    /// The method.
    pub method: Method,
    /// The path before any UIDP.
    pub path: &'static str,
    /// What follows the path.
    pub shape: Shape,
    /// Who may.
    pub access: Access,
    /// One line for the documentation.
    pub summary: &'static str,
}

/// Every operation; the server's router matches on it, so none can be forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the table's `summary` says what each one is")]
pub enum RouteId {
    ListGroups,
    GetGroup,
    CreateGroup,
    UpdateGroup,
    DeleteGroup,
    SummarizeGroup,
    ListRoles,
    GetRole,
    ListRoleBindings,
    GetRoleBinding,
    CreateRoleBinding,
    DeleteRoleBinding,
    CheckAccess,
    WhoAmI,
    GetSession,
    CreateSession,
    DeleteSession,
    ListProviders,
}

/// The table.
pub const ROUTES: &[Route] = &[
    Route {
        id: RouteId::ListGroups,
        method: Method::Get,
        path: GROUPS,
        shape: Shape::Exact,
        access: Access::Narrowed(Capability::GROUPS_LIST),
        summary: "List the groups that the caller may see",
    },
    Route {
        id: RouteId::GetGroup,
        method: Method::Get,
        path: GROUPS,
        shape: Shape::Item,
        access: Access::At(Capability::GROUPS_LIST),
        summary: "Get one group",
    },
    Route {
        id: RouteId::CreateGroup,
        method: Method::Post,
        path: GROUPS,
        shape: Shape::Parent,
        access: Access::AtParent(Capability::GROUPS_CREATE),
        summary: "Create an organization (no parent) or a folder",
    },
    Route {
        id: RouteId::UpdateGroup,
        method: Method::Patch,
        path: GROUPS,
        shape: Shape::Item,
        access: Access::At(Capability::GROUPS_UPDATE),
        summary: "Rename or describe a group",
    },
    Route {
        id: RouteId::DeleteGroup,
        method: Method::Delete,
        path: GROUPS,
        shape: Shape::Item,
        access: Access::At(Capability::GROUPS_DELETE),
        summary: "Delete a group, or with `force=true` everything below it too",
    },
    Route {
        id: RouteId::SummarizeGroup,
        method: Method::Get,
        path: GROUPS,
        shape: Shape::Verb("summary"),
        access: Access::At(Capability::GROUPS_LIST),
        summary: "Count what is in a group (ours)",
    },
    Route {
        id: RouteId::ListRoles,
        method: Method::Get,
        path: ROLES,
        shape: Shape::Exact,
        access: Access::SignedIn,
        summary: "List the roles",
    },
    Route {
        id: RouteId::GetRole,
        method: Method::Get,
        path: ROLES,
        shape: Shape::Item,
        access: Access::SignedIn,
        summary: "Get one role",
    },
    Route {
        id: RouteId::ListRoleBindings,
        method: Method::Get,
        path: ROLE_BINDINGS,
        shape: Shape::Exact,
        access: Access::Narrowed(Capability::ROLE_BINDINGS_LIST),
        summary: "List the role bindings that the caller may see",
    },
    Route {
        id: RouteId::GetRoleBinding,
        method: Method::Get,
        path: ROLE_BINDINGS,
        shape: Shape::Item,
        access: Access::At(Capability::ROLE_BINDINGS_LIST),
        summary: "Get one role binding",
    },
    Route {
        id: RouteId::CreateRoleBinding,
        method: Method::Post,
        path: ROLE_BINDINGS,
        shape: Shape::Item,
        access: Access::At(Capability::ROLE_BINDINGS_CREATE),
        summary: "Bind a role at a group",
    },
    Route {
        id: RouteId::DeleteRoleBinding,
        method: Method::Delete,
        path: ROLE_BINDINGS,
        shape: Shape::Item,
        access: Access::At(Capability::ROLE_BINDINGS_DELETE),
        summary: "Remove a role binding; one's own may always be removed",
    },
    Route {
        id: RouteId::CheckAccess,
        method: Method::Post,
        path: "/iam/v2/access:check",
        shape: Shape::Exact,
        access: Access::SignedIn,
        summary: "Answer up to 100 questions about who may do what where (ours)",
    },
    Route {
        id: RouteId::WhoAmI,
        method: Method::Get,
        path: "/auth/v1/ok",
        shape: Shape::Exact,
        access: Access::SignedIn,
        summary: "Say who the caller is and what they hold",
    },
    Route {
        id: RouteId::GetSession,
        method: Method::Get,
        path: SESSION,
        shape: Shape::Exact,
        access: Access::Public,
        summary: "Say which session the cookie belongs to, if any",
    },
    Route {
        id: RouteId::CreateSession,
        method: Method::Post,
        path: SESSION,
        shape: Shape::Exact,
        access: Access::Public,
        summary: "Turn an authorization code of client `console` into a session",
    },
    Route {
        id: RouteId::DeleteSession,
        method: Method::Delete,
        path: SESSION,
        shape: Shape::Exact,
        access: Access::SignedIn,
        summary: "Sign out",
    },
    Route {
        id: RouteId::ListProviders,
        method: Method::Get,
        path: "/auth/providers",
        shape: Shape::Exact,
        access: Access::Public,
        summary: "List the providers one can sign in with",
    },
];

/// The collection of groups.
pub const GROUPS: &str = "/iam/v2/groups";
/// The collection of roles.
pub const ROLES: &str = "/iam/v2/roles";
/// The collection of role bindings.
pub const ROLE_BINDINGS: &str = "/iam/v2/roleBindings";
/// The console's session.
pub const SESSION: &str = "/auth/session";

/// A request's operation and the UIDP in its path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matched {
    /// Which operation.
    pub id: RouteId,
    /// The UIDP of the item or parent, if the path has one.
    pub uid: Option<Uidp>,
}

/// Why no operation matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoRoute {
    /// Nothing lives at this path.
    Path,
    /// Something does, but not with this method; these are the ones it has.
    Method(Vec<Method>),
    /// What follows the collection is no UIDP.
    Uidp,
}

/// The paths of the table, each once: what a router has to mount.
pub fn collections() -> impl Iterator<Item = &'static str> {
    ROUTES.iter().enumerate().filter_map(|(at, route)| {
        let first = ROUTES.iter().position(|other| other.path == route.path);
        (first == Some(at)).then_some(route.path)
    })
}

impl Route {
    /// The route of an operation.
    pub fn of(id: RouteId) -> &'static Self {
        ROUTES
            .iter()
            .find(|route| route.id == id)
            .unwrap_or(&ROUTES[0])
    }

    /// The path for a UIDP, or without one.
    pub fn path_for(&self, uid: Option<&Uidp>) -> String {
        let verb = match self.shape {
            Shape::Verb(verb) => format!(":{verb}"),
            _ => String::new(),
        };
        match uid {
            Some(uid) => format!("{}/{uid}{verb}", self.path),
            None => self.path.to_owned(),
        }
    }
}

/// Finds the operation for a method and an undecoded path.
///
/// # Errors
/// [`NoRoute`] says what to answer.
pub fn resolve(method: Method, path: &str) -> Result<Matched, NoRoute> {
    let collection = collections()
        .find(|&known| {
            path.strip_prefix(known)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
        .ok_or(NoRoute::Path)?;
    let rest = path[collection.len()..].trim_start_matches('/');
    let doubled = path[collection.len()..].starts_with("//");
    let of_path = || ROUTES.iter().filter(move |route| route.path == collection);
    // A verb that no route has stays in the UIDP, which it spoils.
    let verb = rest.rsplit_once(':').map(|(_, verb)| verb);
    let known = |verb: &str| {
        of_path().any(|route| matches!(route.shape, Shape::Verb(known) if known == verb))
    };
    let verb = verb.filter(|verb| known(verb));
    let fits = |route: &&Route| match (route.shape, verb) {
        (Shape::Verb(known), given) => given == Some(known),
        (_, Some(_)) => false,
        (Shape::Exact, None) => rest.is_empty(),
        (Shape::Item, None) => !rest.is_empty(),
        (Shape::Parent, None) => true,
    };
    if doubled || !of_path().any(|route| fits(&route)) {
        return Err(NoRoute::Path);
    }
    let Some(route) = of_path().find(|route| route.method == method && fits(route)) else {
        return Err(NoRoute::Method(
            of_path().filter(fits).map(|route| route.method).collect(),
        ));
    };
    let rest = match verb {
        Some(verb) => &rest[..rest.len() - verb.len() - 1],
        None => rest,
    };
    let uid = if rest.is_empty() && verb.is_none() {
        None
    } else {
        Some(rest.parse().map_err(|_| NoRoute::Uidp)?)
    };
    Ok(Matched { id: route.id, uid })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_is_found_by_its_own_path() {
        let uid = Uidp::root([3; 20]).child([4; 8]).unwrap();
        for route in ROUTES {
            let uid = (route.shape != Shape::Exact).then(|| uid.clone());
            let found = resolve(route.method, &route.path_for(uid.as_ref()));
            assert_eq!(found, Ok(Matched { id: route.id, uid }), "{route:?}");
        }
    }

    #[test]
    fn a_verb_stands_behind_a_uidp() {
        let path = "/iam/v2/groups/:summary";
        assert_eq!(resolve(Method::Get, path), Err(NoRoute::Uidp));
        let path = format!("/iam/v2/roles/{}:summary", Uidp::root([3; 20]));
        assert_eq!(resolve(Method::Get, &path), Err(NoRoute::Uidp));
    }

    #[test]
    fn a_trailing_slash_means_the_root() {
        assert_eq!(
            resolve(Method::Post, "/iam/v2/groups/"),
            Ok(Matched {
                id: RouteId::CreateGroup,
                uid: None
            })
        );
    }

    #[test]
    fn paths_that_are_no_uidp_reach_nothing() {
        let uid = Uidp::root([3; 20]);
        for (path, expected) in [
            ("/iam/v2/groups/..".to_owned(), NoRoute::Uidp),
            ("/iam/v2/groups/%2e%2e".to_owned(), NoRoute::Uidp),
            (
                format!("/iam/v2/groups/{uid}%2F0000000000000000"),
                NoRoute::Uidp,
            ),
            (format!("/iam/v2/groups/{uid}:explode"), NoRoute::Uidp),
            (format!("/iam/v2/groups//{uid}"), NoRoute::Path),
            (
                format!("/iam/v2/groups/{uid}:summary"),
                NoRoute::Method(vec![Method::Get]),
            ),
            ("/iam/v2/groupsx".to_owned(), NoRoute::Path),
            (format!("/auth/session/{uid}"), NoRoute::Path),
            ("/auth/v1/ok".to_owned(), NoRoute::Method(vec![Method::Get])),
        ] {
            assert_eq!(resolve(Method::Delete, &path), Err(expected), "{path}");
        }
    }
}

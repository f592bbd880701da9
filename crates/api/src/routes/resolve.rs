//! From a method and a path to the operation.

use bailiwick_domain::Uidp;

use crate::routes::{Method, ROUTES, Route, RouteId, Shape, collections};

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

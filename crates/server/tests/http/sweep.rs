//! Every route of the table, asked by everyone: what comes follows from the route's `access`, and a
//! refusal changes nothing.

use bailiwick_api::routes::{Access, ROUTES, Route, Shape};
use bailiwick_api::{Method, RouteId};
use bailiwick_domain::Capability;
use bailiwick_testkit::{Answer, Backend};

use crate::world::{
    GROUP_INVITES, GROUPS, IDENTITIES, ROLE_BINDINGS, ROLES, World, expect, missing_capability,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    Nobody,
    /// Owner of another organization.
    Stranger,
    Viewer,
    Owner,
}

const EVERYONE: [Who; 4] = [Who::Nobody, Who::Stranger, Who::Viewer, Who::Owner];

#[derive(Debug, PartialEq, Eq)]
enum Expected {
    Done,
    /// No session, no answer.
    SignedOut,
    NotFound,
    Missing(Capability),
    /// The operation's own refusal of a request that is right but for a made-up code.
    InvalidCode,
    /// The same for the code of an invite, a client's request, and the code of a device.
    Unknown(&'static str),
}

/// What the table promises.
fn expected(route: &Route, who: Who) -> Expected {
    let signed_in = who != Who::Nobody;
    let of_capability = |what: Capability| match who {
        Who::Nobody => Expected::SignedOut,
        Who::Stranger => Expected::NotFound,
        Who::Viewer if !bailiwick_domain::viewer().capabilities.contains(what) => {
            Expected::Missing(what)
        }
        Who::Viewer | Who::Owner => Expected::Done,
    };
    match route.access {
        Access::Public if route.id == RouteId::CreateSession => Expected::InvalidCode,
        Access::Public | Access::SignedIn if by_code(route.id) => match route.access {
            Access::SignedIn if !signed_in => Expected::SignedOut,
            _ => Expected::Unknown("INVITE_UNKNOWN"),
        },
        Access::SignedIn if route.id == RouteId::BatchCreateRoleBindings => {
            of_capability(Capability::ROLE_BINDINGS_CREATE)
        }
        Access::SignedIn => match route.id {
            _ if !signed_in => Expected::SignedOut,
            RouteId::InspectAuthorization
            | RouteId::AllowAuthorization
            | RouteId::DenyAuthorization => Expected::Unknown("AUTHORIZATION_UNKNOWN"),
            RouteId::InspectDevice | RouteId::ApproveDevice | RouteId::DenyDevice => {
                Expected::Unknown("USER_CODE_UNKNOWN")
            }
            RouteId::GetIdentity => of_capability(Capability::IDENTITY_LIST),
            RouteId::RemoveIdentity => of_capability(Capability::ROLE_BINDINGS_DELETE),
            RouteId::ExplainAccess => of_capability(Capability::ROLE_BINDINGS_LIST),
            RouteId::PreviewAccess => of_capability(Capability::GROUPS_LIST),
            RouteId::ApplyAccess => of_capability(Capability::ROLE_BINDINGS_CREATE),
            _ => Expected::Done,
        },
        Access::Public => Expected::Done,
        Access::Narrowed(_) if !signed_in => Expected::SignedOut,
        Access::Narrowed(_) => Expected::Done,
        Access::At(what) | Access::AtParent(what) => of_capability(what),
    }
}

fn by_code(id: RouteId) -> bool {
    matches!(
        id,
        RouteId::InspectGroupInvite | RouteId::AcceptGroupInvite | RouteId::DeclineGroupInvite
    )
}

fn body(world: &World, id: RouteId) -> String {
    let somebody = "0123456789abcdef0123456789abcdef01234567";
    match id {
        RouteId::CreateGroup => r#"{"name":"made by the sweep"}"#.to_owned(),
        RouteId::UpdateGroup => r#"{"name":"renamed by the sweep"}"#.to_owned(),
        RouteId::CreateRoleBinding => crate::world::binding(somebody, "viewer"),
        RouteId::BatchCreateRoleBindings => format!(
            r#"{{"parent":"{}","requests":[{{"roleBinding":{}}}]}}"#,
            world.folder,
            crate::world::binding(somebody, "viewer")
        ),
        RouteId::UpdateRoleBinding => {
            format!(r#"{{"roleUid":"{}"}}"#, crate::world::role("editor"))
        }
        RouteId::CreateRole => {
            r#"{"name":"made by the sweep","capabilities":["groups.list"]}"#.to_owned()
        }
        RouteId::UpdateRole => r#"{"name":"renamed by the sweep"}"#.to_owned(),
        RouteId::CreateGroupInvite => {
            format!(r#"{{"roleUid":"{}"}}"#, crate::world::role("viewer"))
        }
        RouteId::BatchCreateGroupInvites => format!(
            r#"{{"roleUid":"{}","emails":["swept@example.com"]}}"#,
            crate::world::role("viewer")
        ),
        RouteId::ReissueGroupInvite | RouteId::ExtendGroupInvite => r#"{"ttl":"1h"}"#.to_owned(),
        id if by_code(id) => format!(r#"{{"code":"bwi_{}"}}"#, "x".repeat(43)),
        RouteId::CheckAccess => format!(
            r#"{{"subject":{{"type":"identity","id":"{somebody}"}},
                "action":{{"name":"groups.list"}},
                "resource":{{"type":"group","id":"{somebody}"}}}}"#
        ),
        RouteId::RemoveIdentity => format!(r#"{{"group":"{}"}}"#, world.folder),
        RouteId::ExplainAccess => format!(
            r#"{{"subject":{{"type":"identity","id":"{}"}},
                "action":{{"name":"groups.delete"}},
                "resource":{{"type":"group","id":"{}"}}}}"#,
            world.editor, world.folder
        ),
        RouteId::PreviewAccess | RouteId::ApplyAccess => format!(
            r#"{{"changes":[{{"create":{{"parent":"{}","roleBinding":{}}}}}]}}"#,
            world.folder,
            crate::world::binding(somebody, "viewer")
        ),
        RouteId::InspectAuthorization
        | RouteId::AllowAuthorization
        | RouteId::DenyAuthorization => r#"{"request":"made-up"}"#.to_owned(),
        RouteId::InspectDevice | RouteId::ApproveDevice | RouteId::DenyDevice => {
            r#"{"userCode":"BCDF-GHJK"}"#.to_owned()
        }
        RouteId::CreateSession => {
            r#"{"code":"made-up","codeVerifier":"made-up-made-up-made-up-made-up-made-up-made-up"}"#
                .to_owned()
        }
        _ => String::new(),
    }
}

async fn ask(world: &mut World, who: Who, route: &Route) -> Answer {
    let uid = match (route.shape, route.id) {
        (Shape::Exact, _) => None,
        (_, RouteId::GetRole) => Some(crate::world::role("viewer")),
        (_, RouteId::GetIdentity | RouteId::RemoveIdentity) => Some(world.editor.clone()),
        (_, RouteId::UpdateRole | RouteId::DeleteRole) => Some(world.role.clone()),
        (_, RouteId::GetRoleBinding | RouteId::UpdateRoleBinding | RouteId::DeleteRoleBinding) => {
            Some(world.binding.clone())
        }
        (
            _,
            RouteId::GetGroupInvite
            | RouteId::DeleteGroupInvite
            | RouteId::ReissueGroupInvite
            | RouteId::ExtendGroupInvite,
        ) => Some(world.invite.clone()),
        // One that is empty, so that the owner's deletion is not refused for another reason.
        (Shape::Item, RouteId::DeleteGroup) => Some(empty_folder(world).await),
        (Shape::Item | Shape::Parent | Shape::Verb(_), _) => Some(world.folder.clone()),
    };
    let uid = uid.map(|uid| uid.parse().unwrap());
    let path = route.path_for(uid.as_ref());
    let body = body(world, route.id);
    let browser = match who {
        Who::Nobody => &mut world.nobody,
        Who::Stranger => &mut world.stranger,
        Who::Viewer => &mut world.viewer,
        Who::Owner => &mut world.owner,
    };
    browser.call(route.method.as_str(), &path, &body).await
}

async fn empty_folder(world: &mut World) -> String {
    let all = crate::world::list(&mut world.owner).await;
    crate::world::uid_named(&all, "prod")
}

#[tokio::test]
async fn every_route_answers_everyone_as_the_table_says_on_sqlite() {
    sweep(Backend::Sqlite).await;
}

#[tokio::test]
async fn every_route_answers_everyone_as_the_table_says_on_postgresql() {
    sweep(Backend::Postgres).await;
}

async fn sweep(backend: Backend) {
    let mut world = World::on(backend).await;
    for who in EVERYONE {
        for route in ROUTES {
            let before = world.everything().await;
            let answer = ask(&mut world, who, route).await;
            let what = format!("{who:?} asks {:?}", route.id);
            let expected = expected(route, who);
            match &expected {
                Expected::Done => expect(&answer, 200, &what),
                Expected::SignedOut => {
                    expect(&answer, 401, &what);
                    assert_eq!(answer.reason(), "SIGNED_OUT", "{what}");
                }
                Expected::NotFound => {
                    expect(&answer, 404, &what);
                    assert_eq!(answer.reason(), "NOT_FOUND", "{what}");
                }
                Expected::Missing(capability) => {
                    expect(&answer, 403, &what);
                    assert_eq!(missing_capability(&answer), capability.name(), "{what}");
                }
                Expected::Unknown(reason) => {
                    expect(&answer, 404, &what);
                    assert_eq!(answer.reason(), *reason, "{what}");
                }
                Expected::InvalidCode => {
                    expect(&answer, 400, &what);
                    assert_eq!(answer.reason(), "INVALID_CODE", "{what}");
                }
            }
            let ends_own_session = route.id == RouteId::DeleteSession;
            if !(ends_own_session && expected == Expected::Done) {
                let changed = before != world.everything().await;
                let should = expected == Expected::Done && changes_anything(route);
                assert_eq!(changed, should, "{what}: changed");
            }
            if expected == Expected::Done && route.method != Method::Get {
                world = World::on(backend).await;
            }
        }
    }
}

fn changes_anything(route: &Route) -> bool {
    let paths = [
        GROUPS,
        ROLES,
        ROLE_BINDINGS,
        IDENTITIES,
        GROUP_INVITES,
        "/iam/v2/access:apply",
    ];
    paths.iter().any(|path| route.path.starts_with(path)) && route.method != Method::Get
}

#[tokio::test]
async fn the_unseen_and_the_unknown_are_one_answer() {
    let mut world = World::new().await;
    let unknown = "0123456789abcdef0123456789abcdef01234567";
    let unknown_below = format!("{}/0123456789abcdef", world.folder);
    for route in ROUTES
        .iter()
        .filter(|route| matches!(route.access, Access::At(_) | Access::AtParent(_)))
    {
        let mut bodies = Vec::new();
        for (who, uid) in [
            (Who::Stranger, world.folder.as_str()),
            (Who::Stranger, unknown),
            (Who::Owner, unknown_below.as_str()),
        ] {
            // Who may remove such a thing there is told that there is none, which is no error.
            let removes = [
                RouteId::DeleteRole,
                RouteId::DeleteRoleBinding,
                RouteId::DeleteGroupInvite,
            ];
            if who == Who::Owner && removes.contains(&route.id) {
                continue;
            }
            let body = body(&world, route.id);
            let browser = match who {
                Who::Owner => &mut world.owner,
                _ => &mut world.stranger,
            };
            let path = route.path_for(Some(&uid.parse().unwrap()));
            let answer = browser.call(route.method.as_str(), &path, &body).await;
            expect(&answer, 404, &path);
            let error = answer.error();
            bodies.push((error.code, error.message.clone(), error.details.len()));
        }
        assert!(bodies.iter().all(|one| *one == bodies[0]), "{bodies:?}");
    }
}

#[tokio::test]
async fn a_parameter_that_a_route_does_not_know_is_refused_everywhere() {
    let mut world = World::new().await;
    let before = world.everything().await;
    for route in ROUTES {
        let uid = (route.shape != Shape::Exact).then(|| world.folder.parse().unwrap());
        let path = format!("{}?colour=red", route.path_for(uid.as_ref()));
        let body = body(&world, route.id);
        let answer = world.owner.call(route.method.as_str(), &path, &body).await;
        expect(&answer, 400, &path);
        assert!(answer.error().field("colour").is_some(), "{}", answer.body);
    }
    assert_eq!(world.everything().await, before);
}

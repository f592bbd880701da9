//! Reading: who may, from where, and that it changes nothing.

use bailiwick_api::routes::ROUTES;
use bailiwick_api::{Method, RouteId};
use bailiwick_testkit::Ask;

use crate::world::{GROUPS, World, create, expect, item};

#[tokio::test]
async fn reading_asks_for_the_page_header_too() {
    let world = World::new().await;
    for path in [
        GROUPS.to_owned(),
        item(&world.folder),
        "/auth/v1/ok".to_owned(),
    ] {
        let ask = world.owner.ask("GET", &path);
        for (spoiled, status, reason) in [
            (ask.clone().without("x-bailiwick"), 403, "CROSS_SITE"),
            (
                ask.clone().with("x-bailiwick", "none"),
                409,
                "SESSION_CHANGED",
            ),
            (
                ask.clone()
                    .with("x-bailiwick", world.viewer.page.as_deref().unwrap()),
                409,
                "SESSION_CHANGED",
            ),
            (
                ask.clone().header("authorization", "Bearer a"),
                400,
                "TWO_CREDENTIALS",
            ),
            (
                ask.clone()
                    .without("cookie")
                    .header("authorization", "Bearer a"),
                401,
                "INVALID_TOKEN",
            ),
        ] {
            let answer = world.server.send(&spoiled).await;
            expect(&answer, status, &format!("{spoiled:?}"));
            assert_eq!(answer.reason(), reason);
        }
        expect(&world.server.send(&ask).await, 200, "as it should be");
    }
}

#[tokio::test]
async fn reading_anything_twice_changes_nothing() {
    let mut world = World::new().await;
    let other = create(&mut world.owner, &world.organization.clone(), "other").await;
    let before = world.everything().await;
    for method in ["GET", "HEAD"] {
        for route in ROUTES.iter().filter(|route| route.method == Method::Get) {
            let uid = (route.id == RouteId::GetGroup).then(|| other.parse().unwrap());
            let path = route.path_for(uid.as_ref());
            for _ in 0..2 {
                let ask = world
                    .owner
                    .ask(method, &path)
                    .header("x-http-method-override", "DELETE");
                expect(&world.server.send(&ask).await, 200, &path);
            }
        }
    }
    for path in [
        "/oauth/callback/dev?state=a&code=b",
        "/auth/session?_method=DELETE",
    ] {
        let ask = world.owner.ask("GET", path);
        assert!(world.server.send(&ask).await.status >= 400, "{path}");
    }
    // The console's not-found page, where a console is embedded; it signs nobody out.
    let ask = world.owner.ask("GET", "/logout");
    world.server.send(&ask).await;
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn nothing_that_needs_a_session_may_be_read_by_other_origins() {
    let world = World::new().await;
    for route in ROUTES {
        let uid = matches!(route.id, RouteId::GetGroup).then(|| world.folder.parse().unwrap());
        let ask = world
            .owner
            .ask("GET", &route.path_for(uid.as_ref()))
            .header("origin", "https://evil.example");
        let answer = world.server.send(&ask).await;
        assert_eq!(
            answer.header("access-control-allow-origin"),
            "",
            "{route:?}"
        );
        let preflight = Ask::new("OPTIONS", route.path)
            .header("origin", "https://evil.example")
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "x-bailiwick");
        let answer = world.server.send(&preflight).await;
        assert!(answer.status >= 400, "{route:?}");
        assert_eq!(
            answer.header("access-control-allow-headers"),
            "",
            "{route:?}"
        );
    }
}

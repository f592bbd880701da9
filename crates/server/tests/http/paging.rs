//! Query parameters of the list: what they accept, and what a page token is good for.

use std::time::Duration;

use bailiwick_testkit::{Answer, TestServer};
use serde_json::Value;

use crate::world::{GROUPS, World, create, expect, item, list, uid_named};

async fn with_folders(names: &[&str]) -> (World, String) {
    let mut world = World::new().await;
    let folder = uid_named(&list(&mut world.owner).await, "staging");
    for name in names {
        create(&mut world.owner, &folder, name).await;
    }
    (world, folder)
}

async fn ask(world: &mut World, query: &str) -> Answer {
    world
        .owner
        .call("GET", &format!("{GROUPS}?{query}"), "")
        .await
}

fn names(page: &Value) -> Vec<String> {
    let groups = page["groups"].as_array().unwrap();
    groups
        .iter()
        .map(|group| crate::world::text(group, "name"))
        .collect()
}

#[tokio::test]
async fn a_parameter_that_cannot_be_meant_is_named_in_the_refusal() {
    let (mut world, folder) = with_folders(&[]).await;
    for (query, field) in [
        ("colour=red".to_owned(), "colour"),
        ("pageSize=-1".to_owned(), "pageSize"),
        ("pageSize=1.5".to_owned(), "pageSize"),
        ("pageSize=ten".to_owned(), "pageSize"),
        ("pageSize=99999999999999999999".to_owned(), "pageSize"),
        ("pageSize=1&pageSize=1".to_owned(), "pageSize"),
        ("pageSize=1&page_size=1".to_owned(), "page_size"),
        ("skip=-1".to_owned(), "skip"),
        ("orderBy=owner".to_owned(), "orderBy"),
        ("orderBy=name;drop table groups".to_owned(), "orderBy"),
        ("orderBy=name desc desc".to_owned(), "orderBy"),
        ("orderBy=name,uid".to_owned(), "orderBy"),
        ("orderBy=name up".to_owned(), "orderBy"),
        ("orderBy=1".to_owned(), "orderBy"),
        ("pageToken=x".to_owned(), "pageToken"),
        ("pageToken=%00".to_owned(), "pageToken"),
        ("uidp.childrenOf=".to_owned(), "uidp.childrenOf"),
        ("uidp.childrenOf=//".to_owned(), "uidp.childrenOf"),
        (
            format!("uidp.childrenOf={}", folder.to_uppercase()),
            "uidp.childrenOf",
        ),
        (format!("uidp.childrenOf={folder}/"), "uidp.childrenOf"),
        ("uidp.descendantsOf=/".to_owned(), "uidp.descendantsOf"),
        ("uidp.inRoot=1".to_owned(), "uidp.inRoot"),
        (
            format!("uidp.childrenOf={folder}&uidp.inRoot=true"),
            "uidp.inRoot",
        ),
        (
            format!("uidp.childrenOf={folder}&uidp.descendantsOf={folder}"),
            "uidp.descendantsOf",
        ),
    ] {
        let answer = ask(&mut world, &query.replace(' ', "%20")).await;
        expect(&answer, 400, &query);
        assert!(
            answer.error().field(field).is_some(),
            "{query}: {}",
            answer.body
        );
    }
}

#[tokio::test]
async fn a_page_holds_at_most_200_and_by_default_50() {
    let all: Vec<_> = (0..201).map(|n| format!("f{n:03}")).collect();
    let all: Vec<_> = all.iter().map(String::as_str).collect();
    let (mut world, folder) = with_folders(&all).await;
    for (size, expected) in [
        ("", 50),
        ("&pageSize=", 0),
        ("&pageSize=0", 50),
        ("&pageSize=1", 1),
        ("&pageSize=200", 200),
        ("&pageSize=201", 200),
        ("&page_size=1000000000", 200),
    ] {
        let answer = ask(&mut world, &format!("uidp.childrenOf={folder}{size}")).await;
        if expected == 0 {
            expect(&answer, 400, size);
            continue;
        }
        expect(&answer, 200, size);
        let page = answer.json();
        assert_eq!(names(&page).len(), expected, "{size}");
        assert_eq!(page["totalCount"], "201", "{size}");
        assert!(page["nextPageToken"].is_string(), "{size}");
    }
}

#[tokio::test]
async fn pages_follow_one_another_without_gap_or_repetition() {
    let (mut world, folder) = with_folders(&["e", "a", "d", "b", "c"]).await;
    for (order, expected) in [
        ("name", "abcde"),
        ("name%20desc", "edcba"),
        ("create_time%20asc", "eadbc"),
    ] {
        let question = format!("uidp.childrenOf={folder}&orderBy={order}&pageSize=2");
        let (mut token, mut seen, mut pages) = (String::new(), String::new(), 0);
        loop {
            let page = ask(&mut world, &format!("{question}{token}")).await.json();
            seen += &names(&page).concat();
            pages += 1;
            assert_eq!(page["totalCount"], "5");
            match page["nextPageToken"].as_str() {
                Some(next) => token = format!("&pageToken={next}"),
                None => break,
            }
        }
        // Within one instant of creation the UIDP decides, which is random.
        if order.starts_with("create") {
            let mut sorted: Vec<_> = seen.chars().collect();
            sorted.sort_unstable();
            seen = sorted.into_iter().collect();
            assert_eq!((seen.as_str(), pages), ("abcde", 3));
        } else {
            assert_eq!((seen.as_str(), pages), (expected, 3));
        }
    }
}

#[tokio::test]
async fn skipped_rows_are_counted_over_the_pages() {
    let (mut world, folder) = with_folders(&["a", "b", "c", "d"]).await;
    let question = format!("uidp.childrenOf={folder}&orderBy=name&pageSize=1");
    let page = ask(&mut world, &format!("{question}&skip=1")).await.json();
    assert_eq!(
        (names(&page).concat(), page["skipped"].as_i64()),
        ("b".to_owned(), Some(1))
    );
    let token = crate::world::text(&page, "nextPageToken");
    let page = ask(&mut world, &format!("{question}&skip=1&pageToken={token}"))
        .await
        .json();
    assert_eq!(
        (names(&page).concat(), page["skipped"].as_i64()),
        ("d".to_owned(), Some(2))
    );
    let beyond = ask(&mut world, &format!("{question}&skip=2147483647"))
        .await
        .json();
    assert_eq!(
        (names(&beyond).len(), beyond["totalCount"].as_str()),
        (0, Some("4"))
    );
}

#[tokio::test]
async fn a_page_token_is_good_for_one_caller_and_one_question_and_three_days() {
    let (mut world, folder) = with_folders(&["a", "b", "c"]).await;
    let question = format!("uidp.childrenOf={folder}&orderBy=name&pageSize=1");
    let page = ask(&mut world, &question).await.json();
    let token = crate::world::text(&page, "nextPageToken");
    let refused = |answer: &Answer, what: &str| {
        expect(answer, 400, what);
        assert!(answer.error().field("pageToken").is_some(), "{what}");
    };
    let path = format!("{GROUPS}?{question}&pageToken={token}");
    let by_viewer = world.viewer.call("GET", &path, "").await;
    refused(&by_viewer, "of another caller");
    for other in [
        format!("uidp.childrenOf={}&orderBy=name", world.organization),
        format!("uidp.descendantsOf={folder}&orderBy=name"),
        format!("uidp.childrenOf={folder}&orderBy=name%20desc"),
        format!("uidp.childrenOf={folder}&orderBy=name&name=b"),
        format!("uidp.childrenOf={folder}"),
        String::new(),
    ] {
        let answer = ask(&mut world, &format!("{other}&pageToken={token}")).await;
        refused(&answer, &other);
    }
    let (head, tail) = token.split_at(token.len() / 2);
    let turned = if head.ends_with('A') { "B" } else { "A" };
    for forged in [
        format!("{}{turned}{tail}", &head[..head.len() - 1]),
        token[1..].to_owned(),
        format!("{token}{token}"),
        token.to_uppercase(),
    ] {
        let answer = ask(&mut world, &format!("{question}&pageToken={forged}")).await;
        refused(&answer, &forged);
    }
    let elsewhere = TestServer::start().await;
    let mut owner = elsewhere.signed_in("owner@example.com").await;
    refused(&owner.call("GET", &path, "").await, "at another server");
    let next = ask(&mut world, &format!("{question}&pageToken={token}")).await;
    assert_eq!(names(&next.json()), ["b"]);
    world
        .server
        .clock
        .advance(Duration::from_secs(3 * 24 * 60 * 60));
    world.owner.sign_in("owner@example.com").await;
    refused(&world.owner.call("GET", &path, "").await, "expired");
}

#[tokio::test]
async fn an_update_mask_names_what_is_written() {
    let (mut world, folder) = with_folders(&[]).await;
    let path = item(&folder);
    let body = r#"{"name":"new","description":"words"}"#;
    for mask in [
        "uid",
        "create_time",
        "name,uid",
        "parent",
        "*,x",
        "name;description",
        ",",
    ] {
        let answer = world
            .owner
            .call("PATCH", &format!("{path}?updateMask={mask}"), body)
            .await;
        expect(&answer, 400, mask);
        assert!(answer.error().field("updateMask").is_some(), "{mask}");
    }
    let twice = format!("{path}?updateMask=name&update_mask=name");
    expect(
        &world.owner.call("PATCH", &twice, body).await,
        400,
        "doubled",
    );
    let before = world.owner.call("GET", &path, "").await.json();
    assert_eq!(before["name"], "staging");
    for (mask, name, description) in [
        ("description", "staging", Some("words")),
        ("name", "new", Some("words")),
        ("name,%20description", "new", Some("words")),
    ] {
        let answer = world
            .owner
            .call("PATCH", &format!("{path}?update_mask={mask}"), body)
            .await;
        expect(&answer, 200, mask);
        let group = answer.json();
        assert_eq!(
            (group["name"].as_str(), group["description"].as_str()),
            (Some(name), description)
        );
    }
    let cleared = world
        .owner
        .call("PATCH", &format!("{path}?updateMask=description"), "{}")
        .await;
    assert_eq!(cleared.json().get("description"), None);
}

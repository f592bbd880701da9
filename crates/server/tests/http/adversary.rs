//! Someone with a valid account, the documentation, every id there is, and hundreds of requests at
//! once: afterwards everything is as it was, but for what the rules give them.

use std::sync::Arc;

use bailiwick_testkit::{Ask, Backend, Browser};
use serde_json::Value;

use crate::world::{
    GROUPS, ROLE_BINDINGS, World, bind, binding, bindings, expect, list, role, text, who,
};

/// How many requests are on their way at a time.
const AT_ONCE: usize = 300;

/// Every write there is, at every group and binding there is, for everyone and every role.
fn attempts(browser: &Browser, groups: &[String], bound: &[String], people: &[String]) -> Vec<Ask> {
    let mut asks = Vec::new();
    let mut ask = |method: &str, path: String, body: String| {
        let ask = browser.ask(method, &path);
        asks.push(match body.as_str() {
            "" => ask,
            _ => ask.json(body),
        });
    };
    for group in groups {
        ask(
            "POST",
            format!("{GROUPS}/{group}"),
            r#"{"name":"mine"}"#.to_owned(),
        );
        ask(
            "PATCH",
            format!("{GROUPS}/{group}"),
            r#"{"name":"taken"}"#.to_owned(),
        );
        ask(
            "PATCH",
            format!("{GROUPS}/{group}?updateMask=*"),
            r#"{"name":"taken"}"#.to_owned(),
        );
        ask(
            "DELETE",
            format!("{GROUPS}/{group}?force=true"),
            String::new(),
        );
        ask("DELETE", format!("{GROUPS}/{group}"), String::new());
        for person in people {
            for name in ["owner", "gulfstream"] {
                ask(
                    "POST",
                    format!("{ROLE_BINDINGS}/{group}"),
                    binding(person, name),
                );
            }
        }
        // A binding's id where a group's belongs, and a group's where a binding's does.
        ask("DELETE", format!("{ROLE_BINDINGS}/{group}"), String::new());
    }
    for uid in bound {
        ask("DELETE", format!("{ROLE_BINDINGS}/{uid}"), String::new());
        ask(
            "DELETE",
            format!("{GROUPS}/{uid}?force=true"),
            String::new(),
        );
        ask(
            "PATCH",
            format!("{GROUPS}/{uid}"),
            r#"{"name":"taken"}"#.to_owned(),
        );
        ask(
            "POST",
            format!("{ROLE_BINDINGS}/{uid}"),
            binding(&people[0], "viewer"),
        );
    }
    asks
}

fn uids(page: &Value, what: &str) -> Vec<String> {
    let rows = page[what].as_array().unwrap();
    rows.iter().map(|row| text(row, "uid")).collect()
}

async fn at_once(world: &Arc<World>, asks: Vec<Ask>) -> Vec<u16> {
    let mut statuses = Vec::new();
    for some in asks.chunks(AT_ONCE) {
        let tasks: Vec<_> = some
            .iter()
            .cloned()
            .map(|ask| {
                let world = Arc::clone(world);
                tokio::spawn(async move { world.server.send(&ask).await.status })
            })
            .collect();
        for task in tasks {
            statuses.push(task.await.unwrap());
        }
    }
    statuses
}

/// The adversary holds `name` at one folder, but for their own binding there.
async fn attack(backend: Backend, name: &str) {
    let mut world = World::on(backend).await;
    let mut adversary = world.server.signed_in("adversary@example.com").await;
    let me = who(&mut adversary).await;
    let folder = world.folder.clone();
    let own = bind(&mut world.owner, &folder, &me, name).await;
    let [groups, bound, far_groups, far_bound, ..] = world.everything().await;
    let mut all_groups = uids(&groups, "groups");
    all_groups.extend(uids(&far_groups, "groups"));
    let mut all_bound = uids(&bound, "roleBindings");
    all_bound.extend(uids(&far_bound, "roleBindings"));
    all_bound.retain(|uid| *uid != own);
    let mut people = vec![me];
    for browser in [&mut world.owner, &mut world.viewer, &mut world.stranger] {
        people.push(who(browser).await);
    }
    let asks = attempts(&adversary, &all_groups, &all_bound, &people);
    let before = world.everything().await;
    let world = Arc::new(world);
    let statuses = at_once(&world, asks).await;
    assert!(statuses.len() > 100);
    for status in &statuses {
        // An editor may say that a binding that is not there shall not be there.
        assert!([200, 400, 403, 404].contains(status), "{status}");
    }
    let mut world = Arc::into_inner(world).unwrap();
    let after = world.everything().await;
    if name == "viewer" {
        assert_eq!(after, before);
        assert!(statuses.iter().all(|status| *status != 200));
        return;
    }
    // Of role bindings that an editor may write, only those at the folder and below of roles
    // within their own are gone.
    assert_eq!(after[0], before[0], "groups");
    assert_eq!(after[2..], before[2..], "the other organization");
    let left = uids(&after[1], "roleBindings");
    for row in before[1]["roleBindings"].as_array().unwrap() {
        let (uid, within) = (text(row, "uid"), text(&row["group"], "uid"));
        let weak = row["role"]["uid"] != role("owner").as_str();
        let theirs = weak && within.starts_with(&folder);
        assert!(left.contains(&uid) || theirs, "{row}");
    }
    for row in after[1]["roleBindings"].as_array().unwrap() {
        let known = uids(&before[1], "roleBindings").contains(&text(row, "uid"));
        assert!(known, "nobody was given anything: {row}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_viewer_changes_nothing_on_sqlite() {
    attack(Backend::Sqlite, "viewer").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_viewer_changes_nothing_on_postgresql() {
    attack(Backend::Postgres, "viewer").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_editor_of_a_folder_changes_what_is_theirs_on_sqlite() {
    attack(Backend::Sqlite, "editor").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_editor_of_a_folder_changes_what_is_theirs_on_postgresql() {
    attack(Backend::Postgres, "editor").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_unseen_is_seen_by_no_question() {
    let mut world = World::new().await;
    let mut adversary = world.server.signed_in("adversary@example.com").await;
    let me = who(&mut adversary).await;
    let folder = world.folder.clone();
    bind(&mut world.owner, &folder, &me, "viewer").await;
    let hidden = [
        world.organization.clone(),
        world.elsewhere.clone(),
        world.binding.replace(&folder, &world.organization),
    ];
    for uid in &hidden {
        for path in [
            format!("{GROUPS}/{uid}"),
            format!("{GROUPS}/{uid}:summary"),
            format!("{ROLE_BINDINGS}/{uid}"),
        ] {
            let answer = adversary.call("GET", &path, "").await;
            expect(&answer, 404, &path);
        }
    }
    let stranger = who(&mut world.stranger).await;
    let queries = [
        String::new(),
        format!("uidp.childrenOf={}", world.organization),
        format!("uidp.descendantsOf={}", world.organization),
        format!("uidp.ancestorsOf={folder}"),
        format!(
            "uidp.ids={}&uidp.ids={}",
            world.organization, world.elsewhere
        ),
        "uidp.inRoot=true".to_owned(),
        "uidp.childrenOf=/".to_owned(),
    ];
    let groups = list(&mut world.owner).await;
    let shown = |uid: &str| uid == folder || uid.starts_with(&format!("{folder}/"));
    for query in &queries {
        let answer = adversary
            .call("GET", &format!("{GROUPS}?{query}"), "")
            .await;
        let found = uids(&answer.json(), "groups");
        assert!(found.iter().all(|uid| shown(uid)), "{query}: {found:?}");
        assert_eq!(
            answer.json()["totalCount"],
            found.len().to_string().as_str(),
            "{query}"
        );
        let answer = adversary
            .call("GET", &format!("{ROLE_BINDINGS}?{query}"), "")
            .await;
        let found = uids(&answer.json(), "roleBindings");
        assert!(found.iter().all(|uid| shown(uid)), "{query}: {found:?}");
    }
    for filter in [
        format!("identity={stranger}"),
        format!("group={}", world.organization),
        format!("role={}", role("owner")),
    ] {
        let answer = adversary
            .call("GET", &format!("{ROLE_BINDINGS}?{filter}"), "")
            .await;
        let found = uids(&answer.json(), "roleBindings");
        assert!(found.iter().all(|uid| shown(uid)), "{filter}: {found:?}");
    }
    // Names of what is above are shown in a path, and nothing else of it.
    for name in ["elsewhere", "prod", "staging"] {
        let answer = adversary
            .call("GET", &format!("{GROUPS}?search={name}"), "")
            .await;
        assert_eq!(answer.json()["totalCount"], "0", "{name}");
    }
    assert!(groups["groups"].as_array().unwrap().len() > 4);
    let everything = bindings(&mut adversary).await.to_string();
    assert!(!everything.contains("stranger@"), "{everything}");
}

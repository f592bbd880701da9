//! The people of the example organization, one of another, and what all of them see.

use bailiwick_testkit::{Answer, Browser, TestServer};
use serde_json::Value;

pub(crate) const GROUPS: &str = "/iam/v2/groups";

/// A server with two organizations, and a browser for everyone who matters.
pub(crate) struct World {
    pub(crate) server: TestServer,
    pub(crate) nobody: Browser,
    pub(crate) stranger: Browser,
    pub(crate) viewer: Browser,
    pub(crate) owner: Browser,
    /// The example organization.
    pub(crate) organization: String,
    /// Its folder `dev`, with `web` in it.
    pub(crate) folder: String,
    /// The stranger's own organization.
    pub(crate) elsewhere: String,
}

impl World {
    pub(crate) async fn new() -> Self {
        let server = TestServer::start().await;
        let mut owner = server.signed_in("owner@example.com").await;
        let mut stranger = server.signed_in("stranger@elsewhere.example").await;
        let organization = uid_named(&list(&mut owner).await, "example");
        let folder = uid_named(&list(&mut owner).await, "dev");
        create(&mut owner, &folder, "web").await;
        let elsewhere = create(&mut stranger, "", "elsewhere").await;
        create(&mut stranger, &elsewhere, "not for others").await;
        Self {
            nobody: server.browser(),
            viewer: server.signed_in("viewer@example.com").await,
            server,
            stranger,
            owner,
            organization,
            folder,
            elsewhere,
        }
    }

    /// Everything that there is, as the owners of it see it.
    pub(crate) async fn everything(&mut self) -> [Value; 2] {
        [list(&mut self.owner).await, list(&mut self.stranger).await]
    }
}

/// All groups of a person.
pub(crate) async fn list(browser: &mut Browser) -> Value {
    let answer = browser
        .call("GET", &format!("{GROUPS}?pageSize=200"), "")
        .await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()
}

/// Creates a group and answers its UIDP.
pub(crate) async fn create(browser: &mut Browser, parent: &str, name: &str) -> String {
    let answer = browser
        .call("POST", &item(parent), &format!(r#"{{"name":"{name}"}}"#))
        .await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    text(&answer.json(), "uid")
}

/// The path of a group; of the collection when `uid` is empty.
pub(crate) fn item(uid: &str) -> String {
    match uid {
        "" => GROUPS.to_owned(),
        uid => format!("{GROUPS}/{uid}"),
    }
}

pub(crate) fn uid_named(list: &Value, name: &str) -> String {
    let groups = list["groups"].as_array().unwrap();
    let group = groups.iter().find(|group| group["name"] == name).unwrap();
    text(group, "uid")
}

pub(crate) fn text(value: &Value, field: &str) -> String {
    value[field].as_str().unwrap().to_owned()
}

/// The capability that a refusal names.
pub(crate) fn missing_capability(answer: &Answer) -> String {
    let error = answer.error();
    assert_eq!(error.reason(), Some("CAPABILITY_MISSING"), "{error:?}");
    error.violations()[0].subject.clone()
}

/// Asserts a status, and says what came instead.
#[track_caller]
pub(crate) fn expect(answer: &Answer, status: u16, what: &str) {
    assert_eq!(answer.status, status, "{what}: {}", answer.body);
}

//! The people of the example organization, one of another, and what all of them see.

use bailiwick_domain::BuiltInRole;
use bailiwick_testkit::{Answer, Backend, Browser, TestServer};
use serde_json::Value;

pub(crate) const GROUPS: &str = "/iam/v2/groups";
pub(crate) const IDENTITIES: &str = "/iam/v2/identities";
pub(crate) const GROUP_INVITES: &str = "/iam/v2/groupInvites";
pub(crate) const ROLES: &str = "/iam/v2/roles";
pub(crate) const ROLE_BINDINGS: &str = "/iam/v2/roleBindings";

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
    /// The UIDP of the editor.
    pub(crate) editor: String,
    /// The editor's binding at that folder, beside the one at the organization.
    pub(crate) binding: String,
    /// A custom role of that folder, which nobody has.
    pub(crate) role: String,
    /// A link to that folder for anyone.
    pub(crate) invite: String,
    /// The stranger's own organization.
    pub(crate) elsewhere: String,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::on(Backend::Sqlite).await
    }

    pub(crate) async fn on(backend: Backend) -> Self {
        let server = TestServer::start_on(backend, |_| {}).await;
        let mut owner = server.signed_in("owner@example.com").await;
        let mut stranger = server.signed_in("stranger@elsewhere.example").await;
        let organization = uid_named(&list(&mut owner).await, "example");
        let folder = uid_named(&list(&mut owner).await, "dev");
        create(&mut owner, &folder, "web").await;
        let editor = who(&mut server.signed_in("editor@example.com").await).await;
        let binding = bind(&mut owner, &folder, &editor, "viewer").await;
        let role = custom_role(&mut owner, &folder).await;
        let made = invite(&mut owner, &folder, r#""ttl":"7d""#).await;
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
            editor,
            binding,
            role,
            invite: text(&made, "uid"),
            elsewhere,
        }
    }

    /// Everything that there is, as the owners of it see it.
    pub(crate) async fn everything(&mut self) -> [Value; 7] {
        [
            list(&mut self.owner).await,
            bindings(&mut self.owner).await,
            list(&mut self.stranger).await,
            bindings(&mut self.stranger).await,
            invites(&mut self.owner).await,
            invites(&mut self.stranger).await,
            roles(&mut self.owner).await,
        ]
    }
}

/// All role bindings that a person sees.
pub(crate) async fn bindings(browser: &mut Browser) -> Value {
    let path = format!("{ROLE_BINDINGS}?pageSize=200");
    let answer = browser.call("GET", &path, "").await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()
}

/// All roles that a person sees.
pub(crate) async fn roles(browser: &mut Browser) -> Value {
    let path = format!("{ROLES}?pageSize=200");
    let answer = browser.call("GET", &path, "").await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()
}

async fn custom_role(browser: &mut Browser, group: &str) -> String {
    let path = format!("{ROLES}/{group}");
    let body = r#"{"name":"custom","capabilities":["groups.list"]}"#;
    let answer = browser.call("POST", &path, body).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    text(&answer.json(), "uid")
}

/// All invites that a person sees, in whatever state.
pub(crate) async fn invites(browser: &mut Browser) -> Value {
    let states = "PENDING,EXPIRED,ACCEPTED,REVOKED,DECLINED";
    let path = format!("{GROUP_INVITES}?pageSize=200&states={states}");
    let answer = browser.call("GET", &path, "").await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()
}

/// Invites a viewer; `more` is the rest of the body.
pub(crate) async fn invite(browser: &mut Browser, group: &str, more: &str) -> Value {
    let path = format!("{GROUP_INVITES}/{group}");
    let body = format!(r#"{{"roleUid":"{}",{more}}}"#, role("viewer"));
    let answer = browser.call("POST", &path, &body).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()
}

/// The UIDP of whoever is signed in.
pub(crate) async fn who(browser: &mut Browser) -> String {
    text(
        &browser.call("GET", "/auth/v1/ok", "").await.json(),
        "subject",
    )
}

/// The UIDP of a built-in role.
pub(crate) fn role(name: &str) -> String {
    BuiltInRole::by_name(name).unwrap().uid().to_string()
}

/// The body that binds a role to an identity.
pub(crate) fn binding(identity: &str, name: &str) -> String {
    format!(
        r#"{{"identityUid":"{identity}","roleUid":"{}"}}"#,
        role(name)
    )
}

/// Binds a role and answers the binding's UIDP.
pub(crate) async fn bind(browser: &mut Browser, group: &str, identity: &str, name: &str) -> String {
    let path = format!("{ROLE_BINDINGS}/{group}");
    let answer = browser.call("POST", &path, &binding(identity, name)).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    text(&answer.json(), "uid")
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

/// Asserts that one field was wrong.
#[track_caller]
pub(crate) fn expect_field(answer: &Answer, field: &str, what: &str) {
    expect(answer, 400, what);
    let violation = answer.error().field(field).is_some();
    assert!(violation, "{what}: {field}: {}", answer.body);
}

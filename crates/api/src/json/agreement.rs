//! Holds this way of reading and writing against serde's, which the server uses, for every type
//! that goes over the wire.

use bailiwick_domain::Uidp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::fmt::Debug;

use super::{FromJson, ToJson, from_str, to_string};
use crate::access::{
    Action, CapabilitySources, Change, ChangeRefusal, Changes, Entity, ExplainRequest,
    ExplainedBinding, Explanation, Holder, PersonChange, PlaceChange, Preview, Remedy,
};
use crate::capability::{CapabilityList, CatalogueEntry};
use crate::console_session::{ConsoleSession, ConsoleSessionList};
use crate::group::{Group, GroupPage, GroupSummary, GroupWrite, PathElement};
use crate::group_invite::{
    Acceptance, BatchInvited, BatchInvites, BatchInvitesWrite, GroupInvite, GroupInvitePage,
    GroupInviteRole, GroupInviteWrite, InviteAccepted, InviteCode, InviteGroup, InviteLife,
    InviteMail, InvitePreview, InviteRefusal, InviteState, Inviter, MailState,
};
use crate::identity::{
    ClaimMatch, Identity, IdentityBinding, IdentityPage, IdentityRemove, IdentityRemoved,
};
use crate::role::{Role, RolePage, RoleWrite};
use crate::role_binding::{
    BatchBindings, BatchBindingsWrite, BoundIdentity, CreateBinding, Described, RoleBinding,
    RoleBindingPage, RoleBindingWrite,
};
use crate::session::{
    HeldRole, Named, Profile, Provider, ProviderList, Session, SessionCreate, SessionState, WhoAmI,
};
use crate::sign_in_request::{
    AuthorizationAnswer, AuthorizationId, AuthorizationRequest, ClientGrant, ClientGrantList,
    ClientName, DeviceRequest, DeviceUserCode,
};
use crate::status::{Code, Detail, FieldViolation, PreconditionViolation, Status};

#[test]
fn an_answer_is_read_as_serde_reads_it() {
    answer(&group_page());
    answer(&GroupSummary {
        child_count: "3".into(),
        descendant_count: "40".into(),
        role_binding_count: Some("5".into()),
        identity_count: Some("2".into()),
    });
    answer(&role_page());
    answer(&role_binding_page());
    answer(&SessionState {
        session: Some(session()),
        server_version: "0.1.0".into(),
        development: true,
        organizations_open: false,
        mail: true,
    });
    answer(&ProviderList {
        providers: vec![Provider {
            id: "dev".into(),
            name: "Development sign-in".into(),
            host: "localhost:8443".into(),
            development: true,
            icon: "gitlab".into(),
            down: true,
        }],
    });
}

#[test]
fn an_invite_is_read_as_serde_reads_it() {
    answer(&GroupInvitePage {
        group_invites: vec![group_invite()],
        next_page_token: "t".into(),
        total_count: Some("1".into()),
        skipped: 0,
    });
    answer(&BatchInvites {
        results: vec![BatchInvited {
            email: "guest@example.com".into(),
            invite: Some(group_invite()),
            error: Some(refusal()),
        }],
    });
    answer(&InvitePreview {
        group: invite_group(),
        role: invite_role(),
        inviter: inviter(),
        expiration_time: "2026-01-08T00:00:00Z".into(),
        single_use: true,
        binding_expire_time: Some("2026-02-01T00:00:00Z".into()),
        email: Some("g…@e….com".into()),
        email_is_yours: true,
        acceptable: true,
        refusal: Some(refusal()),
    });
    answer(&InviteAccepted {
        group: invite_group(),
        role: invite_role(),
        role_binding_uid: uid(),
    });
    InviteState::ALL.iter().for_each(answer);
    [MailState::Queued, MailState::Sent, MailState::Failed]
        .iter()
        .for_each(answer);
}

#[test]
fn a_person_is_read_as_serde_reads_them() {
    answer(&IdentityPage {
        identities: vec![Identity {
            uid: uid(),
            name: "Owner".into(),
            email: Some("owner@example.com".into()),
            last_seen_time: Some("2026-01-02T00:00:00Z".into()),
            create_time: Some("2026-01-01T00:00:00Z".into()),
            claim_match: Some(ClaimMatch {
                issuer: "https://id.example.com".into(),
                subject: "owner".into(),
            }),
            provider_name: Some("Development sign-in".into()),
            suspended: true,
            role_bindings: vec![IdentityBinding {
                uid: uid(),
                group: described("acme"),
                role: described("owner"),
                expire_time: Some("2026-02-01T00:00:00Z".into()),
            }],
            role_binding_count: 1,
        }],
        next_page_token: "t".into(),
        total_count: Some("1".into()),
        skipped: 0,
    });
    answer(&CapabilityList {
        capabilities: vec![CatalogueEntry {
            name: "groups.list".into(),
            enum_name: "CAP_IAM_GROUPS_LIST".into(),
            bit: 3,
            about: "See groups".into(),
            deprecated: true,
        }],
    });
    answer(&IdentityRemoved {
        role_binding_count: 3,
    });
    answer(&BatchBindings {
        role_bindings: role_binding_page().role_bindings,
    });
}

#[test]
fn an_explanation_is_read_as_serde_reads_it() {
    let place = || PathElement {
        uid: uid(),
        name: "acme".into(),
    };
    let binding = || ExplainedBinding {
        uid: Some(uid()),
        group: place(),
        role: Some(described("owner")),
        capability_set: "AQ".into(),
        effect: "GRANTED".into(),
        creator: Some(inviter()),
        create_time: Some("2026-01-01T00:00:00Z".into()),
        invite_key_id: Some("k".into()),
        expire_time: Some("2026-02-01T00:00:00Z".into()),
    };
    answer(&Explanation {
        group: place(),
        path: vec![place()],
        identity: Some(bound_identity()),
        decision: Some(false),
        void: Some("SUSPENDED".into()),
        bindings: vec![binding()],
        remedy: Some(Remedy {
            kind: "BIND".into(),
            role: Some(described("editor")),
            gained: 3,
            by_you: true,
            by: vec![bound_identity()],
            by_roles: vec![described("owner")],
        }),
        capabilities: vec![CapabilitySources {
            name: "groups.list".into(),
            bindings: vec![0, 2],
        }],
        holders: vec![Holder {
            identity: bound_identity(),
            bindings: vec![binding()],
        }],
        next_page_token: "t".into(),
    });
}

#[test]
fn what_waits_for_a_person_is_read_as_serde_reads_it() {
    let client = ClientName {
        id: "cli".into(),
        name: "Bailiwick command line".into(),
    };
    answer(&AuthorizationRequest {
        client: client.clone(),
        redirect_host: "127.0.0.1:4180".into(),
        expire_time: "2026-01-01T00:10:00Z".into(),
    });
    answer(&AuthorizationAnswer {
        location: "http://127.0.0.1:4180/callback?code=made-up".into(),
    });
    answer(&DeviceRequest {
        user_code: "BCDF-GHJK".into(),
        client: client.clone(),
        address: "198.51.100.7".into(),
        caller_address: "203.0.113.9".into(),
        host: "build-1".into(),
        create_time: "2026-01-01T00:00:00Z".into(),
        expire_time: "2026-01-01T00:15:00Z".into(),
    });
    answer(&ClientGrantList {
        grants: vec![ClientGrant {
            id: uid(),
            client,
            host: "build-1".into(),
            address: "198.51.100.7".into(),
            by_device: true,
            create_time: "2026-01-01T00:00:00Z".into(),
            last_used_time: "2026-01-02T00:00:00Z".into(),
        }],
    });
    answer(&ConsoleSessionList {
        sessions: vec![ConsoleSession {
            id: uid(),
            browser: "Firefox on Linux".into(),
            address: "198.51.100.7".into(),
            provider_name: "Example".into(),
            current: true,
            create_time: "2026-01-01T00:00:00Z".into(),
            last_seen_time: "2026-01-02T00:00:00Z".into(),
            expire_time: "2026-01-08T00:00:00Z".into(),
        }],
    });
}

#[test]
fn a_preview_is_read_as_serde_reads_it() {
    answer(&Preview {
        revision: "41".into(),
        gain_count: 2,
        lose_count: 1,
        owner_count: 2,
        people: vec![PersonChange {
            identity: bound_identity(),
            you: true,
            gained: 3,
            lost: 1,
            becomes_owner: true,
            was_owner: true,
            places: vec![PlaceChange {
                group: PathElement {
                    uid: uid(),
                    name: "acme".into(),
                },
                gained: "AQ".into(),
                lost: "Ag".into(),
            }],
        }],
        refusals: vec![ChangeRefusal {
            index: 1,
            reason: "LAST_OWNER".into(),
            message: "m".into(),
        }],
    });
}

#[test]
fn a_refusal_is_read_as_serde_reads_it() {
    let mut status = Status::invalid("name", "must not be \"empty\"\n");
    status.details.push(Detail::PreconditionFailure {
        violations: vec![PreconditionViolation {
            kind: "RESOURCE_NOT_EMPTY".into(),
            subject: "dev".into(),
            description: "Move or delete it first.".into(),
        }],
    });
    status.details.push(Detail::RequestInfo {
        request_id: "r-1".into(),
    });
    assert!(status.field("name").is_some());
    answer(&status);
    answer(&Status::new(Code::Unknown, "R", "m"));
    answer(&FieldViolation {
        field: "name".into(),
        description: "d".into(),
    });
}

#[test]
fn a_body_is_what_serde_writes() {
    body(&GroupWrite::new("b", ""));
    body(&GroupWrite::new("b", "Everything that \"ships\"\n\u{1}"));
    body(&GroupWrite::change("b", ""));
    body(&GroupWrite::rename("b"));
    body(&RoleBindingWrite::new(&uid(), &Uidp::root([2; 20])));
    let mut ending = RoleBindingWrite::default();
    ending.expire_time = Some("2026-01-01T00:00:00Z".into());
    body(&ending);
    body(&RoleBindingWrite::change(Some(&uid()), ""));
    body(&RoleWrite::new("b", "", vec!["groups.list".into()]));
    body(&RoleWrite::default());
    let role = || RoleWrite::new("b", "d", vec!["groups.list".into()]);
    body(&Changes {
        changes: vec![
            Change::bind(&uid(), RoleBindingWrite::new(&uid(), &uid())),
            Change::rebind(
                &uid(),
                RoleBindingWrite::change(None, "2026-01-01T00:00:00Z"),
            ),
            Change::unbind(&uid()),
            Change::create_role(&uid(), role()),
            Change::update_role(&uid(), role()),
            Change::delete_role(&uid()),
            Change::remove_identity(&uid(), &uid()),
        ],
        revision: Some("41".into()),
    });
    body(&BatchBindingsWrite {
        parent: Some(uid().to_string()),
        role_uid: Some(uid().to_string()),
        requests: vec![CreateBinding::at(&uid(), RoleBindingWrite::default())],
    });
    body(&IdentityRemove {
        group: Some(uid().to_string()),
    });
    body(&ExplainRequest {
        subject: Some(Entity::new("identity", "a")),
        action: Some(Action::new("groups.list")),
        resource: Some(Entity::new("group", "b")),
        page_size: Some(20),
        page_token: Some("t".into()),
    });
    body(&GroupInviteWrite::link(&uid(), "7d", true));
    body(&GroupInviteWrite::address(
        &uid(),
        "24h",
        "guest@example.com",
    ));
    body(&BatchInvitesWrite::new(
        &uid(),
        "24h",
        vec!["a@example.com".into(), "b@example.com".into()],
    ));
    body(&InviteLife::new("1h"));
    body(&InviteLife::default());
    body(&InviteCode::new("c"));
    body(&AuthorizationId {
        request: "made-up".into(),
    });
    body(&DeviceUserCode {
        user_code: "bcdf ghjk".into(),
    });
    body(&SessionCreate {
        code: "c".into(),
        code_verifier: "v".into(),
    });
}

/// What is written is read as it was. And whatever happens to any part of it, both ways give the
/// same, or neither gives anything.
fn answer<T: Serialize + DeserializeOwned + FromJson + PartialEq + Debug>(thing: &T) {
    let value = serde_json::to_value(thing).unwrap();
    assert_eq!(from_str::<T>(&value.to_string()).as_ref(), Some(thing));
    for changed in changes(&value) {
        let text = changed.to_string();
        let expected = serde_json::from_value::<T>(changed).ok();
        assert_eq!(from_str::<T>(&text), expected, "{text}");
    }
}

fn body<T: Serialize + ToJson>(thing: &T) {
    let written: Value = serde_json::from_str(&to_string(thing)).unwrap();
    assert_eq!(written, serde_json::to_value(thing).unwrap());
}

/// The value with each of its parts, at any depth, gone or replaced by something else.
fn changes(value: &Value) -> Vec<Value> {
    let others = [
        json!(null),
        json!(true),
        json!(7),
        json!(-1),
        json!(1.5),
        json!(5_000_000_000_i64),
        json!(""),
        json!("other"),
        json!([]),
        json!([1]),
        json!({}),
    ];
    let mut changes = Vec::from(others);
    // Serde takes a list for a struct's fields in their order; nobody sends that.
    changes.retain(|other| !(value.is_object() && other.is_array()));
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let mut without = members.clone();
                without.remove(name);
                changes.push(Value::Object(without));
                changes.extend(self::changes(member).into_iter().map(|changed| {
                    let mut with = members.clone();
                    with.insert(name.clone(), changed);
                    Value::Object(with)
                }));
            }
            let mut with = members.clone();
            with.insert("of a newer server".into(), json!({"a": [1, "b", null]}));
            changes.push(Value::Object(with));
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                changes.extend(self::changes(item).into_iter().map(|changed| {
                    let mut with = items.clone();
                    with[at] = changed;
                    Value::Array(with)
                }));
            }
        }
        _ => {}
    }
    changes
}

fn uid() -> Uidp {
    Uidp::root([1; 20])
}

fn group_page() -> GroupPage {
    GroupPage {
        groups: vec![Group {
            uid: uid(),
            name: "acme".into(),
            description: "Everything that ships".into(),
            create_time: "2026-01-01T00:00:00Z".into(),
            update_time: "2026-01-02T00:00:00Z".into(),
            path: vec![PathElement {
                uid: uid(),
                name: "acme".into(),
            }],
            has_children: true,
            etag: "e".into(),
            device_sign_in: Some(true),
        }],
        next_page_token: "t".into(),
        total_count: Some("41".into()),
        skipped: 40,
    }
}

fn role_page() -> RolePage {
    RolePage {
        roles: vec![Role {
            uid: uid(),
            name: "owner".into(),
            description: "Everything".into(),
            capabilities: vec!["CAP_IAM_GROUPS_LIST".into()],
            create_time: Some("2026-01-01T00:00:00Z".into()),
            update_time: Some("2026-01-01T00:00:00Z".into()),
            title: "Owner".into(),
            capability_set: "AQ".into(),
            group: Some(described("acme")),
            built_in: true,
            reserved: true,
            etag: "e".into(),
        }],
        next_page_token: "t".into(),
        total_count: Some("1".into()),
        skipped: 0,
    }
}

fn described(name: &str) -> Described {
    Described {
        uid: uid(),
        name: name.into(),
        description: "d".into(),
    }
}

fn role_binding_page() -> RoleBindingPage {
    RoleBindingPage {
        role_bindings: vec![RoleBinding {
            uid: uid(),
            identity: bound_identity(),
            group: described("acme"),
            role: described("owner"),
            create_time: "2026-01-01T00:00:00Z".into(),
            expire_time: Some("2026-02-01T00:00:00Z".into()),
            etag: "e".into(),
        }],
        next_page_token: "t".into(),
        total_count: Some("1".into()),
        skipped: 0,
    }
}

fn group_invite() -> GroupInvite {
    GroupInvite {
        uid: uid(),
        role_uid: uid(),
        role: Some(invite_role()),
        email: Some("guest@example.com".into()),
        expiration_time: "2026-01-08T00:00:00Z".into(),
        single_use: true,
        key_id: "k".into(),
        create_time: "2026-01-01T00:00:00Z".into(),
        code: Some("c".into()),
        link: Some("https://id.example.com/invite#c".into()),
        group: invite_group(),
        inviter: inviter(),
        state: InviteState::Accepted,
        close_time: Some("2026-01-02T00:00:00Z".into()),
        binding_expire_time: Some("2026-02-01T00:00:00Z".into()),
        acceptance_count: 1,
        acceptances: vec![Acceptance {
            identity: bound_identity(),
            accept_time: "2026-01-02T00:00:00Z".into(),
        }],
        mail: Some(InviteMail {
            state: MailState::Sent,
            update_time: "2026-01-01T00:00:00Z".into(),
        }),
    }
}

fn invite_group() -> InviteGroup {
    InviteGroup {
        uid: uid(),
        name: "acme".into(),
        path: vec![PathElement {
            uid: uid(),
            name: "acme".into(),
        }],
    }
}

fn invite_role() -> GroupInviteRole {
    GroupInviteRole {
        uid: uid(),
        name: "viewer".into(),
        description: "Sees".into(),
        capabilities: vec!["CAP_IAM_GROUPS_LIST".into()],
        title: "Viewer".into(),
    }
}

fn inviter() -> Inviter {
    Inviter {
        uid: Some(uid()),
        name: Some("Owner".into()),
        email: Some("owner@example.com".into()),
        host: true,
    }
}

fn refusal() -> InviteRefusal {
    InviteRefusal {
        reason: "EMAIL_INVALID".into(),
        message: "m".into(),
    }
}

fn bound_identity() -> BoundIdentity {
    BoundIdentity {
        uid: uid(),
        name: Some("Owner".into()),
        email: Some("owner@example.com".into()),
        issuer: Some("https://id.example.com".into()),
        subject: Some("owner".into()),
    }
}

fn session() -> Session {
    let named = |name: &str| Named {
        uid: uid(),
        name: name.into(),
    };
    Session {
        id: "s".into(),
        provider_name: "Development sign-in".into(),
        who: WhoAmI {
            issuer: "https://id.example.com".into(),
            subject: uid(),
            audience: vec!["https://id.example.com".into()],
            expiry: "2026-01-01T08:00:00Z".into(),
            issued_at: "2026-01-01T00:00:00Z".into(),
            email: Some("owner@example.com".into()),
            profile: Profile {
                name: "Owner".into(),
            },
            capabilities: vec![HeldRole {
                group: named("acme"),
                role: named("owner"),
                binding: uid(),
                capability_set: "AQ".into(),
                ends_at: Some(1_767_225_600_000_000),
            }],
        },
        nonce: Some("n".into()),
    }
}

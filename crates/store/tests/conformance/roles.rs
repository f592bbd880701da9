//! Custom roles: rules 1, 2, 3 and 5 at every operation on them.

use std::time::Duration;

use bailiwick_domain::{
    Capability, CapabilitySet, CreateBindingError, CreateInviteError, CreateRoleError,
    DeleteRoleError, ROLES_MAX, Uidp, UpdateRoleError, owner, viewer,
};
use bailiwick_store::{
    Caller, Clock as _, Failure, IfMatch, ListRoles, NewBinding, NewRole, Order, OrderField,
    PageAsk, RoleChange, Scope, ShownRole,
};
use bailiwick_testkit::TestStore;

const SEE: [Capability; 2] = [Capability::GROUPS_LIST, Capability::ROLES_LIST];

pub(crate) fn role(group: &Uidp, name: &str, what: &[Capability]) -> NewRole {
    NewRole {
        group: group.clone(),
        name: name.parse().unwrap(),
        description: "".parse().unwrap(),
        capabilities: what.iter().copied().collect(),
    }
}

pub(crate) fn holding(capabilities: CapabilitySet) -> RoleChange {
    RoleChange {
        capabilities: Some(capabilities),
        ..RoleChange::default()
    }
}

pub(crate) async fn make(
    test: &TestStore,
    by: &Caller,
    new: NewRole,
) -> Result<ShownRole, CreateRoleError> {
    test.store.roles(by).create(new).await.map_err(rule)
}

async fn change(
    test: &TestStore,
    by: &Caller,
    uid: &Uidp,
    to: RoleChange,
) -> Result<ShownRole, UpdateRoleError> {
    let roles = test.store.roles(by);
    roles.update(uid.clone(), to).await.map_err(rule)
}

async fn delete(test: &TestStore, by: &Caller, uid: &Uidp) -> Result<(), DeleteRoleError> {
    let roles = test.store.roles(by);
    roles.delete(uid.clone()).await.map_err(rule)
}

fn rule<E>(failure: Failure<E>) -> E {
    match failure {
        Failure::Rule(rule) => rule,
        Failure::Store(error) => panic!("{error}"),
    }
}

pub(crate) fn bound(to: &Caller, role: &Uidp, group: &Uidp) -> NewBinding {
    NewBinding {
        identity: to.identity().clone(),
        role: role.clone(),
        group: group.clone(),
        ends_at: None,
    }
}

fn all_roles() -> ListRoles {
    ListRoles {
        scope: Scope::All,
        name: None,
        search: None,
        bindable_at: None,
        page: PageAsk {
            order: Order {
                field: OrderField::Uid,
                descending: false,
            },
            after: None,
            size: 200,
            skip: 0,
        },
    }
}

async fn names(test: &TestStore, by: &Caller, list: ListRoles) -> Vec<String> {
    let page = test.store.roles(by).list(&list).await.unwrap();
    assert_eq!(page.total, Some(page.rows.len() as u64));
    let custom = page.rows.into_iter().filter(|shown| !shown.role.built_in);
    custom.map(|shown| shown.role.name.into_owned()).collect()
}

pub(crate) async fn a_custom_role_gives_what_it_holds_and_what_it_will_hold(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let folder = test.folder(&mine, &organization, "dev").await.uid;
    let made = make(test, &mine, role(&organization, "looker", &SEE)).await;
    let made = made.unwrap();
    assert_eq!(made.group_name.as_deref(), Some("acme"));
    let bindings = test.store.role_bindings(&mine);
    let binding = bindings
        .create(bound(&guest, &made.role.uid, &folder))
        .await;
    assert_eq!(binding.unwrap().role_now.unwrap().name, "looker");
    let held = test.store.held_bindings(&guest).await.unwrap();
    assert_eq!(&*held[0].role_name, "looker");
    assert!(test.store.groups(&guest).get(&folder).await.is_ok());
    let rename = Capability::GROUPS_UPDATE;
    let rest = holding([rename, Capability::ROLES_LIST].into_iter().collect());
    change(test, &mine, &made.role.uid, rest).await.unwrap();
    assert!(
        test.store.groups(&guest).get(&folder).await.is_err(),
        "obeyed at once"
    );
}

pub(crate) async fn nobody_makes_or_changes_a_role_beyond_their_reach(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let folder = test.folder(&mine, &organization, "dev").await.uid;
    let manage = [
        Capability::GROUPS_LIST,
        Capability::ROLES_LIST,
        Capability::ROLES_CREATE,
        Capability::ROLES_UPDATE,
        Capability::ROLES_DELETE,
    ];
    let manager = make(test, &mine, role(&organization, "manager", &manage)).await;
    let manager = manager.unwrap().role.uid;
    let strong = role(&folder, "strong", &[Capability::GROUPS_DELETE]);
    let strong = make(test, &mine, strong).await.unwrap().role.uid;
    let bindings = test.store.role_bindings(&mine);
    bindings
        .create(bound(&guest, &manager, &folder))
        .await
        .unwrap();
    let beyond = make(
        test,
        &guest,
        role(
            &folder,
            "more",
            &[Capability::GROUPS_LIST, Capability::GROUPS_UPDATE],
        ),
    );
    let Err(CreateRoleError::BeyondReach(missing)) = beyond.await else {
        panic!("beyond reach")
    };
    assert_eq!(missing.0, [Capability::GROUPS_UPDATE].into_iter().collect());
    let mut own = make(test, &guest, role(&folder, "own", &SEE))
        .await
        .unwrap();
    // Neither as it was nor as it will be.
    for (uid, to) in [
        (&strong, SEE.into_iter().collect()),
        (&own.role.uid, owner().capabilities),
    ] {
        let refused = change(test, &guest, uid, holding(to)).await;
        assert!(matches!(refused, Err(UpdateRoleError::BeyondReach(_))));
    }
    let refused = delete(test, &guest, &strong).await;
    assert!(matches!(refused, Err(DeleteRoleError::BeyondReach(_))));
    // What one holds for a time cannot be put into a role, which stays.
    let for_a_time = NewBinding {
        ends_at: Some(test.clock.now().later(Duration::from_secs(60))),
        ..bound(&guest, owner().uid(), &folder)
    };
    bindings.create(for_a_time).await.unwrap();
    let refused = change(test, &guest, &own.role.uid, holding(owner().capabilities)).await;
    assert!(matches!(refused, Err(UpdateRoleError::BeyondReach(_))));
    let less = holding([Capability::GROUPS_LIST].into_iter().collect());
    own = change(test, &guest, &own.role.uid, less).await.unwrap();
    assert_eq!(own.role.capabilities.len(), 1);
}

pub(crate) async fn a_role_is_seen_where_it_can_be_bound_and_nowhere_else(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let dev = test.folder(&mine, &organization, "dev").await.uid;
    let web = test.folder(&mine, &dev, "web").await.uid;
    let other = test.folder(&mine, &organization, "other").await.uid;
    let mut uids = Vec::new();
    for (at, name) in [
        (&organization, "above"),
        (&dev, "here"),
        (&web, "below"),
        (&other, "beside"),
    ] {
        let made = make(test, &mine, role(at, name, &SEE)).await.unwrap();
        uids.push((name, made.role.uid));
    }
    let seen = |list| names(test, &guest, list);
    assert!(seen(all_roles()).await.is_empty(), "a stranger");
    let bindings = test.store.role_bindings(&mine);
    bindings
        .create(bound(&guest, viewer().uid(), &dev))
        .await
        .unwrap();
    let by_name = ListRoles {
        page: PageAsk {
            order: Order {
                field: OrderField::Name,
                descending: true,
            },
            ..all_roles().page
        },
        ..all_roles()
    };
    assert_eq!(seen(by_name).await, ["here", "below", "above"]);
    for (name, uid) in &uids {
        let got = test.store.roles(&guest).get(uid).await;
        assert_eq!(got.is_ok(), *name != "beside", "{name}");
    }
    let within = |scope| ListRoles {
        scope,
        ..all_roles()
    };
    let below = seen(within(Scope::DescendantsOf(dev.clone()))).await;
    assert_eq!(below.len(), 2, "{below:?}");
    assert_eq!(seen(within(Scope::ChildrenOf(dev.clone()))).await, ["here"]);
    assert!(seen(within(Scope::InRoot)).await.is_empty());
    let bindable = ListRoles {
        bindable_at: Some(dev.clone()),
        search: Some("e".to_owned()),
        ..all_roles()
    };
    let mut found = seen(bindable).await;
    found.sort();
    assert_eq!(found, ["above", "here"]);
    // What is seen but not allowed is not what is unseen.
    let (beside, above) = (&uids[3].1, &uids[0].1);
    let to = || holding(SEE.into_iter().collect());
    let unseen = change(test, &guest, beside, to()).await;
    assert_eq!(unseen, Err(UpdateRoleError::NotFound));
    let forbidden = change(test, &guest, above, to()).await;
    let what = Capability::ROLES_UPDATE;
    assert_eq!(forbidden, Err(UpdateRoleError::Forbidden(what)));
}

pub(crate) async fn a_role_is_bound_at_its_group_and_below(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let elsewhere = test.organization(&mine, "elsewhere").await;
    let dev = test.folder(&mine, &organization, "dev").await.uid;
    let web = test.folder(&mine, &dev, "web").await.uid;
    let made = make(test, &mine, role(&dev, "looker", &SEE)).await.unwrap();
    let uid = made.role.uid;
    let bindings = test.store.role_bindings(&mine);
    let invites = test.store.group_invites(&mine);
    for (at, fits) in [
        (&dev, true),
        (&web, true),
        (&organization, false),
        (&elsewhere, false),
    ] {
        let bind = bindings.create(bound(&mine, &uid, at)).await;
        let invite = crate::invites::link(viewer(), at);
        let invite = invites
            .create(bailiwick_store::NewInvite {
                role: uid.clone(),
                ..invite
            })
            .await;
        match fits {
            true => assert!(bind.is_ok() && invite.is_ok(), "{at}"),
            false => {
                assert_eq!(rule(bind.unwrap_err()), CreateBindingError::RoleNotFound);
                assert_eq!(rule(invite.unwrap_err()), CreateInviteError::RoleNotFound);
            }
        }
    }
}

pub(crate) async fn a_role_that_makes_no_sense_is_refused(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let folder = test.folder(&mine, &organization, "dev").await.uid;
    let made = make(test, &mine, role(&organization, "looker", &SEE)).await;
    let uid = made.unwrap().role.uid;
    for (new, error) in [
        (
            role(&organization, "looker", &SEE),
            CreateRoleError::NameTaken,
        ),
        (role(&folder, "viewer", &SEE), CreateRoleError::NameBuiltIn),
        (role(&folder, "empty", &[]), CreateRoleError::NoCapability),
    ] {
        assert_eq!(make(test, &mine, new).await, Err(error));
    }
    make(test, &mine, role(&folder, "looker", &SEE))
        .await
        .unwrap();
    make(test, &mine, role(&organization, "other", &SEE))
        .await
        .unwrap();
    let named = |name: &str| RoleChange {
        name: Some(name.parse().unwrap()),
        ..RoleChange::default()
    };
    for (to, error) in [
        (named("other"), UpdateRoleError::NameTaken),
        (named("owner"), UpdateRoleError::NameBuiltIn),
        (
            holding(CapabilitySet::empty()),
            UpdateRoleError::NoCapability,
        ),
    ] {
        assert_eq!(change(test, &mine, &uid, to).await, Err(error));
    }
    for built_in in [owner().uid(), viewer().uid()] {
        let refused = change(test, &mine, built_in, named("mine")).await;
        assert_eq!(refused, Err(UpdateRoleError::BuiltIn));
        let refused = delete(test, &mine, built_in).await;
        assert_eq!(refused, Err(DeleteRoleError::BuiltIn));
    }
    let before = crate::raw::revision(test, &organization).await;
    change(test, &mine, &uid, named("looker")).await.unwrap();
    let after = crate::raw::revision(test, &organization).await;
    assert_eq!(before, after, "what is so already is no write");
}

pub(crate) async fn an_organization_has_five_hundred_roles_and_no_more(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let rows: Vec<String> = (0..ROLES_MAX)
        .map(|at| {
            format!(
                "('{organization}/{at:016x}', '{organization}', '{organization}', 'r{at}', {}, 0, 0)",
                match test.database.location() {
                    bailiwick_store::Location::Sqlite(_) => format!("x'{}'", "01".repeat(32)),
                    bailiwick_store::Location::Postgres(_) =>
                        format!("'\\x{}'::bytea", "01".repeat(32)),
                }
            )
        })
        .collect();
    let sql = format!(
        "INSERT INTO roles (uid, group_uid, organization, name, capabilities, create_time, update_time)
         VALUES {}",
        rows.join(", ")
    );
    crate::raw::execute(test, &sql).await;
    let one_more = || role(&organization, "one more", &SEE);
    assert_eq!(
        make(test, &mine, one_more()).await,
        Err(CreateRoleError::TooMany)
    );
    let listed = test.store.roles(&mine).list(&all_roles()).await.unwrap();
    assert_eq!((listed.rows.len(), listed.total), (200, Some(504)));
    let sql = format!("DELETE FROM roles WHERE uid = '{organization}/0000000000000000'");
    crate::raw::execute(test, &sql).await;
    make(test, &mine, one_more()).await.unwrap();
}

pub(crate) async fn a_role_that_somebody_has_is_not_deleted(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let made = make(test, &mine, role(&organization, "looker", &SEE)).await;
    let uid = made.unwrap().role.uid;
    let bindings = test.store.role_bindings(&mine);
    let minute = Duration::from_secs(60);
    let ending = NewBinding {
        ends_at: Some(test.clock.now().later(minute)),
        ..bound(&guest, &uid, &organization)
    };
    bindings.create(ending).await.unwrap();
    for at in 0..11 {
        let folder = test.folder(&mine, &organization, &format!("f{at}")).await;
        bindings
            .create(bound(&mine, &uid, &folder.uid))
            .await
            .unwrap();
    }
    let Err(DeleteRoleError::Bound { holders, more }) = delete(test, &mine, &uid).await else {
        panic!("it is bound")
    };
    assert_eq!((holders.len(), more), (10, 2));
    let strangers = holders.iter().filter(|holder| holder.who == "guest");
    assert_eq!(strangers.count(), 0, "who was bound by others has no name");
    assert!(holders.iter().any(|holder| holder.who == "owner"));
    for held in test.store.held_bindings(&mine).await.unwrap() {
        if held.role == uid {
            bindings.delete(held.binding).await.unwrap();
        }
    }
    assert!(delete(test, &mine, &uid).await.is_err(), "the guest has it");
    test.clock.advance(minute);
    delete(test, &mine, &uid).await.unwrap();
    assert!(test.store.roles(&mine).get(&uid).await.is_err());
    let before = crate::raw::revision(test, &organization).await;
    delete(test, &mine, &uid).await.unwrap();
    assert_eq!(before, crate::raw::revision(test, &organization).await);
}

pub(crate) async fn the_last_owner_by_a_custom_role_stays_one(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let first = test.store.held_bindings(&mine).await.unwrap()[0]
        .binding
        .clone();
    let all = NewRole {
        capabilities: owner().capabilities,
        ..role(&organization, "boss", &[])
    };
    let boss = make(test, &mine, all).await.unwrap().role.uid;
    let bindings = test.store.role_bindings(&mine);
    let second = bindings.create(bound(&mine, &boss, &organization)).await;
    bindings.delete(first).await.unwrap();
    let mut less = owner().capabilities;
    less.remove(Capability::GROUPS_DELETE);
    let refused = change(test, &mine, &boss, holding(less)).await;
    assert_eq!(refused, Err(UpdateRoleError::LastOwner));
    let refused = delete(test, &mine, &boss).await;
    assert!(matches!(refused, Err(DeleteRoleError::Bound { .. })));
    assert!(bindings.delete(second.unwrap().uid).await.is_err());
    assert_eq!(test.store.as_host().ownerless().await.unwrap(), []);
}

pub(crate) async fn a_write_for_another_state_is_refused(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let made = make(test, &mine, role(&organization, "looker", &SEE)).await;
    let (uid, etag) = (
        made.as_ref().unwrap().role.uid.clone(),
        made.unwrap().role.etag(),
    );
    let only = |etag: &str| {
        let roles = test.store.roles(&mine);
        roles.if_match(IfMatch::OneOf(vec![etag.to_owned()]))
    };
    let to = |what| holding([what].into_iter().collect());
    let roles = only(&etag);
    let changed = roles.update(uid.clone(), to(Capability::GROUPS_LIST));
    let changed = changed.await.unwrap().role.etag();
    assert_ne!(changed, etag);
    let again = roles.update(uid.clone(), to(Capability::ROLES_LIST));
    assert_eq!(rule(again.await.unwrap_err()), UpdateRoleError::Stale);
    let gone = roles.delete(uid.clone()).await;
    assert_eq!(rule(gone.unwrap_err()), DeleteRoleError::Stale);
    only(&changed).delete(uid.clone()).await.unwrap();
    let present = test.store.roles(&mine).if_match(IfMatch::Present);
    assert_eq!(
        rule(present.delete(uid).await.unwrap_err()),
        DeleteRoleError::Stale
    );
}

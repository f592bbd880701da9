//! Who is listed to whom, with what of what they hold.

use std::time::Duration;

use bailiwick_domain::{BuiltInRole, GetIdentityError, Uidp, editor, owner, viewer};
use bailiwick_store::{
    Caller, Clock as _, Failure, IdentityRow, ListIdentities, NewBinding, Order, OrderField, Page,
    PageAsk, PageKey, Scope,
};
use bailiwick_testkit::TestStore;

const DAY: Duration = Duration::from_secs(86_400);

async fn bind(test: &TestStore, by: &Caller, to: &Uidp, role: &BuiltInRole, group: &Uidp) -> Uidp {
    bind_for(test, by, to, role, group, None).await
}

async fn bind_for(
    test: &TestStore,
    by: &Caller,
    to: &Uidp,
    role: &BuiltInRole,
    group: &Uidp,
    life: Option<Duration>,
) -> Uidp {
    let new = NewBinding {
        identity: to.clone(),
        role: role.uid().clone(),
        group: group.clone(),
        ends_at: life.map(|life| test.clock.now().later(life)),
    };
    let made = test.store.role_bindings(by).create(new).await;
    made.unwrap().uid
}

fn of(scope: Scope, field: OrderField) -> ListIdentities {
    ListIdentities {
        scope,
        ids: None,
        search: None,
        role: None,
        ending_before: None,
        unseen_since: None,
        page: PageAsk {
            order: Order {
                field,
                descending: false,
            },
            after: None,
            size: 200,
            skip: 0,
        },
    }
}

async fn page(test: &TestStore, by: &Caller, list: &ListIdentities) -> Page<IdentityRow> {
    test.store.identities(by).list(list).await.unwrap()
}

async fn who(test: &TestStore, by: &Caller, list: &ListIdentities) -> Vec<Uidp> {
    let page = page(test, by, list).await;
    assert_eq!(page.total, Some(page.rows.len() as u64));
    page.rows.into_iter().map(|row| row.identity.uid).collect()
}

fn sorted(mut uids: Vec<Uidp>) -> Vec<Uidp> {
    uids.sort();
    uids
}

pub(crate) async fn everyone_is_listed_once_with_what_they_hold(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let acme = test.organization(&mine, "acme").await;
    let dev = test.folder(&mine, &acme, "dev").await.uid;
    let there = bind(test, &mine, guest.identity(), editor(), &dev).await;
    let above = bind(test, &mine, guest.identity(), viewer(), &acme).await;

    let list = of(Scope::DescendantsOf(acme.clone()), OrderField::Uid);
    let page = page(test, &mine, &list).await;
    assert_eq!(page.total, Some(2));
    let row = page
        .rows
        .iter()
        .find(|row| row.identity.uid == *guest.identity())
        .unwrap();
    assert_eq!(row.binding_count, 2);
    let held: Vec<_> = row.bindings.iter().map(|held| held.uid.clone()).collect();
    assert_eq!(held, [above, there], "the topmost first");
    assert_eq!(row.bindings[1].group_name, "dev");
    assert_eq!(row.bindings[1].role_name, "editor");

    let children = of(Scope::ChildrenOf(dev.clone()), OrderField::Uid);
    assert_eq!(
        who(test, &mine, &children).await,
        [guest.identity().clone()]
    );
    let one = test.store.identities(&mine);
    let one = one.get(guest.identity(), Some(dev)).await.unwrap();
    assert_eq!(one.binding_count, 1);
}

pub(crate) async fn who_sees_a_folder_sees_who_holds_something_there(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let beside = test.sign_in("beside@example.com").await.caller;
    let stranger = test.sign_in("stranger@example.com").await.caller;
    let acme = test.organization(&mine, "acme").await;
    let dev = test.folder(&mine, &acme, "dev").await.uid;
    let prod = test.folder(&mine, &acme, "prod").await.uid;
    bind(test, &mine, guest.identity(), viewer(), &dev).await;
    bind(test, &mine, beside.identity(), viewer(), &prod).await;

    for scope in [
        Scope::All,
        Scope::DescendantsOf(acme.clone()),
        Scope::DescendantsOf(dev.clone()),
        Scope::ChildrenOf(dev),
    ] {
        let list = of(scope, OrderField::Uid);
        assert_eq!(who(test, &guest, &list).await, [guest.identity().clone()]);
        assert!(who(test, &stranger, &list).await.is_empty());
    }
    let of_guest = test.store.identities(&guest);
    for unseen in [mine.identity(), beside.identity(), stranger.identity()] {
        let got = of_guest.get(unseen, None).await;
        let refused = matches!(got, Err(Failure::Rule(GetIdentityError::NotFound)));
        assert!(refused, "{unseen}");
    }
    let elsewhere = of_guest.get(guest.identity(), Some(prod)).await;
    assert!(elsewhere.is_err());
}

pub(crate) async fn a_binding_that_has_ended_makes_nobody_a_member(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let acme = test.organization(&mine, "acme").await;
    bind_for(test, &mine, guest.identity(), viewer(), &acme, Some(DAY)).await;

    let mut ending = of(Scope::DescendantsOf(acme.clone()), OrderField::Uid);
    ending.ending_before = Some(test.clock.now().later(DAY));
    assert_eq!(who(test, &mine, &ending).await, [guest.identity().clone()]);
    ending.ending_before = Some(test.clock.now().later(DAY / 2));
    assert!(who(test, &mine, &ending).await.is_empty());

    test.clock.advance(DAY);
    let list = of(Scope::DescendantsOf(acme), OrderField::Uid);
    assert_eq!(who(test, &mine, &list).await, [mine.identity().clone()]);
    let gone = test
        .store
        .identities(&mine)
        .get(guest.identity(), None)
        .await;
    assert!(gone.is_err());
}

pub(crate) async fn pages_of_people_follow_one_another_by_name(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let acme = test.organization(&mine, "acme").await;
    let mut names = vec!["owner@example.com".to_owned()];
    for at in 0..9 {
        let name = format!("guest{at}@example.com");
        let guest = test.sign_in(&name).await.caller;
        // Of these the name is known, because they leave and come back by their own act.
        bind(test, &mine, guest.identity(), owner(), &acme).await;
        let own = NewBinding {
            identity: guest.identity().clone(),
            role: viewer().uid().clone(),
            group: acme.clone(),
            ends_at: None,
        };
        test.store.role_bindings(&guest).create(own).await.unwrap();
        names.push(name);
    }
    names.sort();
    for descending in [false, true] {
        let mut list = of(Scope::DescendantsOf(acme.clone()), OrderField::Name);
        list.page.order.descending = descending;
        list.page.size = 3;
        let mut found = Vec::new();
        loop {
            let page = page(test, &mine, &list).await;
            assert_eq!(page.total, Some(10));
            found.extend(page.rows.into_iter().map(|row| row.identity.email.unwrap()));
            let Some(next) = page.next else { break };
            list.page.after = Some(next);
        }
        if descending {
            found.reverse();
        }
        assert_eq!(found, names);
    }
    let mut found = of(Scope::DescendantsOf(acme), OrderField::Name);
    found.search = Some("GUEST3".into());
    assert_eq!(who(test, &mine, &found).await.len(), 1);
    found.search = Some("guest%".into());
    assert!(who(test, &mine, &found).await.is_empty(), "a sign of LIKE");
}

pub(crate) async fn who_was_only_bound_by_others_has_no_name_to_find(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let acme = test.organization(&mine, "acme").await;
    bind(test, &mine, guest.identity(), viewer(), &acme).await;
    let mut list = of(Scope::DescendantsOf(acme), OrderField::Name);
    let row = page(test, &mine, &list).await;
    let row = row
        .rows
        .into_iter()
        .find(|row| row.identity.uid == *guest.identity())
        .unwrap();
    assert_eq!((row.identity.name, row.identity.email), (None, None));
    assert_eq!((row.last_seen_time, row.create_time), (None, None));
    list.search = Some("guest".into());
    assert!(who(test, &mine, &list).await.is_empty());
    let own = page(test, &guest, &list).await.rows.pop().unwrap();
    assert_eq!(own.identity.email.as_deref(), Some("guest@example.com"));
}

pub(crate) async fn who_has_not_been_seen_for_long_is_found(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let acme = test.organization(&mine, "acme").await;
    let mut list = of(Scope::DescendantsOf(acme), OrderField::LastSeenTime);
    list.unseen_since = Some(test.clock.now().earlier(DAY));
    assert!(who(test, &mine, &list).await.is_empty());
    test.clock.advance(2 * DAY);
    list.unseen_since = Some(test.clock.now().earlier(DAY));
    assert_eq!(who(test, &mine, &list).await, [mine.identity().clone()]);
    list.page.after = Some(PageKey {
        value: i64::MAX.to_string(),
        uid: String::new(),
    });
    assert!(page(test, &mine, &list).await.rows.is_empty());
}

pub(crate) async fn a_filter_by_role_and_by_ids_finds_these_people(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let acme = test.organization(&mine, "acme").await;
    let mut editors = Vec::new();
    for at in 0..3 {
        let guest = test.sign_in(&format!("guest{at}@example.com")).await.caller;
        bind(test, &mine, guest.identity(), editor(), &acme).await;
        editors.push(guest.identity().clone());
    }
    let mut list = of(Scope::DescendantsOf(acme), OrderField::Uid);
    list.role = Some(editor().uid().clone());
    assert_eq!(who(test, &mine, &list).await, sorted(editors.clone()));
    list.ids = Some(editors[1..].to_vec());
    assert_eq!(who(test, &mine, &list).await, sorted(editors[1..].to_vec()));
    list.role = Some(owner().uid().clone());
    assert!(who(test, &mine, &list).await.is_empty());
}

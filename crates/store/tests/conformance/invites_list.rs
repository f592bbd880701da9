//! Lists of invites, and for how long one is in them.

use std::time::Duration;

use bailiwick_domain::{INVITE_KEPT, InviteState, owner, viewer};
use bailiwick_store::{InviteRow, ListInvites, NewInvite, Order, OrderField, Page, PageAsk, Scope};
use bailiwick_testkit::TestStore;

use crate::invites::{HOUR, addressed, bind, invite, link};

/// Everything that is pending or expired, the last first.
pub(crate) fn all() -> ListInvites {
    ListInvites {
        scope: Scope::All,
        key_id: None,
        role: None,
        email: None,
        search: None,
        states: vec![InviteState::Pending, InviteState::Expired],
        page: PageAsk {
            order: Order {
                field: OrderField::CreateTime,
                descending: true,
            },
            after: None,
            size: 200,
            skip: 0,
        },
    }
}

fn addresses(page: &Page<InviteRow>) -> Vec<&str> {
    let rows = page.rows.iter();
    rows.map(|row| row.email.as_deref().unwrap_or("link"))
        .collect()
}

pub(crate) async fn a_list_of_invites_holds_what_single_checks_allow(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let stranger = test.sign_in("stranger@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let elsewhere = test.organization(&stranger, "elsewhere").await;
    let folder = test.folder(&mine, &organization, "dev").await.uid;
    let below = test.folder(&mine, &folder, "web").await.uid;
    bind(test, &mine, &guest, viewer(), &folder, None).await;
    let mut made = Vec::new();
    for (by, at) in [
        (&mine, &organization),
        (&mine, &folder),
        (&mine, &below),
        (&stranger, &elsewhere),
    ] {
        made.push(invite(test, by, link(viewer(), at)).await.unwrap().invite);
    }
    for (who, expected) in [(&mine, 3), (&guest, 2), (&stranger, 1)] {
        let invites = test.store.group_invites(who);
        let page = invites.list(&all()).await.unwrap();
        assert_eq!(
            (page.rows.len(), page.total),
            (expected, Some(expected as u64))
        );
        for one in &made {
            let single = invites.get(&one.uid, &[InviteState::Pending]).await;
            let listed = page.rows.iter().find(|row| row.uid == one.uid);
            assert_eq!(single.ok().as_ref(), listed);
        }
    }
    let names = |row: &InviteRow| {
        row.path
            .iter()
            .map(|(_, name)| name.clone())
            .collect::<Vec<_>>()
    };
    let invites = test.store.group_invites(&guest);
    let page = invites.list(&all()).await.unwrap();
    let deep = page.rows.iter().find(|row| row.group == below).unwrap();
    assert_eq!(names(deep), ["acme", "dev"], "unseen names too");
}

pub(crate) async fn an_invite_is_listed_by_what_has_become_of_it(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let mut codes = Vec::new();
    for name in ["pending", "expired", "accepted", "revoked", "declined"] {
        let email = format!("{name}@example.com");
        let life = if name == "expired" { HOUR } else { HOUR * 5 };
        let new = NewInvite {
            life,
            ..addressed(viewer(), &organization, &email)
        };
        codes.push((email, invite(test, &mine, new).await.unwrap()));
    }
    test.clock.advance(HOUR);
    let invites = test.store.group_invites(&mine);
    for (email, issued) in codes {
        let guest = test.sign_in(&email).await.caller;
        let code = test.store.invite_of(issued.code);
        match email.split('@').next().unwrap() {
            "accepted" => drop(code.accept(&guest).await.unwrap()),
            "declined" => code.decline(&guest).await.unwrap(),
            "revoked" => invites.revoke(issued.invite.uid).await.unwrap(),
            _ => {}
        }
    }
    let listed = async |states: &[InviteState]| {
        let list = ListInvites {
            states: states.to_vec(),
            ..all()
        };
        let page = invites.list(&list).await.unwrap();
        assert_eq!(page.total, Some(page.rows.len() as u64));
        let now = test.store.now();
        page.rows
            .iter()
            .map(|row| {
                assert!(states.contains(&row.state(now)));
                let email = row.email.clone().unwrap();
                email.split('@').next().unwrap().to_ascii_uppercase()
            })
            .collect::<Vec<_>>()
    };
    for state in InviteState::ALL {
        assert_eq!(listed(&[state]).await, [state.as_str()]);
    }
    assert_eq!(listed(&InviteState::ALL).await.len(), 5);
    assert_eq!(listed(&[]).await.len(), 0);
    // For so long, and not an instant longer.
    test.clock.advance(INVITE_KEPT - Duration::from_micros(1));
    assert_eq!(listed(&InviteState::ALL).await.len(), 5);
    test.clock.advance(Duration::from_micros(1));
    assert_eq!(
        listed(&InviteState::ALL).await,
        ["PENDING"],
        "it expired later"
    );
}

pub(crate) async fn filters_and_orders_narrow_a_list_of_invites(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let folder = test.folder(&mine, &organization, "dev").await.uid;
    let mut keys = Vec::new();
    for (role, at, email) in [
        (viewer(), &organization, "ada@example.com"),
        (owner(), &organization, "bob@example.com"),
        (viewer(), &folder, "Ada@other.example"),
        (viewer(), &folder, "100%_me@example.com"),
    ] {
        test.clock.advance(Duration::from_micros(1));
        let made = invite(test, &mine, addressed(role, at, email)).await;
        keys.push(made.unwrap().invite.key_id);
    }
    let invites = test.store.group_invites(&mine);
    let found = async |list: ListInvites| {
        let page = invites.list(&list).await.unwrap();
        addresses(&page)
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let (ada, bob, other, odd) = (
        "ada@example.com",
        "bob@example.com",
        "Ada@other.example",
        "100%_me@example.com",
    );
    let base = all();
    for (list, expected) in [
        (base.clone(), vec![odd, other, bob, ada]),
        (
            ListInvites {
                scope: Scope::ChildrenOf(organization.clone()),
                ..base.clone()
            },
            vec![bob, ada],
        ),
        (
            ListInvites {
                scope: Scope::DescendantsOf(organization.clone()),
                ..base.clone()
            },
            vec![odd, other, bob, ada],
        ),
        (
            ListInvites {
                scope: Scope::DescendantsOf(folder.clone()),
                ..base.clone()
            },
            vec![odd, other],
        ),
        (
            ListInvites {
                role: Some(owner().uid().clone()),
                ..base.clone()
            },
            vec![bob],
        ),
        (
            ListInvites {
                email: Some(
                    "ADA@other.example"
                        .parse::<bailiwick_domain::Mailbox>()
                        .unwrap()
                        .key()
                        .clone(),
                ),
                ..base.clone()
            },
            vec![other],
        ),
        (
            ListInvites {
                search: Some("ada@".to_owned()),
                ..base.clone()
            },
            vec![other, ada],
        ),
        (
            ListInvites {
                search: Some("0%_m".to_owned()),
                ..base.clone()
            },
            vec![odd],
        ),
        (
            ListInvites {
                key_id: Some(keys[1].clone()),
                ..base.clone()
            },
            vec![bob],
        ),
    ] {
        assert_eq!(found(list.clone()).await, expected, "{list:?}");
    }
    // Page after page, in every order.
    for field in [
        OrderField::CreateTime,
        OrderField::Uid,
        OrderField::ExpireTime,
    ] {
        for descending in [false, true] {
            let mut list = ListInvites {
                scope: Scope::DescendantsOf(organization.clone()),
                ..all()
            };
            list.page.order = Order { field, descending };
            let whole = invites.list(&list).await.unwrap().rows;
            list.page.size = 1;
            let mut rows = Vec::new();
            loop {
                let page = invites.list(&list).await.unwrap();
                assert_eq!(page.total, Some(4));
                rows.extend(page.rows);
                match page.next {
                    Some(next) => list.page.after = Some(next),
                    None => break,
                }
            }
            assert_eq!(rows, whole, "{field:?} {descending}");
            assert_eq!(rows.len(), 4);
        }
    }
}

pub(crate) async fn what_is_over_for_a_month_is_forgotten(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let long = NewInvite {
        life: INVITE_KEPT * 3,
        ..link(viewer(), &organization)
    };
    invite(test, &mine, long.clone()).await.unwrap();
    invite(test, &mine, link(viewer(), &organization))
        .await
        .unwrap();
    let revoked = invite(test, &mine, long.clone()).await.unwrap().invite.uid;
    test.clock.advance(HOUR);
    let invites = test.store.group_invites(&mine);
    invites.revoke(revoked).await.unwrap();
    test.clock.advance(INVITE_KEPT);
    let count = "SELECT COUNT(*) FROM group_invites";
    assert_eq!(crate::raw::number(test, count).await, 3);
    invite(test, &mine, long).await.unwrap();
    assert_eq!(
        crate::raw::number(test, count).await,
        2,
        "the live one and the new one"
    );
}

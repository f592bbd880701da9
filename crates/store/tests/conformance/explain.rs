//! Explanations agree with the decisions they explain, and what they say would help does.

use std::time::Duration;

use bailiwick_domain::{
    Capability, CapabilitySet, Description, ExplainError, GroupName, Uidp, editor, owner, viewer,
};
use bailiwick_store::{
    Caller, CheckAnswer, Clock as _, Explained, Failure, InviterRow, NewBinding, NewRole, Part,
    Question, RemedyKind, Void,
};
use bailiwick_testkit::TestStore;

const HOUR: Duration = Duration::from_secs(3600);

async fn bind(test: &TestStore, by: &Caller, to: &Caller, role: &Uidp, group: &Uidp) {
    let new = NewBinding {
        identity: to.identity().clone(),
        role: role.clone(),
        group: group.clone(),
        ends_at: None,
    };
    test.store.role_bindings(by).create(new).await.unwrap();
}

async fn role(test: &TestStore, by: &Caller, at: &Uidp, name: &str, all: &[Capability]) -> Uidp {
    let new = NewRole {
        group: at.clone(),
        name: name.parse::<GroupName>().unwrap(),
        description: "".parse::<Description>().unwrap(),
        capabilities: all.iter().copied().collect(),
    };
    test.store.roles(by).create(new).await.unwrap().role.uid
}

async fn explain(
    test: &TestStore,
    by: &Caller,
    about: &Uidp,
    what: Option<Capability>,
    at: &Uidp,
) -> Explained {
    test.store
        .explain(by)
        .person(about, what, at)
        .await
        .unwrap()
}

async fn is_allowed(
    test: &TestStore,
    by: &Caller,
    about: &Uidp,
    what: Capability,
    at: &Uidp,
) -> bool {
    let question = Question {
        identity: about.clone(),
        capability: what,
        group: at.clone(),
    };
    test.store.checks(by).ask(&[question]).await.unwrap()[0] == CheckAnswer::Decided(true)
}

const ASKED: [Capability; 6] = [
    Capability::GROUPS_LIST,
    Capability::GROUPS_DELETE,
    Capability::GROUP_INVITES_CREATE,
    Capability::ROLE_BINDINGS_CREATE,
    Capability::SUBSCRIPTIONS_CREATE,
    Capability::GULFSTREAM,
];

pub(crate) async fn explain_decides_as_every_check_does_and_its_remedy_works(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let other = test.sign_in("other@example.com").await.caller;
    let gone = test.sign_in("gone@example.com").await.caller;
    let acme = test.organization(&mine, "acme").await;
    let dev = test.folder(&mine, &acme, "dev").await.uid;
    let web = test.folder(&mine, &dev, "web").await.uid;
    let keeper = role(test, &mine, &dev, "keeper", &ASKED[..3]).await;
    bind(test, &mine, &guest, viewer().uid(), &acme).await;
    bind(test, &mine, &guest, &keeper, &web).await;
    bind(test, &mine, &other, editor().uid(), &dev).await;
    bind(test, &mine, &gone, owner().uid(), &acme).await;
    test.store.as_host().suspend(gone.identity()).await.unwrap();
    let nobody = Uidp::root([9; 20]);

    let people = [
        mine.identity(),
        guest.identity(),
        other.identity(),
        gone.identity(),
        &nobody,
    ];
    for who in people {
        for at in [&acme, &dev, &web] {
            let all = explain(test, &mine, who, None, at).await;
            for what in ASKED {
                let one = explain(test, &mine, who, Some(what), at).await;
                let expected = is_allowed(test, &mine, who, what, at).await;
                assert_eq!(one.decision, Some(expected), "{who} {what} {at}");
                let listed = all.sources.iter().find(|(given, _)| *given == what);
                assert_eq!(listed.is_some(), expected, "{who} {what} {at}");
                let giving = one.bindings.iter().filter(|one| one.part == Part::Granted);
                if one.void.is_none() {
                    assert_eq!(listed.map_or(0, |(_, from)| from.len()), giving.count());
                }
                assert_eq!(one.remedy.is_none(), expected);
                let Some(remedy) = one.remedy else { continue };
                let Some(least) = remedy.role else { continue };
                assert_eq!(remedy.kind, RemedyKind::Bind);
                let before = explain(test, &mine, who, None, at).await.sources.len();
                let new = NewBinding {
                    identity: who.clone(),
                    role: least.uid.clone(),
                    group: at.clone(),
                    ends_at: None,
                };
                assert!(remedy.by_you);
                let made = test.store.role_bindings(&mine).create(new).await.unwrap();
                let after = explain(test, &mine, who, Some(what), at).await;
                if after.void.is_none() {
                    assert_eq!(
                        after.decision,
                        Some(true),
                        "{who} {what} {at}: {}",
                        least.name
                    );
                    assert_eq!(after.sources.len() - before, remedy.gained);
                } else {
                    assert_eq!(after.remedy.unwrap().kind, RemedyKind::SignIn);
                }
                let taken = test.store.role_bindings(&mine).delete(made.uid).await;
                taken.unwrap();
            }
        }
    }
}

pub(crate) async fn the_least_role_is_the_one_that_gives_least(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let acme = test.organization(&mine, "acme").await;
    let dev = test.folder(&mine, &acme, "dev").await.uid;
    bind(test, &mine, &guest, viewer().uid(), &acme).await;
    let asked = |at: Uidp| {
        let (mine, guest) = (&mine, &guest);
        async move {
            let what = Some(Capability::GROUPS_DELETE);
            explain(test, mine, guest.identity(), what, &at)
                .await
                .remedy
                .unwrap()
        }
    };
    assert_eq!(asked(dev.clone()).await.role.unwrap().name, "owner");
    let wide = [Capability::GROUPS_DELETE, Capability::GROUPS_CREATE];
    role(test, &mine, &acme, "wide", &wide).await;
    role(test, &mine, &dev, "deleter", &wide[..1]).await;
    let here = asked(dev.clone()).await;
    assert_eq!(
        (here.role.unwrap().name.as_ref(), here.gained),
        ("deleter", 1)
    );
    let above = asked(acme.clone()).await;
    assert_eq!(above.role.unwrap().name, "wide", "the other belongs to dev");
    let what = Some(Capability::GULFSTREAM);
    let none = explain(test, &mine, guest.identity(), what, &dev).await;
    let none = none.remedy.unwrap();
    assert_eq!(none.kind, RemedyKind::NewRole);
    assert!(!none.by_you, "nobody gives what they do not hold");
}

pub(crate) async fn who_could_help_is_named_to_those_who_may_see_people(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let blind = test.sign_in("blind@example.com").await.caller;
    let acme = test.organization(&mine, "acme").await;
    bind(test, &mine, &guest, viewer().uid(), &acme).await;
    let sees = role(test, &mine, &acme, "sees", &[Capability::GROUPS_LIST]).await;
    bind(test, &mine, &blind, &sees, &acme).await;
    let what = Some(Capability::GROUP_INVITES_CREATE);
    let viewers = explain(test, &guest, guest.identity(), what, &acme).await;
    let remedy = viewers.remedy.unwrap();
    assert!(!remedy.by_you);
    let names: Vec<_> = remedy.by.iter().map(|who| who.email.clone()).collect();
    assert_eq!(names, [Some("owner@example.com".to_owned())]);
    assert_eq!(remedy.by_roles[0].name, "owner");
    let blinds = explain(test, &blind, blind.identity(), what, &acme).await;
    let remedy = blinds.remedy.unwrap();
    assert!(
        remedy.by.is_empty(),
        "people are for those who may list them"
    );
    assert_eq!(remedy.by_roles[0].name, "owner");

    let about_other = test.store.explain(&blind);
    let about_other = about_other.person(guest.identity(), what, &acme).await;
    assert!(matches!(
        about_other,
        Err(Failure::Rule(ExplainError::Forbidden(
            Capability::ROLE_BINDINGS_LIST
        )))
    ));
    let stranger = test.sign_in("stranger@example.com").await.caller;
    let unseen = test.store.explain(&stranger);
    let unseen = unseen.person(stranger.identity(), what, &acme).await;
    assert!(matches!(
        unseen,
        Err(Failure::Rule(ExplainError::GroupNotFound))
    ));
}

pub(crate) async fn a_binding_says_who_made_it_and_what_is_above_stays_covered(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let lead = test.sign_in("lead@example.com").await.caller;
    let acme = test.organization(&mine, "acme").await;
    let dev = test.folder(&mine, &acme, "dev").await.uid;
    bind(test, &mine, &guest, viewer().uid(), &acme).await;
    bind(test, &mine, &guest, viewer().uid(), &dev).await;
    bind(test, &mine, &lead, owner().uid(), &dev).await;
    let what = Some(Capability::GROUPS_LIST);
    let seen = explain(test, &lead, guest.identity(), what, &dev).await;
    let shown: Vec<bool> = seen.bindings.iter().map(|one| one.is_shown).collect();
    assert_eq!(shown, [false, true], "lead may not list bindings at acme");
    let InviterRow::Person { uid, .. } = seen.bindings[1].creator.clone().unwrap() else {
        panic!("a person bound it");
    };
    assert_eq!(uid, *mine.identity());
    let own = explain(test, &guest, guest.identity(), what, &dev).await;
    assert!(own.bindings.iter().all(|one| one.is_shown), "one's own");
}

pub(crate) async fn an_end_and_a_suspension_are_reasons(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let acme = test.organization(&mine, "acme").await;
    let new = NewBinding {
        identity: guest.identity().clone(),
        role: viewer().uid().clone(),
        group: acme.clone(),
        ends_at: Some(test.clock.now().later(HOUR)),
    };
    test.store.role_bindings(&mine).create(new).await.unwrap();
    test.clock.advance(HOUR);
    let what = Some(Capability::GROUPS_LIST);
    let ended = explain(test, &mine, guest.identity(), what, &acme).await;
    assert_eq!(ended.bindings[0].part, Part::Ended);
    assert_eq!(ended.decision, Some(false));
    bind(test, &mine, &guest, viewer().uid(), &acme).await;
    test.store
        .as_host()
        .suspend(guest.identity())
        .await
        .unwrap();
    let void = explain(test, &mine, guest.identity(), what, &acme).await;
    assert_eq!(void.void, Some(Void::Suspended));
    assert_eq!(void.remedy.unwrap().kind, RemedyKind::Restore);
}

pub(crate) async fn everyone_who_may_is_found_page_by_page(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let acme = test.organization(&mine, "acme").await;
    let dev = test.folder(&mine, &acme, "dev").await.uid;
    let inviter = role(
        test,
        &mine,
        &acme,
        "inviter",
        &[Capability::GROUPS_LIST, Capability::GROUP_INVITES_CREATE],
    )
    .await;
    let mut may = vec![mine.identity().clone()];
    for at in 0..7_usize {
        let guest = test.sign_in(&format!("guest{at}@example.com")).await.caller;
        let (role, group) = match at % 3 {
            0 => (&inviter, &acme),
            1 => (&inviter, &dev),
            _ => (viewer().uid(), &acme),
        };
        bind(test, &mine, &guest, role, group).await;
        if at % 3 != 2 {
            may.push(guest.identity().clone());
        }
    }
    let what = Capability::GROUP_INVITES_CREATE;
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let explain = test.store.explain(&mine);
        let (_, page) = explain
            .holders(what, &dev, after.as_ref(), 2)
            .await
            .unwrap();
        assert!(page.rows.len() <= 2);
        for row in page.rows {
            let held: CapabilitySet = row
                .bindings
                .iter()
                .map(|one| one.role.capabilities)
                .fold(CapabilitySet::empty(), |all, one| all.union(&one));
            assert!(held.contains(what));
            found.push(row.identity.uid);
        }
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    found.sort();
    may.sort();
    assert_eq!(found, may);
}

//! Questions about access: the same decision as everywhere, and only for who may ask.

use bailiwick_domain::{Capability, Uidp, owner, viewer};
use bailiwick_store::{Caller, CheckAnswer, Question};
use bailiwick_testkit::TestStore;

async fn ask(
    test: &TestStore,
    by: &Caller,
    about: &Uidp,
    what: Capability,
    at: &Uidp,
) -> CheckAnswer {
    let question = Question {
        identity: about.clone(),
        capability: what,
        group: at.clone(),
    };
    test.store.checks(by).ask(&[question]).await.unwrap()[0]
}

pub(crate) async fn a_check_answers_what_the_operation_would(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let folder = test.folder(&mine, &organization, "dev").await.uid;
    crate::raw::bind(test, guest.identity(), viewer(), &folder, None).await;
    let (yes, no) = (CheckAnswer::Decided(true), CheckAnswer::Decided(false));
    let list = Capability::GROUPS_LIST;
    for (by, about, what, at, expected) in [
        (&mine, &mine, Capability::GROUPS_DELETE, &folder, yes),
        (&mine, &guest, list, &folder, yes),
        (&mine, &guest, list, &organization, no),
        (&mine, &guest, Capability::GROUPS_DELETE, &folder, no),
        (&guest, &guest, list, &folder, yes),
        (&guest, &guest, list, &organization, no),
        (&guest, &mine, list, &organization, CheckAnswer::Unseen),
        (&guest, &mine, list, &folder, yes),
    ] {
        let found = ask(test, by, about.identity(), what, at).await;
        assert_eq!(found, expected, "{what} at {at}");
    }
    // Nobody may do anything to what is not there, though it would be within reach.
    let nowhere = folder.child([7; 8]).unwrap();
    assert_eq!(ask(test, &mine, mine.identity(), list, &nowhere).await, no);
    assert_eq!(
        ask(test, &mine, guest.identity(), list, &nowhere).await,
        CheckAnswer::Unseen
    );
    let nobody = Uidp::root([9; 20]);
    assert_eq!(ask(test, &mine, &nobody, list, &folder).await, no);
}

pub(crate) async fn who_is_suspended_may_do_nothing(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    crate::raw::bind(test, guest.identity(), owner(), &organization, None).await;
    let asked = || {
        ask(
            test,
            &mine,
            guest.identity(),
            Capability::GROUPS_LIST,
            &organization,
        )
    };
    assert_eq!(asked().await, CheckAnswer::Decided(true));
    let host = test.store.as_host();
    host.suspend(guest.identity().clone(), false).await.unwrap();
    assert_eq!(asked().await, CheckAnswer::Decided(false));
}

pub(crate) async fn a_hundred_questions_are_answered_in_their_order(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let questions: Vec<_> = (0..100u8)
        .map(|at| Question {
            identity: mine.identity().clone(),
            capability: Capability::GROUPS_LIST,
            group: match at % 3 {
                0 => organization.clone(),
                _ => Uidp::root([at; 20]),
            },
        })
        .collect();
    let answers = test.store.checks(&mine).ask(&questions).await.unwrap();
    let expected: Vec<_> = (0..100)
        .map(|at| CheckAnswer::Decided(at % 3 == 0))
        .collect();
    assert_eq!(answers, expected);
}

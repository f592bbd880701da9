//! Rule 4: one use is one use.

use bailiwick_store::{CodeRedemption, Failure, Secret, SignInError};
use bailiwick_testkit::TestStore;
use bailiwick_testkit::store::{login, redemption};

pub(crate) async fn of_fifty_redemptions_of_a_code_one_wins(test: &TestStore) {
    let code = test.code("a@example.com").await;
    let tasks: Vec<_> = (0..50)
        .map(|_| {
            let (store, redemption) = (test.store.clone(), redemption(&code));
            tokio::spawn(async move { store.redeem_code(redemption).await })
        })
        .collect();
    let mut won = Vec::new();
    for task in tasks {
        match task.await.unwrap() {
            Ok((secret, nonce)) => {
                assert_eq!(nonce, "the client's nonce");
                won.push(secret);
            }
            Err(Failure::Rule(error)) => assert_eq!(error, SignInError::InvalidCode),
            Err(Failure::Store(error)) => panic!("{error}"),
        }
    }
    assert_eq!(won.len(), 1);
    assert!(test.store.session(&won[0]).await.unwrap().is_some());
    let sessions = crate::raw::number(test, "SELECT COUNT(*) FROM sessions").await;
    assert_eq!(sessions, 1);
}

pub(crate) async fn of_fifty_callbacks_one_takes_the_login(test: &TestStore) {
    let (state, browser) = (Secret::random().unwrap(), Secret::random().unwrap());
    let begun = test.store.begin_login(&state, &browser, login("dev")).await;
    begun.unwrap();
    let tasks: Vec<_> = (0..50)
        .map(|_| {
            let (store, state, browser) = (test.store.clone(), state.clone(), browser.clone());
            tokio::spawn(async move { store.take_login(&state, &browser, "dev").await.unwrap() })
        })
        .collect();
    let mut taken = Vec::new();
    for task in tasks {
        taken.extend(task.await.unwrap());
    }
    assert_eq!(taken.len(), 1);
    let (login, asked) = (&taken[0].login, login("dev"));
    assert_eq!(login.client_state, asked.client_state);
    assert_eq!(login.client_nonce, asked.client_nonce);
    assert_eq!(login.code_challenge, asked.code_challenge);
    assert_eq!(login.redirect_uri, asked.redirect_uri);
}

pub(crate) async fn a_login_is_for_its_browser_and_its_provider(test: &TestStore) {
    let (state, browser) = (Secret::random().unwrap(), Secret::random().unwrap());
    let begun = test.store.begin_login(&state, &browser, login("dev")).await;
    begun.unwrap();
    let other = Secret::random().unwrap();
    for (state, browser, provider) in [
        (&other, &browser, "dev"),
        (&state, &other, "dev"),
        (&state, &browser, "other"),
        (&state, &browser, ""),
        (&browser, &state, "dev"),
    ] {
        let taken = test.store.take_login(state, browser, provider).await;
        assert!(taken.unwrap().is_none(), "{provider}");
    }
    let taken = test.store.take_login(&state, &browser, "dev").await;
    assert!(
        taken.unwrap().is_some(),
        "the attempts of others spend nothing"
    );
}

pub(crate) async fn a_wrong_challenge_spends_the_code_and_another_client_does_not(
    test: &TestStore,
) {
    let wrong = |redemption: CodeRedemption| async {
        let refused = test.store.redeem_code(redemption).await;
        assert!(
            matches!(refused, Err(Failure::Rule(SignInError::InvalidCode))),
            "{refused:?}"
        );
    };
    let code = test.code("a@example.com").await;
    wrong(CodeRedemption {
        client_id: "another".to_owned(),
        ..redemption(&code)
    })
    .await;
    assert!(test.store.redeem_code(redemption(&code)).await.is_ok());

    let code = test.code("a@example.com").await;
    wrong(CodeRedemption {
        code_challenge: "another".to_owned(),
        ..redemption(&code)
    })
    .await;
    wrong(redemption(&code)).await;
}

//! A provider that lies in one point at a time. Honest, the same sign-in succeeds.

use bailiwick_api::Session;
use bailiwick_testkit::browser::at_provider;
use bailiwick_testkit::{Answer, Begun, Browser, Liar, Lie, TestServer};

use crate::world::expect;

async fn with_liar() -> (TestServer, Liar) {
    let liar = Liar::start().await;
    let config = liar.config();
    let server = TestServer::start_with(|all| all.providers.push(config)).await;
    (server, liar)
}

/// As far as our answer to the provider's.
async fn come_back(server: &TestServer) -> (Browser, Begun, Answer) {
    let mut browser = server.browser();
    let begun = browser.begin("liar").await;
    let callback = at_provider(&begun.location, None).await;
    let back = browser.come_back(&callback).await;
    (browser, begun, back)
}

async fn signed_in(server: &TestServer) -> Session {
    let mut browser = server.browser();
    let begun = browser.begin("liar").await;
    let callback = at_provider(&begun.location, None).await;
    browser.finish(&begun, &callback).await
}

#[tokio::test]
async fn an_honest_provider_is_believed() {
    let (server, liar) = with_liar().await;
    for lie in [
        Lie::None,
        Lie::AddressAtUserInfoOnly,
        Lie::ExpiredWithinSkew,
        Lie::IssuedWithinSkew,
        Lie::ProvedNow,
        // It was not asked to ask again.
        Lie::ProvedLongAgo,
    ] {
        liar.tell(lie);
        let session = signed_in(&server).await;
        assert_eq!(
            session.who.email.as_deref(),
            Some("someone@liar.example"),
            "{lie:?}"
        );
        assert_eq!(session.provider_name, "Liar");
    }
}

#[tokio::test]
async fn each_lie_about_who_it_is_ends_the_sign_in() {
    let (server, liar) = with_liar().await;
    for lie in [
        Lie::UnsignedToken,
        Lie::HmacWithClientSecret,
        Lie::HmacWithPublicKey,
        Lie::ForeignKey,
        Lie::UnknownKey,
        Lie::BrokenSignature,
        Lie::WrongAudience,
        Lie::MoreAudiences,
        Lie::SeveralAudiencesWithAzp,
        Lie::NoAudience,
        Lie::AzpOfAnother,
        Lie::WrongIssuer,
        Lie::WrongNonce,
        Lie::NoNonce,
        Lie::Expired,
        Lie::NoExpiry,
        Lie::ExpiryAsText,
        Lie::ExpiryAsDigits,
        Lie::ExpiryAsNull,
        Lie::NoIssuedAt,
        Lie::IssuedAsText,
        Lie::IssuedInFuture,
        Lie::NoSubject,
        Lie::WrongAccessTokenHash,
        Lie::NoIdToken,
        Lie::HtmlForTokens,
        Lie::TokensElsewhere,
        Lie::CodeRefused,
        Lie::OtherSubjectAtUserInfo,
        Lie::OtherIssInCallback,
        Lie::NoIssInCallback,
    ] {
        liar.tell(lie);
        let (_, begun, back) = come_back(&server).await;
        expect(&back, 303, &format!("{lie:?}"));
        assert_eq!(
            back.location("error").as_deref(),
            Some("server_error"),
            "{lie:?}"
        );
        assert_eq!(back.location("code"), None, "{lie:?}");
        assert_eq!(back.location("state"), Some(begun.state), "{lie:?}");
        liar.tell(Lie::None);
        signed_in(&server).await;
    }
}

#[tokio::test]
async fn an_address_that_is_not_plainly_verified_is_not_vouched_for() {
    let (server, liar) = with_liar().await;
    for lie in [
        Lie::VerifiedAsText,
        Lie::VerifiedAsNumber,
        Lie::VerifiedAsList,
        Lie::VerifiedAsNull,
        Lie::NotVerified,
        Lie::NothingSaidOfVerified,
    ] {
        liar.tell(lie);
        let (mut browser, begun, back) = come_back(&server).await;
        expect(&back, 303, &format!("{lie:?}"));
        // A provider that cannot write a boolean may be refused as a whole.
        let Some(code) = back.location("code") else {
            assert_eq!(
                back.location("error").as_deref(),
                Some("server_error"),
                "{lie:?}"
            );
            assert!(
                [
                    Lie::VerifiedAsText,
                    Lie::VerifiedAsNumber,
                    Lie::VerifiedAsList
                ]
                .contains(&lie),
                "{lie:?}"
            );
            continue;
        };
        let answer = browser.redeem(&code, &begun).await;
        expect(&answer, 200, &format!("{lie:?}"));
        assert_eq!(answer.json()["who"].get("email"), None, "{lie:?}");
    }
}

#[tokio::test]
async fn made_up_keys_do_not_make_us_fetch_the_real_ones_again_and_again() {
    let (server, liar) = with_liar().await;
    signed_in(&server).await;
    liar.tell(Lie::UnknownKey);
    let mut flood = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let mut browser = server.browser();
        flood.spawn(async move {
            let begun = browser.begin("liar").await;
            let callback = at_provider(&begun.location, None).await;
            browser.come_back(&callback).await.location("code")
        });
    }
    let codes = flood.join_all().await;
    assert_eq!((codes.len(), codes.iter().flatten().count()), (50, 0));
    assert_eq!(liar.key_fetches(), 1, "once a minute at most");
}

#[tokio::test]
async fn one_persons_address_at_two_providers_makes_two_people() {
    let (server, _liar) = with_liar().await;
    let at_liar = signed_in(&server).await;
    let mut browser = server.browser();
    let at_dev = browser.sign_in("someone@liar.example").await;
    assert_eq!(at_liar.who.email, at_dev.who.email);
    assert_ne!(at_liar.who.subject, at_dev.who.subject);
}

#[tokio::test]
async fn a_callback_of_one_provider_is_nothing_at_anothers_address() {
    let (server, _liar) = with_liar().await;
    let mut browser = server.browser();
    let begun = browser.begin("dev").await;
    let callback = at_provider(&begun.location, Some("a@example.com")).await;
    let answer = browser
        .come_back(&callback.replace("/dev?", "/liar?"))
        .await;
    expect(&answer, 400, "mixed up");
    assert_eq!(answer.header("location"), "");
    browser.finish(&begun, &callback).await;
}

#[tokio::test]
async fn whoever_was_to_be_asked_anew_must_have_been() {
    let (server, liar) = with_liar().await;
    let mut browser = server.browser();
    for (lie, error) in [
        (Lie::ProvedLongAgo, Some("login_required")),
        (Lie::ProvedNow, None),
        // It sends no auth_time.
        (Lie::None, None),
    ] {
        liar.tell(lie);
        let mut begun = Begun::new();
        let path = browser.authorize_path("liar", &begun) + "&prompt=login";
        let answer = browser.send(&browser.clone().visit(&path)).await;
        answer.header("location").clone_into(&mut begun.location);
        assert_eq!(answer.location("prompt").as_deref(), Some("login"));
        assert_eq!(answer.location("max_age").as_deref(), Some("60"));
        let callback = at_provider(&begun.location, None).await;
        let back = browser.come_back(&callback).await;
        assert_eq!(back.location("error").as_deref(), error, "{lie:?}");
        assert_eq!(back.location("code").is_none(), error.is_some(), "{lie:?}");
    }
}

#[tokio::test]
async fn that_a_person_was_to_be_asked_anew_cannot_be_taken_out_on_the_way() {
    let (server, _liar) = with_liar().await;
    let mut browser = server.browser();
    let path = browser.authorize_path("liar", &Begun::new()) + "&prompt=login";
    let answer = browser.send(&browser.clone().visit(&path)).await;
    let callback = at_provider(answer.header("location"), None).await;
    assert!(callback.contains(".anew"), "{callback}");
    let back = browser.come_back(&callback.replace(".anew", ".")).await;
    expect(&back, 400, "another state");
}

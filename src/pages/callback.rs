//! Coming back from the provider.

use leptos::prelude::*;

use crate::api::use_client;
use crate::parts::gate::gate;
use crate::parts::problem::{request, words};
use crate::router::use_router;
use crate::routes;
use crate::session::callback::{Answer, Failure};
use crate::session::use_session;
use crate::ui::button::{Kind, link_button};
use crate::ui::heading::{decision, title_page};
use crate::ui::skeleton::loading;

/// The page. It takes the answer out of the address bar before anything is sent.
pub(crate) fn page() -> AnyView {
    let (client, session, router) = (use_client(), use_session(), use_router());
    let failure = RwSignal::new(None::<Failure>);
    let answer = Answer::read();
    router.replace(routes::CALLBACK);
    title_page("Signing in");
    leptos::task::spawn_local(async move {
        match session.finish(&client, answer).await {
            Ok(next) => router.replace(&next),
            Err(why) => drop(failure.try_set(Some(why))),
        }
    });
    let column = move || match failure.get() {
        None => loading(
            "Signing you in",
            view! { <p>"Signing you in…"</p> }.into_any(),
        ),
        Some(why) => failed(&why),
    };
    gate(column.into_any())
}

fn failed(why: &Failure) -> AnyView {
    let (title, what) = match why {
        Failure::Unknown => (
            "Open your link again",
            "This sign-in did not begin in this browser, took longer than 10 minutes, or came back \
             twice. You are not signed in by it."
                .to_owned(),
        ),
        Failure::OtherIssuer => (
            "This answer is not ours",
            "The sign-in came back from somewhere else than it was sent to. It was not used."
                .to_owned(),
        ),
        Failure::Denied { description, .. } => {
            let said = if description.is_empty() { "It gave no reason." } else { description };
            ("The provider did not sign you in", said.to_owned())
        }
        Failure::Refused(error) => ("You are not signed in", words(error)),
        Failure::OtherNonce => (
            "This answer belongs to another sign-in",
            "The session that came back was ended at once.".to_owned(),
        ),
    };
    let code = match why {
        Failure::Denied { error, .. } => {
            view! { <p class="ui-quiet">"It answered " <code>{error.clone()}</code> "."</p> }
                .into_any()
        }
        Failure::Refused(error) => request(error),
        _ => ().into_any(),
    };
    view! {
        <div class="l-stack" data-gap="2">
            {decision(title)}
            <p role="alert">{what}</p>
            {code}
        </div>
        <p>{link_button(Kind::Primary, routes::LOGIN, "Sign in again")}</p>
    }
    .into_any()
}

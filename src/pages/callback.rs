//! Coming back from the provider.

use crate::api::use_client;
use crate::parts::gate::gate;
use crate::parts::problem::{request, request_id, words};
use crate::parts::providers::providers;
use crate::reactive::spawn_local;
use crate::router::use_router;
use crate::routes;
use crate::session::callback::{Answer, Failure};
use crate::session::{Prompt, use_session};
use crate::state::RwSignal;
use crate::ui::button::{Kind, link_button};
use crate::ui::dom::{View, dynamic, el, nothing, tag, views};
use crate::ui::heading::{decision, title_page};
use crate::ui::skeleton::loading;

/// RFC 6749 §4.1.2.1.
const UNAVAILABLE: &str = "temporarily_unavailable";

/// The page. It takes the answer out of the address bar before anything is sent.
pub(crate) fn page() -> View {
    let (client, session, router) = (use_client(), use_session(), use_router());
    let failure = RwSignal::new(None::<Failure>);
    let answer = Answer::read();
    router.replace(routes::CALLBACK);
    title_page("Signing in");
    spawn_local(async move {
        match session.finish(&client, answer).await {
            Ok(next) => router.replace(&next),
            Err(why) => failure.set(Some(why)),
        }
    });
    gate(dynamic(move || match failure.get() {
        None => loading("Signing you in", el("p").child("Signing you in…")).into(),
        Some(why) => failed(&why),
    }))
    .into()
}

fn failed(why: &Failure) -> View {
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
        Failure::Denied {
            error, description, ..
        } => {
            let title = match error.as_str() {
                UNAVAILABLE => "This provider is not available",
                "login_required" => "Once more, please",
                _ => "The provider did not sign you in",
            };
            let said = if description.is_empty() { "It gave no reason." } else { description };
            (title, said.to_owned())
        }
        Failure::Refused(error) => ("You are not signed in", words(error)),
        Failure::OtherNonce => (
            "This answer belongs to another sign-in",
            "The session that came back was ended at once.".to_owned(),
        ),
    };
    let more = match why {
        Failure::Denied {
            error,
            request_id: id,
            ..
        } => {
            // Who is not available has answered nothing.
            let code = (error != UNAVAILABLE).then(|| {
                tag("p", "ui-quiet")
                    .child("The answer was ")
                    .child(el("code").child(error))
                    .child(".")
            });
            let id = (!id.is_empty()).then(|| el("p").child(request_id(id)));
            views([code.into(), id.into()])
        }
        Failure::Refused(error) => request(error),
        _ => nothing(),
    };
    let head = tag("div", "l-stack")
        .attr("data-gap", "2")
        .child(decision(title))
        .child(el("p").attr("role", "alert").child(what))
        .child(more);
    let again = match why {
        // Perhaps another one does.
        Failure::Denied { error, .. } if error == UNAVAILABLE => providers(Prompt::Any),
        _ => {
            let again = link_button(Kind::Primary, routes::LOGIN, "Sign in again");
            el("p").child(again).into()
        }
    };
    views([head.into(), again])
}

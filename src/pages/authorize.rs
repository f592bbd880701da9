//! Allowing a client of the issuer, such as the command line, to sign one in.

use bailiwick_api::{AuthorizationId, AuthorizationRequest, Error};

use crate::api::{Client, Query, query, use_client};
use crate::browser;
use crate::parts::gate::{gate_beside, gate_head};
use crate::parts::gate_account::gate_account;
use crate::parts::problem::{problem, refusal};
use crate::reactive::{spawn_local, untrack};
use crate::remote::Remote;
use crate::routes;
use crate::session::use_session;
use crate::state::{Callback, RwSignal, Signal, StoredValue};
use crate::ui::button::{Button, Kind, link_button};
use crate::ui::dom::{View, dynamic, el, switch, tag, views};
use crate::ui::facts::facts;
use crate::ui::heading::decision;
use crate::ui::skeleton::{bone, loading};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Doing {
    Nothing,
    Allowing,
    Denying,
}

#[derive(Debug, Clone, Copy)]
struct Asked {
    request: StoredValue<String>,
    answer: Query<AuthorizationRequest>,
    doing: RwSignal<Doing>,
    error: RwSignal<Option<Error>>,
    client: StoredValue<Client>,
}

/// The page. Nobody but a signed-in person gets here.
pub(crate) fn page() -> View {
    let request = browser::query_value("request").unwrap_or_default();
    let key = request.clone();
    let answer = query(
        move || Some(key.clone()),
        |client, request| {
            Box::pin(async move {
                client
                    .inspect_authorization(&AuthorizationId { request })
                    .await
            })
        },
    );
    let asked = Asked {
        request: StoredValue::new(request),
        answer,
        doing: RwSignal::new(Doing::Nothing),
        error: RwSignal::new(None),
        client: StoredValue::new(use_client()),
    };
    let column = switch(
        move || asked.answer.state.get(),
        move |state| match state {
            Remote::Loading => views([
                decision("A request to sign in").into(),
                loading("Looking at the request", bone()).into(),
            ]),
            Remote::Failed(error) if error.http() == Some(404) => ended(),
            Remote::Failed(error) => views([
                decision("A request to sign in").into(),
                problem("It did not arrive", error, asked.answer.retry()).into(),
            ]),
            Remote::Ready(request) => question(asked, request),
        },
    );
    gate_beside(gate_account(), column).into()
}

fn question(asked: Asked, request: &AuthorizationRequest) -> View {
    let me = untrack(|| use_session().person()).map(|person| person.label());
    let words = "It then acts as you for 30 days at most. You can end it sooner, in your account. \
                 Allow it only if you began this yourself, just now.";
    let title = ["Let ", &request.client.name, " sign in as you?"].concat();
    let list: [(&'static str, View); 3] = [
        ("Asked by", (&request.client.name).into()),
        (
            "Goes back to",
            el("code").child(&request.redirect_host).into(),
        ),
        ("Would act as", el("strong").child(me).into()),
    ];
    let is = move |doing| Signal::derive(move || asked.doing.get() == doing);
    let deny = Button::new(Kind::Plain, "Deny")
        .large()
        .autofocus()
        .pending(is(Doing::Denying))
        .on_press(Callback::new(move |()| decide(asked, Doing::Denying)));
    let allow = Button::new(Kind::Primary, "Allow")
        .large()
        .pending(is(Doing::Allowing))
        .on_press(Callback::new(move |()| decide(asked, Doing::Allowing)));
    views([
        gate_head(&title, words).into(),
        facts(list).into(),
        dynamic(move || asked.error.with(|error| error.as_ref().map(refusal))),
        tag("div", "l-two")
            .child(deny.view())
            .child(allow.view())
            .into(),
    ])
}

fn decide(asked: Asked, doing: Doing) {
    if asked.doing.get_untracked() != Doing::Nothing {
        return;
    }
    asked.doing.set(doing);
    asked.error.set(None);
    let (client, request) = (asked.client.get_value(), asked.request.get_value());
    spawn_local(async move {
        let id = AuthorizationId { request };
        let answer = if doing == Doing::Allowing {
            client.allow_authorization(&id).await
        } else {
            client.deny_authorization(&id).await
        };
        match answer {
            // The buttons stay pending: the page is left for the client's own address.
            Ok(answer) => browser::leave_for(&answer.location),
            Err(error) => {
                asked.doing.set(Doing::Nothing);
                asked.error.set(Some(error));
            }
        }
    });
}

fn ended() -> View {
    let words = "It was answered already, took longer than 10 minutes, or belongs to somebody else. \
                 Begin again where you came from.";
    views([
        gate_head("This request has ended", words).into(),
        el("p")
            .child(link_button(
                Kind::Plain,
                routes::ORGANIZATIONS,
                "Go to your organizations",
            ))
            .into(),
    ])
}

//! Signed in, and nobody here knows the account.

use bailiwick_api::Provider;

use crate::api::use_client;
use crate::parts::problem::refusal;
use crate::reactive::spawn_local;
use crate::routes;
use crate::session::{Prompt, leave_by, provider_before, sign_in, use_session};
use crate::state::{Callback, RwSignal};
use crate::ui::button::{Button, Kind, link_button};
use crate::ui::dom::{El, View, dynamic, el, nothing as nothing_at_all, tag, views};
use crate::ui::empty::empty;
use crate::ui::icon::Icon;

/// Says who one is, and what to do.
pub(super) fn nothing(create: Callback<()>) -> El {
    let session = use_session();
    let is_open = session.server().organizations_open;
    let failed = RwSignal::new(None);
    let switch = leave_by(
        routes::LOGIN_OTHER,
        Callback::new(move |error| failed.set(Some(error))),
    );
    let who = session.person().map(|person| {
        let by = [", by ", &person.provider_name, ". "].concat();
        views([
            "You are ".into(),
            el("strong").child(person.label()).into(),
            by.into(),
        ])
    });
    let advice = if is_open {
        "Ask someone for an invite to theirs, or make one of your own."
    } else {
        "Ask someone for an invite to theirs. On this server an organization is \
         made by whoever runs it."
    };
    let new = is_open.then(|| {
        Button::new(Kind::Primary, "New organization")
            .glyph(Icon::Plus)
            .on_press(create)
            .view()
    });
    let switch = Button::new(Kind::Plain, "Switch account").on_press(switch);
    let invite = link_button(Kind::Plain, routes::INVITE, "I have an invite");
    let ways = views([
        tag("div", "l-row")
            .child(new)
            .child(invite)
            .child(switch.view())
            .into(),
        before(),
        dynamic(move || failed.with(|error| error.as_ref().map(refusal))),
    ]);
    empty(
        "No organization knows this account",
        views([who.into(), advice.into()]),
        ways,
    )
}

/// Leads to the provider by which one came here before: perhaps the account that is known is there.
fn before() -> View {
    let (client, session) = (use_client(), use_session());
    let found = RwSignal::new(None::<Provider>);
    let Some(id) = provider_before() else {
        return nothing_at_all();
    };
    spawn_local(async move {
        // Without an answer the other ways are left.
        let list = client.providers().await.unwrap_or_default();
        let known = list.providers.into_iter().find(|known| known.id == id);
        found.set(known);
    });
    dynamic(move || {
        found.get().map(|provider| {
            let words = ["Sign in with ", &provider.name].concat();
            let go = Callback::new(move |()| {
                let id = provider.id.clone();
                session.remember(routes::ORGANIZATIONS);
                spawn_local(async move {
                    // It fails only where the last sign-in would have.
                    let _ = sign_in(session, &id, Prompt::SelectAccount).await;
                });
            });
            tag("p", "l-row")
                .child(tag("span", "ui-quiet").child("You signed in another way here before."))
                .child(Button::new(Kind::Quiet, &words).on_press(go).view())
        })
    })
}

//! Signed in, and nobody here knows the account.

use leptos::prelude::*;

use crate::routes;
use crate::session::{leave_by, use_session};
use crate::ui::button::{Button, Kind};
use crate::ui::command::command;
use crate::ui::empty::empty;
use crate::ui::icon::Icon;

use crate::parts::problem::refusal;

/// Says who one is, and what to do.
pub(super) fn nothing(create: Callback<()>) -> AnyView {
    let session = use_session();
    let is_open = session.server().organizations_open;
    let failed = RwSignal::new(None);
    let switch = leave_by(
        routes::LOGIN_OTHER,
        Callback::new(move |error| failed.set(Some(error))),
    );
    let who = session.person().map(|person| {
        view! { "You are " <strong>{person.label()}</strong> ", by " {person.provider_name} ". " }
    });
    let words = view! {
        <p>
            {who}
            {if is_open {
                "Ask someone for an invite to theirs, or make one of your own."
            } else {
                "Ask someone for an invite to theirs. A new one is made on the server, by whoever \
                 runs it; the command prints an invite for the first owner."
            }}
        </p>
    };
    let ways = view! {
        <div class="l-row">
            {is_open
                .then(|| {
                    view! {
                        <Button kind=Kind::Primary glyph=Icon::Plus on_press=create>
                            "New organization"
                        </Button>
                    }
                })} <Button on_press=switch>"Switch account"</Button>
        </div>
        {(!is_open).then(|| command("bailiwick admin create-org NAME"))}
        {move || failed.with(|error| error.as_ref().map(refusal))}
    };
    empty(
        "No organization knows this account",
        words.into_any(),
        ways.into_any(),
    )
}

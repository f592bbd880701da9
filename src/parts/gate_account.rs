//! Who is signed in, on a page outside the shell, and the way to be another one.

use crate::api::use_client;
use crate::parts::problem::refusal;
use crate::reactive::spawn_local;
use crate::router::use_router;
use crate::routes;
use crate::session::use_session;
use crate::state::{Callback, RwSignal};
use crate::ui::button::{Button, Kind};
use crate::ui::dom::{View, dynamic, tag, views};

/// The account, with a button that leaves it and comes back here as another one.
pub(crate) fn gate_account() -> View {
    let (session, router, client) = (use_session(), use_router(), use_client());
    let (is_leaving, failed) = (RwSignal::new(false), RwSignal::new(None));
    let switch = Callback::new(move |()| {
        let client = client.clone();
        is_leaving.set(true);
        spawn_local(async move {
            match session.sign_out_here(&client).await {
                Ok(()) => {
                    session.remember(&router.here());
                    router.replace(routes::LOGIN_OTHER);
                }
                Err(error) => {
                    is_leaving.set(false);
                    failed.set(Some(error));
                }
            }
        });
    });
    let button = Button::new(Kind::Quiet, "Switch account")
        .small()
        .pending(is_leaving)
        .on_press(switch);
    let label = move || session.person().map(|person| person.label());
    let who = tag("span", "l-row ui-quiet")
        .child(dynamic(label))
        .child(button.view());
    views([
        who.into(),
        dynamic(move || failed.with(|error| error.as_ref().map(refusal))),
    ])
}

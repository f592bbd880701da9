//! The dialog over the page when the server wants a sign-in before it goes on: the session is no
//! more, or too long ago for what was asked. One signs in in another tab, so that this page stays as
//! it is (design §3.5).

use crate::api::{Wanted, use_client};
use crate::reactive::untrack;
use crate::routes;
use crate::session::use_session;
use crate::state::{Callback, RwSignal, after};
use crate::ui::button::{Button, Kind};
use crate::ui::dialog::{Dialog, dialog_end};
use crate::ui::dom::{View, dynamic, el, tag, views};

/// Draws the dialog for as long as a sign-in is wanted.
pub(crate) fn session_ended() -> View {
    let client = use_client();
    let shown = RwSignal::new(Wanted::Nothing);
    after(move || {
        let wanted = client.transport().wanted();
        // What is wanted no more closes the dialog first, so that the focus goes back.
        if wanted != Wanted::Nothing {
            shown.set(wanted);
        }
    });
    dynamic(move || {
        let wanted = shown.get();
        (wanted != Wanted::Nothing).then(|| untrack(|| ask(wanted, shown)))
    })
}

fn ask(wanted: Wanted, shown: RwSignal<Wanted>) -> View {
    let (session, client) = (use_session(), use_client());
    let dialog = Dialog::new().over();
    let transport = client.transport().clone();
    after({
        let transport = transport.clone();
        move || {
            if transport.wanted() == Wanted::Nothing {
                dialog.close();
            }
        }
    });
    let closed = Callback::new(move |()| {
        transport.want(Wanted::Nothing);
        shown.set(Wanted::Nothing);
    });
    let who = session
        .person()
        .map(|person| views([" as ".into(), el("strong").child(person.label()).into()]));
    let (title, words, path) = match wanted {
        Wanted::StepUp => (
            "Sign in again to go on",
            ". Nothing was changed yet: what you are about to do takes a sign-in of the last 15 \
             minutes. Then press the button here once more.",
            routes::LOGIN_STEP_UP,
        ),
        _ => (
            "Your session ended",
            ". This page stays as it is and goes on by itself, with what you typed.",
            routes::LOGIN_THEN_CLOSE,
        ),
    };
    let words = tag("p", "ui-quiet")
        .child("Sign in once more in a new tab,")
        .child(who)
        .child(words);
    let again = tag("a", "ui-button ui-button--primary")
        .attr("href", path)
        .attr("target", "_blank")
        .attr("rel", "noopener")
        .flag("autofocus")
        .child("Sign in again");
    let aside = match wanted {
        Wanted::StepUp => {
            Button::new(Kind::Quiet, "Not now").on_press(Callback::new(move |()| dialog.close()))
        }
        _ => Button::new(Kind::Quiet, "Sign in on this page")
            .named(|| "Sign in on this page; what you typed is lost".to_owned())
            .on_press(Callback::new(move |()| session.sign_in_again(&client))),
    };
    let inner = views([
        tag("div", "ui-dialog-body").child(words).into(),
        dialog_end([aside.view(), again.into()]).into(),
    ]);
    dialog.view("ended", title, None, closed, inner)
}

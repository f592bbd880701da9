//! The dialog over the page when the server no longer knows the session.

use crate::api::{Client, use_client};
use crate::reactive::untrack;
use crate::session::use_session;
use crate::state::Callback;
use crate::ui::button::{Button, Kind};
use crate::ui::dialog::{Dialog, dialog_end};
use crate::ui::dom::{View, dynamic, el, tag, views};

/// Draws the dialog for as long as the session has ended.
pub(crate) fn session_ended() -> View {
    let client = use_client();
    dynamic(move || client.transport().has_ended().then(|| ask(&client)))
}

fn ask(client: &Client) -> View {
    let session = use_session();
    let dialog = Dialog::new().over();
    // Esc leads on as the button does: there is nothing to go back to.
    let again = {
        let client = client.clone();
        Callback::new(move |()| session.sign_in_again(&client))
    };
    let who = untrack(|| session.person())
        .map(|person| views([" as ".into(), el("strong").child(person.label()).into()]));
    let words = tag("p", "ui-quiet")
        .child("Sign in again")
        .child(who)
        .child(". You come back to this page. What you typed and did not save is lost.");
    let button = Button::new(Kind::Primary, "Sign in again")
        .autofocus()
        .on_press(Callback::new(move |()| dialog.close()));
    let inner = views([
        tag("div", "ui-dialog-body").child(words).into(),
        dialog_end([button.view()]).into(),
    ]);
    dialog.view("ended", "Your session ended", None, again, inner)
}

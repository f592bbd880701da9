//! The dialog over the page when the server no longer knows the session.

use leptos::prelude::*;

use crate::api::use_client;
use crate::session::use_session;
use crate::ui::button::{Button, Kind};
use crate::ui::dialog::{Dialog, DialogHandle};

/// Draws the dialog for as long as the session has ended.
pub(crate) fn session_ended() -> AnyView {
    let client = use_client();
    let has_ended = {
        let client = client.clone();
        Memo::new(move |_| client.transport().has_ended())
    };
    let client = StoredValue::new(client);
    (move || has_ended.get().then(|| dialog(client))).into_any()
}

fn dialog(client: StoredValue<crate::api::Client>) -> AnyView {
    let session = use_session();
    let handle = DialogHandle::new();
    let again = Callback::new(move |()| client.with_value(|client| session.sign_in_again(client)));
    let who = session.person().map(|person| person.label());
    view! {
        // Esc leads on as the button does: there is nothing to go back to.
        <Dialog handle=handle id="ended" title="Your session ended".to_owned() on_close=again>
            <div class="ui-dialog-body">
                <p class="ui-quiet">
                    "Sign in again"
                    {who.map(|who| view! { " as " <strong>{who}</strong> })}
                    ". You come back to this page. What you typed and did not save is lost."
                </p>
            </div>
            <div class="ui-dialog-end">
                <Button
                    kind=Kind::Primary
                    autofocus=true
                    on_press=Callback::new(move |()| handle.close())
                >
                    "Sign in again"
                </Button>
            </div>
        </Dialog>
    }
    .into_any()
}

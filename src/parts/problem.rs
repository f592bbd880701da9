//! What went wrong with a call, in words, with the request id and one way on.

use bailiwick_api::Error;
use leptos::prelude::*;

use crate::ui::button::Button;
use crate::ui::callout::{Tone, callout};
use crate::ui::copy::copy_button;
use crate::ui::empty::empty;
use crate::ui::icon::Icon;

/// What happened, as a sentence.
pub(crate) fn words(error: &Error) -> String {
    match error {
        Error::Network => "The server did not answer. Nothing was changed.".to_owned(),
        Error::Decode { .. } => {
            "The server answered something that this page does not understand. Reload the page; it \
             may be older than the server."
                .to_owned()
        }
        Error::Refused { status, .. } => status.message.clone(),
    }
}

/// In place of a thing that did not arrive. `what` is the title.
pub(crate) fn problem(what: &str, error: &Error, retry: Callback<()>) -> AnyView {
    let glyph = if *error == Error::Network {
        Icon::Offline
    } else {
        Icon::Refresh
    };
    let ways = view! {
        <div class="l-row" data-gap="4" role="alert">
            <Button glyph=glyph on_press=retry>
                "Try again"
            </Button>
            {request(error)}
        </div>
    };
    empty(what, words(error).into_any(), ways.into_any())
}

/// In a form, for what belongs to no field.
pub(crate) fn refusal(error: &Error) -> AnyView {
    callout(
        Tone::Danger,
        view! {
            <p>{words(error)}</p>
            {request(error)}
        }
        .into_any(),
    )
}

/// The request id, for whoever reads the server's log.
pub(crate) fn request(error: &Error) -> AnyView {
    let id = error.status().and_then(|status| status.request_id());
    id.map(|id| {
        view! {
            <span class="ui-ids ui-tiny">
                "Request\u{a0}" <code>{id.to_owned()}</code>
                {copy_button(id, "Copy request id", "xs")}
            </span>
        }
    })
    .into_any()
}

//! What went wrong with a call, in words, with the request id and one way on.

use bailiwick_api::Error;

use crate::state::Callback;
use crate::ui::button::{Button, Kind};
use crate::ui::callout::{Tone, callout};
use crate::ui::copy::copy_button;
use crate::ui::dom::{El, View, el, tag, views};
use crate::ui::empty::empty;
use crate::ui::icon::Icon;

/// What happened, as a sentence.
pub(crate) fn words(error: &Error) -> String {
    match error {
        Error::Network => "The server did not answer. Nothing was changed.".to_owned(),
        Error::Decode { status } if *status >= 500 => [
            "The server is not available now (",
            &status.to_string(),
            "). Whether anything was changed is not known. Try again in a moment.",
        ]
        .concat(),
        Error::Decode { .. } => {
            "The server answered something that this page does not understand. Reload the page; it \
             may be older than the server."
                .to_owned()
        }
        Error::Refused { status, .. } => status.message.clone(),
    }
}

/// In place of a thing that did not arrive. `what` is the title.
pub(crate) fn problem(what: &str, error: &Error, retry: Callback<()>) -> El {
    let glyph = if *error == Error::Network {
        Icon::Offline
    } else {
        Icon::Refresh
    };
    if let Some(words) = forbidden(error) {
        return empty(what, words, request(error));
    }
    let again = Button::new(Kind::Plain, "Try again")
        .glyph(glyph)
        .on_press(retry);
    let ways = tag("div", "l-row")
        .attr("data-gap", "4")
        .attr("role", "alert")
        .child(again.view())
        .child(request(error));
    empty(what, words(error), ways)
}

/// Asking again does not help one who may not.
fn forbidden(error: &Error) -> Option<String> {
    let status = error.status().filter(|_| error.http() == Some(403))?;
    Some([&status.message, " An owner can give it to you."].concat())
}

/// In a form, for what belongs to no field.
pub(crate) fn refusal(error: &Error) -> El {
    callout(
        Tone::Danger,
        views([el("p").child(words(error)).into(), request(error)]),
    )
}

/// The request id, for whoever reads the server's log.
pub(crate) fn request(error: &Error) -> View {
    let id = error.status().and_then(|status| status.request_id());
    id.map(request_id).into()
}

/// The id of a request that failed elsewhere.
pub(crate) fn request_id(id: &str) -> El {
    tag("span", "ui-ids ui-tiny")
        .child("Request\u{a0}")
        .child(el("code").child(id))
        .child(copy_button(id, "Copy request id", "xs"))
}

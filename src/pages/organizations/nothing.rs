//! Signed in, and nobody here knows the account.

use crate::parts::problem::refusal;
use crate::routes;
use crate::session::{leave_by, use_session};
use crate::state::{Callback, RwSignal};
use crate::ui::button::{Button, Kind, link_button};
use crate::ui::dom::{El, dynamic, el, tag, views};
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
        dynamic(move || failed.with(|error| error.as_ref().map(refusal))),
    ]);
    empty(
        "No organization knows this account",
        views([who.into(), advice.into()]),
        ways,
    )
}

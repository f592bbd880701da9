//! A path that leads nowhere.

use crate::routes;
use crate::ui::button::{Kind, link_button};
use crate::ui::dom::{View, tag};
use crate::ui::heading::plain_heading;

/// What stands on the page, inside the shell or a gate.
pub(crate) fn page() -> View {
    let words = "Nothing is at this address. The link may be cut short.";
    tag("div", "ui-empty")
        .child(plain_heading("No such page"))
        .child(tag("p", "ui-quiet").child(words))
        .child(link_button(
            Kind::Plain,
            routes::ORGANIZATIONS,
            "Go to your organizations",
        ))
        .into()
}

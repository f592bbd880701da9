//! Where one was: the groups seen last in this browser.

use crate::routes;
use crate::session::kept::{Seen, places};
use crate::ui::dom::{El, el, tag, views};
use crate::ui::time::time_ms;

/// The places; nothing on the first day.
pub(super) fn last() -> Option<El> {
    let places = places();
    let list = tag("ul", "ui-stats ui-panel").flag("data-wide");
    (!places.is_empty()).then(|| {
        tag("section", "l-stack")
            .attr("data-gap", "2")
            .attr("aria-labelledby", "last")
            .child(el("h2").attr("id", "last").child("Where you were"))
            .child(list.child(views(places.iter().map(|place| stat(place).into()))))
    })
}

fn stat(place: &Seen) -> El {
    let above = if place.above.is_empty() {
        "organization"
    } else {
        &place.above
    };
    let link = tag("a", "ui-stat")
        .attr("href", &routes::group(&place.uid))
        .child(tag("span", "ui-faint").child(above))
        .child(el("b").child(&place.name))
        .child(
            tag("span", "ui-quiet")
                .child("opened ")
                .child(time_ms(place.at_ms)),
        );
    el("li").child(link)
}

//! Every component in every state, on a development server: what the browser tests look at, and
//! where one looks first before building another one.

mod choosing;
mod lists;
mod saying;

use crate::parts::place::use_place;
use crate::state::Signal;
use crate::ui::button::{Button, Kind, icon_button};
use crate::ui::dom::{El, View, el, tag, views};
use crate::ui::heading::plain_heading;
use crate::ui::icon::{Icon, icon};

/// The page.
pub(crate) fn page() -> View {
    use_place().outside("Components");
    let samples = views([
        sample("buttons", "Buttons", buttons()),
        choosing::samples(),
        lists::samples(),
        saying::samples(),
    ]);
    tag("div", "l-page")
        .child(plain_heading("Components"))
        .child(samples)
        .into()
}

/// Some of them under a heading.
fn sample(id: &str, title: &str, inner: impl Into<View>) -> View {
    tag("section", "l-stack")
        .attr("data-gap", "4")
        .attr("aria-labelledby", id)
        .child(el("h2").attr("id", id).child(title))
        .child(inner)
        .into()
}

fn buttons() -> View {
    let row = |(kind, words): (Kind, &str)| {
        let button = || Button::new(kind, words);
        let yes = Signal::stored(true);
        tag("div", "l-row")
            .child(button().view())
            .child(button().small().view())
            .child(button().large().view())
            .child(button().glyph(Icon::Plus).view())
            .child(button().pending(yes).view())
            .child(button().refused(yes).view())
            .into()
    };
    let rows = [
        (Kind::Primary, "Create folder"),
        (Kind::Plain, "Rename"),
        (Kind::Quiet, "Cancel"),
        (Kind::Loss, "Remove"),
        (Kind::Danger, "Delete 5 folders"),
    ];
    let alone: El = icon_button("Copy").child(icon(Icon::Copy));
    views(rows.map(row).into_iter().chain([alone.into()]))
}

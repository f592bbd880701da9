//! The foot of a list whose page stands in the address.

use crate::router::{PAGE, Router};
use crate::ui::button::{Kind, link_button};
use crate::ui::dom::{El, View, el, tag};
use crate::ui::pagination::grouped;

/// So many rows are on a page.
pub(crate) const ROWS: u32 = 50;

/// How many rows stand before the page of the address. Tracked.
pub(crate) fn skipped(router: Router) -> u32 {
    let page: u32 = router.query(PAGE).parse().unwrap_or(1);
    page.saturating_sub(1).min(100_000) * ROWS
}

/// `51 – 100 of 148`, and the ways to the pages beside it; nothing where all is on one page.
pub(crate) fn foot(router: Router, here: usize, all: Option<&str>, has_more: bool) -> Option<El> {
    let before = skipped(router) as usize;
    if before == 0 && !has_more {
        return None;
    }
    let all = all.and_then(|all| all.parse().ok());
    let of = all.map_or_else(String::new, |all| [" of ", &grouped(all)].concat());
    let first = if here == 0 { before } else { before + 1 };
    let words = [&grouped(first), " – ", &grouped(before + here), &of].concat();
    let page = before / ROWS as usize + 1;
    let way = |is_there: bool, to: usize, words: &str| -> View {
        if is_there {
            let to = if to == 1 {
                String::new()
            } else {
                to.to_string()
            };
            link_button(Kind::Plain, &router.with_query(PAGE, &to), words)
        } else {
            tag("button", "ui-button")
                .attr("type", "button")
                .attr("aria-disabled", "true")
                .child(words)
                .into()
        }
    };
    let ways = tag("div", "l-row l-end")
        .child(way(page > 1, page - 1, "Previous"))
        .child(way(has_more, page + 1, "Next"));
    Some(
        el("nav")
            .attr("class", "l-row")
            .attr("aria-label", "Pages")
            .child(tag("span", "ui-quiet").child(words))
            .child(ways),
    )
}

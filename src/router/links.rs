//! The links of the page that lead to pages of ours.

use std::rc::Rc;
use std::time::Duration;

use wasm_bindgen::JsCast;

use crate::browser;
use crate::state::StoredValue;
use crate::ui::dom::{later, on_window};

/// The pointer or the focus rests so long on a link before it counts.
const REST: Duration = Duration::from_millis(90);

/// Calls `act` with the path of a link of ours on which the pointer or the focus rests.
pub(crate) fn on_own_link(act: impl Fn(&str) + 'static) {
    let act = Rc::new(act);
    let last = StoredValue::new(String::new());
    let rested = Rc::new(move |event: &web_sys::Event| {
        let path = link_of(event)
            .map(|link| link.pathname())
            .unwrap_or_default();
        if last.get_value() == path {
            return;
        }
        last.set_value(path.clone());
        if path.is_empty() {
            return;
        }
        let act = Rc::clone(&act);
        later(REST, move || {
            if last.get_value() == path {
                act(&path);
            }
        });
    });
    let focused = Rc::clone(&rested);
    on_window("mouseover", move |event| rested(&event));
    on_window("focusin", move |event| focused(&event));
}

/// The link of ours that an event is about: round its target, or in it, as in a row.
fn link_of(event: &web_sys::Event) -> Option<web_sys::HtmlAnchorElement> {
    let target: web_sys::Element = event.target()?.dyn_into().ok()?;
    let around = target.closest("a[href]").ok().flatten();
    let is_row = || target.get_attribute("role").as_deref() == Some("row");
    let inside = || {
        is_row()
            .then(|| target.query_selector("a[href]").ok().flatten())
            .flatten()
    };
    let link: web_sys::HtmlAnchorElement = around.or_else(inside)?.dyn_into().ok()?;
    (link.target().is_empty() && link.origin() == browser::origin()).then_some(link)
}

/// The path of a link of ours that a plain click is to follow.
pub(super) fn own_link(click: &web_sys::MouseEvent) -> Option<String> {
    let with_key = click.meta_key() || click.ctrl_key() || click.shift_key() || click.alt_key();
    if click.default_prevented() || click.button() != 0 || with_key {
        return None;
    }
    let clicked: web_sys::Element = click.target()?.dyn_into().ok()?;
    let link: web_sys::HtmlAnchorElement = clicked.closest("a[href]").ok()??.dyn_into().ok()?;
    let is_ours = link.target().is_empty() && link.origin() == browser::origin();
    // The browser itself moves within a page.
    (is_ours && link.hash().is_empty()).then(|| link.pathname() + &link.search())
}

//! A menu of commands that opens from its button, on the browser's own popover: a press elsewhere
//! or Esc closes it. Arrows, Home and End move in it.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use crate::state::{Callback, RwSignal, Signal, StoredValue};
use crate::ui::dom::document;

use super::dom::{El, View, dynamic, tag};
use super::icon::{Icon, icon};
use super::popover::place_below;

/// A menu.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Menu {
    list: StoredValue<El>,
    id: &'static str,
    is_open: RwSignal<bool>,
    is_below: bool,
}

impl Menu {
    /// A menu with an id that is unique on the page.
    pub(crate) fn new(id: &'static str) -> Self {
        let list = tag("div", "ui-menu").attr("id", id).attr("popover", "auto");
        Self {
            list: StoredValue::new(list),
            id,
            is_open: RwSignal::new(false),
            is_below: false,
        }
    }

    /// A menu that opens below its button.
    pub(crate) fn below(id: &'static str) -> Self {
        Self {
            is_below: true,
            ..Self::new(id)
        }
    }

    /// Makes `button` the one that opens it.
    pub(crate) fn button(self, button: El) -> El {
        self.button_of(button, Signal::stored(true))
    }

    /// Makes `button` one of those that open it; whose it is now says `is_own`.
    pub(crate) fn button_of(self, button: El, is_own: Signal<bool>) -> El {
        let below = button.clone();
        button
            .on("click", move |_| {
                if self.is_below {
                    self.list.with_value(|list| place_below(list, &below));
                }
            })
            .attr("type", "button")
            .attr("aria-haspopup", "menu")
            .attr("popovertarget", self.id)
            .bind_bool("aria-expanded", move || self.is_open.get() && is_own.get())
    }

    /// The menu itself: what stands `before` it, and its items.
    pub(crate) fn list(self, name: &str, before: View, items: View) -> El {
        let toggled = move |_| {
            // It may come after the page around the menu has gone.
            let _ = self.list.try_with_value(|list| {
                let is_open = list.html().matches(":popover-open").unwrap_or(false);
                self.is_open.set(is_open);
                if is_open {
                    focus_item(list.html(), Move::First);
                }
            });
        };
        let pressed = move |event: web_sys::Event| {
            let key = event.unchecked_ref::<KeyboardEvent>().key();
            if let Some(wanted) = Move::of(&key) {
                event.prevent_default();
                self.list.with_value(|list| focus_item(list.html(), wanted));
            }
        };
        let menu = tag("div", "ui-menu-list")
            .attr("role", "menu")
            .attr("aria-label", name)
            .child(items);
        self.list
            .get_value()
            .on("toggle", toggled)
            .on("keydown", pressed)
            .child(before)
            .child(menu)
    }

    fn item_with(self, role: &str) -> El {
        tag("button", "ui-menu-item")
            .attr("type", "button")
            .attr("role", role)
            .attr("tabindex", "-1")
    }

    /// A command.
    pub(crate) fn item(self, glyph: Icon, words: &str, on_press: Callback<()>) -> View {
        self.item_refused(glyph, words, (Signal::stored(false), ""), on_press)
    }

    /// A command that may be refused. Then it stays, and does nothing; the element with the id says
    /// why.
    pub(crate) fn item_refused(
        self,
        glyph: Icon,
        words: &str,
        (refused, reason): (Signal<bool>, &'static str),
        on_press: Callback<()>,
    ) -> View {
        let press = move |_| {
            if !refused.get_untracked() {
                let _ = self.list.with_value(|list| list.html().hide_popover());
                on_press.run(());
            }
        };
        self.item_with("menuitem")
            .bind("aria-disabled", move || {
                refused.get().then(|| "true".to_owned())
            })
            .bind("aria-describedby", move || {
                refused.get().then(|| reason.to_owned())
            })
            .on("click", press)
            .child(icon(glyph))
            .child(words)
            .into()
    }

    /// One of several choices; the menu stays open.
    pub(crate) fn choice(
        self,
        words: &str,
        is_chosen: Signal<bool>,
        on_press: Callback<()>,
    ) -> View {
        let check = move || is_chosen.get().then(|| icon(Icon::Check));
        self.item_with("menuitemradio")
            .bind_bool("aria-checked", move || is_chosen.get())
            .on("click", move |_| on_press.run(()))
            .child(words)
            .child(dynamic(check))
            .into()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Move {
    First,
    Last,
    Next,
    Previous,
}

impl Move {
    fn of(key: &str) -> Option<Self> {
        match key {
            "Home" => Some(Self::First),
            "End" => Some(Self::Last),
            "ArrowDown" => Some(Self::Next),
            "ArrowUp" => Some(Self::Previous),
            _ => None,
        }
    }
}

fn focus_item(menu: &HtmlElement, wanted: Move) {
    let Ok(items) = menu.query_selector_all(".ui-menu-item") else {
        return;
    };
    let count = items.length();
    if count == 0 {
        return;
    }
    let active = document().active_element();
    let at = (0..count).find(|&at| {
        items
            .item(at)
            .and_then(|item| item.dyn_into().ok())
            .as_ref()
            == active.as_ref()
    });
    let to = match (wanted, at) {
        (Move::First, _) | (Move::Next, None) => 0,
        (Move::Last, _) | (Move::Previous, None) => count - 1,
        (Move::Next, Some(at)) => (at + 1) % count,
        (Move::Previous, Some(at)) => (at + count - 1) % count,
    };
    if let Some(item) = items.item(to) {
        let _ = item.unchecked_ref::<HtmlElement>().focus();
    }
}

//! A menu of commands that opens from its button, on the browser's own popover: a press elsewhere
//! or Esc closes it. Arrows, Home and End move in it.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::icon::{Icon, icon};

/// A menu.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Menu {
    node: NodeRef<html::Div>,
    id: &'static str,
    open: RwSignal<bool>,
}

impl Menu {
    /// A menu with an id that is unique on the page.
    pub(crate) fn new(id: &'static str) -> Self {
        Self {
            node: NodeRef::new(),
            id,
            open: RwSignal::new(false),
        }
    }

    /// The button that opens it.
    pub(crate) fn button(
        self,
        class: &'static str,
        name: Signal<String>,
        inner: AnyView,
    ) -> AnyView {
        view! {
            <button
                class=class
                type="button"
                aria-haspopup="menu"
                aria-expanded=move || if self.open.get() { "true" } else { "false" }
                aria-label=move || ["Account ", &name.get()].concat()
                title=move || name.get()
                popovertarget=self.id
            >
                {inner}
            </button>
        }
        .into_any()
    }

    /// The menu itself.
    pub(crate) fn list(self, name: &'static str, before: AnyView, items: AnyView) -> AnyView {
        let toggled = move |_| {
            let Some(node) = self.node.get_untracked() else {
                return;
            };
            let is_open = node.matches(":popover-open").unwrap_or(false);
            self.open.set(is_open);
            if is_open {
                focus_item(&node, Move::First);
            }
        };
        let pressed = move |event: web_sys::KeyboardEvent| {
            let (Some(node), Some(wanted)) = (self.node.get_untracked(), Move::of(&event.key()))
            else {
                return;
            };
            event.prevent_default();
            focus_item(&node, wanted);
        };
        view! {
            <div
                class="ui-menu"
                id=self.id
                popover="auto"
                node_ref=self.node
                on:toggle=toggled
                on:keydown=pressed
            >
                {before}
                <div role="menu" aria-label=name>
                    {items}
                </div>
            </div>
        }
        .into_any()
    }

    fn close(self) {
        if let Some(node) = self.node.get_untracked() {
            let _ = node.hide_popover();
        }
    }

    /// A command.
    pub(crate) fn item(self, glyph: Icon, words: &'static str, on_press: Callback<()>) -> AnyView {
        let press = move |_| {
            self.close();
            on_press.run(());
        };
        view! {
            <button class="ui-menu-item" type="button" role="menuitem" tabindex="-1" on:click=press>
                {icon(glyph)}
                {words}
            </button>
        }
        .into_any()
    }

    /// One of several choices; the menu stays open.
    pub(crate) fn choice(
        self,
        words: &'static str,
        is_chosen: Signal<bool>,
        on_press: Callback<()>,
    ) -> AnyView {
        view! {
            <button
                class="ui-menu-item"
                type="button"
                role="menuitemradio"
                tabindex="-1"
                aria-checked=move || if is_chosen.get() { "true" } else { "false" }
                on:click=move |_| on_press.run(())
            >
                {words}
                {move || is_chosen.get().then(|| icon(Icon::Check))}
            </button>
        }
        .into_any()
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
    if let Some(Ok(item)) = items.item(to).map(JsCast::dyn_into::<HtmlElement>) {
        let _ = item.focus();
    }
}

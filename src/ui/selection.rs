//! Rows that are chosen by ticks, and the bar that says how many.

use web_sys::HtmlInputElement;

use crate::reactive::untrack;
use crate::state::{Callback, RwSignal, Signal};

use super::button::{Button, Kind};
use super::dom::{El, View, dynamic, el, tag, watch};

/// Which rows are chosen, of those that show.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Selection {
    chosen: RwSignal<Vec<String>>,
    all: Signal<Vec<String>>,
}

impl Selection {
    /// Nothing is chosen of `all`.
    pub(crate) fn new(all: Signal<Vec<String>>) -> Self {
        Self {
            chosen: RwSignal::default(),
            all,
        }
    }

    /// Whether a row is chosen. Tracked.
    pub(crate) fn has(self, key: &str) -> bool {
        self.chosen.read().iter().any(|chosen| chosen == key)
    }

    /// The rows that are chosen. Tracked.
    pub(crate) fn chosen(self) -> Vec<String> {
        self.chosen.get()
    }

    /// Chooses nothing.
    pub(crate) fn clear(self) {
        self.chosen.set(Vec::new());
    }

    fn count(self) -> usize {
        self.chosen.read().len()
    }

    /// The tick of one row; `name` is what it chooses.
    pub(crate) fn tick(self, key: &str, name: &str) -> El {
        let (shown, key) = (key.to_owned(), key.to_owned());
        let toggle = move |is_on: bool| {
            self.chosen.update(|chosen| {
                chosen.retain(|chosen| *chosen != key);
                if is_on {
                    chosen.push(key.clone());
                }
            });
        };
        tick(
            &["Choose ", name].concat(),
            move || Some(self.has(&shown)),
            toggle,
        )
    }

    /// The tick of all rows; between yes and no while only some are chosen.
    pub(super) fn tick_all(self) -> El {
        let is_on = move || {
            let (some, all) = (self.count(), self.all.get().len());
            if some == 0 {
                Some(false)
            } else {
                (some == all).then_some(true)
            }
        };
        let toggle = move |is_on: bool| {
            self.chosen.set(if is_on {
                self.all.get_untracked()
            } else {
                Vec::new()
            });
        };
        tick("Choose all", is_on, toggle)
    }

    /// The bar below the table while anything is chosen: how many, what to do, and the way out.
    pub(crate) fn bar(self, actions: impl Fn() -> View + 'static) -> View {
        dynamic(move || {
            (self.count() > 0).then(|| {
                let clear = Callback::new(move |()| self.clear());
                let words = move || [&self.count().to_string(), " chosen"].concat();
                tag("div", "ui-pending l-row")
                    .attr("role", "region")
                    .attr("aria-label", "Chosen rows")
                    .child(el("strong").attr("role", "status").text(words))
                    .child(untrack(&actions))
                    .child(
                        Button::new(Kind::Quiet, "Clear")
                            .small()
                            .on_press(clear)
                            .view(),
                    )
            })
        })
    }
}

fn tick(
    name: &str,
    is_on: impl Fn() -> Option<bool> + 'static,
    toggle: impl Fn(bool) + 'static,
) -> El {
    let input = el("input")
        .attr("type", "checkbox")
        .attr("aria-label", name);
    let node: HtmlInputElement = input.as_kind::<HtmlInputElement>().clone();
    let shown = node.clone();
    watch(move || {
        let is_on = is_on();
        shown.set_checked(is_on == Some(true));
        shown.set_indeterminate(is_on.is_none());
    });
    input.on("change", move |_| toggle(node.checked()))
}

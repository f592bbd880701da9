//! What floats below its button, on the browser's own popover: a press elsewhere or Esc closes it,
//! and the focus goes back. What stands in it is drawn only while it is open.

use crate::reactive::untrack;
use crate::state::{RwSignal, StoredValue};
use crate::ui::dom::window;

use super::dom::{El, View, dynamic, tag};

/// A panel and the space beside it are not wider than this.
const WIDTH: f64 = 368.0;

/// What floats.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Popover {
    panel: StoredValue<El>,
    is_open: RwSignal<bool>,
}

impl Popover {
    /// One with an id that is unique on the page.
    pub(crate) fn new(id: &str) -> Self {
        let panel = tag("div", "ui-popover")
            .attr("id", id)
            .attr("popover", "auto");
        Self {
            panel: StoredValue::new(panel),
            is_open: RwSignal::new(false),
        }
    }

    /// Makes `button` the one that opens it.
    pub(crate) fn button(self, button: El) -> El {
        let id = self.panel.with_value(|panel| panel.html().id());
        let below = button.clone();
        button
            .attr("type", "button")
            .attr("aria-haspopup", "dialog")
            .attr("popovertarget", &id)
            .bind_bool("aria-expanded", move || self.is_open.get())
            .on("click", move |_| {
                self.panel.with_value(|panel| place_below(panel, &below));
            })
    }

    /// What floats; `name` says what it is.
    pub(crate) fn panel(self, name: &str, draw: impl Fn() -> View + 'static) -> El {
        let toggled = move |_| {
            // It may come after the page around it has gone.
            let is_open = self
                .panel
                .try_with_value(|panel| panel.html().matches(":popover-open").unwrap_or(false));
            self.is_open.set(is_open == Some(true));
        };
        self.panel
            .get_value()
            .attr("role", "dialog")
            .attr("aria-label", name)
            .on("toggle", toggled)
            .child(dynamic(move || self.is_open.get().then(|| untrack(&draw))))
    }

    /// Closes it.
    pub(crate) fn close(self) {
        let _ = self
            .panel
            .try_with_value(|panel| panel.html().hide_popover());
    }
}

/// Puts a panel below a button, at the edge of it that leaves more room.
pub(super) fn place_below(panel: &El, button: &El) {
    let rect = button.html().get_bounding_client_rect();
    let width = window()
        .inner_width()
        .ok()
        .and_then(|width| width.as_f64())
        .unwrap_or_default();
    let px = |number: f64| [&whole(number).max(8).to_string(), "px"].concat();
    let is_right = rect.left() > width / 2.0;
    let auto = "auto".to_owned();
    let (start, end) = if is_right {
        (auto, px(width - rect.right()))
    } else {
        (px(rect.left().min(width - WIDTH)), auto)
    };
    let style = panel.html().style();
    for (name, value) in [
        ("inset-block-start", px(rect.bottom() + 4.0)),
        ("inset-block-end", "auto".to_owned()),
        ("inset-inline-start", start),
        ("inset-inline-end", end),
    ] {
        let _ = style.set_property(name, &value);
    }
}

// Numbers with a fraction would bring the code that writes them: 5 kB.
#[expect(clippy::cast_possible_truncation, reason = "a place on the screen")]
fn whole(px: f64) -> i32 {
    px as i32
}

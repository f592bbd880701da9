//! The modal dialog, on the browser's own `<dialog>`: it keeps the focus, gives it back, and Esc
//! leaves.

use web_sys::HtmlDialogElement;

use super::dom::{El, View, tag};
use crate::state::{Callback, Signal, StoredValue, after};

/// A dialog that is open for as long as it is drawn. Copies are the same dialog.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dialog {
    element: StoredValue<El>,
}

impl Dialog {
    /// A dialog whose owner draws it.
    pub(crate) fn new() -> Self {
        Self {
            element: StoredValue::new(tag("dialog", "ui-dialog")),
        }
    }

    /// Closes it. The focus goes back to where it came from.
    pub(crate) fn close(self) {
        // Gone when its page went meanwhile.
        let _ = self.element.try_with_value(|element| {
            element.as_kind::<HtmlDialogElement>().close();
        });
    }

    /// The dialog with its question. `id` is unique on the page; `is_busy` is true while
    /// something is under way that Esc must not hide. Whoever drew it stops on `closed`.
    pub(crate) fn view(
        self,
        id: &str,
        title: &str,
        is_busy: Option<Signal<bool>>,
        closed: Callback<()>,
        inner: impl Into<View>,
    ) -> View {
        let head = tag("h2", "ui-decide").attr("id", id).child(title);
        self.open(is_busy, closed)
            .attr("aria-labelledby", id)
            .child(tag("div", "ui-dialog-head").child(head))
            .child(inner)
            .into()
    }

    /// A dialog with a search instead of a question. A press beside it closes it.
    pub(crate) fn find_view(
        self,
        name: &str,
        closed: Callback<()>,
        inner: impl Into<View>,
    ) -> View {
        self.open(None, closed)
            .flag("data-find")
            .attr("aria-label", name)
            .on("click", move |event| {
                if event.target() == event.current_target() {
                    self.close();
                }
            })
            .child(inner)
            .into()
    }

    /// A wider one.
    pub(crate) fn wide(self) -> Self {
        self.element
            .with_value(|element| element.set("data-wide", Some("")));
        self
    }

    /// Lies over the other dialogs of the page.
    pub(crate) fn over(self) -> Self {
        self.element
            .with_value(|element| element.set("data-over", Some("")));
        self
    }

    fn open(self, is_busy: Option<Signal<bool>>, closed: Callback<()>) -> El {
        after(move || {
            self.element.with_value(|element| {
                // Refused only outside the document, and an effect runs after that.
                let _ = element.as_kind::<HtmlDialogElement>().show_modal();
            });
        });
        self.element
            .get_value()
            .on("cancel", move |event| {
                if is_busy.is_some_and(|is_busy| is_busy.get_untracked()) {
                    event.prevent_default();
                }
            })
            .on("close", move |_| {
                // The browser tells it later than it is so: another dialog may have taken its place.
                if self.element.try_get_value().is_some() {
                    closed.run(());
                }
            })
    }
}

/// The row of buttons that ends it.
pub(crate) fn dialog_end(buttons: impl IntoIterator<Item = View>) -> El {
    tag("div", "ui-dialog-end").child(super::dom::views(buttons))
}

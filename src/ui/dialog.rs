//! The modal dialog, on the browser's own `<dialog>`: it keeps the focus, gives it back, and Esc
//! leaves.

use leptos::prelude::*;
use web_sys::HtmlDialogElement;

use super::dom::{El, View, tag};

/// A dialog that is open for as long as it is drawn. Copies are the same dialog.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dialog {
    element: StoredValue<El, LocalStorage>,
}

impl Dialog {
    /// A dialog whose owner draws it.
    pub(crate) fn new() -> Self {
        Self {
            element: StoredValue::new_local(tag("dialog", "ui-dialog")),
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
        Effect::new(move |_| {
            self.element.with_value(|element| {
                // Refused only outside the document, and an effect runs after that.
                let _ = element.as_kind::<HtmlDialogElement>().show_modal();
            });
        });
        let head = tag("h2", "ui-decide").attr("id", id).child(title);
        self.element
            .get_value()
            .attr("aria-labelledby", id)
            .on("cancel", move |event| {
                if is_busy.is_some_and(|is_busy| is_busy.get_untracked()) {
                    event.prevent_default();
                }
            })
            .on("close", move |_| {
                // It may come after the page around the dialog has gone.
                let _ = closed.try_run(());
            })
            .child(tag("div", "ui-dialog-head").child(head))
            .child(inner)
            .into()
    }
}

/// The row of buttons that ends it.
pub(crate) fn dialog_end(buttons: impl IntoIterator<Item = View>) -> El {
    tag("div", "ui-dialog-end").child(super::dom::views(buttons))
}

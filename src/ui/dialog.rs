//! The modal dialog, on the browser's own `<dialog>`: it keeps the focus, gives it back, and Esc
//! leaves.

#![expect(unreachable_pub, reason = "the component macro writes `pub` itself")]

use leptos::html;
use leptos::prelude::*;

/// Closes the dialog around what uses it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DialogHandle {
    node: NodeRef<html::Dialog>,
}

impl DialogHandle {
    /// For a dialog that its owner draws.
    pub(crate) fn new() -> Self {
        Self {
            node: NodeRef::new(),
        }
    }

    /// Closes it. The focus goes back to where it came from.
    pub(crate) fn close(self) {
        if let Some(node) = self.node.get_untracked() {
            node.close();
        }
    }
}

/// A dialog that is open for as long as it is drawn.
#[component]
pub(crate) fn Dialog(
    /// To close it with.
    handle: DialogHandle,
    /// Unique on the page.
    id: &'static str,
    /// The question.
    title: String,
    /// Something is under way that Esc must not hide.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// It was closed, by whatever. Stop drawing it.
    on_close: Callback<()>,
    /// Below the title.
    children: Children,
) -> AnyView {
    Effect::new(move |_| {
        if let Some(node) = handle.node.get()
            && !node.open()
        {
            // Refused only for a node outside the document, which an effect never sees.
            let _ = node.show_modal();
        }
    });
    let cancel = move |event: web_sys::Event| {
        if busy.get_untracked() {
            event.prevent_default();
        }
    };
    view! {
        <dialog
            class="ui-dialog"
            aria-labelledby=id
            node_ref=handle.node
            on:cancel=cancel
            on:close=move |_| on_close.run(())
        >
            <div class="ui-dialog-head">
                <h2 class="ui-decide" id=id>
                    {title}
                </h2>
            </div>
            {children()}
        </dialog>
    }
    .into_any()
}

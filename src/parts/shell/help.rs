//! The keys, in a dialog.

use crate::state::Callback;
use crate::ui::button::{Button, Kind};
use crate::ui::dialog::{Dialog, dialog_end};
use crate::ui::dom::{El, View, el, tag, views};

const KEYS: [(&str, &str); 12] = [
    ("Ctrl K", "Search pages, folders and actions"),
    ("/", "Find on this page"),
    ("g o", "Go to the organizations"),
    ("g f", "Go to the folders of this organization"),
    ("g s", "Go to the settings of this folder"),
    ("?", "These keys"),
    ("↑ ↓", "In the tree: to the row before, after"),
    ("← →", "In the tree: close, open"),
    ("Letters", "In the tree: to a name that begins so"),
    ("Enter", "In the tree: show the folder"),
    ("F2", "In the tree: rename in place"),
    ("Delete", "In the tree: delete, after a question"),
];

/// The dialog.
pub(super) fn help(closed: Callback<()>) -> View {
    let dialog = Dialog::new();
    let close = Button::new(Kind::Plain, "Close")
        .autofocus()
        .on_press(Callback::new(move |()| dialog.close()));
    let list = KEYS
        .iter()
        .fold(tag("dl", "ui-facts ui-keys"), |list, (key, words)| {
            list.child(el("dt").child(tag("kbd", "ui-kbd").child(*key)))
                .child(el("dd").child(*words))
        });
    let body: El = tag("div", "ui-dialog-body").child(list);
    let inner = views([body.into(), dialog_end([close.view()]).into()]);
    dialog.view("keys", "Keys", None, closed, inner)
}

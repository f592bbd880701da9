//! The dialogs that make, rename and delete a group.

mod create;
mod delete;
mod draft;
mod rename;

use bailiwick_api::Error;
use bailiwick_domain::Uidp;
use leptos::prelude::*;

use crate::ui::button::{Button, Kind};
use crate::ui::dialog::DialogHandle;

pub(crate) use create::create_dialog;
pub(crate) use delete::delete_dialog;
pub(crate) use rename::rename_dialog;

use super::problem::refusal;

/// An organization or a folder, as one says it.
pub(crate) fn noun(uid: &Uidp) -> &'static str {
    if uid.is_root() {
        "organization"
    } else {
        "folder"
    }
}

/// The group that a dialog is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    /// Its id.
    pub(crate) uid: Uidp,
    /// Its name.
    pub(crate) name: String,
    /// Whether there are folders in it, as far as known.
    pub(crate) has_children: bool,
}

/// What a dialog tells its owner.
#[derive(Debug, Clone)]
pub(crate) struct Outcome<T: 'static> {
    /// The server did it.
    pub(crate) done: Callback<T>,
    /// The dialog is closed, done or not.
    pub(crate) closed: Callback<()>,
}

/// The state of a form that sends one command.
#[derive(Debug, Clone, Copy)]
struct Sending {
    is_pending: RwSignal<bool>,
    error: RwSignal<Option<Error>>,
    handle: DialogHandle,
}

impl Sending {
    fn new() -> Self {
        Self {
            is_pending: RwSignal::new(false),
            error: RwSignal::new(None),
            handle: DialogHandle::new(),
        }
    }

    /// Begins to send, unless that is under way.
    fn begin(self) -> bool {
        let may = !self.is_pending.get_untracked();
        if may {
            self.is_pending.set(true);
            self.error.set(None);
        }
        may
    }

    fn failed(self, error: Option<Error>) {
        let _ = self.is_pending.try_set(false);
        let _ = self.error.try_set(error);
    }

    fn done(self) {
        let _ = self.is_pending.try_set(false);
        self.handle.close();
    }

    /// What belongs to no field.
    fn summary(self) -> AnyView {
        (move || self.error.with(|error| error.as_ref().map(refusal))).into_any()
    }

    /// Cancel, and the button that sends.
    fn end(self, kind: Kind, words: String, refused: Signal<bool>) -> AnyView {
        let handle = self.handle;
        view! {
            <div class="ui-dialog-end">
                <Button
                    kind=Kind::Quiet
                    refused=self.is_pending
                    on_press=Callback::new(move |()| handle.close())
                >
                    "Cancel"
                </Button>
                <Button kind=kind submits=true pending=self.is_pending refused=refused>
                    {words}
                </Button>
            </div>
        }
        .into_any()
    }
}

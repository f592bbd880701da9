//! The dialogs that make, rename and delete a group.

mod create;
mod delete;
mod draft;
mod rename;

use bailiwick_api::Error;
use bailiwick_domain::{DESCRIPTION_MAX, GROUP_NAME_MAX, GroupName, Uidp};

use crate::state::{Callback, RwSignal};
use crate::ui::button::{Button, Kind};
use crate::ui::dialog::{Dialog, dialog_end};
use crate::ui::dom::{View, dynamic, el, tag};
use crate::ui::field::Field;

pub(crate) use create::create_dialog;
pub(crate) use delete::delete_dialog;
pub(crate) use draft::{check_description, check_name, name_refusal, place};
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

/// The field for the name of a group.
pub(crate) fn name_field() -> Field {
    Field {
        id: "group-name",
        hint: "Letters, digits, space, dot, dash and underscore. Capitals are made small.",
        max: GROUP_NAME_MAX,
        autofocus: true,
        tidy: GroupName::suggest,
        check: draft::check_name,
    }
}

/// The field for the description of a group.
pub(crate) fn description_field() -> Field {
    Field {
        id: "group-description",
        hint: "What it is for, on one line. May be empty.",
        max: DESCRIPTION_MAX,
        autofocus: false,
        tidy: ToOwned::to_owned,
        check: check_description,
    }
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
    dialog: Dialog,
}

impl Sending {
    fn new() -> Self {
        Self {
            is_pending: RwSignal::new(false),
            error: RwSignal::new(None),
            dialog: Dialog::new(),
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
        self.is_pending.set(false);
        self.error.set(error);
    }

    fn done(self) {
        self.is_pending.set(false);
        self.dialog.close();
    }

    /// What belongs to no field.
    fn summary(self) -> View {
        dynamic(move || self.error.with(|error| error.as_ref().map(refusal)))
    }

    /// The dialog round the form: what one fills in, and the button that sends it.
    fn view(
        self,
        (id, title): (&str, &str),
        body: View,
        send: Button,
        closed: Callback<()>,
        submit: impl Fn() + 'static,
    ) -> View {
        let dialog = self.dialog;
        let cancel = Button::new(Kind::Quiet, "Cancel")
            .refused(self.is_pending)
            .on_press(Callback::new(move |()| dialog.close()));
        let send = send.submits().pending(self.is_pending);
        let form = el("form")
            .flag("novalidate")
            .on("submit", move |event| {
                event.prevent_default();
                submit();
            })
            .child(tag("div", "ui-dialog-body").child(body))
            .child(dialog_end([cancel.view(), send.view()]));
        dialog.view(id, title, Some(self.is_pending.into()), closed, form)
    }
}

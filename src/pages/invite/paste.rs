//! Where a code or a whole link is put in.

use crate::session::use_session;
use crate::ui::button::{Button, Kind};
use crate::ui::dom::{El, el};
use crate::ui::field::{Field, FieldState};

use super::code::find_code;

/// The field and its button.
pub(super) fn paste() -> El {
    let session = use_session();
    let text = FieldState::new("");
    let field = Field {
        id: "invite-code",
        hint: "The whole link will do.",
        max: usize::MAX / 8,
        autofocus: false,
        tidy: ToOwned::to_owned,
        check,
    };
    let open = Button::new(Kind::Primary, "Open the invite")
        .large()
        .submits();
    el("form")
        .flag("novalidate")
        .attr("class", "l-stack")
        .on("submit", move |event| {
            event.prevent_default();
            let typed = text.text.get_untracked();
            match find_code(&typed) {
                Ok(code) => session.hold_invite(code),
                Err(words) => {
                    text.refuse(Some(words.to_owned()));
                    text.focus();
                }
            }
        })
        .child(field.view(text, "Link or code of the invite"))
        .child(open.view())
}

fn check(text: &str) -> Option<String> {
    find_code(text).err().map(str::to_owned)
}

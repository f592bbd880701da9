//! New links, shown once, with what could not be done beside them.

use bailiwick_api::group_invite::GroupInvite;

use crate::browser;
use crate::routes;
use crate::state::{Callback, Signal};
use crate::ui::button::{Button, Kind};
use crate::ui::callout::{Tone, callout};
use crate::ui::copy::{copy_button, copy_wide};
use crate::ui::dialog::{Dialog, dialog_end};
use crate::ui::dom::{El, View, el, tag, views};

use super::state::{Invites, whom};

/// A link, and for whom it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Made {
    whom: String,
    link: String,
    uid: String,
    is_mailed: bool,
}

impl Made {
    /// The link of an invite that was just made; `None` for one whose code is not told.
    pub(super) fn of(invite: &GroupInvite) -> Option<Self> {
        let from_code = || {
            let code = invite.code.as_ref()?;
            Some([&browser::origin(), routes::INVITE, "#", code].concat())
        };
        Some(Self {
            whom: whom(invite).to_owned(),
            link: invite.link.clone().or_else(from_code)?,
            uid: invite.uid.to_string(),
            is_mailed: invite.mail.is_some(),
        })
    }
}

/// What came of it: links, and for whom there is none with the reason.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Outcome {
    pub(super) made: Vec<Made>,
    pub(super) failed: Vec<(String, String)>,
}

/// The dialog. It closes by its own button only; `again` leads back to those that failed.
pub(super) fn links(
    invites: Invites,
    outcome: &Outcome,
    again: Option<Callback<()>>,
    closed: Callback<()>,
) -> View {
    let dialog = Dialog::new().wide();
    let count = outcome.made.len();
    let title = if count == 1 {
        "Copy this link now"
    } else {
        "Copy these links now"
    };
    let once = "Each is shown once. If one is lost, give the invite a new link: the old one stops \
                working.";
    let all: Vec<String> = outcome
        .made
        .iter()
        .map(|made| [made.whom.as_str(), "\t", &made.link, "\n"].concat())
        .collect();
    let copy_all = (count > 1).then(|| copy_wide(&all.concat(), "Copy all"));
    let mailed = outcome.made.iter().filter(|made| made.is_mailed);
    let mailed: Vec<String> = mailed.map(|made| made.uid.clone()).collect();
    let hand: View = if mailed.is_empty() {
        let words = "No mail is sent from here. Hand each link over yourself, in a way that only that \
                     person reads.";
        callout(Tone::Warn, words).into()
    } else {
        let said = tag("p", "ui-quiet").attr("role", "status");
        said.text(move || invites.mailed(&mailed)).into()
    };
    let list = outcome.made.iter().map(|made| row(invites, made).into());
    let body = tag("div", "ui-dialog-body")
        .child(tag("p", "ui-quiet").child(once))
        .child(hand)
        .child(tag("ul", "p-links").child(views(list)))
        .child((!outcome.failed.is_empty()).then(|| failed(&outcome.failed)));
    let done = Button::new(Kind::Primary, "Done").on_press(Callback::new(move |()| dialog.close()));
    let again = again.filter(|_| !outcome.failed.is_empty()).map(|again| {
        Button::new(Kind::Plain, "Correct the others")
            .on_press(again)
            .view()
    });
    let inner = views([
        body.into(),
        dialog_end([copy_all.into(), again.into(), done.view()]).into(),
    ]);
    dialog.view("links", title, Some(Signal::stored(true)), closed, inner)
}

fn row(invites: Invites, made: &Made) -> El {
    let head = tag("span", "l-row")
        .child(el("strong").child(&made.whom))
        .child(made.is_mailed.then(|| invites.mail(&made.uid)));
    let copy = copy_button(
        &made.link,
        &["Copy the link for ", &made.whom].concat(),
        "sm",
    );
    let link = tag("span", "ui-cli")
        .flag("data-secret")
        .child(el("code").child(&made.link))
        .child(copy);
    el("li").child(head).child(link)
}

/// For whom there is none, and why.
pub(super) fn failed(failed: &[(String, String)]) -> El {
    let list = failed.iter().map(|(whom, why)| {
        let words = [": ", why].concat();
        el("li").child(el("strong").child(whom)).child(words).into()
    });
    let title = if failed.len() == 1 {
        "One was not done:"
    } else {
        "These were not done:"
    };
    callout(
        Tone::Danger,
        views([
            el("p").child(title).into(),
            el("ul").child(views(list)).into(),
        ]),
    )
}

//! New links, more time, or none at all, for one invite or several. Each is asked of the server by
//! itself: what it refuses of one says nothing of the others.

use crate::reactive::spawn_local;
use bailiwick_api::InviteLife;
use bailiwick_api::group_invite::GroupInvite;

use crate::parts::problem;
use crate::state::{Callback, RwSignal, Signal, StoredValue};
use crate::ui::button::{Button, Kind};
use crate::ui::dialog::{Dialog, dialog_end};
use crate::ui::dom::{View, dynamic, el, nothing, switch, tag};
use crate::ui::toast::{Toast, use_toast};

use super::life::Life;
use super::links::{Made, Outcome, failed, links};
use super::state::{Invites, whom};

/// What is done to each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Reissue,
    Extend,
    Revoke,
}

impl What {
    /// Title, button and the words after, each before the count or the name.
    fn words(self) -> [&'static str; 3] {
        match self {
            Self::Reissue => [
                "New link for ",
                "Make new link for ",
                "New links were made for ",
            ],
            Self::Extend => ["More time for ", "Extend ", "More time was given to "],
            Self::Revoke => ["Revoke ", "Revoke ", "Revoked was "],
        }
    }

    fn consequence(self) -> &'static str {
        match self {
            Self::Reissue => {
                "The old link stops working at once. You are the one who invites from then on."
            }
            Self::Extend => {
                "The link stays the same, and works from now on for so long. You are the one who \
                 invites from then on."
            }
            Self::Revoke => {
                "The link stops working at once. Who accepted already stays a member. This cannot \
                 be undone."
            }
        }
    }
}

/// Asks whether to give them new links.
pub(super) fn reissue(invites: Invites, chosen: Vec<GroupInvite>, closed: Callback<()>) -> View {
    ask(invites, What::Reissue, chosen, closed)
}

/// Asks how much longer they shall work.
pub(super) fn extend(invites: Invites, chosen: Vec<GroupInvite>, closed: Callback<()>) -> View {
    ask(invites, What::Extend, chosen, closed)
}

/// Asks whether to take them back.
pub(super) fn revoke(invites: Invites, chosen: Vec<GroupInvite>, closed: Callback<()>) -> View {
    ask(invites, What::Revoke, chosen, closed)
}

#[derive(Debug, Clone, Copy)]
struct Asking {
    invites: Invites,
    what: What,
    chosen: StoredValue<Vec<GroupInvite>>,
    life: Life,
    /// How many are done, while that is under way.
    done: RwSignal<Option<usize>>,
    outcome: RwSignal<Outcome>,
    toast: Toast,
}

fn ask(invites: Invites, what: What, chosen: Vec<GroupInvite>, closed: Callback<()>) -> View {
    let asking = Asking {
        invites,
        what,
        chosen: StoredValue::new(chosen),
        life: Life::new(),
        done: RwSignal::new(None),
        outcome: RwSignal::default(),
        toast: use_toast(),
    };
    let has_links = move || asking.outcome.with(|outcome| !outcome.made.is_empty());
    switch(
        move || has_links() && asking.done.get().is_none(),
        move |has_links| {
            if *has_links {
                asking
                    .outcome
                    .with_untracked(|outcome| links(invites, outcome, None, closed))
            } else {
                question(asking, closed)
            }
        },
    )
}

/// `3 invites`, or whose it is.
fn about(chosen: &[GroupInvite]) -> String {
    match chosen {
        [one] => whom(one).to_ascii_lowercase(),
        many => [&many.len().to_string(), " invites"].concat(),
    }
}

fn question(asking: Asking, closed: Callback<()>) -> View {
    let dialog = Dialog::new();
    let about = asking.chosen.with_value(|chosen| about(chosen));
    let [title, send, _] = asking.what.words().map(|words| [words, &about].concat());
    let is_pending = Signal::derive(move || asking.done.get().is_some());
    let life = match asking.what {
        What::Revoke => nothing(),
        _ => asking.life.view(),
    };
    let body = tag("div", "ui-dialog-body")
        .child(tag("p", "ui-quiet").child(asking.what.consequence()))
        .child(life)
        .child(dynamic(move || {
            asking
                .outcome
                .with(|outcome| (!outcome.failed.is_empty()).then(|| failed(&outcome.failed)))
        }));
    let progress = tag("p", "ui-quiet").attr("role", "status").text(move || {
        let all = asking.chosen.with_value(Vec::len);
        match asking.done.get() {
            Some(done) if all > 1 => [&done.to_string(), " of ", &all.to_string()].concat(),
            _ => String::new(),
        }
    });
    let cancel = Button::new(Kind::Quiet, "Cancel")
        .refused(is_pending)
        .on_press(Callback::new(move |()| dialog.close()));
    let kind = match asking.what {
        What::Revoke => Kind::Danger,
        _ => Kind::Primary,
    };
    // Whoever presses Enter by habit loses nothing.
    let cancel = if asking.what == What::Revoke {
        cancel.autofocus()
    } else {
        cancel
    };
    let send = Button::new(kind, &send).submits().pending(is_pending);
    let form = el("form")
        .flag("novalidate")
        .on("submit", move |event| {
            event.prevent_default();
            run(asking, dialog);
        })
        .child(body)
        .child(dialog_end([progress.into(), cancel.view(), send.view()]));
    dialog.view("renew", &title, Some(is_pending), closed, form)
}

fn run(asking: Asking, dialog: Dialog) {
    if asking.done.get_untracked().is_some() {
        return;
    }
    let ttl = match asking.what {
        What::Revoke => String::new(),
        _ => match asking.life.check() {
            Some(ttl) => ttl,
            None => return,
        },
    };
    asking.done.set(Some(0));
    asking.outcome.set(Outcome::default());
    let client = asking.invites.client.get_value();
    spawn_local(async move {
        let chosen = asking.chosen.get_value();
        let mut outcome = Outcome::default();
        let mut left = Vec::new();
        for (at, invite) in chosen.iter().enumerate() {
            let life = InviteLife::new(&ttl);
            let answer = match asking.what {
                What::Reissue => client
                    .reissue_group_invite(&invite.uid, &life)
                    .await
                    .map(Some),
                What::Extend => client
                    .extend_group_invite(&invite.uid, &life)
                    .await
                    .map(Some),
                What::Revoke => client.delete_group_invite(&invite.uid).await.map(|()| None),
            };
            match answer {
                Ok(invite) => {
                    outcome.made.extend(invite.as_ref().and_then(Made::of));
                    if asking.done.try_get_untracked().is_some() {
                        asking.invites.follow_mail(invite.as_slice());
                    }
                }
                Err(error) => {
                    outcome
                        .failed
                        .push((whom(invite).to_owned(), problem::words(&error)));
                    left.push(invite.clone());
                }
            }
            if asking.done.try_get_untracked().is_none() {
                // The page was left. What was begun is not gone on with unseen.
                break;
            }
            asking.done.set(Some(at + 1));
        }
        asking.invites.forget();
        if asking.done.try_get_untracked().is_none() {
            return;
        }
        let has_links = !outcome.made.is_empty();
        let is_whole = outcome.failed.is_empty();
        asking.outcome.set(outcome);
        asking.done.set(None);
        if is_whole && !has_links {
            let [_, _, said] = asking.what.words();
            asking.toast.say(&[said, &about(&chosen), "."]);
            dialog.close();
        } else {
            // What is done is not done again.
            asking.chosen.set_value(left);
        }
    });
}

//! An invite that can be accepted: what it is for, then the sign-in or the answer.

use bailiwick_api::InvitePreview;

use crate::parts::gate::gate_head;
use crate::parts::problem::refusal;
use crate::parts::providers::providers;
use crate::parts::role::{can, with_article};
use crate::reactive::untrack;
use crate::session::Phase;
use crate::state::{Callback, RwSignal, Signal};
use crate::ui::button::{Button, Kind};
use crate::ui::dialog::{Dialog, dialog_end};
use crate::ui::dom::{El, View, dynamic, el, tag, views};
use crate::ui::facts::facts;
use crate::ui::time::time;

use super::state::{Doing, Invited};

/// The page.
pub(super) fn offer(invited: Invited) -> View {
    let preview = invited.preview.state.read_untracked();
    let Some(preview) = preview.ready() else {
        return crate::ui::dom::nothing();
    };
    let title = ["Join ", preview.organization(), " as ", &role_of(preview)].concat();
    let words = [&inviter(preview), " invites you."].concat();
    let can = tag("div", "l-pad l-rule l-stack")
        .attr("data-gap", "2")
        .child(el("h2").child(["As ", &preview.role.name, " you can"].concat()))
        .child(can(&preview.role.capabilities, false));
    let panel = tag("div", "ui-panel")
        .child(tag("div", "l-pad").child(what(preview)))
        .child(can);
    let is_signed_in = untrack(|| invited.session.phase()) == Phase::SignedIn;
    let choice = if is_signed_in {
        answer(invited, preview)
    } else {
        sign_in(invited)
    };
    views([gate_head(&title, &words).into(), panel.into(), choice])
}

fn what(preview: &InvitePreview) -> El {
    let group = &preview.group;
    let organization = el("strong").child(preview.organization());
    let mut list: Vec<(&'static str, View)> = vec![("Organization", organization.into())];
    if !group.path.is_empty() {
        let way = group.path.iter().skip(1).map(|step| step.name.as_str());
        let way: Vec<&str> = way.chain([group.name.as_str()]).collect();
        let words = [&way.join(" / "), ", and all below it"].concat();
        list.push(("Folder", words.into()));
    }
    list.push(("From", inviter(preview).into()));
    list.push(("For", whose(preview).into()));
    list.push(("Until", time(&preview.expiration_time)));
    let end = preview.binding_expire_time.as_deref();
    list.extend(end.map(|end| ("Access ends", time(end))));
    facts(list)
}

/// Whose invite it is.
pub(super) fn whose(preview: &InvitePreview) -> El {
    match &preview.email {
        Some(email) => el("strong").child(email),
        None if preview.single_use => el("span").child("the first who has this link"),
        None => el("span").child("anyone who has this link"),
    }
}

/// `an editor of staging`; of an organization the role alone.
pub(super) fn role_of(preview: &InvitePreview) -> String {
    let role = with_article(&preview.role.name);
    if preview.group.path.is_empty() {
        role
    } else {
        [&role, " of ", &preview.group.name].concat()
    }
}

/// Who invites, as far as the server tells it before one has joined.
fn inviter(preview: &InvitePreview) -> String {
    let inviter = &preview.inviter;
    if inviter.host {
        return "Whoever runs this server".to_owned();
    }
    let known = [&inviter.email, &inviter.name].into_iter().flatten();
    let named = known.into_iter().find(|name| !name.is_empty());
    named.map_or_else(
        || ["A member of ", preview.organization()].concat(),
        Clone::clone,
    )
}

fn sign_in(invited: Invited) -> View {
    tag("section", "l-stack")
        .attr("data-gap", "2")
        .attr("aria-label", "Sign in to join")
        .child(tag("p", "ui-quiet").child("Sign in first. You join only when you then press Join."))
        .child(providers(invited.prompt.get_untracked()))
        .into()
}

fn answer(invited: Invited, preview: &InvitePreview) -> View {
    let is = move |doing| Signal::derive(move || invited.doing.get() == doing);
    let others = Signal::derive(move || invited.doing.get() != Doing::Nothing);
    let is_asking = RwSignal::new(false);
    let join = Button::new(Kind::Primary, &["Join ", preview.organization()].concat())
        .large()
        .pending(is(Doing::Accepting))
        .on_press(Callback::new(move |()| invited.accept()));
    let decline = Button::new(Kind::Quiet, "Decline")
        .large()
        .refused(others)
        .on_press(Callback::new(move |()| is_asking.set(true)));
    let from = inviter(preview);
    let ask = move || {
        is_asking.get().then(|| {
            let closed = Callback::new(move |()| is_asking.set(false));
            question(invited, &from, closed)
        })
    };
    views([
        dynamic(move || invited.error.with(|error| error.as_ref().map(refusal))),
        tag("div", "l-stack")
            .attr("data-gap", "2")
            .child(join.view())
            .child(decline.view())
            .into(),
        dynamic(ask),
    ])
}

fn question(invited: Invited, from: &str, closed: Callback<()>) -> View {
    let dialog = Dialog::new();
    let words = [
        "You do not join, and the link stops working. To join later you need a new invite from ",
        from,
        ".",
    ]
    .concat();
    let keep = Button::new(Kind::Quiet, "Keep the invite")
        .autofocus()
        .on_press(Callback::new(move |()| dialog.close()));
    let decline =
        Button::new(Kind::Danger, "Decline the invite").on_press(Callback::new(move |()| {
            dialog.close();
            invited.decline();
        }));
    let inner = views([
        tag("div", "ui-dialog-body")
            .child(el("p").child(words))
            .into(),
        dialog_end([keep.view(), decline.view()]).into(),
    ]);
    dialog.view("decline", "Decline this invite?", None, closed, inner)
}

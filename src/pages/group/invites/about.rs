//! All that is known of one invite, and what one may do with it.

use bailiwick_api::group_invite::{GroupInvite, InviteState};

use crate::parts::who;
use crate::routes;
use crate::state::Callback;
use crate::ui::button::{Button, Kind};
use crate::ui::dialog::{Dialog, dialog_end};
use crate::ui::dom::{View, el, tag, views};
use crate::ui::facts::facts;
use crate::ui::time::time;

use super::access::{may_invite, may_revoke};
use super::state::{Asked, Invites, is_open, whom};
use super::table::{role_name, state};

/// The dialog.
pub(super) fn about(invites: Invites, invite: &GroupInvite, closed: Callback<()>) -> View {
    let dialog = Dialog::new();
    let place = el("a")
        .attr("href", &routes::group(&invite.group.uid))
        .child(&invite.group.name);
    let uses = match (invite.email.is_some(), invite.single_use) {
        (true, _) => "by this person alone, once",
        (false, true) => "by one person, once",
        (false, false) => "by any number of people",
    };
    let key = el("code").child(&invite.key_id);
    let mut list: Vec<(&'static str, View)> = vec![
        ("State", state(invites, invite)),
        ("Role", role_name(invite).into()),
        ("Where", views([place.into(), " and all below it".into()])),
        ("From", who::inviter(&invite.inviter).into()),
        ("Sent", time(&invite.create_time)),
        ("To be used", uses.into()),
        ("Key", key.into()),
    ];
    if invite.state != InviteState::Pending {
        list.push(("Ended", time(&invite.expiration_time)));
    }
    let end = invite.binding_expire_time.as_deref();
    list.extend(end.map(|end| ("Access ends", time(end))));
    let joined = invite.acceptances.iter().map(|one| {
        let who = el("strong").child(who::label(&one.identity));
        el("p")
            .child(who)
            .child(", ")
            .child(time(&one.accept_time))
            .into()
    });
    let more = invite.acceptance_count as usize
        - invite
            .acceptances
            .len()
            .min(invite.acceptance_count as usize);
    let more =
        (more > 0).then(|| el("p").child(["and ", &more.to_string(), " before them"].concat()));
    if !invite.acceptances.is_empty() {
        let joined = tag("div", "l-stack")
            .attr("data-gap", "1")
            .child(views(joined))
            .child(more);
        list.push(("Accepted by", joined.into()));
    }
    let ask = |kind, words: &str, asked: fn(Vec<GroupInvite>) -> Asked| {
        let chosen = invite.clone();
        let act = move |()| {
            invites.ask(asked(vec![chosen.clone()]));
        };
        Button::new(kind, words).on_press(Callback::new(act)).view()
    };
    let is_open = is_open(invite);
    let at = &invite.group.uid;
    let again = (is_open && may_invite(invites.session, at)).then(|| {
        views([
            ask(Kind::Plain, "New link", Asked::Reissue),
            ask(Kind::Plain, "Extend", Asked::Extend),
        ])
    });
    let revoke = (is_open && may_revoke(invites.session, at))
        .then(|| ask(Kind::Loss, "Revoke", Asked::Revoke));
    let close = Button::new(Kind::Quiet, "Close")
        .autofocus()
        .on_press(Callback::new(move |()| dialog.close()));
    let inner = views([
        tag("div", "ui-dialog-body").child(facts(list)).into(),
        dialog_end([close.view(), revoke.into(), again.into()]).into(),
    ]);
    dialog.view("about-invite", whom(invite), None, closed, inner)
}

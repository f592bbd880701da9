//! The table of invites, and its skeleton.

use bailiwick_api::group_invite::{GroupInvite, InviteState};

use crate::parts::who;
use crate::state::Callback;
use crate::ui::avatar;
use crate::ui::badge::badge;
use crate::ui::callout::Tone;
use crate::ui::dom::{El, View, dynamic, el, nothing, tag, views};
use crate::ui::icon::{Icon, small_icon};
use crate::ui::skeleton::{bone, loading};
use crate::ui::table::{Column, head};
use crate::ui::time::time;

use super::access::may_revoke;
use super::state::{Asked, Invites, is_open, whom};

const COLUMNS: &[Column] = &[
    column("For", false),
    column("Role", true),
    column("Where", true),
    column("Sent", true),
    column("State", false),
];

const fn column(words: &'static str, folds: bool) -> Column {
    Column {
        key: "",
        words,
        folds,
    }
}

/// The table.
pub(super) fn table(invites: Invites) -> El {
    let may = invites.at.with_value(|at| may_revoke(invites.session, at));
    let selection = may.then_some(invites.selection);
    let rows = move || match invites.rows.read().ready() {
        Some(rows) => views(rows.iter().map(|invite| row(invites, invite, may).into())),
        None => nothing(),
    };
    tag("table", "ui-table")
        .child(tag("caption", "ui-hide").child("Invites"))
        .child(head(COLUMNS, None, selection))
        .child(el("tbody").child(dynamic(rows)))
}

fn row(invites: Invites, invite: &GroupInvite, has_ticks: bool) -> El {
    let key = invite.uid.to_string();
    let selection = invites.selection;
    let tick = has_ticks.then(|| {
        let tick = is_open(invite).then(|| selection.tick(&key, whom(invite)));
        tag("td", "ui-tick").child(tick)
    });
    let about = invite.clone();
    let open = Callback::new(move |()| invites.ask(Asked::About(Box::new(about.clone()))));
    let name = tag("button", "ui-table-main")
        .attr("type", "button")
        .attr("aria-haspopup", "dialog")
        .on("click", move |_| open.run(()))
        .child(whom(invite));
    let (role, place) = (role_name(invite), place(invites, invite));
    let folded = tag("span", "ui-table-sub")
        .flag("data-folded")
        .child([&role, " of ", &invite.group.name].concat());
    let by = tag("span", "ui-table-sub").child(["by ", &who::inviter(&invite.inviter)].concat());
    let tile = match &invite.email {
        Some(email) => avatar::person(email),
        None => tag("span", "ui-avatar")
            .attr("aria-hidden", "true")
            .child(small_icon(Icon::Link)),
    };
    let who = tag("div", "ui-who").child(tile).child(
        tag("span", "ui-who-name")
            .child(name)
            .child(folded)
            .child(by),
    );
    let fold = |inner: View| el("td").flag("data-fold").child(inner);
    el("tr")
        .bind_bool("aria-selected", move || selection.has(&key))
        .child(tick)
        .child(el("td").child(who))
        .child(fold(role.into()))
        .child(fold(place))
        .child(fold(time(&invite.create_time)))
        .child(el("td").child(state(invites, invite)))
}

/// What has become of it, and when that was or will be.
pub(super) fn state(invites: Invites, invite: &GroupInvite) -> View {
    let at = invite.close_time.as_deref().map(time);
    let with_time = |tone, word: &str, at: View| {
        tag("span", "l-row p-state")
            .child(badge(tone, word))
            .child(at)
    };
    let shown = match invite.state {
        InviteState::Pending => {
            let ends = tag("span", "ui-quiet")
                .child("ends ")
                .child(time(&invite.expiration_time));
            let used = (invite.acceptance_count > 0).then(|| {
                badge(
                    Tone::Accent,
                    &[&invite.acceptance_count.to_string(), " joined"].concat(),
                )
            });
            tag("span", "l-row p-state")
                .child(invites.mail(invite.uid.as_str()))
                .child(used)
                .child(ends)
        }
        InviteState::Expired => with_time(Tone::Warn, "Expired", time(&invite.expiration_time)),
        InviteState::Accepted => with_time(Tone::Accent, "Accepted", at.unwrap_or_else(nothing)),
        InviteState::Revoked => with_time(Tone::Plain, "Revoked", at.unwrap_or_else(nothing)),
        InviteState::Declined => with_time(Tone::Plain, "Declined", at.unwrap_or_else(nothing)),
    };
    shown.into()
}

/// The role, also when it was deleted.
pub(super) fn role_name(invite: &GroupInvite) -> String {
    match &invite.role {
        Some(role) => role.name.clone(),
        None => "a deleted role".to_owned(),
    }
}

/// Where it holds, as seen from the group of the page.
fn place(invites: Invites, invite: &GroupInvite) -> View {
    let at = invites.at.get_value();
    if invite.group.uid == at {
        return tag("span", "ui-faint").child("here").into();
    }
    let below = invite
        .group
        .path
        .iter()
        .skip_while(|step| step.uid != at)
        .skip(1);
    let way = below.map(|step| step.name.as_str());
    let way: Vec<&str> = way.chain([invite.group.name.as_str()]).collect();
    way.join(" / ").into()
}

/// The table before its rows are here.
pub(super) fn skeleton() -> El {
    let row = |_| {
        let cells = COLUMNS.iter().map(|column| {
            el("td")
                .attr_maybe("data-fold", column.folds.then_some(""))
                .child(bone())
                .into()
        });
        el("tr").child(views(cells)).into()
    };
    let table = tag("table", "ui-table")
        .child(head(COLUMNS, None, None))
        .child(el("tbody").child(views((0..3).map(row))));
    loading("Loading the invites", table)
}

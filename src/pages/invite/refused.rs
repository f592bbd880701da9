//! An invite that cannot be accepted: what it would have been for, why not, and the way out.

use bailiwick_api::InvitePreview;
use bailiwick_domain::Uidp;

use crate::parts::gate::gate_head;
use crate::parts::problem::refusal;
use crate::reactive::untrack;
use crate::routes;
use crate::session::Phase;
use crate::state::{Callback, Signal};
use crate::ui::button::{Button, Kind, link_button};
use crate::ui::dom::{El, View, dynamic, el, tag, views};
use crate::ui::facts::facts;

use super::failure::{Failure, Way};
use super::offer::{role_of, whose};
use super::paste::paste;
use super::state::{Doing, Invited};
use super::{open, organizations};

/// The page.
pub(super) fn refused(invited: Invited, why: Failure, group: Option<&Uidp>) -> View {
    let preview = untrack(|| invited.preview.state.get());
    let preview = preview.ready();
    views([
        gate_head(why.title, why.words).into(),
        preview.map(|preview| what(invited, preview)).into(),
        dynamic(move || invited.error.with(|error| error.as_ref().map(refusal))),
        way(invited, why.way, group, preview),
    ])
}

fn what(invited: Invited, preview: &InvitePreview) -> El {
    let me = untrack(|| invited.session.person()).map(|person| person.label());
    let mut list: Vec<(&'static str, View)> = Vec::new();
    if preview.email.is_some() {
        list.push(("Invite for", whose(preview).into()));
    }
    list.extend(me.map(|me| ("Signed in as", el("strong").child(me).into())));
    let place = [preview.organization(), ", as ", &role_of(preview)].concat();
    list.push(("To join", place.into()));
    tag("div", "ui-panel").child(tag("div", "l-pad").child(facts(list)))
}

fn way(invited: Invited, way: Way, group: Option<&Uidp>, preview: Option<&InvitePreview>) -> View {
    let is_signed_in = untrack(|| invited.session.phase()) == Phase::SignedIn;
    let ways = tag("div", "l-stack").attr("data-gap", "2");
    match way {
        Way::Switch => {
            let me = untrack(|| invited.session.person()).map(|person| person.label());
            let stay = ["Stay ", &me.unwrap_or_default()].concat();
            let is_pending = move || invited.doing.get() == Doing::Switching;
            let switch = Button::new(Kind::Primary, "Sign in with another account")
                .large()
                .pending(Signal::derive(is_pending))
                .on_press(Callback::new(move |()| invited.switch()));
            ways.child(switch.view())
                .child(link_button(Kind::Quiet, routes::ORGANIZATIONS, &stay))
                .into()
        }
        Way::Open => {
            let name = preview.map(|preview| preview.group.name.as_str());
            let place = group.filter(|_| is_signed_in);
            match place {
                Some(group) => ways.child(open(group, name)).into(),
                None => el("p").child(organizations(invited)).into(),
            }
        }
        Way::Paste => paste().into(),
        Way::Organizations => el("p").child(organizations(invited)).into(),
    }
}

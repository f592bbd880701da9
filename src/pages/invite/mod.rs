//! Answering an invite: what it is for, before any sign-in; then Join or Decline.

mod code;
mod failure;
mod offer;
mod paste;
mod refused;
mod state;

use bailiwick_domain::Uidp;

use crate::parts::gate::{gate_beside, gate_head};
use crate::parts::problem::problem;
use crate::routes;
use crate::session::Phase;
use crate::state::Callback;
use crate::ui::button::{Button, Kind, link_button};
use crate::ui::dom::{El, View, dynamic, el, switch, tag, views};
use crate::ui::heading::decision;
use crate::ui::skeleton::{bone, loading};

use state::{Invited, Showing};

/// The page.
pub(crate) fn page() -> View {
    let invited = Invited::start();
    let column = switch(
        move || invited.showing(),
        move |showing| match showing {
            Showing::Paste => no_code().into(),
            Showing::Loading => skeleton(),
            Showing::Failed(error) => {
                let again = invited.preview.retry();
                views([
                    decision("Your invite").into(),
                    problem("It did not arrive", error, again).into(),
                ])
            }
            Showing::Refused(failure, group) => refused::refused(invited, *failure, group.as_ref()),
            Showing::Offer => offer::offer(invited),
            Showing::Declined => declined(invited),
        },
    );
    gate_beside(dynamic(move || who(invited)), column).into()
}

/// Who is signed in, and the way to be another one.
fn who(invited: Invited) -> Option<El> {
    let person = invited.session.person()?;
    let switch = Button::new(Kind::Quiet, "Switch account")
        .small()
        .on_press(Callback::new(move |()| invited.switch()));
    let who = tag("span", "l-row ui-quiet")
        .child(person.label())
        .child(switch.view());
    Some(who)
}

fn no_code() -> El {
    let words = "Open the link that you were sent, or put it in here. This page keeps no code: after \
                 a reload it has to be put in again.";
    tag("div", "l-stack")
        .attr("data-gap", "5")
        .child(gate_head("Have an invite?", words))
        .child(paste::paste())
}

fn skeleton() -> View {
    let shape = tag("div", "l-stack")
        .child(bone())
        .child(bone())
        .child(bone());
    views([
        decision("Your invite").into(),
        loading("Looking at the invite", shape).into(),
    ])
}

fn declined(invited: Invited) -> View {
    let words = "You did not join, and the link no longer works. If you change your mind, ask for \
                 another one.";
    views([
        gate_head("You declined the invite", words).into(),
        el("p").child(organizations(invited)).into(),
    ])
}

/// The way to what else there is.
fn organizations(invited: Invited) -> View {
    let is_signed_in = invited.session.phase() == Phase::SignedIn;
    let words = if is_signed_in {
        "Go to your organizations"
    } else {
        "Sign in"
    };
    link_button(Kind::Plain, routes::ORGANIZATIONS, words)
}

/// The way to a place where one holds a role.
fn open(group: &Uidp, name: Option<&str>) -> View {
    let words = ["Open ", name.unwrap_or("it")].concat();
    link_button(Kind::Primary, &routes::group(group), &words)
}

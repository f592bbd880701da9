//! A page of an organization as a whole: what all of them begin with.

use bailiwick_domain::{Capability, Uidp};

use crate::api::query;
use crate::parts::place::use_place;
use crate::parts::problem::problem;
use crate::remote::Remote;
use crate::routes::{self, Part};
use crate::session::Session;
use crate::state::{Callback, Signal};
use crate::ui::dom::{View, nothing, switch, tag};
use crate::ui::empty::empty;
use crate::ui::icon::Icon;
use crate::ui::skeleton::{bone, loading};

/// The pages of an organization that are of use to this person. Tracked.
pub(crate) fn pages(session: Session, org: &Uidp) -> Vec<(Icon, &'static str, String)> {
    let mut all = vec![(Icon::Folder, "Folders", routes::group(org))];
    for (what, glyph, words, part) in [
        (
            Capability::IDENTITY_LIST,
            Icon::Members,
            "Members",
            Part::Members,
        ),
        (Capability::ROLES_LIST, Icon::Role, "Roles", Part::Roles),
    ] {
        if session.may(what, org) {
            all.push((glyph, words, routes::of_org(org, &part)));
        }
    }
    all
}

/// The page called `part`: `body` draws it once the organization's name is known.
pub(crate) fn org_page(
    org: &Uidp,
    part: &'static str,
    body: impl Fn(&str) -> View + 'static,
) -> View {
    draw(org.clone(), part, Box::new(body))
}

fn draw(org: Uidp, part: &'static str, body: Box<dyn Fn(&str) -> View>) -> View {
    let place = use_place();
    let asked = org.clone();
    let group = query(
        move || Some(asked.clone()),
        |client, uid| Box::pin(async move { client.get_group(&uid).await }),
    );
    let state = Signal::derive(move || group.state.with(Remote::bare));
    let inner = move || {
        let group = group.state.read_untracked();
        let name = group.ready().map(|group| group.name.as_str());
        let name = name.unwrap_or_default();
        place.part(&org, name, part);
        body(name)
    };
    let page = arrived("organization", state, group.retry(), Box::new(inner));
    tag("div", "l-page").child(page).into()
}

/// What was asked for, once it is here: `body` draws it; its shape before, and what went wrong.
/// `what` it is stands after "the".
pub(crate) fn arrived(
    what: &'static str,
    state: Signal<Remote<()>>,
    again: Callback<()>,
    body: Box<dyn Fn() -> View>,
) -> View {
    switch(
        move || state.get(),
        move |state| match state {
            Remote::Loading => {
                let shape = tag("div", "l-stack")
                    .child(bone())
                    .child(bone())
                    .child(bone());
                loading(&["Loading the ", what].concat(), shape).into()
            }
            Remote::Failed(error) => {
                let title = ["The ", what, " did not arrive"].concat();
                problem(&title, error, again).into()
            }
            Remote::Ready(()) => body(),
        },
    )
}

/// What stands in place of what one may not see. `what` ends the title, `takes` is a capability.
pub(crate) fn forbidden(what: &str, takes: &str) -> View {
    let title = ["You may not see ", what].concat();
    let words = ["That takes ", takes, ". An owner can give it to you."].concat();
    empty(&title, words, nothing()).into()
}

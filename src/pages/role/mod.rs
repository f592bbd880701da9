//! One role: what it holds, who has it where, and the form that makes or changes it.

mod draft;
mod form;
mod held;
mod holders;

use bailiwick_domain::Uidp;

use crate::api::query;
use crate::parts::capabilities::catalogue;
use crate::parts::org_page::{arrived, org_page};
use crate::remote::Remote;
use crate::router::use_router;
use crate::routes::{self, Part};
use crate::state::{Callback, Signal, StoredValue};
use crate::ui::dom::{View, el, tag, views};
use crate::ui::icon::{Icon, icon};

use draft::Draft;

/// The role in the address that a new one begins as.
pub(super) const FROM: &str = "from";

/// The page of a role, or of one to be made.
pub(crate) fn page(org: &Uidp, uid: Option<&Uidp>) -> View {
    let (at, uid) = (org.clone(), uid.cloned());
    org_page(org, "Roles", move |name| asked(&at, uid.as_ref(), name))
}

fn asked(org: &Uidp, uid: Option<&Uidp>, org_name: &str) -> View {
    let is_new = uid.is_none();
    let router = use_router();
    let uid = uid.cloned().or_else(|| router.query(FROM).parse().ok());
    let is_blank = uid.is_none();
    let role = query(
        move || uid.clone(),
        |client, uid| Box::pin(async move { client.get_role(&uid).await }),
    );
    let names = catalogue();
    let state = Signal::derive(move || {
        let names = names.state.with(Remote::bare);
        if is_blank {
            names
        } else {
            names.and(role.state.with(Remote::bare))
        }
    });
    let again = Callback::new(move |()| {
        names.retry().run(());
        role.retry().run(());
    });
    let back = tag("a", "ui-quiet l-row")
        .attr("href", &routes::of_org(org, &Part::Roles))
        .child(icon(Icon::Back))
        .child("All roles");
    let (org, org_name) = (org.clone(), org_name.to_owned());
    // What is being written stays when an answer comes anew.
    let inner = move || {
        let (role, names) = (role.state.read_untracked(), names.state.read_untracked());
        let draft = Draft::start(&org, &org_name, role.ready(), is_new);
        let names = names.ready().map(|names| names.capabilities.clone());
        form::form(draft, StoredValue::new(names.unwrap_or_default()))
    };
    let page = arrived("role", state, again, Box::new(inner));
    views([el("p").child(back).into(), page])
}

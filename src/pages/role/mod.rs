//! One role: what it holds, who has it where, and the form that makes or changes it.

mod draft;
mod form;
mod held;
mod holders;

use bailiwick_api::Role;
use bailiwick_domain::Uidp;

use crate::api::query;
use crate::parts::capabilities::catalogue;
use crate::parts::org_page::{org_page, skeleton};
use crate::parts::problem::problem;
use crate::remote::Remote;
use crate::router::use_router;
use crate::routes::{self, Part};
use crate::ui::dom::{View, el, switch, tag, views};
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
    // What is being written stays when an answer comes anew.
    let showing = move || match (&*role.state.read(), &*names.state.read()) {
        (_, Remote::Failed(error)) | (Remote::Failed(error), _) => Remote::Failed(error.clone()),
        (Remote::Loading, _) if !is_blank => Remote::Loading,
        (_, Remote::Loading) => Remote::Loading,
        (_, Remote::Ready(_)) => Remote::Ready(()),
    };
    let (org, org_name) = (org.clone(), org_name.to_owned());
    let back = tag("a", "ui-quiet")
        .attr("href", &routes::of_org(&org, &Part::Roles))
        .child(icon(Icon::Back))
        .child(" All roles");
    let inner = move |now: &Remote<()>| match now {
        Remote::Loading => skeleton("Loading the role").into(),
        Remote::Failed(error) => {
            let failed = |error| problem("The role did not arrive", error, role.retry());
            failed(error).into()
        }
        Remote::Ready(()) => {
            let known: Option<Role> = role.state.with(|role| role.ready().cloned());
            let names = names.state.with(|names| names.ready().cloned());
            let draft = Draft::start(&org, &org_name, known, is_new);
            form::form(draft, names.unwrap_or_default().capabilities)
        }
    };
    let back = el("p").child(back).into();
    views([back, switch(showing, inner)])
}

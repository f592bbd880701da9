//! What one can hold in an organization: the built-in roles and its own, side by side.

use bailiwick_api::{CatalogueEntry, Role};
use bailiwick_domain::{Capability, Uidp};

use crate::parts::access::refused_words;
use crate::parts::all_roles::all_roles;
use crate::parts::capabilities::{catalogue, read};
use crate::parts::finder::settled;
use crate::parts::matrix::matrix;
use crate::parts::org_page::{arrived, forbidden, org_page};
use crate::reactive::untrack;
use crate::remote::Remote;
use crate::router::use_router;
use crate::routes::{self, Part};
use crate::session::use_session;
use crate::state::{Callback, RwSignal, Signal, after};
use crate::ui::button::{Button, Kind, link_button};
use crate::ui::dom::{El, View, dynamic, tag, views};
use crate::ui::heading::heading;
use crate::ui::pagination::grouped;
use crate::ui::search_field::search_field;

/// The name of the text in the address.
const FIND: &str = "find";

/// So many roles stand side by side at first, and so many more each time.
const BESIDE: usize = 6;

/// The id of the element that says why making a role is refused.
const WHY_NOT: &str = "why-not-role";

/// What the letters of the table stand for, of those that stand at most resources.
const LETTERS: &str = "C create, U update, L list, D delete, G get, M manage";

/// The page.
pub(crate) fn page(org: &Uidp) -> View {
    let uid = org.clone();
    org_page(org, "Roles", move |name| {
        if use_session().may(Capability::ROLES_LIST, &uid) {
            list(&uid, name)
        } else {
            forbidden("the roles", "roles.list")
        }
    })
}

fn list(org: &Uidp, name: &str) -> View {
    let router = use_router();
    let text = RwSignal::new(untrack(|| router.query(FIND)));
    let settled = settled(text);
    let shown = RwSignal::new(BESIDE);
    let mut is_first = true;
    after(move || {
        let text = settled.get();
        if !std::mem::take(&mut is_first) {
            router.set_query(FIND, &text);
            shown.set(BESIDE);
        }
    });
    let title = ["Roles of ", name].concat();
    let may = use_session().may(Capability::ROLES_CREATE, org);
    let new = if may {
        let to = routes::of_org(org, &Part::NewRole);
        link_button(Kind::Primary, &to, "New role")
    } else {
        Button::new(Kind::Primary, "New role")
            .refused(Signal::stored(true))
            .reason(WHY_NOT)
            .view()
    };
    let why_not = (!may).then(|| {
        tag("p", "ui-quiet")
            .attr("id", WHY_NOT)
            .child(refused_words("Making a role", "roles.create"))
    });
    let head = tag("div", "l-row p-head")
        .child(heading(|| "Roles".to_owned(), move || title.clone()))
        .child(tag("div", "l-end").child(new));
    let tools = tag("div", "l-row p-tools")
        .child(search_field("find-role", "Find a role", text))
        .child(tag("p", "ui-tiny ui-quiet").child(LETTERS));
    let more = Callback::new(move |()| shown.update(|shown| *shown += BESIDE));
    let (roles, names) = (all_roles(org), catalogue());
    let org = org.clone();
    let state = Signal::derive(move || {
        let roles = roles.state.with(Remote::bare);
        roles.and(names.state.with(Remote::bare))
    });
    let again = Callback::new(move |()| {
        roles.retry().run(());
        names.retry().run(());
    });
    let drawn = move || {
        let org = org.clone();
        dynamic(move || {
            let (roles, names) = (roles.state.read(), names.state.read());
            let names = &names.ready()?.capabilities;
            let (text, shown) = (settled.get(), shown.get());
            Some(beside(
                &org,
                &roles.ready()?.roles,
                names,
                &text,
                (shown, more),
            ))
        })
    };
    let body = arrived("roles", state, again, Box::new(drawn));
    views([head.into(), why_not.into(), tools.into(), body])
}

/// The roles that a text finds, side by side; so many of them.
fn beside(
    org: &Uidp,
    all: &[Role],
    catalogue: &[CatalogueEntry],
    text: &str,
    (most, more): (usize, Callback<()>),
) -> View {
    let found: Vec<&Role> = all.iter().filter(|role| fits(role, text)).collect();
    let shown = most.min(found.len());
    if shown == 0 {
        let words = "No role here has that in its name or description.";
        return tag("p", "ui-quiet")
            .attr("role", "status")
            .child(words)
            .into();
    }
    let columns = found.iter().take(shown);
    let columns = columns.map(|role| (column(org, role), read(&role.capability_set)));
    let matrix = matrix("Roles and what they hold", catalogue, columns.collect());
    views([matrix.into(), foot(shown, found.len(), more).into()])
}

fn fits(role: &Role, text: &str) -> bool {
    let mut parts = [&role.name, &role.description].into_iter();
    parts.any(|part| part.to_ascii_lowercase().contains(text))
}

/// The head of a role's column.
fn column(org: &Uidp, role: &Role) -> View {
    let kind = match &role.group {
        _ if role.reserved => "reserved".to_owned(),
        Some(group) => ["of ", &group.name].concat(),
        None => "built in".to_owned(),
    };
    let link = tag("a", "ui-table-main")
        .attr("href", &routes::of_org(org, &Part::Role(role.uid.clone())))
        .child(&role.name);
    let count = role.capabilities.len().to_string();
    let about = tag("span", "ui-table-sub").child([&kind, " · ", &count].concat());
    views([link.into(), about.into()])
}

fn foot(shown: usize, all: usize, more: Callback<()>) -> El {
    let words = [&grouped(shown), " of ", &grouped(all), " roles"].concat();
    let button = || Button::new(Kind::Plain, "Show more").on_press(more).view();
    tag("div", "l-row")
        .attr("data-gap", "4")
        .child((shown < all).then(button))
        .child(tag("span", "ui-quiet").attr("role", "status").child(words))
}

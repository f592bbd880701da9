//! The table of members.

use bailiwick_api::identity::{Identity, IdentityBinding, IdentityPage};
use bailiwick_domain::Uidp;

use crate::parts::person::{ends, label_of};
use crate::routes::{self, Part};
use crate::state::{Callback, Signal};
use crate::ui::avatar;
use crate::ui::dom::{El, View, dynamic, el, tag, views};
use crate::ui::table::{Column, Sorting, head};
use crate::ui::time::time;

use super::state::{BY_LAST_SEEN, BY_NAME, Members};

const COLUMNS: &[Column] = &[
    column(BY_NAME, "Person", false),
    column("", "Access", true),
    column("", "Signs in with", true),
    column(BY_LAST_SEEN, "Last seen", false),
];

const fn column(key: &'static str, words: &'static str, folds: bool) -> Column {
    Column { key, words, folds }
}

/// The table.
pub(super) fn table(members: Members, caption: &str) -> El {
    let sorting = Sorting {
        now: Signal::derive(move || members.sort()),
        ask: Callback::new(move |sort| members.sort_by(&sort)),
    };
    let rows = move || {
        let org = members.org.get_value();
        let all = |page: &IdentityPage| {
            views(
                page.identities
                    .iter()
                    .map(|one| row(members, &org, one).into()),
            )
        };
        members.page(all)
    };
    tag("table", "ui-table")
        .child(tag("caption", "ui-hide").child(caption))
        .child(head(COLUMNS, Some(sorting), Some(members.selection)))
        .child(el("tbody").child(dynamic(rows)))
}

fn row(members: Members, org: &Uidp, identity: &Identity) -> El {
    let key = identity.uid.to_string();
    let selection = members.selection;
    let name = label_of(identity);
    let link = tag("a", "ui-table-main")
        .attr(
            "href",
            &routes::of_org(org, &Part::Person(identity.uid.clone())),
        )
        .child(&name);
    let you = members
        .is_you(identity)
        .then(|| tag("span", "ui-faint").child(" you"));
    let suspended = identity
        .suspended
        .then(|| tag("span", "ui-faint").child(" suspended"));
    let who = tag("span", "ui-who-name")
        .child(link)
        .child(you)
        .child(suspended)
        .child(
            tag("span", "ui-table-sub")
                .flag("data-folded")
                .child(access(identity)),
        );
    let who = tag("div", "ui-who").child(avatar::person(&name)).child(who);
    let fold = |inner: View| el("td").flag("data-fold").child(inner);
    let seen = identity.last_seen_time.as_deref();
    let provider = identity.provider_name.as_deref().unwrap_or("nothing now");
    el("tr")
        .child(tag("td", "ui-tick").child(selection.tick(&key, &name)))
        .bind_bool("aria-selected", move || selection.has(&key))
        .child(el("td").child(who))
        .child(fold(access(identity)))
        .child(fold(tag("span", "ui-quiet").child(provider).into()))
        .child(el("td").child(seen.map_or_else(|| "not yet".into(), time)))
}

/// `owner on acme and 2 more`, and what of it ends first.
fn access(identity: &Identity) -> View {
    let bindings = &identity.role_bindings;
    let Some(first) = bindings.first() else {
        return "nothing that you may see".into();
    };
    let place = [" on ", &first.group.name].concat();
    let more = identity.role_binding_count.saturating_sub(1);
    let more = (more > 0)
        .then(|| tag("span", "ui-faint").child([" and ", &more.to_string(), " more"].concat()));
    // All are written alike, so the least text is the first time.
    let end = bindings.iter().filter_map(ending).min();
    views([
        first.role.name.as_str().into(),
        tag("span", "ui-quiet").child(place).into(),
        more.into(),
        " ".into(),
        ends(end, ""),
    ])
}

fn ending(binding: &IdentityBinding) -> Option<&str> {
    binding.expire_time.as_deref()
}

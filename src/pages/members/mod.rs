//! Everyone who holds something in an organization.

mod state;
mod table;

use bailiwick_api::IdentityPage;
use bailiwick_domain::{Capability, Uidp};

use crate::parts::list_pages::foot;
use crate::parts::org_page::{arrived, forbidden, org_page};
use crate::remote::Remote;
use crate::routes::{self, Tab};
use crate::session::use_session;
use crate::state::{Callback, Signal};
use crate::ui::button::{Button, Kind, link_button};
use crate::ui::dom::{El, View, dynamic, el, switch, tag, views};
use crate::ui::heading::heading;
use crate::ui::search_field::search_field;
use crate::ui::select::{Choice, select};

use state::{FILTERS, Members, SHOW};

/// The page.
pub(crate) fn page(org: &Uidp) -> View {
    let uid = org.clone();
    org_page(org, "Members", move |name| {
        if use_session().may(Capability::IDENTITY_LIST, &uid) {
            list(&uid, name)
        } else {
            forbidden("who is a member", "identity.list")
        }
    })
}

fn list(org: &Uidp, name: &str) -> View {
    let members = Members::start(org, name);
    let caption = ["Members of ", name].concat();
    let title = caption.clone();
    let state = Signal::derive(move || members.found.state.with(Remote::bare));
    let is_empty = move || members.page(|page| page.identities.is_empty()) == Some(true);
    let body = move || {
        let caption = caption.clone();
        switch(is_empty, move |is_empty| {
            if *is_empty {
                no_match(members).into()
            } else {
                table::table(members, &caption).into()
            }
        })
    };
    let list = arrived("members", state, members.found.retry(), Box::new(body));
    let count = move || {
        let total = members.page(|page| page.total_count.clone()).flatten();
        total.unwrap_or_default()
    };
    let invite = routes::group_tab(org, Tab::Invites) + "?invite=new";
    let head = tag("div", "l-row p-head")
        .child(
            heading(|| "Members ".to_owned(), move || title.clone())
                .child(tag("span", "ui-count").text(count)),
        )
        .child(tag("div", "l-end").child(link_button(Kind::Primary, &invite, "Invite")));
    let pages = dynamic(move || {
        let foot = |page: &IdentityPage| {
            let has_more = !page.next_page_token.is_empty();
            foot(
                members.router,
                page.identities.len(),
                page.total_count.as_deref(),
                has_more,
            )
        };
        members.page(foot).flatten()
    });
    views([
        head.into(),
        tools(members).into(),
        tag("div", "l-contain").child(list).into(),
        pages,
        members.selection.bar(move || bar(members)),
        dynamic(move || members.removing.get().map(|chosen| members.review(&chosen))),
    ])
}

/// What narrows the list.
fn tools(members: Members) -> El {
    let role = dynamic(move || {
        members.roles.state.with(|roles| {
            let roles = roles
                .ready()
                .map(|page| page.roles.as_slice())
                .unwrap_or_default();
            let any = Choice {
                value: "",
                words: "Role: any",
                is_off: false,
            };
            let each = roles.iter().map(|role| Choice {
                value: role.uid.as_str(),
                words: &role.name,
                is_off: false,
            });
            select(
                "member-role",
                "Role",
                [any].into_iter().chain(each),
                members.role,
            )
        })
    });
    let list = tag("nav", "ui-segment").attr("aria-label", "Which members");
    let filters = FILTERS.into_iter().fold(list, |list, (word, words)| {
        let link = tag("a", "ui-segment-item")
            .bind("href", move || Some(members.router.with_query(SHOW, word)))
            .bind("aria-current", move || {
                (members.router.query(SHOW) == word).then(|| "true".to_owned())
            })
            .child(words);
        list.child(link)
    });
    tag("div", "l-row p-tools")
        .child(search_field("find-member", "Find a member", members.text))
        .child(role)
        .child(filters)
}

fn no_match(members: Members) -> El {
    let clear = Button::new(Kind::Plain, "Show everyone")
        .on_press(Callback::new(move |()| members.show_all()));
    tag("div", "ui-empty")
        .child(
            el("p")
                .attr("role", "status")
                .child("Nobody here is like that."),
        )
        .child(clear.view())
}

/// What one may do with the rows that are chosen.
fn bar(members: Members) -> View {
    let count = members.selection.chosen().len();
    let words = match count {
        1 => "Remove 1 person".to_owned(),
        count => ["Remove ", &count.to_string(), " people"].concat(),
    };
    let remove = Button::new(Kind::Loss, &words)
        .small()
        .refused(members.may_not_remove())
        .reason(state::WHY_NOT)
        .on_press(Callback::new(move |()| members.ask_removal()));
    views([members.why_not(), remove.view()])
}

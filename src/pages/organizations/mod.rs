//! The organizations, and the folders of others, that one may see.

mod list;
mod nothing;

use bailiwick_api::query::{GroupQuery, Scope};
use bailiwick_api::{Error, Group, GroupPage, PageQuery};
use leptos::prelude::*;

use crate::api::use_client;
use crate::parts::group_form::{Outcome, create_dialog};
use crate::parts::place::use_place;
use crate::parts::problem::{problem, refusal};
use crate::remote::Remote;
use crate::router::use_router;
use crate::routes;
use crate::session::use_session;
use crate::ui::button::{Button, Kind};
use crate::ui::dom::{El, View, dynamic, el, tag, views};
use crate::ui::heading::plain_heading;
use crate::ui::icon::Icon;
use crate::ui::live::use_live;

/// What is here so far, and how the rest is asked for.
#[derive(Debug, Clone, Copy)]
struct Listed {
    groups: RwSignal<Remote<Vec<Group>>>,
    /// The token of the next page; empty on the last one.
    next: RwSignal<String>,
    is_loading_more: RwSignal<bool>,
    more_error: RwSignal<Option<Error>>,
}

/// The page.
pub(crate) fn page() -> View {
    use_place().outside("Organizations");
    let session = use_session();
    let listed = Listed {
        groups: RwSignal::new(Remote::Loading),
        next: RwSignal::default(),
        is_loading_more: RwSignal::new(false),
        more_error: RwSignal::new(None),
    };
    let load = loader(listed);
    load.run(());
    let is_creating = RwSignal::new(false);
    let create = Callback::new(move |()| is_creating.set(true));
    let is_empty = move || {
        listed
            .groups
            .with(|groups| groups.ready().is_some_and(Vec::is_empty))
    };
    let new = move || {
        let may = session.server().organizations_open && !is_empty();
        may.then(|| new_button(create))
    };
    let command = move || {
        let must = !session.server().organizations_open && !is_empty();
        must.then(by_operator)
    };
    let body = move || {
        listed.groups.with(|groups| match groups {
            Remote::Loading => list::skeleton(),
            Remote::Failed(error) => problem("Your organizations did not arrive", error, load),
            Remote::Ready(groups) if groups.is_empty() => nothing::nothing(create),
            Remote::Ready(groups) => list::table(groups),
        })
    };
    let head = tag("div", "l-row")
        .child(plain_heading("Organizations"))
        .child(tag("div", "l-end").child(dynamic(new)));
    let page = tag("div", "l-page")
        .child(head)
        .child(tag("div", "l-contain").child(dynamic(body)))
        .child(more(listed, load))
        .child(dynamic(command));
    let dialog = dynamic(move || is_creating.get().then(|| dialog(is_creating)));
    views([page.into(), dialog])
}

/// Loads the first page, or the next one once there is a first.
fn loader(listed: Listed) -> Callback<()> {
    let client = use_client();
    Callback::new(move |()| {
        let token = listed.next.get_untracked();
        if token.is_empty() {
            listed.groups.set(Remote::Loading);
        } else {
            listed.is_loading_more.set(true);
            listed.more_error.set(None);
        }
        let client = client.clone();
        leptos::task::spawn_local(async move {
            let answer = client.list_groups(&query(&token)).await;
            arrived(listed, &token, answer);
        });
    })
}

fn query(token: &str) -> GroupQuery {
    GroupQuery {
        scope: Scope::Topmost,
        name: None,
        search: None,
        page: PageQuery {
            token: (!token.is_empty()).then(|| token.to_owned()),
            order_by: Some("name".to_owned()),
            ..PageQuery::default()
        },
    }
}

fn arrived(listed: Listed, token: &str, answer: Result<GroupPage, Error>) {
    let _ = listed.is_loading_more.try_set(false);
    match answer {
        Ok(page) => {
            let _ = listed.next.try_set(page.next_page_token);
            let _ = listed.groups.try_update(|known| match known {
                Remote::Ready(groups) if !token.is_empty() => groups.extend(page.groups),
                _ => *known = Remote::Ready(page.groups),
            });
        }
        Err(error) if token.is_empty() => drop(listed.groups.try_set(Remote::Failed(error))),
        Err(error) => drop(listed.more_error.try_set(Some(error))),
    }
}

fn more(listed: Listed, load: Callback<()>) -> View {
    dynamic(move || {
        let has_more = listed.next.with(|next| !next.is_empty());
        has_more.then(|| {
            let button = Button::new(Kind::Plain, "Show more")
                .pending(listed.is_loading_more)
                .on_press(load);
            let error = move || listed.more_error.with(|error| error.as_ref().map(refusal));
            views([dynamic(error), el("p").child(button.view()).into()])
        })
    })
}

fn new_button(create: Callback<()>) -> View {
    Button::new(Kind::Primary, "New organization")
        .glyph(Icon::Plus)
        .on_press(create)
        .view()
}

fn by_operator() -> El {
    let words = "On this server an organization is made by whoever runs it.";
    tag("section", "l-stack")
        .attr("data-gap", "2")
        .attr("aria-label", "A new organization")
        .child(tag("p", "ui-quiet").child(words))
}

fn dialog(is_creating: RwSignal<bool>) -> View {
    let (client, session, router, live) = (use_client(), use_session(), use_router(), use_live());
    let done = Callback::new(move |group: Group| {
        let client = client.clone();
        leptos::task::spawn_local(async move {
            // Its maker is its owner now; the page must know before it draws the buttons.
            session.refresh(&client).await;
            live.say(&["The organization ", &group.name, " was made."]);
            router.go(&routes::group(&group.uid));
        });
    });
    let closed = Callback::new(move |()| {
        let _ = is_creating.try_set(false);
    });
    create_dialog(None, &Outcome { done, closed })
}

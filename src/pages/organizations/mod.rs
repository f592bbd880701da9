//! The organizations, and the folders of others, that one may see.

mod list;
mod nothing;

use bailiwick_api::query::{GroupQuery, GroupScope};
use bailiwick_api::{Error, Group, GroupPage, PageQuery};
use leptos::prelude::*;

use crate::api::use_client;
use crate::parts::group_form::{Outcome, create_dialog};
use crate::parts::place::use_place;
use crate::parts::problem::problem;
use crate::remote::Remote;
use crate::router::use_router;
use crate::routes;
use crate::session::use_session;
use crate::ui::button::{Button, Kind};
use crate::ui::command::command;
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
pub(crate) fn page() -> AnyView {
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
    let is_open = move || session.server().organizations_open;
    let is_empty = move || {
        listed
            .groups
            .with(|groups| groups.ready().is_some_and(Vec::is_empty))
    };
    let body = move || {
        listed.groups.with(|groups| match groups {
            Remote::Loading => list::skeleton(),
            Remote::Failed(error) => problem("Your organizations did not arrive", error, load),
            Remote::Ready(groups) if groups.is_empty() => nothing::nothing(create),
            Remote::Ready(groups) => list::table(groups),
        })
    };
    view! {
        <div class="l-page">
            <div class="l-row">
                {plain_heading("Organizations")}
                <div class="l-end">
                    {move || (is_open() && !is_empty()).then(|| new_button(create))}
                </div>
            </div>
            <div class="l-contain">{body}</div>
            {more(listed, load)}
            {move || (!is_open() && !is_empty()).then(by_command)}
        </div>
        {move || is_creating.get().then(|| dialog(is_creating))}
    }
    .into_any()
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
        scope: GroupScope::Topmost,
        name: None,
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

fn more(listed: Listed, load: Callback<()>) -> AnyView {
    let has_more = move || listed.next.with(|next| !next.is_empty());
    (move || {
        has_more().then(|| {
            view! {
                {move || {
                    listed
                        .more_error
                        .with(|error| error.as_ref().map(crate::parts::problem::refusal))
                }}
                <p>
                    <Button pending=listed.is_loading_more on_press=load>
                        "Show more"
                    </Button>
                </p>
            }
        })
    })
    .into_any()
}

fn new_button(create: Callback<()>) -> AnyView {
    view! {
        <Button kind=Kind::Primary glyph=Icon::Plus on_press=create>
            "New organization"
        </Button>
    }
    .into_any()
}

fn by_command() -> AnyView {
    view! {
        <section class="l-stack" data-gap="2" aria-label="A new organization">
            <p class="ui-quiet">
                "A new organization is made on the server, by whoever runs it. The command prints an \
                 invite for the first owner."
            </p>
            {command("bailiwick admin create-org NAME")}
        </section>
    }
    .into_any()
}

fn dialog(is_creating: RwSignal<bool>) -> AnyView {
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

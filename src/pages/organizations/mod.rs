//! The organizations, and the folders of others, that one may see.

mod last;
mod list;
mod nothing;
mod state;

use bailiwick_api::Group;
use bailiwick_api::routes::GROUPS;
use state::Listed;

use crate::api::use_client;
use crate::parts::commands::{Command, use_commands};
use crate::parts::group_form::{Outcome, create_dialog};
use crate::parts::place::use_place;
use crate::parts::problem::{problem, refusal};
use crate::reactive::spawn_local;
use crate::remote::Remote;
use crate::router::use_router;
use crate::routes;
use crate::session::use_session;
use crate::state::{Callback, RwSignal, memo};
use crate::ui::button::{Button, Kind};
use crate::ui::dom::{El, View, dynamic, el, switch, tag, views};
use crate::ui::heading::plain_heading;
use crate::ui::icon::Icon;
use crate::ui::pagination::pagination;
use crate::ui::search_field::search_field;
use crate::ui::toast::use_toast;

/// What stands in the place of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Showing {
    Loading,
    Failed,
    Nothing,
    NoMatch,
    Table,
}

/// The page.
pub(crate) fn page() -> View {
    use_place().outside("Organizations");
    let session = use_session();
    let listed = Listed::start();
    let is_creating = RwSignal::new(false);
    let create = Callback::new(move |()| is_creating.set(true));
    let is_open = move || session.server().organizations_open;
    use_commands().offer(move || {
        let new = Command {
            words: "New organization".to_owned(),
            glyph: Icon::Plus,
            keys: "",
            run: create,
        };
        is_open().then_some(new).into_iter().collect()
    });
    let showing = memo(move || match &*listed.groups.read() {
        Remote::Loading => Showing::Loading,
        Remote::Failed(_) => Showing::Failed,
        Remote::Ready(groups) if !groups.is_empty() => Showing::Table,
        Remote::Ready(_) if listed.is_narrowed() => Showing::NoMatch,
        Remote::Ready(_) => Showing::Nothing,
    });
    let is_nothing = move || showing.get() == Showing::Nothing;
    let new = move || (is_open() && !is_nothing()).then(|| new_button(create));
    let must_ask = move || (!is_open() && !is_nothing()).then(by_operator);
    let body = move |showing: &Showing| match showing {
        Showing::Loading => list::skeleton().into(),
        Showing::Failed => dynamic(move || failed(listed)),
        Showing::Nothing => nothing::nothing(create).into(),
        Showing::NoMatch => no_match(listed).into(),
        Showing::Table => list::table(listed).into(),
    };
    let search = move || {
        let is_of_use = !is_nothing() && showing.get() != Showing::Failed;
        is_of_use.then(|| search_field("find-org", "Find an organization", listed.text))
    };
    let head = tag("div", "l-row")
        .child(plain_heading("Organizations"))
        .child(tag("div", "l-end").child(dynamic(new)));
    let more_error = move || listed.more_error.with(|error| error.as_ref().map(refusal));
    let more = Callback::new(move |()| listed.load_more());
    let page = tag("div", "l-page")
        .child(head)
        .child(dynamic(move || {
            (!is_nothing() && !listed.is_narrowed()).then(last::last)
        }))
        .child(tag("div", "p-orgs-find").child(dynamic(search)))
        .child(tag("div", "l-contain").child(switch(move || showing.get(), body)))
        .child(dynamic(more_error))
        .child(pagination(listed.shown(), listed.is_loading_more, more))
        .child(dynamic(must_ask));
    let dialog = dynamic(move || is_creating.get().then(|| dialog(is_creating)));
    views([page.into(), dialog])
}

fn failed(listed: Listed) -> Option<El> {
    let again = Callback::new(move |()| listed.reload());
    listed.groups.with(|groups| match groups {
        Remote::Failed(error) => Some(problem("Your organizations did not arrive", error, again)),
        _ => None,
    })
}

fn no_match(listed: Listed) -> El {
    let words = move || {
        let text = listed.text.get();
        [
            "No organization of yours has ",
            text.trim(),
            " in its name.",
        ]
        .concat()
    };
    let clear = Button::new(Kind::Plain, "Show all")
        .on_press(Callback::new(move |()| listed.text.set(String::new())));
    tag("div", "ui-empty")
        .child(el("p").attr("role", "status").text(words))
        .child(clear.view())
}

fn new_button(create: Callback<()>) -> View {
    Button::new(Kind::Primary, "New organization")
        .glyph(Icon::Plus)
        .on_press(create)
        .view()
}

fn by_operator() -> El {
    let words = "On this server an organization is made by whoever runs it.";
    tag("p", "ui-quiet").child(words)
}

fn dialog(is_creating: RwSignal<bool>) -> View {
    let (client, session, router, toast) = (use_client(), use_session(), use_router(), use_toast());
    let done = Callback::new(move |group: Group| {
        let client = client.clone();
        spawn_local(async move {
            // Its maker is its owner now; the page must know before it draws the buttons.
            session.refresh(&client).await;
            client.transport().forget(GROUPS);
            toast.say(&["The organization ", &group.name, " was made."]);
            router.go(&routes::group(&group.uid));
        });
    });
    let closed = Callback::new(move |()| {
        is_creating.set(false);
    });
    create_dialog(None, &Outcome { done, closed })
}

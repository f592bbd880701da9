//! The browsers that are signed in as one.

use bailiwick_api::{ConsoleSession, ConsoleSessionList, Error};

use crate::api::{Query, query, use_client};
use crate::parts::problem::{problem, refusal};
use crate::reactive::spawn_local;
use crate::remote::Remote;
use crate::state::{Callback, RwSignal, Signal};
use crate::ui::badge;
use crate::ui::button::{Button, Kind};
use crate::ui::dom::{El, View, dynamic, el, find_id, tag, views};
use crate::ui::skeleton::{bone, loading};
use crate::ui::table::{Column, head};
use crate::ui::time::time;
use crate::ui::toast::use_toast;

use super::column;

const TITLE: &str = "sessions-title";
/// In the place of an id: all but this one.
const OTHERS: &str = "others";

/// What a press of a button does here.
#[derive(Clone, Copy)]
struct Ending {
    /// The id of what is being ended, or [`OTHERS`]; empty when nothing is.
    what: RwSignal<String>,
    failed: RwSignal<Option<Error>>,
    /// With the session to end; without one, all others.
    end: Callback<Option<ConsoleSession>>,
}

pub(super) fn sessions() -> View {
    let list: Query<ConsoleSessionList> = query(
        || Some(()),
        |client, ()| Box::pin(async move { client.list_sessions().await }),
    );
    let ending = ending(list);
    let shown = move || {
        list.state.with(|state| match state {
            Remote::Loading => loading("Loading your browsers", bone()).into(),
            Remote::Failed(error) => problem("The list did not arrive", error, list.retry()).into(),
            Remote::Ready(all) => table(&all.sessions, ending),
        })
    };
    tag("section", "l-stack")
        .attr("aria-labelledby", TITLE)
        .child(
            el("h2")
                .attr("id", TITLE)
                .attr("tabindex", "-1")
                .child("Browsers"),
        )
        .child(dynamic(move || {
            ending.failed.with(|error| error.as_ref().map(refusal))
        }))
        .child(dynamic::<View>(shown))
        .into()
}

fn ending(list: Query<ConsoleSessionList>) -> Ending {
    let (client, toast) = (use_client(), use_toast());
    let (what, failed) = (RwSignal::new(String::new()), RwSignal::new(None));
    let end = Callback::new(move |session: Option<ConsoleSession>| {
        if what.with_untracked(|what| !what.is_empty()) {
            return;
        }
        let id = session.as_ref().map(|session| session.id.to_string());
        what.set(id.unwrap_or_else(|| OTHERS.to_owned()));
        failed.set(None);
        let client = client.clone();
        spawn_local(async move {
            let answer = match &session {
                Some(session) => client.end_session(&session.id).await,
                None => client.end_other_sessions().await,
            };
            // Gone when its page went meanwhile.
            if what.try_get_untracked().is_none() {
                return;
            }
            what.set(String::new());
            match answer {
                Ok(()) => {
                    match &session {
                        Some(session) => toast.say(&[&called(session), " is signed out."]),
                        None => toast.say(&["All other browsers are signed out."]),
                    }
                    list.retry().run(());
                    // The button that had the focus goes with its row.
                    if let Some(title) = find_id(TITLE) {
                        title.focus();
                    }
                }
                Err(error) => failed.set(Some(error)),
            }
        });
    });
    Ending { what, failed, end }
}

const COLUMNS: &[Column] = &[
    column("Browser", false),
    column("From", true),
    column("Since", true),
    column("Last seen", true),
    column("", false),
];

fn table(sessions: &[ConsoleSession], ending: Ending) -> View {
    let body = sessions.iter().fold(el("tbody"), |body, session| {
        body.child(row(session, ending))
    });
    let table = tag("table", "ui-table")
        .child(tag("caption", "ui-hide").child("Browsers that are signed in as you"))
        .child(head(COLUMNS, None, None))
        .child(body);
    let after = if sessions.len() > 1 {
        others(ending)
    } else {
        tag("p", "ui-quiet").child("You are signed in with this browser alone.")
    };
    views([tag("div", "l-contain").child(table).into(), after.into()])
}

fn others(ending: Ending) -> El {
    let button = Button::new(Kind::Plain, "Sign out all others")
        .pending(is_ending(ending, OTHERS))
        .on_press(Callback::new(move |()| ending.end.run(None)));
    let words = "Not one you know? Sign it out here, and change your password where you sign in. \
                 Terminals and programs stay signed in.";
    tag("div", "l-stack")
        .attr("data-gap", "2")
        .child(tag("p", "ui-quiet").child(words))
        .child(el("p").child(button.view()))
}

fn is_ending(ending: Ending, id: &str) -> Signal<bool> {
    let id = id.to_owned();
    Signal::derive(move || ending.what.with(|what| *what == id))
}

fn row(session: &ConsoleSession, ending: Ending) -> El {
    let asked = session.clone();
    let ends = ["Sign out ", &called(session)].concat();
    let end = (!session.current).then(|| {
        Button::new(Kind::Quiet, "Sign out")
            .small()
            .named(move || ends.clone())
            .pending(is_ending(ending, session.id.as_str()))
            .on_press(Callback::new(move |()| ending.end.run(Some(asked.clone()))))
            .view()
    });
    let from = || el("code").child(&session.address);
    let sub = tag("span", "ui-table-sub")
        .flag("data-folded")
        .child(from())
        .child(", seen ")
        .child(time(&session.last_seen_time));
    let by = [" by ", &session.provider_name].concat();
    let name = tag("span", "ui-who-name")
        .child(called(session))
        .child(tag("span", "ui-faint").child(by))
        .child(sub);
    let this = session.current.then(|| badge::accent("this one"));
    let what = tag("div", "ui-who").child(name).child(this);
    let fold = |inner: View| el("td").flag("data-fold").child(inner);
    el("tr")
        .child(el("td").child(what))
        .child(fold(from().into()))
        .child(fold(time(&session.create_time)))
        .child(fold(time(&session.last_seen_time)))
        .child(el("td").child(end))
}

fn called(session: &ConsoleSession) -> String {
    if session.browser.is_empty() {
        "A browser".to_owned()
    } else {
        session.browser.clone()
    }
}

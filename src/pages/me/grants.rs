//! The terminals and programs that are signed in as one.

use bailiwick_api::{ClientGrant, Error};

use crate::api::{Query, query, use_client};
use crate::parts::problem::{problem, refusal};
use crate::reactive::spawn_local;
use crate::remote::Remote;
use crate::state::{Callback, RwSignal};
use crate::ui::button::{Button, Kind};
use crate::ui::command::command;
use crate::ui::dialog::{Dialog, dialog_end};
use crate::ui::dom::{El, View, dynamic, el, tag, views};
use crate::ui::empty::empty;
use crate::ui::skeleton::{bone, loading};
use crate::ui::table::{Column, head};
use crate::ui::time::time;
use crate::ui::toast::use_toast;

use super::column;

type Grants = Query<bailiwick_api::ClientGrantList>;

pub(super) fn grants() -> View {
    let list: Grants = query(
        || Some(()),
        |client, ()| Box::pin(async move { client.list_client_grants().await }),
    );
    let ending = RwSignal::new(None::<ClientGrant>);
    let shown = move || {
        list.state.with(|state| match state {
            Remote::Loading => loading("Loading what is signed in", bone()).into(),
            Remote::Failed(error) => problem("The list did not arrive", error, list.retry()).into(),
            Remote::Ready(all) if all.grants.is_empty() => nothing_yet().into(),
            Remote::Ready(all) => table(&all.grants, ending),
        })
    };
    let section = tag("section", "l-stack")
        .attr("aria-labelledby", "grants-title")
        .child(
            el("h2")
                .attr("id", "grants-title")
                .child("Terminals and programs"),
        )
        .child(dynamic::<View>(shown));
    views([
        section.into(),
        dynamic(move || ending.get().map(|grant| question(&grant, ending, list))),
    ])
}

fn nothing_yet() -> El {
    empty(
        "Nothing else is signed in as you",
        "To sign in a terminal, run this on it.",
        command("bailiwick auth login"),
    )
}

const COLUMNS: &[Column] = &[
    column("Signed in", false),
    column("From", true),
    column("Since", true),
    column("Last used", true),
    column("", false),
];

fn table(grants: &[ClientGrant], ending: RwSignal<Option<ClientGrant>>) -> View {
    let body = grants
        .iter()
        .fold(el("tbody"), |body, grant| body.child(row(grant, ending)));
    let table = tag("table", "ui-table")
        .child(tag("caption", "ui-hide").child("What is signed in as you"))
        .child(head(COLUMNS, None, None))
        .child(body);
    tag("div", "l-contain").child(table).into()
}

fn row(grant: &ClientGrant, ending: RwSignal<Option<ClientGrant>>) -> El {
    let asked = grant.clone();
    let ends = ["End ", &called(grant)].concat();
    let end = Button::new(Kind::Quiet, "End")
        .small()
        .named(move || ends.clone())
        .on_press(Callback::new(move |()| ending.set(Some(asked.clone()))));
    let from = || -> View {
        if grant.address.is_empty() {
            "here".into()
        } else {
            el("code").child(&grant.address).into()
        }
    };
    let how = if grant.by_device {
        "by its code"
    } else {
        "by this browser"
    };
    let sub = tag("span", "ui-table-sub")
        .flag("data-folded")
        .child(from())
        .child(", used ")
        .child(time(&grant.last_used_time));
    let name = tag("span", "ui-who-name")
        .child(called(grant))
        .child(tag("span", "ui-faint").child([" ", how].concat()))
        .child(sub);
    let what = tag("div", "ui-who").child(name);
    let fold = |inner: View| el("td").flag("data-fold").child(inner);
    el("tr")
        .child(el("td").child(what))
        .child(fold(from()))
        .child(fold(time(&grant.create_time)))
        .child(fold(time(&grant.last_used_time)))
        .child(el("td").child(end.view()))
}

/// By what the device says it is, and the client.
fn called(grant: &ClientGrant) -> String {
    if grant.host.is_empty() {
        grant.client.name.clone()
    } else {
        [&grant.host, ", ", &grant.client.name].concat()
    }
}

fn question(grant: &ClientGrant, ending: RwSignal<Option<ClientGrant>>, list: Grants) -> View {
    let dialog = Dialog::new();
    let (client, toast) = (use_client(), use_toast());
    let (is_ending, failed) = (RwSignal::new(false), RwSignal::new(None::<Error>));
    let closed = Callback::new(move |()| ending.set(None));
    let (uid, name) = (grant.id.clone(), called(grant));
    let end = Callback::new(move |()| {
        let (client, uid, name) = (client.clone(), uid.clone(), name.clone());
        is_ending.set(true);
        failed.set(None);
        spawn_local(async move {
            match client.delete_client_grant(&uid).await {
                Ok(()) => {
                    dialog.close();
                    toast.say(&[&name, " is signed out."]);
                    list.retry().run(());
                }
                Err(error) => {
                    is_ending.set(false);
                    failed.set(Some(error));
                }
            }
        });
    });
    let keep = Button::new(Kind::Quiet, "Keep it")
        .autofocus()
        .on_press(Callback::new(move |()| dialog.close()));
    let end = Button::new(Kind::Danger, "End it")
        .pending(is_ending)
        .on_press(end);
    let words = "Its next request is refused. To use it again, somebody signs in there anew.";
    let inner = views([
        tag("div", "ui-dialog-body l-stack")
            .child(el("p").child(words))
            .child(dynamic(move || {
                failed.with(|error| error.as_ref().map(refusal))
            }))
            .into(),
        dialog_end([keep.view(), end.view()]).into(),
    ]);
    let title = ["Sign out ", &called(grant), "?"].concat();
    dialog.view("end-grant", &title, None, closed, inner)
}

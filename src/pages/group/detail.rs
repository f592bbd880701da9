//! The chosen group.

use bailiwick_api::session::HeldRole;
use bailiwick_api::{Error, Group};
use bailiwick_domain::{Capability, Uidp};
use leptos::prelude::*;

use crate::parts::access::{Action, reason, refused};
use crate::parts::group_form::Target;
use crate::parts::problem::problem;
use crate::remote::Remote;
use crate::routes;
use crate::ui::button::{Button, Kind, link_button};
use crate::ui::command::command;
use crate::ui::facts::fact;
use crate::ui::heading::{heading, plain_heading};
use crate::ui::icon::{Icon, icon};
use crate::ui::id::id;
use crate::ui::skeleton::{bone, loading};
use crate::ui::time::time;

use super::state::Shown;
use super::tree_pane::back_to_tree;

/// Which view the pane needs. It stays while the group in it changes, and keeps the focus.
#[derive(Debug, Clone, PartialEq)]
enum View {
    Loading,
    Failed(Error),
    Of(Uidp),
}

/// The pane with the chosen group.
pub(super) fn detail(shown: Shown) -> AnyView {
    let view = Memo::new(move |_| {
        shown.detail.with(|detail| match detail {
            Remote::Loading => View::Loading,
            Remote::Failed(error) => View::Failed(error.clone()),
            Remote::Ready(group) => View::Of(group.uid.clone()),
        })
    });
    let inner = move || match view.get() {
        View::Loading => skeleton(),
        View::Failed(error) if error.http() == Some(404) => gone(shown),
        View::Failed(error) => {
            let again = Callback::new(move |()| {
                let uid = shown.selected.get_untracked();
                shown.open(&uid);
            });
            problem("The folder did not arrive", &error, again)
        }
        View::Of(uid) => one(shown, uid),
    };
    view! {
        <div class="l-detail">
            <div class="l-pad l-stack" data-gap="5">
                <p class="l-pane-only">
                    <button
                        class="ui-button ui-button--quiet"
                        type="button"
                        data-size="sm"
                        on:click=move |_| back_to_tree(shown)
                    >
                        {icon(Icon::Back)}
                        "All folders"
                    </button>
                </p>
                {inner}
            </div>
        </div>
    }
    .into_any()
}

fn skeleton() -> AnyView {
    let shape = view! { <div class="l-stack">{bone()} {bone()} {bone()}</div> };
    loading("Loading the folder", shape.into_any())
}

fn gone(shown: Shown) -> AnyView {
    let org = shown.org.get_value();
    let may_see = shown.session.may(Capability::GROUPS_LIST, &org);
    let is_org = shown.selected.with_untracked(|uid| *uid == org);
    let (title, way) = if is_org {
        ("No such organization, or not for you", None)
    } else {
        (
            "No such folder, or not for you",
            may_see.then(|| routes::group(&org)),
        )
    };
    view! {
        <div class="ui-empty">
            {plain_heading(title)}
            <p class="ui-quiet">"It may have been deleted, or was never shared with you."</p>
            <div class="l-row">
                {way.map(|way| link_button(Kind::Plain, &way, "Go to its organization"))}
                {link_button(Kind::Plain, routes::ORGANIZATIONS, "Go to your organizations")}
            </div>
        </div>
    }
    .into_any()
}

fn one(shown: Shown, uid: Uidp) -> AnyView {
    // The pane goes away together with the group, so the last one known is never seen.
    let group = Memo::new(move |before: Option<&Option<Group>>| {
        let now = shown.detail.with(|detail| detail.ready().cloned());
        now.or_else(|| before.cloned().flatten())
    });
    let part = move |part: fn(&Group) -> String| {
        Signal::derive(move || group.with(|group| group.as_ref().map(part).unwrap_or_default()))
    };
    let name = part(|group| group.name.clone());
    let title = part(|group| match group.path.first() {
        Some(org) => [&group.name, ", ", &org.name].concat(),
        None => group.name.clone(),
    });
    let about = part(|group| group.description.clone());
    let at = Signal::stored(uid.clone());
    view! {
        <div class="l-stack" data-gap="2">
            <div class="l-row">{heading(name, title)} {actions(shown, group, at)}</div>
            {move || id(uid.as_str(), &name.get())}
            {reasons(at)}
        </div>
        {move || about.with(|about| (!about.is_empty()).then(|| view! { <p>{about.clone()}</p> }))}
        <section class="l-stack" data-gap="2" aria-labelledby="facts">
            <h2 id="facts">"Facts"</h2>
            {move || group.with(|group| group.as_ref().map(facts))}
        </section>
        <section class="l-stack" data-gap="2" aria-labelledby="access">
            <h2 id="access">"Your access"</h2>
            {access(shown, at)}
        </section>
        {move || {
            group.with(|group| {
                let words = ["bailiwick iam folders describe ", &argument(group.as_ref()?)].concat();
                Some(command(&words))
            })
        }}
    }
    .into_any()
}

fn actions(shown: Shown, group: Memo<Option<Group>>, at: Signal<Uidp>) -> AnyView {
    let ask = move |action: Action| {
        Callback::new(move |()| {
            let target = group.with_untracked(|group| group.as_ref().map(target));
            if let Some(target) = target {
                shown.asked.set(Some((action, target)));
            }
        })
    };
    let button = move |action: Action, kind: Kind, glyph: Icon, words: &'static str| {
        view! {
            <Button
                kind=kind
                glyph=glyph
                refused=refused(action, at)
                reason=action.reason_id()
                on_press=ask(action)
            >
                {words}
            </Button>
        }
    };
    view! {
        <div class="l-row l-end">
            {button(Action::Create, Kind::Primary, Icon::Plus, "New folder")}
            {button(Action::Rename, Kind::Plain, Icon::Edit, "Rename")}
            {button(Action::Delete, Kind::Loss, Icon::Trash, "Delete")}
        </div>
    }
    .into_any()
}

fn target(group: &Group) -> Target {
    Target {
        uid: group.uid.clone(),
        name: group.name.clone(),
        has_children: group.has_children,
    }
}

fn reasons(at: Signal<Uidp>) -> AnyView {
    [Action::Create, Action::Rename, Action::Delete]
        .map(|action| reason(action, refused(action, at)))
        .into_iter()
        .collect_view()
        .into_any()
}

fn facts(group: &Group) -> AnyView {
    view! {
        <dl class="ui-facts">
            {fact("Path", way(group).join(" / ").into_any())}
            {fact("Created", time(&group.create_time))}
            {fact("Changed", time(&group.update_time))}
        </dl>
    }
    .into_any()
}

fn way(group: &Group) -> Vec<&str> {
    let above = group.path.iter().map(|step| step.name.as_str());
    above.chain([group.name.as_str()]).collect()
}

/// The path as one argument of a shell.
fn argument(group: &Group) -> String {
    let path = way(group).join("/");
    // INVARIANT: of all that a name may hold, only a space means something to a shell.
    if path.contains(' ') {
        ["'", &path, "'"].concat()
    } else {
        path
    }
}

fn access(shown: Shown, at: Signal<Uidp>) -> AnyView {
    (move || {
        let held = at.with(|at| shown.session.roles_at(at));
        if held.is_empty() {
            // Seen by a binding that this page does not know of yet.
            return view! { <p class="ui-quiet">"You hold no role here."</p> }.into_any();
        }
        held.into_iter()
            .map(|held| role(&held, &at.get()))
            .collect_view()
            .into_any()
    })
    .into_any()
}

fn role(held: &HeldRole, at: &Uidp) -> AnyView {
    let from = (held.group.uid != *at).then(|| {
        view! {
            ", from "
            <a href=routes::group(&held.group.uid)>{held.group.name.clone()}</a>
        }
    });
    view! {
        <p>
            "You are "
            <strong>{held.role.name.clone()}</strong>
            " here"
            {from}
            "."
        </p>
    }
    .into_any()
}

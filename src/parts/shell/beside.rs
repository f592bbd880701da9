//! The lists behind the breadcrumb: organizations beside the one, folders beside a folder, and the
//! steps that had no room.

use bailiwick_api::query::Scope;
use bailiwick_domain::Uidp;

use crate::parts::finder::{Finding, choice};
use crate::parts::place::Step;
use crate::router::use_router;
use crate::routes;
use crate::state::{Callback, RwSignal, Signal, StoredValue};
use crate::ui::button::icon_button;
use crate::ui::combobox::{Choice, Combobox};
use crate::ui::dom::{View, tag, views};
use crate::ui::icon::{Icon, icon};
use crate::ui::popover::Popover;

/// The button that opens the groups of `scope`, one of which is `current`.
pub(super) fn beside(id: &str, name: &str, scope: Scope, current: Option<Uidp>) -> View {
    let popover = Popover::new(&["beside-", id].concat());
    let glyph = if scope == Scope::Topmost {
        Icon::UpDown
    } else {
        Icon::Down
    };
    let button = icon_button(name).attr("data-size", "xs").child(icon(glyph));
    let (noun, label) = if scope == Scope::Topmost {
        ("organizations", "Find an organization")
    } else {
        ("folders", "Find a folder beside")
    };
    let draw = move || {
        let text = RwSignal::new(String::new());
        let found = Finding::new(scope.clone(), text, true);
        let current = current.clone();
        let choices = move || {
            let groups = found.groups();
            let choices = groups.iter().map(|group| Choice {
                is_current: current.as_ref() == Some(&group.uid),
                // Beside each other all have the same way above them.
                about: if group.path.len() > 1 {
                    choice(group).about
                } else {
                    String::new()
                },
                ..choice(group)
            });
            choices.collect()
        };
        list(
            popover,
            label,
            text,
            Signal::derive(choices),
            found.note(noun),
        )
    };
    views([
        popover.button(button).into(),
        popover.panel(name, draw).into(),
    ])
}

/// The button that opens the steps between.
pub(super) fn between(steps: &[Step]) -> View {
    let popover = Popover::new("steps-between");
    let button = icon_button("Folders between")
        .attr("data-size", "xs")
        .child(icon(Icon::More));
    let choices: Vec<Choice> = steps
        .iter()
        .filter(|step| step.may_open)
        .filter_map(|step| {
            Some(Choice {
                key: step.uid.as_ref()?.to_string(),
                name: step.name.clone(),
                glyph: Some(Icon::Folder),
                ..Choice::default()
            })
        })
        .collect();
    let choices = StoredValue::new(choices);
    let draw = move || {
        let text = RwSignal::new(String::new());
        let shown = move || {
            let text = text.get();
            choices.with_value(|choices| {
                let all = choices.iter().filter(|choice| choice.name.contains(&text));
                all.cloned().collect()
            })
        };
        let none = Signal::derive(String::new);
        list(
            popover,
            "Find a folder between",
            text,
            Signal::derive(shown),
            none,
        )
    };
    views([
        popover.button(button).into(),
        popover.panel("Folders between", draw).into(),
    ])
}

fn list(
    popover: Popover,
    label: &str,
    text: RwSignal<String>,
    choices: Signal<Vec<Choice>>,
    note: Signal<String>,
) -> View {
    let router = use_router();
    let chosen = Callback::new(move |choice: Choice| {
        popover.close();
        if let Ok(uid) = choice.key.parse() {
            router.go(&routes::group(&uid));
        }
    });
    let field = Combobox {
        id: "find-beside",
        label: StoredValue::new(label.to_owned()),
        text,
        choices,
        note,
        chosen,
    };
    tag("div", "ui-combo").child(field.view(true)).into()
}

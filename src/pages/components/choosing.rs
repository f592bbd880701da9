//! Fields, and what one chooses from.

use crate::state::{Callback, RwSignal, Signal, StoredValue};
use crate::ui::button::{Button, Kind, icon_button};
use crate::ui::check::check;
use crate::ui::chips::Chips;
use crate::ui::combobox::{Choice, Combobox};
use crate::ui::dialog::{Dialog, dialog_end};
use crate::ui::dom::{View, dynamic, nothing, tag, views};
use crate::ui::field::{Field, FieldState};
use crate::ui::icon::{Icon, icon};
use crate::ui::menu::Menu;
use crate::ui::popover::Popover;
use crate::ui::segment::segment;
use crate::ui::select;
use crate::ui::tabs::tabs;
use crate::ui::toast::use_toast;

use super::sample;

pub(super) fn samples() -> View {
    views([
        sample("fields", "Fields", fields()),
        sample("chips", "Chips", people()),
        sample("combobox", "Combobox", combobox("sample-combobox")),
        sample("tabs", "Tabs", a_few_tabs()),
        sample("floating", "Menu, popover, dialog, toast", floating()),
    ])
}

fn fields() -> View {
    let field = |id: &'static str, text: &str, error: Option<&str>| {
        let state = FieldState::new(text);
        state.refuse(error.map(str::to_owned));
        let field = Field {
            id,
            hint: "Below the field stands what it is for.",
            max: 20,
            autofocus: false,
            tidy: ToOwned::to_owned,
            check: |_| None,
        };
        (state, field.view(state, "Name").into())
    };
    let (_, plain) = field("field-plain", "payments", None);
    let (_, wrong) = field("field-wrong", "payments!", Some("Take away !."));
    let (_, long) = field("field-long", "almost too long now", None);
    let (state, fixed) = field("field-fixed", "payments", None);
    state.fixed(Signal::stored(true));
    let role = RwSignal::new("editor".to_owned());
    let roles = ["viewer", "editor", "owner"].map(|name| select::Choice {
        value: name,
        words: name,
        is_off: name == "owner",
    });
    let role = select::select("field-role", "Role", roles, role).into();
    tag("div", "l-stack p-form")
        .child(views([plain, wrong, long, fixed, role]))
        .into()
}

fn people() -> View {
    let texts = ["a@b.example", "new-hire@example"].map(str::to_owned);
    let texts = RwSignal::new(texts.to_vec());
    let fault = |text: &String| {
        let is_wrong = text.ends_with("@example");
        if is_wrong { "no ending" } else { "" }.to_owned()
    };
    let field = Chips {
        id: "sample-chips",
        label: "People",
        hint: "Several, one after the other.",
        texts,
        faults: Signal::derive(move || texts.get().iter().map(fault).collect()),
        read: |typed| Some(vec![typed.strip_suffix('\n')?.to_owned()]),
    };
    let life = RwSignal::new("7d".to_owned());
    let lives = [("1h", "1 hour"), ("7d", "7 days")];
    let once = check("It works once", RwSignal::new(true), Signal::stored(None));
    tag("div", "l-stack p-form")
        .child(field.view())
        .child(segment("sample-life", "It works for", &lives, life))
        .child(once)
        .into()
}

fn combobox(id: &'static str) -> View {
    let text = RwSignal::new(String::new());
    let all = ["dev", "payments", "prod", "staging"];
    let choices = move || {
        let text = text.get();
        let found = all.iter().filter(|name| name.contains(&text));
        let choice = |name: &&str| Choice {
            key: (*name).to_owned(),
            name: (*name).to_owned(),
            about: "in acme".to_owned(),
            glyph: Some(Icon::Folder),
            keys: if *name == "dev" { "g d" } else { "" },
            is_current: *name == "prod",
        };
        found.map(choice).collect::<Vec<_>>()
    };
    let note = move || {
        let is_empty = choices().is_empty();
        if is_empty {
            "Nothing matches.".to_owned()
        } else {
            String::new()
        }
    };
    let field = Combobox {
        id,
        label: StoredValue::new("Find a folder".to_owned()),
        text,
        choices: Signal::derive(choices),
        note: Signal::derive(note),
        chosen: Callback::new(move |choice: Choice| text.set(choice.name)),
    };
    tag("div", "p-form").child(field.view(false)).into()
}

fn a_few_tabs() -> View {
    let here = crate::routes::COMPONENTS.to_owned();
    tabs(
        "payments",
        [("Overview", here.clone(), true), ("Settings", here, false)],
    )
    .into()
}

fn floating() -> View {
    let menu = Menu::below("sample-menu");
    let toast = use_toast();
    let said = Callback::new(move |()| toast.say(&["It is done."]));
    let yes = Signal::stored(true);
    let items = views([
        menu.item(Icon::Edit, "Rename", said),
        menu.item_refused(Icon::Trash, "Delete", (yes, "floating"), said),
        menu.choice("Chosen", yes, said),
    ]);
    let open = icon_button("More").child(icon(Icon::More));
    let popover = Popover::new("sample-popover");
    let down = icon_button("Folders beside").child(icon(Icon::Down));
    let is_asking = RwSignal::new(false);
    let ask = Button::new(Kind::Plain, "Open a dialog")
        .on_press(Callback::new(move |()| is_asking.set(true)));
    let say = Button::new(Kind::Plain, "Show a toast").on_press(said);
    tag("div", "l-row")
        .child(menu.button(open))
        .child(menu.list("More", nothing(), items))
        .child(popover.button(down))
        .child(popover.panel("Folders beside", || combobox("sample-beside")))
        .child(ask.view())
        .child(say.view())
        .child(dynamic(move || is_asking.get().then(|| dialog(is_asking))))
        .into()
}

fn dialog(is_asking: RwSignal<bool>) -> View {
    let dialog = Dialog::new();
    let close = Callback::new(move |()| dialog.close());
    let words = "Nothing is saved yet. Esc and Cancel leave all as it was.";
    let inner = views([
        tag("div", "ui-dialog-body").child(words).into(),
        dialog_end([
            Button::new(Kind::Quiet, "Cancel")
                .autofocus()
                .on_press(close)
                .view(),
            Button::new(Kind::Danger, "Revoke 1 invite")
                .on_press(close)
                .view(),
        ])
        .into(),
    ]);
    let closed = Callback::new(move |()| is_asking.set(false));
    dialog.view("sample-dialog", "Revoke this invite?", None, closed, inner)
}

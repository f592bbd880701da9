//! A button that opens a list to search and choose from: a folder, a person.

use bailiwick_api::query::{IdentityQuery, Scope};
use bailiwick_domain::Uidp;

use crate::api::query;
use crate::parts::finder::{Finding, choice, settled};
use crate::parts::person::label_of;
use crate::reactive::untrack;
use crate::state::{Callback, RwSignal, Signal, StoredValue};
use crate::ui::combobox::{Choice, Combobox};
use crate::ui::dom::{El, View, tag, views};
use crate::ui::icon::{Icon, icon};
use crate::ui::popover::Popover;

/// What there is to choose for a text, and what to say of it.
type Found = (Signal<Vec<Choice>>, Signal<String>);

/// A button with `words` that opens the folders of an organization. What is chosen has a UIDP as
/// its key.
pub(crate) fn choose_folder(org: &Uidp, words: &str, chosen: Callback<Choice>) -> View {
    let org = org.clone();
    let find = move |text: RwSignal<String>| {
        let found = Finding::new(Scope::DescendantsOf(org.clone()), text, true);
        let choices = move || found.groups().iter().map(choice).collect();
        (Signal::derive(choices), found.note("folders"))
    };
    let parts = ("choose-folder", Icon::Folder, "Find a folder");
    chooser(parts, words, Box::new(find), chosen)
}

/// The same of its people.
pub(crate) fn choose_person(org: &Uidp, words: &str, chosen: Callback<Choice>) -> View {
    let org = org.clone();
    let find = move |text: RwSignal<String>| {
        let (org, text) = (org.clone(), settled(text));
        let key = move || {
            let text = text.get();
            Some(IdentityQuery {
                scope: Scope::DescendantsOf(org.clone()),
                search: (!text.is_empty()).then_some(text),
                ..IdentityQuery::default()
            })
        };
        let found = query(key, |client, key| {
            Box::pin(async move { client.list_identities(&key).await })
        });
        let choices = move || {
            let found = found.state.read();
            let people = found.ready().map(|page| page.identities.iter());
            let choices = people.into_iter().flatten().map(|one| Choice {
                key: one.uid.to_string(),
                name: label_of(one),
                glyph: Some(Icon::Person),
                ..Choice::default()
            });
            choices.collect()
        };
        (Signal::derive(choices), Signal::derive(String::new))
    };
    let parts = ("choose-person", Icon::Person, "Find a person");
    chooser(parts, words, Box::new(find), chosen)
}

fn chooser(
    (id, glyph, label): (&'static str, Icon, &'static str),
    words: &str,
    find: Box<dyn Fn(RwSignal<String>) -> Found>,
    chosen: Callback<Choice>,
) -> View {
    let popover = Popover::new(id);
    let button: El = tag("button", "ui-button")
        .attr("type", "button")
        .child(icon(glyph))
        .child(words);
    let chosen = Callback::new(move |choice: Choice| {
        popover.close();
        chosen.run(choice);
    });
    let draw = move || {
        let text = RwSignal::new(String::new());
        let (choices, note) = untrack(|| find(text));
        let field = Combobox {
            id: "chooser",
            label: StoredValue::new(label.to_owned()),
            text,
            choices,
            note,
            chosen,
        };
        tag("div", "ui-combo").child(field.view(true)).into()
    };
    views([
        popover.button(button).into(),
        popover.panel(label, draw).into(),
    ])
}

//! Whom to give access: someone who is in the organization, or an id; whoever is neither is invited.

use bailiwick_api::IdentityPage;
use bailiwick_api::query::{IdentityQuery, Scope};
use bailiwick_domain::Uidp;

use crate::api::query;
use crate::pages::group::invites::INVITE;
use crate::parts::finder::settled;
use crate::parts::problem;
use crate::remote::Remote;
use crate::routes::{self, Tab};
use crate::state::{Callback, RwSignal, Signal, StoredValue};
use crate::ui::button::{Button, Kind};
use crate::ui::combobox::{Choice, Combobox};
use crate::ui::dom::{El, View, dynamic, el, tag};
use crate::ui::icon::Icon;

use super::state::List;

/// The id of the field.
pub(super) const FIELD: &str = "access-person";

/// The field; `chosen` is an id and how its person is called.
pub(super) fn person(list: List, chosen: RwSignal<Option<(Uidp, String)>>) -> View {
    let text = RwSignal::new(String::new());
    let settled = settled(text);
    let org = list.at.with_value(Uidp::organization);
    let key = move || {
        let text = settled.get();
        (!text.is_empty()).then(|| IdentityQuery {
            scope: Scope::DescendantsOf(org.clone()),
            search: Some(text),
            ..IdentityQuery::default()
        })
    };
    let found = query(key, |client, key| {
        Box::pin(async move { client.list_identities(&key).await })
    });
    let choices = Signal::derive(move || choices(&settled.get(), &found.state.read()));
    let note = Signal::derive(move || {
        let text = settled.get();
        match &*found.state.read() {
            _ if text.is_empty() => {
                "Search by name or address, or paste an identity's id.".to_owned()
            }
            Remote::Loading => "Searching…".to_owned(),
            Remote::Failed(error) => problem::words(error),
            Remote::Ready(page) if page.identities.is_empty() && text.parse::<Uidp>().is_err() => {
                "Nobody in this organization is called that.".to_owned()
            }
            Remote::Ready(_) => String::new(),
        }
    });
    let choose = Callback::new(move |choice: Choice| {
        if let Ok(uid) = choice.key.parse() {
            chosen.set(Some((uid, choice.name)));
        } else {
            let at = list.at.get_value();
            let address = String::from(js_sys::encode_uri_component(&choice.key));
            let to = routes::group_tab(&at, Tab::Invites) + "?" + INVITE + "=" + &address;
            list.router.go(&to);
        }
    });
    let field = move || {
        let combobox = Combobox {
            id: FIELD,
            label: StoredValue::new("Find a person".to_owned()),
            text,
            choices,
            note,
            chosen: choose,
        };
        tag("div", "ui-combo").child(combobox.view(true))
    };
    let one = move |name: &str| {
        let other = Callback::new(move |()| chosen.set(None));
        tag("div", "l-row").child(el("strong").child(name)).child(
            Button::new(Kind::Plain, "Choose another")
                .small()
                .on_press(other)
                .view(),
        )
    };
    let inner = dynamic(move || match chosen.get() {
        Some((_, name)) => one(&name),
        None => field(),
    });
    group("Person", inner).into()
}

/// A label for what is no single field.
fn group(label: &str, inner: View) -> El {
    tag("fieldset", "ui-field")
        .child(tag("legend", "ui-label").child(label))
        .child(inner)
}

/// Whom there is to choose for a text.
fn choices(text: &str, found: &Remote<IdentityPage>) -> Vec<Choice> {
    if text.is_empty() {
        return Vec::new();
    }
    if let Ok(uid) = text.parse::<Uidp>() {
        return vec![Choice {
            key: uid.to_string(),
            name: uid.to_string(),
            about: "by its id".to_owned(),
            glyph: Some(Icon::Person),
            ..Choice::default()
        }];
    }
    let page = found.ready();
    let people = page.map(|page| page.identities.iter());
    let choices = people.into_iter().flatten().map(|one| {
        let known = [
            one.email.as_deref().unwrap_or_default(),
            &one.name,
            one.uid.as_str(),
        ];
        let mut known = known.into_iter().filter(|known| !known.is_empty());
        Choice {
            key: one.uid.to_string(),
            name: known.next().unwrap_or_default().to_owned(),
            about: one.provider_name.clone().unwrap_or_default(),
            glyph: Some(Icon::Person),
            ..Choice::default()
        }
    });
    let mut choices: Vec<Choice> = choices.collect();
    let is_known = choices.iter().any(|choice| choice.name == text);
    if text.contains('@') && !is_known && *found != Remote::Loading {
        choices.push(Choice {
            key: text.to_owned(),
            name: ["Invite ", text].concat(),
            glyph: Some(Icon::Mail),
            ..Choice::default()
        });
    }
    choices
}

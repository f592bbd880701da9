//! One person in an organization: who they are, what they hold where, and what another one holds
//! beside them.

mod access;

use bailiwick_api::Identity;
use bailiwick_api::identity::IdentityBinding;
use bailiwick_domain::{Capability, Uidp};

use crate::api::{Query, query};
use crate::parts::access::refused_words;
use crate::parts::org_page::{arrived, org_page};
use crate::parts::person::{ends, label_of};
use crate::parts::removal::removal;
use crate::parts::why::{Question, why};
use crate::remote::Remote;
use crate::router::use_router;
use crate::routes::{self, Part, Tab};
use crate::session::use_session;
use crate::state::{Callback, RwSignal, Signal, StoredValue};
use crate::ui::badge::badge;
use crate::ui::button::{Button, Kind};
use crate::ui::callout::Tone;
use crate::ui::dom::{El, View, dynamic, el, nothing, tag, views};
use crate::ui::facts::facts;
use crate::ui::heading::heading;
use crate::ui::icon::{Icon, icon};
use crate::ui::id::id;
use crate::ui::section::section;
use crate::ui::table::{Column, head};
use crate::ui::time::time;

/// The id of the element that says why removing is refused.
const WHY_NOT: &str = "why-not-remove";

/// The page.
pub(crate) fn page(org: &Uidp, uid: &Uidp) -> View {
    let (at, uid) = (org.clone(), uid.clone());
    org_page(org, "Members", move |name| asked(&at, &uid, name))
}

fn asked(org: &Uidp, uid: &Uidp, org_name: &str) -> View {
    let key = (uid.clone(), org.clone());
    let found = query(
        move || Some(key.clone()),
        |client, (uid, org)| Box::pin(async move { client.get_identity(&uid, Some(&org)).await }),
    );
    let back = tag("a", "ui-quiet l-row")
        .attr("href", &routes::of_org(org, &Part::Members))
        .child(icon(Icon::Back))
        .child("All members");
    let (org, org_name) = (org.clone(), org_name.to_owned());
    let state = Signal::derive(move || found.state.with(Remote::bare));
    let inner = move || {
        let now = found.state.read_untracked();
        now.ready()
            .map(|identity| {
                let known = Known {
                    org: org.clone(),
                    org_name: org_name.clone(),
                    uid: identity.uid.clone(),
                    name: label_of(identity),
                };
                one(StoredValue::new(known), found, identity)
            })
            .into()
    };
    let person = arrived("person", state, found.retry(), Box::new(inner));
    views([el("p").child(back).into(), person])
}

/// Who it is, and where.
#[derive(Debug)]
struct Known {
    org: Uidp,
    org_name: String,
    uid: Uidp,
    name: String,
}

fn one(known: StoredValue<Known>, found: Query<Identity>, identity: &Identity) -> View {
    let session = use_session();
    let person = session.person();
    let is_you = person.is_some_and(|person| person.who.subject == identity.uid);
    let chip = |is: bool, tone, word| is.then(|| badge(tone, word));
    let removing = RwSignal::new(false);
    let asking = RwSignal::new(None::<Question>);
    let delete = Capability::ROLE_BINDINGS_DELETE;
    let may_not = Signal::derive(move || {
        !is_you && !known.with_value(|known| session.may(delete, &known.org))
    });
    let remove = known.with_value(|known| ["Remove from ", &known.org_name].concat());
    let button = Button::new(Kind::Loss, &remove)
        .refused(may_not)
        .reason(WHY_NOT)
        .on_press(Callback::new(move |()| removing.set(true)));
    let title = move || known.with_value(|known| [&known.name, ", ", &known.org_name].concat());
    let name = move || known.with_value(|known| known.name.clone());
    let head = tag("div", "l-row")
        .child(heading(name, title))
        .child(chip(is_you, Tone::Plain, "you"))
        .child(chip(identity.suspended, Tone::Warn, "suspended"))
        .child(tag("div", "l-end").child(button.view()));
    let why_not = dynamic(move || {
        may_not.get().then(|| {
            tag("p", "ui-quiet")
                .attr("id", WHY_NOT)
                .child(refused_words("Removing a person", "role_bindings.delete"))
        })
    });
    let bindings = dynamic(move || {
        let now = found.state.read();
        known.with_value(|known| Some(bindings(known, &now.ready()?.role_bindings, asking)))
    });
    let closed = Callback::new(move |()| {
        removing.set(false);
        asking.set(None);
    });
    let dialogs = dynamic(move || match asking.get() {
        Some(question) => why(question, closed),
        None if removing.get() => known.with_value(|known| {
            let router = use_router();
            let members = routes::of_org(&known.org, &Part::Members);
            let saved = Callback::new(move |()| router.go(&members));
            let who = vec![(known.uid.clone(), known.name.clone())];
            removal(&known.org, &known.org_name, who, saved, closed)
        }),
        None => nothing(),
    });
    views([
        head.into(),
        why_not,
        known
            .with_value(|known| about(identity, &known.name))
            .into(),
        section("holds", "Roles", bindings).into(),
        access::access(known, asking),
        dialogs,
    ])
}

fn about(identity: &Identity, name: &str) -> El {
    let text = |text: Option<&str>| text.filter(|text| !text.is_empty()).map(Into::into);
    let claim = identity.claim_match.as_ref();
    let provider = identity
        .provider_name
        .as_deref()
        .or_else(|| claim.map(|_| "a provider that is not configured: nobody can sign in with it"));
    let when = |at: &Option<String>| at.as_deref().map(time);
    let all: [(&'static str, Option<View>); 8] = [
        ("Name", text(Some(&identity.name))),
        ("Address", text(identity.email.as_deref())),
        ("Signs in with", text(provider)),
        ("Issuer", text(claim.map(|claim| claim.issuer.as_str()))),
        ("Subject", text(claim.map(|claim| claim.subject.as_str()))),
        ("Id", Some(id(identity.uid.as_str(), name).into())),
        ("First seen", when(&identity.create_time)),
        ("Last seen", when(&identity.last_seen_time)),
    ];
    facts(
        all.into_iter()
            .filter_map(|(name, value)| Some((name, value?))),
    )
}

const COLUMNS: &[Column] = &[
    column("Where", false),
    column("Role", false),
    column("Ends", true),
    column("Why", false),
];

const fn column(words: &'static str, folds: bool) -> Column {
    Column {
        key: "",
        words,
        folds,
    }
}

fn bindings(known: &Known, all: &[IdentityBinding], asking: RwSignal<Option<Question>>) -> View {
    let rows = all.iter().map(|binding| row(known, binding, asking).into());
    let table = tag("table", "ui-table")
        .child(tag("caption", "ui-hide").child("Roles"))
        .child(head(COLUMNS, None, None))
        .child(el("tbody").child(views(rows)));
    tag("div", "l-contain").child(table).into()
}

fn row(known: &Known, binding: &IdentityBinding, asking: RwSignal<Option<Question>>) -> El {
    let group = &binding.group;
    let link = |class: &str, to: &str, words: &str| tag("a", class).attr("href", to).child(words);
    let place = routes::group_tab(&group.uid, Tab::Access);
    let role = routes::of_org(&known.org, &Part::Role(binding.role.uid.clone()));
    let why = why_button(question(known, &group.uid, &group.name), asking);
    el("tr")
        .child(el("td").child(link("ui-table-main", &place, &group.name)))
        .child(el("td").child(link("", &role, &binding.role.name)))
        .child(
            el("td")
                .flag("data-fold")
                .child(ends(binding.expire_time.as_deref(), "never")),
        )
        .child(el("td").child(why))
}

/// The question what a person may do at a group.
fn question(known: &Known, at: &Uidp, place: &str) -> Question {
    Question {
        who: known.uid.clone(),
        label: known.name.clone(),
        at: at.clone(),
        place: place.to_owned(),
        capability: String::new(),
    }
}

/// The button that asks it.
fn why_button(question: Question, asking: RwSignal<Option<Question>>) -> View {
    let name = ["Why? In ", &question.place].concat();
    Button::new(Kind::Quiet, "Why?")
        .small()
        .named(move || name.clone())
        .on_press(Callback::new(move |()| asking.set(Some(question.clone()))))
        .view()
}

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
use crate::state::{Callback, RwSignal, Signal};
use crate::ui::badge::badge;
use crate::ui::button::{Button, Kind};
use crate::ui::callout::Tone;
use crate::ui::dom::{El, View, dynamic, el, tag, views};
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
    let back = tag("a", "ui-quiet")
        .attr("href", &routes::of_org(org, &Part::Members))
        .child(icon(Icon::Back))
        .child(" All members");
    let (org, org_name) = (org.clone(), org_name.to_owned());
    let state = Signal::derive(move || found.state.with(Remote::bare));
    let inner = move || {
        let now = found.state.read_untracked();
        now.ready()
            .map(|identity| one(&org, &org_name, found, identity))
            .into()
    };
    let person = arrived("person", state, found.retry(), Box::new(inner));
    views([el("p").child(back).into(), person])
}

fn one(org: &Uidp, org_name: &str, found: Query<Identity>, identity: &Identity) -> View {
    let name = label_of(identity);
    let title = [&name, ", ", org_name].concat();
    let shown = name.clone();
    let is_you = use_session()
        .person()
        .is_some_and(|person| person.who.subject == identity.uid);
    let chips = [
        is_you.then(|| badge(Tone::Plain, "you").into()),
        identity
            .suspended
            .then(|| badge(Tone::Warn, "suspended").into()),
    ];
    let removing = RwSignal::new(false);
    let remove = ["Remove from ", org_name].concat();
    let at = org.clone();
    let may_not = Signal::derive(move || {
        !use_session().may(Capability::ROLE_BINDINGS_DELETE, &at) && !is_you
    });
    let button = Button::new(Kind::Loss, &remove)
        .refused(may_not)
        .reason(WHY_NOT)
        .on_press(Callback::new(move |()| removing.set(true)));
    let head = tag("div", "l-row p-head")
        .child(heading(move || shown.clone(), move || title.clone()))
        .child(views(chips.into_iter().flatten()))
        .child(tag("div", "l-end").child(button.view()));
    let why_not = dynamic(move || {
        may_not.get().then(|| {
            tag("p", "ui-quiet")
                .attr("id", WHY_NOT)
                .child(refused_words("Removing a person", "role_bindings.delete"))
        })
    });
    let asking = RwSignal::new(None::<Question>);
    let stopped = Callback::new(move |()| asking.set(None));
    let why = dynamic(move || asking.get().map(|question| why(question, stopped)));
    let at = org.clone();
    let bindings = dynamic(move || {
        let now = found.state.read();
        now.ready().map(|identity| bindings(&at, identity, asking))
    });
    let who = (identity.uid.clone(), name.clone());
    let (place, place_name) = (org.clone(), org_name.to_owned());
    let dialog = dynamic(move || {
        removing.get().then(|| {
            let router = use_router();
            let members = routes::of_org(&place, &Part::Members);
            let saved = Callback::new(move |()| router.go(&members));
            let closed = Callback::new(move |()| removing.set(false));
            removal(&place, &place_name, vec![who.clone()], saved, closed)
        })
    });
    views([
        head.into(),
        why_not,
        about(identity, &name).into(),
        section("holds", "Roles", bindings).into(),
        access::access(org, identity, asking),
        dialog,
        why,
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
    column("", false),
];

const fn column(words: &'static str, folds: bool) -> Column {
    Column {
        key: "",
        words,
        folds,
    }
}

fn bindings(org: &Uidp, identity: &Identity, asking: RwSignal<Option<Question>>) -> View {
    let all = identity.role_bindings.iter();
    let rows = views(all.map(|binding| row(org, identity, binding, asking).into()));
    let shown = identity.role_bindings.len();
    let more = identity.role_binding_count as usize > shown;
    let more = more.then(|| tag("p", "ui-quiet").child("There are more than are shown here."));
    let table = tag("table", "ui-table")
        .child(tag("caption", "ui-hide").child("Roles"))
        .child(head(COLUMNS, None, None))
        .child(el("tbody").child(rows));
    tag("div", "l-contain").child(table).child(more).into()
}

fn row(
    org: &Uidp,
    identity: &Identity,
    binding: &IdentityBinding,
    asking: RwSignal<Option<Question>>,
) -> El {
    let end = binding.expire_time.as_deref();
    let group = &binding.group;
    let place = tag("a", "ui-table-main")
        .attr("href", &routes::group_tab(&group.uid, Tab::Access))
        .child(&group.name);
    let role = routes::of_org(org, &Part::Role(binding.role.uid.clone()));
    let role = tag("a", "").attr("href", &role).child(&binding.role.name);
    el("tr")
        .child(el("td").child(place))
        .child(el("td").child(role))
        .child(el("td").flag("data-fold").child(match end {
            Some(_) => ends(end),
            None => tag("span", "ui-faint").child("never").into(),
        }))
        .child(el("td").child(why_button(
            question(identity, &group.uid, &group.name),
            asking,
        )))
}

/// The question what a person may do at a group.
fn question(identity: &Identity, at: &Uidp, place: &str) -> Question {
    Question {
        who: identity.uid.clone(),
        label: label_of(identity),
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

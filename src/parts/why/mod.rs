//! Why somebody may do something somewhere, or what would let them; and all that they may do there.

mod chain;
mod list;
mod remedy;

use bailiwick_api::access::{Action, Entity};
use bailiwick_api::{ExplainRequest, Explanation};
use bailiwick_domain::Uidp;

use crate::api::{Asked, Client, Query, query};
use crate::parts::capabilities::catalogue;
use crate::parts::problem::problem;
use crate::parts::review::review;
use crate::remote::Remote;
use crate::session::use_session;
use crate::state::{Callback, RwSignal, StoredValue};
use crate::ui::button::{Button, Kind};
use crate::ui::command::{command, quoted};
use crate::ui::dialog::{Dialog, dialog_end};
use crate::ui::dom::{View, dynamic, find_id, switch, tag, views};
use crate::ui::icon::Icon;
use crate::ui::skeleton::{bone, loading};

/// Whose access is asked about, and where.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Question {
    /// The identity.
    pub(crate) who: Uidp,
    /// As they are called.
    pub(crate) label: String,
    /// The group.
    pub(crate) at: Uidp,
    /// As it is called.
    pub(crate) place: String,
    /// The capability by its name; empty for all of them.
    pub(crate) capability: String,
}

/// The dialog, and what it turns into.
#[derive(Debug, Clone, Copy)]
struct Why {
    question: StoredValue<Question>,
    /// The capability that is asked about now.
    capability: RwSignal<String>,
    answer: Query<Explanation>,
    /// Whether the least change waits for a yes.
    is_reviewing: RwSignal<bool>,
    dialog: Dialog,
}

impl Why {
    /// Asks about one capability, or about all.
    fn ask(self, capability: &str) {
        self.capability.set(capability.to_owned());
        // What was pressed has gone.
        if let Some(body) = find_id(BODY) {
            body.focus();
        }
    }
}

/// The id of the element with the answer.
const BODY: &str = "why-answer";

/// Asks about an identity at a group: about one capability, or about all of them.
pub(crate) fn explain(
    client: Client,
    (who, at, capability): (String, String, String),
) -> Asked<Explanation> {
    let question = ExplainRequest {
        subject: Some(Entity::new("identity", &who)),
        action: (!capability.is_empty()).then(|| Action::new(&capability)),
        resource: Some(Entity::new("group", &at)),
        ..ExplainRequest::default()
    };
    Box::pin(async move { client.explain_access(&question).await })
}

/// The dialog; whoever drew it stops on `closed`.
pub(crate) fn why(question: Question, closed: Callback<()>) -> View {
    let capability = RwSignal::new(question.capability.clone());
    let (who, at) = (question.who.to_string(), question.at.to_string());
    let key = move || Some((who.clone(), at.clone(), capability.get()));
    let answer = query(key, explain);
    let is_reviewing = RwSignal::new(false);
    let question = StoredValue::new(question);
    switch(
        move || is_reviewing.get(),
        move |is_reviewing_now| {
            let why = Why {
                question,
                capability,
                answer,
                is_reviewing,
                dialog: Dialog::new(),
            };
            if *is_reviewing_now {
                remedy::asked(why).map_or_else(|| shown(why, closed), |asked| review(asked, closed))
            } else {
                shown(why, closed)
            }
        },
    )
}

/// A button that asks why the one who is signed in may not, or may, do something at `at`, and the
/// dialog that it opens.
pub(crate) fn why_you(capability: &'static str, at: &Uidp, place: &str) -> View {
    let (at, place) = (at.clone(), place.to_owned());
    let session = use_session();
    let is_open = RwSignal::new(false);
    let open = Callback::new(move |()| is_open.set(true));
    let closed = Callback::new(move |()| is_open.set(false));
    let dialog = dynamic(move || {
        let you = session.person().filter(|_| is_open.get())?;
        Some(why(
            Question {
                label: you.label(),
                who: you.who.subject,
                at: at.clone(),
                place: place.clone(),
                capability: capability.to_owned(),
            },
            closed,
        ))
    });
    let button = Button::new(Kind::Quiet, "Who could?")
        .small()
        .on_press(open);
    views([button.view(), dialog])
}

fn shown(why: Why, closed: Callback<()>) -> View {
    let question = why.question.get_value();
    let title = ["Access to ", &question.place].concat();
    let text = RwSignal::new(String::new());
    let names = catalogue();
    let body = dynamic(move || match &*why.answer.state.read() {
        Remote::Loading => {
            let shape = tag("div", "l-stack").child(bone()).child(bone());
            loading("Looking for the bindings", shape).into()
        }
        Remote::Failed(error) => problem("There is no answer", error, why.answer.retry()).into(),
        Remote::Ready(answer) if answer.decision.is_some() => one(why, answer),
        Remote::Ready(answer) => list::list(why, answer, text, names),
    });
    let back = dynamic(move || {
        let is_all = why.capability.read().is_empty();
        let all = Callback::new(move |()| why.ask(""));
        (!is_all).then(|| {
            Button::new(Kind::Quiet, "All they may do")
                .glyph(Icon::Back)
                .on_press(all)
                .view()
        })
    });
    let close = Button::new(Kind::Plain, "Close")
        .autofocus()
        .on_press(Callback::new(move |()| why.dialog.close()));
    let inner = views([
        tag("div", "ui-dialog-body")
            .attr("id", BODY)
            .attr("tabindex", "-1")
            .child(body)
            .into(),
        dialog_end([back, close.view()]).into(),
    ]);
    why.dialog.view("why", &title, None, closed, inner)
}

/// The answer about one capability.
fn one(why: Why, answer: &Explanation) -> View {
    let question = why.question.get_value();
    let capability = why.capability.get();
    let above = answer.path.iter().chain([&answer.group]);
    let path: Vec<&str> = above.map(|step| step.name.as_str()).collect();
    let line = [
        "bailiwick iam explain ",
        &quoted(&question.label),
        " ",
        &capability,
        " ",
        &quoted(&path.join("/")),
    ]
    .concat();
    views([
        chain::decision(&question, &capability, answer).into(),
        chain::chain(answer),
        remedy::remedy(why, answer),
        command(&line).into(),
    ])
}

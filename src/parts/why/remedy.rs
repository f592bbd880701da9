//! The least change that would make it a yes, and who could make it.

use bailiwick_api::access::Remedy;
use bailiwick_api::{Change, Explanation, RoleBindingWrite};

use crate::parts::review::Asked;
use crate::parts::who::label;
use crate::state::Callback;
use crate::ui::button::{Button, Kind};
use crate::ui::dom::{El, View, el, nothing, tag, views};

use super::Why;

/// The least change; nothing for a yes.
pub(super) fn remedy(why: Why, answer: &Explanation) -> View {
    if answer.decision == Some(true) {
        return nothing();
    }
    let Some(remedy) = &answer.remedy else {
        let words = "Nothing that one could change here would allow it.";
        return tag("p", "ui-quiet").child(words).into();
    };
    let place = &answer.group.name;
    let more = match remedy.gained.saturating_sub(1) {
        0 => "nothing else with it".to_owned(),
        more => [&more.to_string(), " more with it"].concat(),
    };
    let role = remedy.role.as_ref().map_or("a role", |role| &role.name);
    let (what, more) = match remedy.kind.as_str() {
        "BIND" => (["Bind ", role, " on ", place].concat(), more),
        "NEW_ROLE" => (
            ["Make a role that holds it, and bind it on ", place].concat(),
            "no role does yet".to_owned(),
        ),
        "RESTORE" => (
            "Whoever runs the server lets them in again".to_owned(),
            "bailiwick admin restore".to_owned(),
        ),
        _ => (
            "Whoever runs the server configures their provider again".to_owned(),
            String::new(),
        ),
    };
    let item = el("li")
        .child(el("span").child(what))
        .child(tag("span", "ui-quiet l-end").child(more));
    let review = (remedy.by_you && remedy.kind == "BIND").then(|| {
        let open = Callback::new(move |()| why.is_reviewing.set(true));
        let review = Button::new(Kind::Plain, "Review this change").on_press(open);
        tag("div", "l-row").child(review.view())
    });
    let list = tag("div", "l-stack")
        .attr("data-gap", "1")
        .child(el("h3").child("The least that would"))
        .child(tag("ul", "ui-list").child(item));
    views([list.into(), who(remedy).into(), review.into()])
}

/// Who could: oneself, others by name, or else by their roles.
fn who(remedy: &Remedy) -> Option<El> {
    let people: Vec<String> = remedy.by.iter().map(label).collect();
    let roles: Vec<&str> = remedy
        .by_roles
        .iter()
        .map(|role| role.name.as_str())
        .collect();
    let others = if people.is_empty() {
        roles.join(" or ")
    } else {
        people.join(", ")
    };
    let words = match (remedy.by_you, others.is_empty(), people.is_empty()) {
        (true, true, _) => "You can do that.".to_owned(),
        (true, false, false) => ["You can do that. So can ", &others, "."].concat(),
        (true, false, true) => "You can do that.".to_owned(),
        (false, false, false) => ["You cannot do that. ", &others, " can."].concat(),
        (false, false, true) => ["You cannot do that. Whoever is ", &others, " here can."].concat(),
        (false, true, _) => return None,
    };
    Some(tag("p", "ui-quiet").child(words))
}

/// The least change, to be looked at.
pub(super) fn asked(why: Why) -> Option<Asked> {
    let question = why.question.get_value();
    let answer = why.answer.state.read_untracked();
    let answer = answer.ready()?;
    let role = answer.remedy.as_ref()?.role.as_ref()?;
    let write = RoleBindingWrite::new(&question.who, &role.uid);
    let words = [
        &question.label,
        ": ",
        &role.name,
        " on ",
        &answer.group.name,
    ]
    .concat();
    Some(Asked {
        title: ["Change access to ", &question.place, "?"].concat(),
        changes: vec![(words, Change::bind(&question.at, write))],
        called: vec![
            (question.who.to_string(), question.label),
            (role.uid.to_string(), role.name.clone()),
        ],
        saved: Callback::new(|()| {}),
    })
}

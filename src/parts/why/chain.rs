//! The answer, and the way from the organization down with what each group on it gives.

use bailiwick_api::Explanation;
use bailiwick_api::access::ExplainedBinding;
use bailiwick_domain::Uidp;

use crate::parts::capabilities::read;
use crate::parts::who::inviter;
use crate::routes;
use crate::ui::dom::{El, View, el, tag, views};
use crate::ui::icon::{Icon, icon};
use crate::ui::time::time;

use super::Question;

/// `GRANTED`: the binding gives it.
pub(super) const GRANTED: &str = "GRANTED";
const ENDED: &str = "ENDED";

/// Yes or no, in a sentence.
pub(super) fn decision(question: &Question, capability: &str, answer: &Explanation) -> El {
    let may = answer.decision == Some(true);
    let (class, glyph, start, verb) = if may {
        ("ui-gain", Icon::Check, "Yes. ", " may ")
    } else {
        ("ui-lose", Icon::X, "No. ", " may not ")
    };
    let words = el("span")
        .child([start, &question.label, verb].concat())
        .child(el("code").child(capability))
        .child([" in ", &question.place, "."].concat());
    el("h3")
        .attr("class", "ui-answer")
        .child(tag("span", class).child(icon(glyph)))
        .child(words)
}

/// The way, and what it comes to.
pub(super) fn chain(answer: &Explanation) -> View {
    let steps = answer.path.iter().chain([&answer.group]).map(|step| {
        let bindings: Vec<_> = answer
            .bindings
            .iter()
            .filter(|binding| binding.group.uid == step.uid)
            .collect();
        let is_asked = step.uid == answer.group.uid;
        one(&step.uid, &step.name, &bindings, is_asked, answer).into()
    });
    let granted = answer.bindings.iter().filter(|one| one.effect == GRANTED);
    let void = answer.void.as_deref().map(|void| {
        if void == "SUSPENDED" {
            "The host has suspended them: until that is over they hold nothing, whatever is bound."
        } else {
            "The server no longer knows the provider that they sign in with: they hold nothing, \
             whatever is bound."
        }
    });
    let only = (answer.decision == Some(true) && granted.count() == 1)
        .then_some("This is the only binding that gives it. Take it away and the answer is no.");
    let said = void.or(only).map(|words| tag("p", "ui-quiet").child(words));
    views([
        tag("ol", "ui-chain").child(views(steps)).into(),
        said.into(),
    ])
}

fn one(
    uid: &Uidp,
    name: &str,
    bindings: &[&ExplainedBinding],
    is_asked: bool,
    answer: &Explanation,
) -> El {
    let gives = bindings.iter().any(|binding| binding.effect == GRANTED);
    let (state, words) = match (gives, bindings.is_empty(), is_asked) {
        (true, ..) => ("gives", " gives it"),
        (_, false, _) => ("has", " does not give it"),
        (_, _, true) if answer.decision == Some(false) => ("denied", " is where you asked"),
        (_, _, true) => ("asked", " is where you asked"),
        _ => ("", " gives nothing here"),
    };
    let link = el("a").attr("href", &routes::group(uid)).child(name);
    let said = el("p")
        .child(el("strong").child(link))
        .child(tag("span", "ui-quiet").child(words));
    let list = bindings.iter().map(|binding| bound(binding).into());
    el("li")
        .attr_maybe("data-reach", gives.then_some(""))
        .child(tag("span", "ui-node").attr("data-state", state))
        .child(
            tag("div", "l-stack")
                .attr("data-gap", "1")
                .child(said)
                .child(views(list)),
        )
}

/// A binding: which role, by whom, since when, until when.
fn bound(binding: &ExplainedBinding) -> El {
    let Some(role) = &binding.role else {
        let words = "By a binding that you may not see.";
        return tag("p", "ui-reach").child(words);
    };
    let count = read(&binding.capability_set).len();
    let others = count.saturating_sub(1).to_string();
    let what = match binding.effect.as_str() {
        GRANTED => [", which holds this and ", &others, " more."].concat(),
        ENDED => ", which would give it, but has ended.".to_owned(),
        _ => [", which lacks it among its ", &count.to_string(), "."].concat(),
    };
    let by = binding.creator.as_ref().map(|creator| {
        let way = if binding.invite_key_id.is_some() {
            "By an invite of "
        } else {
            "By "
        };
        [way, &inviter(creator), ", "].concat()
    });
    let since = binding.create_time.as_deref().map(time);
    let until: View = match binding.expire_time.as_deref() {
        Some(end) if binding.effect == ENDED => views([". Ended ".into(), time(end), ".".into()]),
        Some(end) => views([". Ends ".into(), time(end), ".".into()]),
        None => ". Does not end.".into(),
    };
    let gives = binding.effect == GRANTED;
    tag("div", if gives { "ui-reach" } else { "" })
        .child(
            el("p")
                .child("Bound as ")
                .child(el("strong").child(&role.name))
                .child(what),
        )
        .child(
            tag("p", "ui-tiny ui-quiet")
                .child(by)
                .child(since)
                .child(until),
        )
}

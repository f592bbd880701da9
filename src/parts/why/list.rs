//! All that somebody may do somewhere, each with what gives it.

use bailiwick_api::{CapabilityList, Explanation};

use crate::api::Query;
use crate::state::RwSignal;
use crate::ui::dom::{El, View, dynamic, el, tag, views};
use crate::ui::search_field::search_field;

use super::Why;
use super::chain::chain;

/// The list; a line opens its own why.
pub(super) fn list(
    why: Why,
    answer: &Explanation,
    text: RwSignal<String>,
    catalogue: Query<CapabilityList>,
) -> View {
    let who = why.question.with_value(|question| question.label.clone());
    if answer.capabilities.is_empty() {
        let words = [&who, " may do nothing here."].concat();
        return views([tag("p", "ui-quiet").child(words).into(), chain(answer)]);
    }
    let all: Vec<(String, String)> = answer
        .capabilities
        .iter()
        .map(|one| {
            let by = one.bindings.iter().filter_map(|at| {
                let binding = answer.bindings.get(*at as usize)?;
                let role = binding.role.as_ref().map_or("a role", |role| &role.name);
                Some([role, " on ", &binding.group.name].concat())
            });
            let by: Vec<String> = by.collect();
            (one.name.clone(), by.join(", "))
        })
        .collect();
    let count = all.len().to_string();
    let count = [
        "They may do ",
        &count,
        " things here. Press one to see why.",
    ]
    .concat();
    let rows = move || {
        let wanted = text.with(|text| text.trim().to_ascii_lowercase());
        let mut resource = "";
        let mut shown = Vec::new();
        for (name, by) in all.iter().filter(|(name, _)| name.contains(&wanted)) {
            let of = name.split('.').next().unwrap_or_default();
            if of != resource {
                resource = of;
                shown.push(el("h3").child(of).into());
            }
            shown.push(row(why, name, by).into());
        }
        if !wanted.is_empty() {
            let known = catalogue.state.read();
            let entries = known.ready().map(|known| known.capabilities.iter());
            let lacks = |name: &str| all.iter().all(|(held, _)| held != name);
            for entry in entries.into_iter().flatten() {
                if entry.name.contains(&wanted) && lacks(&entry.name) && !entry.deprecated {
                    shown.push(row(why, &entry.name, "may not").into());
                }
            }
        }
        let none = shown.is_empty().then(|| {
            tag("p", "ui-quiet")
                .attr("role", "status")
                .child("There is no capability of that name.")
        });
        tag("div", "p-why").child(views(shown)).child(none)
    };
    views([
        tag("p", "ui-quiet").child(count).into(),
        search_field("find-capability", "Find a capability", text).into(),
        dynamic(rows),
    ])
}

fn row(why: Why, name: &str, by: &str) -> El {
    let asked = name.to_owned();
    tag("button", "ui-menu-item")
        .attr("type", "button")
        .on("click", move |_| why.ask(&asked))
        .child(el("code").child(name))
        .child(tag("span", "ui-quiet l-end").child(by))
}

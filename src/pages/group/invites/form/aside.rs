//! What an invite gives, and how far that reaches.

use bailiwick_api::GroupSummary;

use crate::api::query;
use crate::parts::role::can;
use crate::remote::Remote;
use crate::ui::dom::{El, dynamic, el, tag};
use crate::ui::pagination::grouped;
use crate::ui::skeleton::{bone, loading};

use super::draft::Draft;

/// The column beside the fields.
pub(super) fn aside(draft: Draft, name: &str) -> El {
    let place = name.to_owned();
    let role = move || {
        draft.choice().map(|choice| {
            let title = [&choice.role.name, " of ", &place].concat();
            let about = tag("p", "ui-quiet").child(&choice.role.description);
            tag("div", "l-stack")
                .attr("data-gap", "2")
                .child(el("h3").child(title))
                .child(about)
                .child(can(&choice.role.capabilities, true))
        })
    };
    el("aside")
        .attr("class", "l-stack")
        .attr("aria-label", "What you are giving")
        .child(dynamic(role))
        .child(reach(draft, name))
}

fn reach(draft: Draft, name: &str) -> El {
    let at = draft.invites.at.get_value();
    let summary = query(
        move || Some(at.clone()),
        |client, uid| Box::pin(async move { client.summarize_group(&uid).await }),
    );
    let name = name.to_owned();
    let frame = move || {
        summary.state.with(|summary| match summary {
            Remote::Loading => loading("Counting the folders below", bone()),
            Remote::Ready(summary) => framed(&name, Some(summary)),
            Remote::Failed(_) => framed(&name, None),
        })
    };
    el("div").child(dynamic(frame))
}

fn framed(name: &str, summary: Option<&GroupSummary>) -> El {
    let count = summary.map(|summary| summary.descendant_count.parse().unwrap_or_default());
    let words = match count {
        Some(0) => "There are no folders below.".to_owned(),
        Some(1) => "Reaches 1 folder below".to_owned(),
        Some(many) => ["Reaches ", &grouped(many), " folders below"].concat(),
        None => "Reaches all folders below".to_owned(),
    };
    let below = (count != Some(0)).then(|| el("li").child("and everything below"));
    let frame = tag("ul", "ui-reach")
        .child(el("li").child(name))
        .child(below);
    tag("div", "l-stack")
        .attr("data-gap", "1")
        .child(el("h3").child(words))
        .child(frame)
}

//! What a role holds, to be ticked: by resource, with a search, and with what is not saved yet.

use bailiwick_api::CatalogueEntry;
use bailiwick_domain::CapabilitySet;
use web_sys::HtmlInputElement;

use crate::parts::capabilities::holds;
use crate::parts::finder::settled;
use crate::parts::matrix::{by_resource, with};
use crate::state::RwSignal;
use crate::ui::dom::{El, View, el, tag, views, watch};
use crate::ui::search_field::search_field;

use super::draft::Saved;

/// A tick, its line, and what it stands for.
struct Tick {
    line: El,
    input: HtmlInputElement,
    entry: CatalogueEntry,
}

/// The ticks of a resource.
struct Part {
    frame: El,
    all: HtmlInputElement,
    count: El,
    ticks: Vec<Tick>,
}

/// The list.
pub(super) fn held(
    held: RwSignal<CapabilitySet>,
    saved: RwSignal<Saved>,
    catalogue: &[CatalogueEntry],
    is_fixed: bool,
) -> View {
    let text = RwSignal::new(String::new());
    let wanted = settled(text);
    let parts: Vec<Part> = by_resource(catalogue)
        .into_iter()
        .map(|(resource, entries)| part(held, resource, &entries, is_fixed))
        .collect();
    let frames = views(parts.iter().map(|part| part.frame.clone().into()));
    // One for all of them: two hundred that follow the set would each be told of every tick.
    watch(move || {
        let (now, saved, wanted) = (held.get(), saved.read().held, wanted.get());
        for part in &parts {
            let mut counts = (0, 0, 0);
            for tick in &part.ticks {
                let (is_in, was_in) = (holds(&now, &tick.entry), holds(&saved, &tick.entry));
                tick.input.set_checked(is_in);
                let state = match (is_in, was_in) {
                    (true, false) => Some("added"),
                    (false, true) => Some("gone"),
                    _ => None,
                };
                tick.line.set("data-state", state);
                let about = tick.entry.about.to_ascii_lowercase();
                let fits = tick.entry.name.contains(&wanted) || about.contains(&wanted);
                // What is old is shown where it is held alone.
                let shows = fits && (is_in || was_in || !(tick.entry.deprecated || is_fixed));
                tick.line.set("hidden", (!shows).then_some(""));
                counts.0 += usize::from(is_in);
                counts.1 += usize::from(!tick.entry.deprecated);
                counts.2 += usize::from(shows);
            }
            let (on, all, shown) = counts;
            part.all.set_checked(on > 0 && on >= all);
            part.all.set_indeterminate(on > 0 && on < all);
            part.frame.set("hidden", (shown == 0).then_some(""));
            let words = [&on.to_string(), " of ", &all.max(on).to_string()].concat();
            part.count.html().set_text_content(Some(&words));
        }
    });
    let search = tag("div", "p-tools l-row").child(search_field(
        "find-capability",
        "Find a capability",
        text,
    ));
    let frames = tag("div", "p-held").child(frames);
    views([search.into(), frames.into()])
}

fn part(
    held: RwSignal<CapabilitySet>,
    resource: &str,
    entries: &[&CatalogueEntry],
    is_fixed: bool,
) -> Part {
    let input = || {
        el("input")
            .attr("type", "checkbox")
            .attr_maybe("disabled", is_fixed.then_some(""))
    };
    let bits: Vec<u16> = entries
        .iter()
        .filter(|entry| !entry.deprecated)
        .map(|entry| entry.bit)
        .collect();
    let all = input();
    let node: HtmlInputElement = all.as_kind::<HtmlInputElement>().clone();
    let all = all.on("change", {
        let node = node.clone();
        move |_| turn(held, &bits, node.checked())
    });
    let count = tag("span", "ui-count");
    let head = tag("label", "ui-check")
        .child(all)
        .child(tag("span", "p-resource").child(resource))
        .child(count.clone());
    let mut frame = tag("fieldset", "ui-field").child(el("legend").child(head));
    let mut ticks = Vec::new();
    for entry in entries {
        let tick = input();
        let one: HtmlInputElement = tick.as_kind::<HtmlInputElement>().clone();
        let (node, bit) = (one.clone(), entry.bit);
        let tick = tick.on("change", move |_| turn(held, &[bit], node.checked()));
        let words = el("span")
            .child(el("code").child(&entry.name))
            .child(tag("span", "ui-table-sub").child(&entry.about));
        let line = tag("label", "ui-check").child(tick).child(words);
        frame = frame.child(line.clone());
        ticks.push(Tick {
            line,
            input: one,
            entry: (*entry).clone(),
        });
    }
    Part {
        frame,
        all: node,
        count,
        ticks,
    }
}

fn turn(held: RwSignal<CapabilitySet>, bits: &[u16], is_in: bool) {
    held.update(|held| {
        for bit in bits {
            *held = with(held, *bit, is_in);
        }
    });
}

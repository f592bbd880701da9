//! Who gains and who loses, and what of it deserves a second look.

use bailiwick_api::access::PersonChange;
use bailiwick_api::{CapabilityList, Preview};

use crate::api::Query;
use crate::parts::capabilities::names;
use crate::parts::who::label;
use crate::state::RwSignal;
use crate::ui::avatar;
use crate::ui::callout::{Tone, callout};
use crate::ui::dom::{El, View, dynamic, el, tag, views};

/// So many names stand in a warning.
const NAMED: usize = 5;

/// The warnings, and beside each other who gains and who loses.
pub(super) fn people(preview: &Preview, catalogue: Query<CapabilityList>) -> View {
    let yourself = preview.people.iter().find(|one| one.you && one.lost > 0);
    let warnings = [
        (
            named(preview, |one| one.becomes_owner),
            "becomes owner.",
            " An owner can give and take away everything there.",
        ),
        (
            named(preview, |one| one.was_owner),
            "is owner no longer.",
            " What an owner alone may do there, they may no longer.",
        ),
        (
            yourself.map(|one| ["You would lose ", &capabilities(one.lost)].concat()),
            "here yourself.",
            " You cannot give them back to yourself.",
        ),
    ];
    let warnings = warnings.into_iter().filter_map(|(who, what, then)| {
        let head = el("strong").child([&who?, " ", what].concat());
        Some(callout(Tone::Warn, el("p").child(head).child(then)).into())
    });
    let columns = tag("div", "p-change")
        .child(column(preview, catalogue, true))
        .child(column(preview, catalogue, false));
    views([columns.into(), views(warnings)])
}

/// Who is meant, the first of them by name.
fn named(preview: &Preview, is_meant: fn(&PersonChange) -> bool) -> Option<String> {
    let meant: Vec<String> = preview
        .people
        .iter()
        .filter(|one| is_meant(one))
        .map(|one| label(&one.identity))
        .collect();
    let (named, rest) = meant.split_at(meant.len().min(NAMED));
    let more = match rest.len() {
        0 => String::new(),
        more => [", and ", &more.to_string(), " more: each"].concat(),
    };
    (!meant.is_empty()).then(|| named.join(", ") + &more)
}

fn column(preview: &Preview, catalogue: Query<CapabilityList>, gains: bool) -> Option<El> {
    let count = |one: &PersonChange| if gains { one.gained } else { one.lost };
    let (title, all) = if gains {
        ("Who gains", preview.gain_count)
    } else {
        ("Who loses", preview.lose_count)
    };
    let shown: Vec<&PersonChange> = preview.people.iter().filter(|one| count(one) > 0).collect();
    let left = (all as usize).saturating_sub(shown.len());
    let list = shown.into_iter();
    let list = views(list.map(|one| person(one, count(one), catalogue, gains).into()));
    let more = (left > 0).then(|| el("li").child(["and ", &left.to_string(), " more"].concat()));
    (all > 0).then(|| {
        tag("section", "l-stack")
            .attr("data-gap", "1")
            .child(el("h3").child(title))
            .child(tag("ul", "ui-list").child(list).child(more))
    })
}

/// One line, which opens to the capabilities by their names.
fn person(one: &PersonChange, count: u32, catalogue: Query<CapabilityList>, gains: bool) -> El {
    let name = label(&one.identity);
    let you = one.you.then(|| tag("span", "ui-quiet").child(" you"));
    let set = |of: &bailiwick_api::access::PlaceChange| {
        let set = if gains { &of.gained } else { &of.lost };
        (of.group.name.clone(), set.clone())
    };
    // A place where nothing is gained is one where something is lost.
    let mut places: Vec<(String, String)> = one.places.iter().map(set).collect();
    places.retain(|(_, set)| !crate::parts::capabilities::read(set).is_empty());
    let first = places.first().map(|(place, _)| place.as_str());
    let more = match places.len().saturating_sub(1) {
        0 => String::new(),
        more => [" and ", &more.to_string(), " more"].concat(),
    };
    let place = ["in ", first.unwrap_or_default(), &more].concat();
    let (sign, class) = if gains {
        ("+", "l-end ui-num ui-gain")
    } else {
        ("−", "l-end ui-num ui-lose")
    };
    let number = [sign, &count.to_string()].concat();
    let head = el("summary")
        .child(avatar::person(&name))
        .child(
            tag("span", "ui-who-name")
                .child(name)
                .child(you)
                .child(tag("span", "ui-table-sub").child(place)),
        )
        .child(tag("span", class).child(number));
    let is_open = RwSignal::new(false);
    let details = el("details").child(head);
    let shown = details.clone();
    let inner = dynamic(move || {
        let lines = places.iter().map(|(place, set)| {
            let known = catalogue.state.read();
            let names = known.ready().map(|known| names(known, set));
            el("p")
                .child(el("strong").child(place))
                .child(" ")
                .child(el("code").child(names.unwrap_or_default()))
                .into()
        });
        is_open
            .get()
            .then(|| tag("div", "ui-tiny").child(views(lines)))
    });
    let details = details
        .on("toggle", move |_| {
            is_open.set(shown.html().has_attribute("open"));
        })
        .child(inner);
    el("li").child(details)
}

fn capabilities(count: u32) -> String {
    let noun = if count == 1 {
        " capability"
    } else {
        " capabilities"
    };
    [&count.to_string(), noun].concat()
}

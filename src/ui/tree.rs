//! Rows of a treegrid. What a row shows is a [`RowLook`]; what pressing it does is its owner's.

use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::icon::{Icon, icon, small_icon};
use super::skeleton::bone;
use super::time::time;

/// Where a row lies in the frame round the selected one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Reach {
    /// Outside.
    #[default]
    Outside,
    /// Inside.
    Inside,
    /// The last one inside.
    End,
}

/// What kind of row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum RowKind {
    /// One that opens.
    #[default]
    Thing,
    /// A name alone, of something that one may not open.
    Name,
    /// What is on its way.
    Loading,
    /// The way to the rest.
    More,
    /// What did not arrive; asks for another try.
    Failed,
}

/// All that a row shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct RowLook {
    /// What kind of row.
    pub(crate) kind: RowKind,
    /// From 1.
    pub(crate) level: usize,
    /// Place among its siblings from 1, and how many they are, as far as known.
    pub(crate) place: Option<usize>,
    /// How many siblings there are, when all are known.
    pub(crate) siblings: Option<usize>,
    /// `None` when there is nothing below.
    pub(crate) expanded: Option<bool>,
    /// Whether the page shows it.
    pub(crate) is_selected: bool,
    /// Place in the frame, and the level at which the frame begins.
    pub(crate) reach: Reach,
    /// The level of the selected row.
    pub(crate) reach_level: usize,
    /// What stands before the name because it has no row of its own.
    pub(crate) before: String,
    /// The name.
    pub(crate) name: String,
    /// Where it opens.
    pub(crate) href: String,
    /// When it changed (RFC 3339); may be empty.
    pub(crate) changed: String,
}

/// What pressing a row does.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RowActions {
    /// Pressed; gets the row's key.
    pub(crate) open: Callback<String>,
    /// The twist was pressed; gets the row's key.
    pub(crate) twist: Callback<String>,
    /// Has the focus; gets the row's key.
    pub(crate) focused: Callback<String>,
}

/// The head of the columns.
pub(crate) fn head(first: &'static str, second: &'static str) -> AnyView {
    view! {
        <div class="ui-tree-head" role="row">
            <span role="columnheader">{first}</span>
            <span class="ui-num" role="columnheader">
                {second}
            </span>
        </div>
    }
    .into_any()
}

/// The element id of the row with a key.
pub(crate) fn element_id(key: &str) -> String {
    ["row-", key].concat()
}

/// One row. The element stays the same while its look changes, so that it keeps the focus.
pub(crate) fn row(
    key: String,
    look: Memo<RowLook>,
    is_tab_stop: Signal<bool>,
    actions: RowActions,
) -> AnyView {
    let element = element_id(&key);
    let key = StoredValue::new(key);
    let kind = Memo::new(move |_| look.with(|look| look.kind));
    let press = move |event: web_sys::MouseEvent| {
        let with_key = event.ctrl_key() || event.meta_key() || event.shift_key();
        if with_key || event.button() != 0 {
            return;
        }
        event.prevent_default();
        let action = if is_in(&event, ".ui-twist") {
            actions.twist
        } else {
            actions.open
        };
        action.run(key.get_value());
    };
    view! {
        <div
            class="ui-tree-row"
            role="row"
            id=element
            tabindex=move || if is_tab_stop.get() { "0" } else { "-1" }
            data-plain=move || kind.get() == RowKind::Name
            aria-posinset=move || look.with(|look| look.place)
            aria-setsize=move || look.with(set_size)
            aria-expanded=move || look.with(|look| look.expanded.map(true_or_false))
            aria-selected=move || look.with(|look| {
                (look.kind == RowKind::Thing).then(|| true_or_false(look.is_selected))
            })
            data-reach=move || look.with(|look| match look.reach {
                Reach::Outside => None,
                Reach::Inside => Some(""),
                Reach::End => Some("end"),
            })
            style:--level=move || look.with(|look| look.level.to_string())
            style:--reach=move || look.with(|look| look.reach_level.to_string())
            {..custom_attribute("aria-level", move || look.with(|look| look.level.to_string()))}
            on:click=press
            on:focusin=move |_| actions.focused.run(key.get_value())
        >
            {move || match kind.get() {
                RowKind::Thing | RowKind::Name => cells(look),
                RowKind::Loading => {
                    view! { <div class="ui-tree-name ui-late" role="gridcell" aria-label="Loading">{twist(None)}{bone()}</div> }
                        .into_any()
                }
                RowKind::More => note(None, "Show more"),
                RowKind::Failed => note(Some(Icon::Refresh), "Did not arrive. Try again"),
            }}
        </div>
    }
    .into_any()
}

fn cells(look: Memo<RowLook>) -> AnyView {
    let has_twist = Memo::new(move |_| look.with(|look| look.expanded.is_some()));
    let name = Memo::new(move |_| {
        look.with(|look| (look.before.clone(), look.name.clone(), look.href.clone()))
    });
    let changed = Memo::new(move |_| look.with(|look| look.changed.clone()));
    view! {
        <div class="ui-tree-name" role="rowheader">
            {move || twist(has_twist.get().then_some(Icon::Right))}
            {move || {
                let (before, name, href) = name.get();
                if href.is_empty() {
                    return view! { <span class="ui-tree-link ui-faint">{name}</span> }.into_any();
                }
                view! {
                    <a class="ui-tree-link" href=href tabindex="-1">
                        <span class="ui-faint">{before}</span>
                        {name}
                    </a>
                }
                    .into_any()
            }}
        </div>
        <div class="ui-tree-cell" role="gridcell">
            {move || changed.with(|changed| (!changed.is_empty()).then(|| time(changed)))}
        </div>
    }
    .into_any()
}

fn twist(glyph: Option<Icon>) -> AnyView {
    let class = if glyph.is_some() {
        "ui-twist"
    } else {
        "ui-twist-none"
    };
    view! {
        <span class=class aria-hidden="true">
            {glyph.map(small_icon)}
        </span>
    }
    .into_any()
}

fn note(glyph: Option<Icon>, words: &'static str) -> AnyView {
    view! {
        <div class="ui-tree-name ui-tree-note" role="gridcell">
            {twist(None)}
            {glyph.map(icon)}
            {words}
        </div>
    }
    .into_any()
}

fn true_or_false(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}

/// ARIA's word for "not known yet" is -1.
fn set_size(look: &RowLook) -> Option<String> {
    look.place?;
    Some(
        look.siblings
            .map_or_else(|| "-1".to_owned(), |siblings| siblings.to_string()),
    )
}

fn is_in(event: &web_sys::MouseEvent, selector: &str) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|target| target.closest(selector).ok().flatten().is_some())
}

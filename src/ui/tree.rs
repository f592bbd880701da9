//! Rows of a treegrid. What a row shows is a [`RowLook`]; what pressing it does is its owner's.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, MouseEvent};

use super::dom::{El, View, el, nothing, tag, true_or_false};
use super::icon::{Icon, icon, small_icon};
use super::skeleton::bone;
use super::time::time;
use super::tree_edit::{EditActions, edit};
use crate::state::Callback;

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
    /// Place among all rows from 0.
    pub(crate) at: usize,
    /// From 1.
    pub(crate) level: usize,
    /// How far to the right it stands, from 1.
    pub(crate) indent: usize,
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
    /// How far to the right the frame begins.
    pub(crate) reach_indent: usize,
    /// What stands before the name because it has no row of its own.
    pub(crate) before: String,
    /// The name.
    pub(crate) name: String,
    /// Where it opens.
    pub(crate) href: String,
    /// When it changed (RFC 3339); may be empty.
    pub(crate) changed: String,
    /// Whether a new name is being written into it.
    pub(crate) is_edited: bool,
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
    /// A new name is written into it.
    pub(crate) edit: EditActions,
}

/// The head of the columns.
pub(crate) fn head(first: &str, second: &str) -> El {
    let column =
        |class: &str, words: &str| tag("span", class).attr("role", "columnheader").child(words);
    tag("div", "ui-tree-head")
        .attr("role", "row")
        .attr("aria-rowindex", "1")
        .child(column("", first))
        .child(column("ui-num", second))
}

/// The element id of the row with a key.
pub(crate) fn element_id(key: &str) -> String {
    ["row-", key].concat()
}

/// One row. The element stays the same while its look changes, so that it keeps the focus.
#[derive(Debug)]
pub(crate) struct TreeRow {
    element: El,
    edit: EditActions,
    shown: Option<RowLook>,
}

impl TreeRow {
    /// A row that shows nothing yet.
    pub(crate) fn new(key: &str, actions: RowActions) -> Self {
        let (pressed, focused) = (key.to_owned(), key.to_owned());
        let element = tag("div", "ui-tree-row")
            .attr("role", "row")
            .attr("id", &element_id(key))
            .on("click", move |event| press(&event, actions, &pressed))
            .on("focusin", move |_| actions.focused.run(focused.clone()));
        Self {
            element,
            edit: actions.edit,
            shown: None,
        }
    }

    /// The element.
    pub(crate) fn element(&self) -> El {
        self.element.clone()
    }

    /// Brings it to a look.
    pub(crate) fn show(&mut self, look: &RowLook, is_tab_stop: bool) {
        set_tab_stop(&self.element, is_tab_stop);
        if self.shown.as_ref() != Some(look) {
            let was_edited = self.shown.as_ref().is_some_and(|shown| shown.is_edited);
            let last = self.shown.replace(look.clone());
            draw(&self.element, look, last.as_ref());
            if look.is_edited && !was_edited {
                edit(&self.element, &look.name, self.edit);
            }
        }
    }
}

/// Says whether Tab stops at a row.
pub(crate) fn set_tab_stop(row: &El, is_tab_stop: bool) {
    row.set("tabindex", Some(if is_tab_stop { "0" } else { "-1" }));
}

fn press(event: &Event, actions: RowActions, key: &str) {
    let mouse: &MouseEvent = event.unchecked_ref();
    let is_written = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .is_some_and(|target| target.closest("input").ok().flatten().is_some());
    if is_written
        || mouse.ctrl_key()
        || mouse.meta_key()
        || mouse.shift_key()
        || mouse.button() != 0
    {
        return;
    }
    event.prevent_default();
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let twist = target.and_then(|target| target.closest(".ui-twist").ok().flatten());
    let action = if twist.is_some() {
        actions.twist
    } else {
        actions.open
    };
    action.run(key.to_owned());
}

/// Brings the element to its new look. What stands in it is drawn anew only if it changed, and not
/// while somebody writes in it.
fn draw(row: &El, look: &RowLook, last: Option<&RowLook>) {
    let number = |number: Option<usize>| number.map(|number| number.to_string());
    // ARIA's word for "not known yet" is -1.
    let siblings = look
        .place
        .map(|_| number(look.siblings).unwrap_or_else(|| "-1".to_owned()));
    let selected = (look.kind == RowKind::Thing).then(|| true_or_false(look.is_selected));
    row.set("data-plain", (look.kind == RowKind::Name).then_some(""));
    row.set("aria-level", Some(&look.level.to_string()));
    row.set("aria-posinset", number(look.place).as_deref());
    row.set("aria-setsize", siblings.as_deref());
    row.set("aria-expanded", look.expanded.map(true_or_false));
    row.set("aria-selected", selected);
    row.set(
        "data-reach",
        match look.reach {
            Reach::Outside => None,
            Reach::Inside => Some(""),
            Reach::End => Some("end"),
        },
    );
    let style = row.html().style();
    // By the object model, which the Content-Security-Policy allows; an attribute it would not.
    for (name, number) in [
        ("--at", look.at),
        ("--level", look.indent),
        ("--reach", look.reach_indent),
    ] {
        let _ = style.set_property(name, &number.to_string());
    }
    // The head is the first row.
    row.set("aria-rowindex", Some(&(look.at + 2).to_string()));
    let is_written_in = |last: &RowLook| last.is_edited && look.is_edited;
    if last.is_none_or(|last| last.inner() != look.inner() && !is_written_in(last)) {
        row.html().set_text_content(None);
        let _ = row.clone().child(inner(look));
    }
}

impl RowLook {
    /// What decides what stands in the row.
    fn inner(&self) -> (RowKind, [bool; 2], [&str; 4]) {
        let texts = [&self.before, &self.name, &self.href, &self.changed];
        (
            self.kind,
            [self.expanded.is_some(), self.is_edited],
            texts.map(String::as_str),
        )
    }
}

fn inner(look: &RowLook) -> View {
    match look.kind {
        RowKind::Thing | RowKind::Name => cells(look),
        RowKind::Loading => cell("ui-tree-name ui-late")
            .attr("aria-label", "Loading")
            .child(twist(false))
            .child(bone())
            .into(),
        RowKind::More => note(nothing(), "Show more"),
        RowKind::Failed => note(icon(Icon::Refresh), "Did not arrive. Try again"),
    }
}

fn cells(look: &RowLook) -> View {
    let name: El = if look.href.is_empty() {
        tag("span", "ui-tree-link ui-faint").child(&look.name)
    } else {
        let before = (!look.before.is_empty()).then(|| tag("span", "ui-faint").child(&look.before));
        tag("a", "ui-tree-link")
            .attr("href", &look.href)
            .attr("tabindex", "-1")
            .child(before)
            .child(&look.name)
    };
    let name = tag("div", "ui-tree-name")
        .attr("role", "rowheader")
        .child(twist(look.expanded.is_some()))
        .child(name);
    let changed = (!look.changed.is_empty()).then(|| time(&look.changed));
    super::dom::views([name.into(), cell("ui-tree-cell").child(changed).into()])
}

fn cell(class: &str) -> El {
    el("div").attr("class", class).attr("role", "gridcell")
}

fn twist(is_there: bool) -> El {
    tag(
        "span",
        if is_there {
            "ui-twist"
        } else {
            "ui-twist-none"
        },
    )
    .attr("aria-hidden", "true")
    .child(is_there.then(|| small_icon(Icon::Right)))
}

fn note(glyph: impl Into<View>, words: &str) -> View {
    cell("ui-tree-name ui-tree-note")
        .child(twist(false))
        .child(glyph)
        .child(words)
        .into()
}

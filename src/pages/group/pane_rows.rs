//! The rows of the tree as they stand on the page: which of them are drawn, the one at which Tab
//! stops, and how far the tree is scrolled.

use std::ops::Range;

use bailiwick_domain::Uidp;

use crate::reactive::spawn_local;
use crate::state::{RwSignal, StoredValue, after};
use crate::ui::dom::{El, Item, active, find_id, on_frame, on_window};
use crate::ui::tree::{RowActions, RowKind, TreeRow, element_id, set_tab_stop};
use crate::ui::virtual_rows::Viewport;

use super::rows::{Row, Rows};
use super::state::Shown;
use super::tree_pane::{SCROLLER, focus_row, focus_tab_stop};

/// What is known of the rows between two drawings.
#[derive(Debug, Default)]
struct Cache {
    rows: Rows,
    /// Of which tree, with which group chosen.
    revision: Option<u32>,
    selected: Option<Uidp>,
    drawn: Vec<usize>,
    /// The row at which Tab stops: its key and its place.
    stop: (String, usize),
    /// Whether the chosen row stays in view while others arrive: until the person does something
    /// in the tree.
    follows: bool,
    /// Whether it is still to be brought into view.
    is_to_show: bool,
}

/// The rows.
#[derive(Debug, Clone, Copy)]
pub(super) struct PaneRows {
    shown: Shown,
    cache: StoredValue<Cache>,
    count: RwSignal<usize>,
    view: RwSignal<Viewport>,
}

impl PaneRows {
    pub(super) fn new(shown: Shown) -> Self {
        Self {
            shown,
            cache: StoredValue::new(Cache::default()),
            count: RwSignal::new(0),
            view: RwSignal::new(Viewport::default()),
        }
    }

    /// How many rows there are. Tracked.
    pub(super) fn count(self) -> usize {
        self.count.get()
    }

    /// All rows, and the place of the one at which Tab stops.
    pub(super) fn with<T>(self, read: impl FnOnce(&[Row], usize) -> T) -> T {
        self.cache
            .with_value(|cache| read(&cache.rows.all, cache.stop.1))
    }

    /// The row with a key.
    pub(super) fn row(self, key: &str) -> Option<Row> {
        self.cache.with_value(|cache| {
            let mut drawn = cache.drawn.iter().filter_map(|&at| cache.rows.all.get(at));
            drawn.find(|row| row.key() == key).cloned()
        })
    }

    /// The keys of the rows that are drawn. Tracked.
    pub(super) fn keys(self) -> Vec<String> {
        let selected = self.shown.selected();
        self.shown.edited.track();
        let view = self.view.get();
        let had_focus = active().is_some_and(|active| {
            active
                .html()
                .closest("[role=treegrid]")
                .ok()
                .flatten()
                .is_some()
        });
        let (keys, lost_focus) = self
            .shown
            .tree
            .with(|tree| {
                self.cache.try_update_value(|cache| {
                    let is_new = cache.revision != Some(tree.revision);
                    let is_chosen_anew = cache.selected.as_ref() != Some(&selected);
                    let old_stop = cache.stop.0.clone();
                    if is_new {
                        cache.rows = Rows::of(tree);
                        cache.revision = Some(tree.revision);
                    }
                    if is_new || is_chosen_anew {
                        cache.rows.select(&selected);
                        cache.renew_stop(&selected);
                    }
                    if is_chosen_anew {
                        cache.selected = Some(selected.clone());
                        cache.follows = true;
                    }
                    cache.is_to_show |= cache.follows && (is_new || is_chosen_anew);
                    (cache.draw(view), is_new && cache.stop.0 != old_stop)
                })
            })
            .unwrap_or_default();
        let count = self.cache.with_value(|cache| cache.rows.all.len());
        if self.count.get_untracked() != count {
            self.count.set(count);
        }
        if had_focus && lost_focus {
            focus_tab_stop();
        }
        self.after_drawing();
        keys
    }

    /// Brings the chosen row into view once it is there, and asks for the pages that show.
    fn after_drawing(self) {
        let (more, show) = self
            .cache
            .try_update_value(|cache| {
                let more = cache.more();
                let at = cache.selected.as_ref().and_then(|uid| cache.rows.find(uid));
                let show = at.filter(|_| cache.is_to_show);
                cache.is_to_show &= at.is_none();
                (more, show)
            })
            .unwrap_or_default();
        if !more.is_empty() {
            spawn_local(async move {
                for uid in more {
                    self.shown.load_more(&uid);
                }
            });
        }
        if let Some(at) = show {
            on_frame(move || self.scroll_to(at));
        }
    }

    /// The person does something in the tree: what arrives from now on moves nothing.
    pub(super) fn let_go(self) {
        self.cache.update_value(|cache| cache.follows = false);
    }

    /// Draws the row with a key.
    pub(super) fn draw(self, key: &str, actions: RowActions) -> Item {
        let mut row = TreeRow::new(key, actions);
        let element = row.element();
        let key = key.to_owned();
        let update = move |place: usize| {
            let edited = self.shown.edited.get_untracked();
            let look = self.shown.tree.with_untracked(|tree| {
                self.cache.with_value(|cache| {
                    let at = cache.drawn.get(place).copied()?;
                    let look = cache.rows.look(tree, at, edited.as_ref());
                    Some((look, cache.stop.0 == key))
                })
            });
            if let Some((look, is_stop)) = look {
                row.show(&look, is_stop);
            }
        };
        (element, Box::new(update))
    }

    /// Tab stops at this row from now on.
    pub(super) fn stop_at(self, key: &str) {
        let old = self.cache.try_update_value(|cache| {
            let mut drawn = cache.drawn.iter();
            let at = drawn.find(|&&at| cache.rows.all[at].key() == key).copied();
            let stop = (key.to_owned(), at.unwrap_or(cache.stop.1));
            std::mem::replace(&mut cache.stop, stop)
        });
        let old = old.map(|(key, _)| key).unwrap_or_default();
        for (key, is_stop) in [(old.as_str(), false), (key, true)] {
            if let Some(row) = find_id(&element_id(key)) {
                set_tab_stop(&row, is_stop);
            }
        }
    }

    /// Moves the focus to a row, which is brought into view and drawn if it is not.
    pub(super) fn focus(self, at: usize) {
        let key = self
            .cache
            .with_value(|cache| cache.rows.all.get(at).map(Row::key));
        let Some(key) = key else { return };
        self.scroll_to(at);
        self.cache.update_value(|cache| {
            let drawn = std::mem::replace(&mut cache.stop, (key.clone(), at));
            // An element that is to lose the stop and is drawn is told by its own key.
            if let Some(old) = find_id(&element_id(&drawn.0)) {
                set_tab_stop(&old, false);
            }
        });
        if !focus_row(&key) {
            on_frame(move || {
                focus_row(&key);
            });
        }
    }

    fn scroll_to(self, at: usize) {
        let view = self.measured();
        if let (Some(top), Some(scroller)) = (view.scroll_to(at), find_id(SCROLLER)) {
            scroller.html().set_scroll_top(whole(top));
            self.view.set(self.measured());
        }
    }

    /// Follows how far the tree is scrolled, and how much of it shows.
    pub(super) fn watch_scrolling(self, scroller: &El) {
        let _ = scroller
            .clone()
            .on("scroll", move |_| self.view.set(self.measured()))
            .on("wheel", move |_| self.let_go())
            .on("pointerdown", move |_| self.let_go());
        on_window("resize", move |_| self.view.set(self.measured()));
        // Once it stands on the page, and whenever the pane comes back from being hidden.
        after(move || {
            let _ = (self.count.get(), self.shown.shows_detail.get());
            on_frame(move || {
                let view = self.measured();
                if self
                    .view
                    .try_get_untracked()
                    .is_some_and(|known| known != view)
                {
                    self.view.set(view);
                }
            });
        });
    }

    fn measured(self) -> Viewport {
        // The page may have gone since this was asked for.
        let count = self.cache.try_with_value(|cache| cache.rows.all.len());
        let (Some(count), Some(scroller)) = (count, find_id(SCROLLER)) else {
            return Viewport::default();
        };
        let body = scroller.find(".ui-tree-rows");
        let height = body
            .map(|body| body.html().offset_height())
            .unwrap_or_default();
        let before = scroller
            .find(".ui-tree-head")
            .map(|head| head.html().offset_height())
            .unwrap_or_default();
        let scroller = scroller.html();
        #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 rows")]
        let count = count.max(1) as f64;
        Viewport {
            top: scroller.scroll_top().into(),
            height: f64::from(scroller.client_height() - before),
            row: f64::from(height) / count,
        }
    }
}

impl Cache {
    /// Tab stops where it did. If that row is gone it stops at the row in its place; at first at
    /// the chosen row.
    fn renew_stop(&mut self, selected: &Uidp) {
        let all = &self.rows.all;
        let (key, at) = &self.stop;
        let is_there = |at: usize| all.get(at).is_some_and(|row| row.key() == *key);
        let at = if key.is_empty() {
            self.rows.find(selected)
        } else if is_there(*at) {
            return;
        } else {
            let moved = all.iter().position(|row| row.key() == *key);
            moved.or_else(|| self.rows.find(selected).filter(|_| *at == 0))
        };
        let at = at.unwrap_or(self.stop.1.min(all.len().saturating_sub(1)));
        self.stop = (all.get(at).map(Row::key).unwrap_or_default(), at);
    }

    /// Chooses the rows to draw; the tab stop is always among them, so that it keeps the focus.
    fn draw(&mut self, view: Viewport) -> Vec<String> {
        let shown: Range<usize> = view.rows(self.rows.all.len());
        let stop = self.stop.1;
        let before = (stop < shown.start).then_some(stop);
        let after = (stop >= shown.end && stop < self.rows.all.len()).then_some(stop);
        self.drawn = before.into_iter().chain(shown).chain(after).collect();
        let keys = self.drawn.iter().map(|&at| self.rows.all[at].key());
        keys.collect()
    }

    /// The groups of which more is to be asked for: the row that says so is about to show.
    fn more(&self) -> Vec<Uidp> {
        let drawn = self.drawn.iter().map(|&at| &self.rows.all[at]);
        let more = drawn.filter(|row| row.kind == RowKind::More);
        more.map(|row| row.uid.clone()).collect()
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a scroll position is far below 2^31"
)]
fn whole(px: f64) -> i32 {
    px as i32
}

//! Pure: what a key does in the tree (ARIA Authoring Practices, treegrid with row focus).

use crate::ui::tree::RowKind;

use super::rows::Row;

/// What a key does. Rows are told by their place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Focus(usize),
    Expand(usize),
    Collapse(usize),
    /// Opens a group, asks for more, or tries again.
    Open(usize),
    Rename(usize),
    Delete(usize),
}

/// The letters typed so far to find a name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct TypeAhead {
    text: String,
    at_ms: i64,
}

const PAUSE_MS: i64 = 700;
/// So many rows a page key goes on.
const PAGE: usize = 15;

/// What `key` does while row `at` has the focus. `None` leaves it to the browser.
pub(super) fn act(key: &str, rows: &[Row], at: usize) -> Option<Act> {
    let row = rows.get(at)?;
    let is_thing = row.kind == RowKind::Thing;
    let to = |place: usize| rows.get(place).map(|_| Act::Focus(place));
    let last = rows.len() - 1;
    match key {
        "ArrowDown" => to(at + 1),
        "ArrowUp" => to(at.checked_sub(1)?),
        "Home" => to(0),
        "End" => to(last),
        "PageDown" => to((at + PAGE).min(last)),
        "PageUp" => to(at.saturating_sub(PAGE)),
        "ArrowRight" => match row.expanded? {
            false => Some(Act::Expand(at)),
            true => to(at + 1),
        },
        "ArrowLeft" if row.expanded == Some(true) => Some(Act::Collapse(at)),
        "ArrowLeft" => {
            let above = rows[..at].iter().rposition(|other| other.level < row.level);
            to(above?)
        }
        "Enter" if row.kind != RowKind::Name => Some(Act::Open(at)),
        "F2" if is_thing => Some(Act::Rename(at)),
        "Delete" if is_thing => Some(Act::Delete(at)),
        _ => None,
    }
}

impl TypeAhead {
    /// The next row whose name begins with the letters typed, from row `at` on and round.
    /// `name` gives the name of the row at a place.
    pub(super) fn find<'a>(
        &mut self,
        key: &str,
        now_ms: i64,
        (at, count): (usize, usize),
        name: &dyn Fn(usize) -> &'a str,
    ) -> Option<Act> {
        let mut signs = key.chars();
        let sign = signs
            .next()
            .filter(|sign| signs.next().is_none() && !sign.is_control())?;
        if now_ms - self.at_ms > PAUSE_MS {
            self.text.clear();
        }
        if self.text.is_empty() && sign == ' ' {
            return None;
        }
        self.at_ms = now_ms;
        self.text.push(sign.to_ascii_lowercase());
        // One letter goes on to the next such name; more letters may mean the row one is on.
        let from = if self.text.len() == 1 { at + 1 } else { at };
        (0..count)
            .map(|step| (from + step) % count)
            .find(|&place| name(place).starts_with(&self.text))
            .map(Act::Focus)
    }

    /// Another key was pressed: the next letter begins anew.
    pub(super) fn clear(&mut self) {
        self.text.clear();
    }
}

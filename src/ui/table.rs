//! The head of a table: columns, sorting, and the tick that chooses all rows.

use crate::state::{Callback, Signal};

use super::dom::{El, dynamic, el, tag};
use super::icon::{Icon, small_icon};
use super::selection::Selection;

/// One column.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column {
    /// What is sorted by; empty for a column that is not.
    pub(crate) key: &'static str,
    /// Its head.
    pub(crate) words: &'static str,
    /// Whether a narrow table leaves it out.
    pub(crate) folds: bool,
}

/// The order of the rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Sort {
    /// The column's key.
    pub(crate) by: String,
    /// From the end.
    pub(crate) descending: bool,
}

impl Sort {
    /// From `name` or `-name`, as it stands in an address.
    pub(crate) fn parse(text: &str) -> Self {
        let by = text.strip_prefix('-').unwrap_or(text);
        Self {
            by: by.to_owned(),
            descending: by.len() < text.len(),
        }
    }

    /// As [`Sort::parse`] reads it.
    pub(crate) fn to_text(&self) -> String {
        let sign = if self.descending { "-" } else { "" };
        [sign, &self.by].concat()
    }

    /// After the head of the column `key` was pressed.
    fn pressed(&self, key: &str) -> Self {
        Self {
            by: key.to_owned(),
            descending: self.by == key && !self.descending,
        }
    }
}

/// How a head sorts: the order now, and what a press asks for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sorting {
    /// The order now.
    pub(crate) now: Signal<Sort>,
    /// Asks for another one.
    pub(crate) ask: Callback<Sort>,
}

/// The head of a table.
pub(crate) fn head(
    columns: &'static [Column],
    sorting: Option<Sorting>,
    selection: Option<Selection>,
) -> El {
    let row = el("tr").child(selection.map(|selection| {
        tag("th", "ui-tick")
            .attr("scope", "col")
            .child(selection.tick_all())
    }));
    let row = columns
        .iter()
        .fold(row, |row, column| row.child(column_head(*column, sorting)));
    el("thead").child(row)
}

fn column_head(column: Column, sorting: Option<Sorting>) -> El {
    let cell = el("th").attr("scope", "col");
    let cell = if column.folds {
        cell.flag("data-fold")
    } else {
        cell
    };
    let Some(Sorting { now, ask }) = sorting.filter(|_| !column.key.is_empty()) else {
        return cell.child(column.words);
    };
    let way = move || {
        let now = now.get();
        (now.by == column.key).then_some(now.descending)
    };
    let arrow =
        move || way().map(|descending| small_icon(if descending { Icon::Down } else { Icon::Up }));
    let button = tag("button", "ui-sort")
        .attr("type", "button")
        .on("click", move |_| {
            ask.run(now.get_untracked().pressed(column.key))
        })
        .child(column.words)
        .child(dynamic(arrow));
    cell.bind("aria-sort", move || {
        let word = |descending| {
            if descending {
                "descending"
            } else {
                "ascending"
            }
        };
        way().map(|descending| word(descending).to_owned())
    })
    .child(button)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_press_turns_the_order_round() {
        let sort = Sort::parse("name");
        assert_eq!(sort.pressed("name").to_text(), "-name");
        assert_eq!(sort.pressed("name").pressed("name"), sort);
        assert_eq!(sort.pressed("updateTime").to_text(), "updateTime");
    }
}

//! Tables: centred names, columns between bars, long texts wrapped.

use unicode_width::UnicodeWidthStr as _;

use crate::output::plain;

/// How wide a text of many words gets before it goes on in the next line.
const WRAP: usize = 30;

/// Rows under names.
#[derive(Debug)]
pub(crate) struct Table {
    names: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn new(names: &[&'static str]) -> Self {
        Self {
            names: names.to_vec(),
            rows: Vec::new(),
        }
    }

    /// One more row, a cell for each name.
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// All of it, ended by a line feed.
    pub(crate) fn print(&self) -> String {
        let rows: Vec<Vec<Vec<String>>> = self
            .rows
            .iter()
            .map(|row| row.iter().map(|cell| wrapped(cell)).collect())
            .collect();
        let widths: Vec<usize> = (0..self.names.len())
            .map(|column| {
                let cells = rows.iter().filter_map(|row| row.get(column)).flatten();
                let widest = cells.map(|line| line.width()).max().unwrap_or(0);
                widest.max(self.names[column].width())
            })
            .collect();
        let names: Vec<String> = self
            .names
            .iter()
            .zip(&widths)
            .map(|(name, width)| centred(name, *width))
            .collect();
        let rules: Vec<String> = widths.iter().map(|width| "-".repeat(width + 2)).collect();
        let mut text = line(&names) + "-" + &rules.join("+") + "-\n";
        for row in &rows {
            let height = row.iter().map(Vec::len).max().unwrap_or(0);
            for part in 0..height {
                let cells: Vec<String> = row
                    .iter()
                    .zip(&widths)
                    .map(|(cell, width)| {
                        let cell = cell.get(part).map_or("", String::as_str);
                        format!("{cell}{}", " ".repeat(width - cell.width()))
                    })
                    .collect();
                text += &line(&cells);
            }
        }
        text
    }
}

fn line(cells: &[String]) -> String {
    format!("  {}", cells.join(" | ")).trim_end().to_owned() + "\n"
}

fn centred(name: &str, width: usize) -> String {
    let left = (width - name.width()) / 2;
    format!("{:width$}", " ".repeat(left) + name)
}

/// The lines of a cell. A word is never cut.
fn wrapped(cell: &str) -> Vec<String> {
    let cell = plain(cell);
    let mut lines = vec![String::new()];
    for word in cell.split_whitespace() {
        let last = lines.len() - 1;
        let line = &mut lines[last];
        if line.is_empty() {
            line.push_str(word);
        } else if line.width() + 1 + word.width() <= WRAP {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_centred_names_bars_and_wrapped_texts() {
        let mut table = Table::new(&["ID", "NAME", "DESCRIPTION"]);
        let cells = ["<Organization UIDP>", "tutorial-org"].map(String::from);
        let text = "This is a shared IAM organization for tutorials.";
        table.row(cells.into_iter().chain([text.to_owned()]));
        assert_eq!(
            table.print(),
            "          ID          |     NAME     |         DESCRIPTION
----------------------+--------------+------------------------------
  <Organization UIDP> | tutorial-org | This is a shared IAM
                      |              | organization for tutorials.
"
        );
    }

    #[test]
    fn wide_characters_keep_the_bars_below_each_other() {
        let mut table = Table::new(&["A", "B"]);
        table.row(["日本".to_owned(), "x".to_owned()]);
        table.row(["abcd".to_owned(), "x".to_owned()]);
        let text = table.print();
        let bars: Vec<_> = text
            .lines()
            .skip(2)
            .map(|line| line.split('|').next().unwrap_or_default().width())
            .collect();
        assert_eq!(bars, [7, 7]);
    }
}

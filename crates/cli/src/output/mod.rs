//! What goes to stdout and stderr.

mod format;
mod table;
mod text;
mod tree;

use std::io::{self, IsTerminal as _, Write as _};

pub(crate) use format::{Format, json};
pub(crate) use table::Table;
pub(crate) use text::{instant, listed, many, plain};
pub(crate) use tree::tree;

/// Writes to stdout. That nobody reads on, as in `… | head -1`, is no failure.
///
/// # Errors
/// A full disk and the like.
pub(crate) fn print(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush())
    {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Writes a line for the person to stderr, where it disturbs no pipe.
pub(crate) fn say(line: &str) {
    // Without a stderr there is nobody to tell.
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// The word that failures begin with: red where a terminal shows it and nobody forbids colour.
pub(crate) fn error_word(no_color: bool) -> &'static str {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    match no_color || set("NO_COLOR") || dumb || !io::stderr().is_terminal() {
        true => "error:",
        false => "\u{1b}[1;31merror:\u{1b}[0m",
    }
}

//! Questions, where there is a terminal to ask at.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

use crate::failure::Failure;
use crate::output::{plain, say};

/// How often a question is asked before it is given up.
const TRIES: usize = 3;

/// Whether somebody can read a question and answer it.
pub(crate) fn possible() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Goes on only with a yes, or with `-y`.
///
/// # Errors
/// A no, and nobody there to ask.
pub(crate) fn confirm(yes: bool, question: &str) -> Result<(), Failure> {
    if yes {
        return Ok(());
    }
    if !possible() {
        return Err(Failure::usage(
            "There is no terminal to ask at, so nothing was done: -y says yes beforehand.",
        ));
    }
    match ask(&format!("{question} [y/N] "))?.as_str() {
        "y" | "Y" | "yes" => Ok(()),
        _ => Err(Failure::refused("Nothing was done.")),
    }
}

/// Goes on only when the name is typed once more, or with `-y`.
///
/// # Errors
/// Another name, and nobody there to ask.
pub(crate) fn confirm_name(yes: bool, question: &str, name: &str) -> Result<(), Failure> {
    if yes || !possible() {
        return confirm(yes, question);
    }
    say(question);
    match ask(&format!("Type {name} to go on: "))? == name {
        true => Ok(()),
        false => Err(Failure::refused("Nothing was done.")),
    }
}

/// Lets the person choose one of several, by its number.
///
/// # Errors
/// No number of these, three times.
pub(crate) fn choose(question: &str, choices: &[String]) -> Result<usize, Failure> {
    say(question);
    for (place, choice) in choices.iter().enumerate() {
        say(&format!("{:>4}  {}", place + 1, plain(choice)));
    }
    for _ in 0..TRIES {
        let number: Option<usize> = ask("Number: ")?.parse().ok();
        match number.filter(|number| (1..=choices.len()).contains(number)) {
            Some(number) => return Ok(number - 1),
            None => say(&format!("Type a number from 1 to {}.", choices.len())),
        }
    }
    Err(Failure::usage("Nothing was chosen, so nothing was done."))
}

fn ask(question: &str) -> Result<String, Failure> {
    let mut stderr = io::stderr().lock();
    let _ = write!(stderr, "{}", plain(question));
    let _ = stderr.flush();
    let mut line = String::new();
    match io::stdin().lock().read_line(&mut line) {
        Ok(length) if length > 0 => Ok(line.trim().to_owned()),
        _ => Err(Failure::refused("Nothing was done.")),
    }
}

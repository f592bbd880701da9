//! The forms that `-o` chooses from.

use clap::ValueEnum;
use serde::Serialize;

use crate::failure::Failure;

/// A form of output. Without `-o` each command has lines of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Columns with a line of names above them.
    Table,
    /// What the API answers.
    Json,
    /// Groups below groups.
    Tree,
    /// The ids alone, one a line.
    Id,
}

impl Format {
    /// Refuses a form that a command does not have.
    ///
    /// # Errors
    /// [`Failure`] that names those it has.
    pub(crate) fn among(chosen: Option<Self>, those: &[Self]) -> Result<Option<Self>, Failure> {
        match chosen {
            Some(chosen) if !those.contains(&chosen) => {
                let names: Vec<_> = those.iter().map(|format| format.name()).collect();
                let has = match names.is_empty() {
                    true => "no other form than its own".to_owned(),
                    false => names.join(", "),
                };
                Err(Failure::usage(format!(
                    "-o {} is not for this command: it has {has}.",
                    chosen.name()
                )))
            }
            chosen => Ok(chosen),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Json => "json",
            Self::Tree => "tree",
            Self::Id => "id",
        }
    }
}

/// As the API has it, on lines.
///
/// # Errors
/// None for the API's types.
pub(crate) fn json(value: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string_pretty(value)
        .map(|text| text + "\n")
        .map_err(|error| Failure::refused(format!("This cannot be written as JSON: {error}")))
}

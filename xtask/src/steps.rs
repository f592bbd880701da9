//! Tells the person at the terminal what happens and how long it took.

use std::io::Write as _;
use std::time::{Duration, Instant};

use anyhow::Result;

/// Steps shorter than this are left out of the table: they are checks, not work.
const WORTH_A_ROW: Duration = Duration::from_millis(500);

/// Runs named steps, prints them with their time and remembers the times.
#[derive(Debug, Default)]
pub(crate) struct Steps {
    finished: Vec<(String, Duration)>,
}

impl Steps {
    /// Runs a step that prints nothing itself: its line ends with its time.
    pub(crate) fn quiet(&mut self, name: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
        print!("==> {name} … ");
        // A missing flush only delays the line, so a failure is no reason to stop.
        let _ = std::io::stdout().flush();
        let started = Instant::now();
        let result = work();
        let took = started.elapsed();
        match &result {
            Ok(()) => println!("{}", seconds(took)),
            Err(_) => println!("failed after {}", seconds(took)),
        }
        self.record(name, took);
        result
    }

    /// Runs a step whose output streams through.
    pub(crate) fn loud<T>(&mut self, name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        println!("==> {name}");
        let started = Instant::now();
        let result = work();
        let took = started.elapsed();
        let end = if result.is_ok() {
            "done in"
        } else {
            "failed after"
        };
        println!("==> {name} … {end} {}", seconds(took));
        self.record(name, took);
        result
    }

    /// Says in a word that a thing is there.
    pub(crate) fn found(&self, name: &str, what: &str) {
        println!("==> {name} … {what}");
    }

    /// Prints the minutes of each step so far, if any is worth a row, and forgets them.
    pub(crate) fn print_table(&mut self) {
        let finished = std::mem::take(&mut self.finished);
        if finished.is_empty() {
            return;
        }
        println!("\nminutes  step");
        for (name, took) in &finished {
            println!("{:>7.1}  {name}", minutes(*took));
        }
        let total: Duration = finished.iter().map(|(_, took)| *took).sum();
        println!("{:>7.1}  together", minutes(total));
    }

    fn record(&mut self, name: &str, took: Duration) {
        if took >= WORTH_A_ROW {
            self.finished.push((name.to_owned(), took));
        }
    }
}

fn minutes(took: Duration) -> f64 {
    took.as_secs_f64() / 60.0
}

fn seconds(took: Duration) -> String {
    format!("{:.1} s", took.as_secs_f64())
}

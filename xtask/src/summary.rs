//! The last lines of `cargo xtask test`: what the test runners themselves counted.

/// Whether a line is one that cargo's test harness ends a binary with.
pub(crate) fn is_cargo_result(line: &str) -> bool {
    line.starts_with("test result:")
}

/// Whether a line belongs to the summary that Playwright ends with.
pub(crate) fn is_playwright_result(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let counted = words
        .next()
        .is_some_and(|word| word.parse::<usize>().is_ok());
    let what = words.next().unwrap_or_default();
    let known = ["passed", "failed", "flaky", "skipped", "interrupted"];
    line.starts_with("  ") && counted && (known.contains(&what) || line.contains("did not run"))
}

/// Adds up cargo's result lines into one of the same form.
pub(crate) fn total(lines: &[String]) -> String {
    let sum = |what: &str| lines.iter().map(|line| count(line, what)).sum::<usize>();
    let failed = sum("failed");
    let verdict = if failed == 0 && lines.iter().all(|line| line.contains(": ok.")) {
        "ok"
    } else {
        "FAILED"
    };
    format!(
        "test result: {verdict}. {} passed; {failed} failed; {} ignored; {} measured; {} filtered out",
        sum("passed"),
        sum("ignored"),
        sum("measured"),
        sum("filtered"),
    )
}

fn count(line: &str, what: &str) -> usize {
    let words: Vec<&str> = line.split_whitespace().collect();
    words
        .windows(2)
        .find(|pair| pair[1].trim_end_matches([';', ',']) == what)
        .and_then(|pair| pair[0].parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{is_playwright_result, total};

    #[test]
    fn adds_up_the_binaries() {
        let lines = [
            "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.1s".to_owned(),
            "test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 4 filtered out; finished in 0.1s".to_owned(),
        ];
        assert_eq!(
            total(&lines[..1]),
            "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out"
        );
        assert_eq!(
            total(&lines),
            "test result: FAILED. 5 passed; 1 failed; 1 ignored; 0 measured; 4 filtered out"
        );
    }

    #[test]
    fn knows_playwrights_summary() {
        for line in ["  12 passed (30.1s)", "  1 failed", "  3 did not run"] {
            assert!(is_playwright_result(line), "{line}");
        }
        for line in [
            "12 passed",
            "  ✓  1 [chromium] › a.spec.ts",
            "  Running 3 tests",
        ] {
            assert!(!is_playwright_result(line), "{line}");
        }
    }
}

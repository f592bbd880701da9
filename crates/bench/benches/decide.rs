//! The access decision, ours and cedar's side by side.
#![allow(
    clippy::unwrap_used,
    reason = "a benchmark that cannot go on has failed"
)]

#[path = "../tests/cedar/mod.rs"]
mod cedar;

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};

use bailiwick_bench::{Question, questions};
use bailiwick_domain::allows;
use cedar::Cedar;
use criterion::Criterion;

/// Budget of one decision, in nanoseconds.
const BUDGET: f64 = 100.0;
/// How many times faster than cedar it must be.
const RATIO: f64 = 50.0;

fn main() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("criterion");
    let mut criterion = Criterion::default()
        .output_directory(&folder)
        .configure_from_args();
    for (name, question) in questions() {
        compare(&mut criterion, name, &question);
    }
    criterion.final_summary();
    println!(
        "{:<14} {:>10} {:>10} {:>8}",
        "decide", "ours", "cedar", "ratio"
    );
    for (name, _) in questions() {
        // Nothing was measured when only some benchmarks, or none, were asked for.
        let (Some(ours), Some(cedar)) = (
            nanoseconds(&folder, name, "ours"),
            nanoseconds(&folder, name, "cedar"),
        ) else {
            continue;
        };
        println!(
            "{name:<14} {ours:>7.1} ns {cedar:>7.0} ns {:>7.0}x",
            cedar / ours
        );
    }
    println!("{:<14} {BUDGET:>7.1} ns {:>10} {RATIO:>7.0}x", "budget", "");
}

fn compare(criterion: &mut Criterion, name: &str, question: &Question) {
    let cedar = Cedar::prepare(question);
    let mut group = criterion.benchmark_group(name);
    group.bench_function("ours", |bencher| {
        bencher.iter(|| {
            let it = black_box(question);
            allows(&it.grants, it.what, &it.at, it.now)
        });
    });
    group.bench_function("cedar", |bencher| {
        bencher.iter(|| black_box(&cedar).allows())
    });
    group.finish();
}

/// The median that criterion has just written down.
fn nanoseconds(folder: &Path, group: &str, name: &str) -> Option<f64> {
    let file: PathBuf = [group, name, "new", "estimates.json"].iter().collect();
    let text = fs::read_to_string(folder.join(file)).ok()?;
    let estimates: serde_json::Value = serde_json::from_str(&text).ok()?;
    estimates["median"]["point_estimate"].as_f64()
}

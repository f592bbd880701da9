//! The map of nested plots beside the sign-in, on wide screens.

use crate::ui::dom::{El, svg};

/// The map. Decoration: it has no name.
pub(super) fn map() -> El {
    let accent = svg("g")
        .attr("stroke", "var(--accent-line)")
        .child(plot("M248 208h320v408H248z").attr("fill", "var(--accent-tint)"))
        .child(plot(
            "M332 208v88M450 208v88M248 452h84M248 536h84M420 536v80",
        ))
        .child(plot("M332 296h236v240H332z").attr("fill", "var(--accent-soft)"))
        .child(plot("M416 296v80M512 472v64M332 424h84M512 424h56"));
    let chosen = plot("M416 376h96v96h-96z")
        .attr("fill", "var(--accent-fill)")
        .attr("stroke", "none");
    let faint = names("var(--faint)")
        .child(name("84", "128", "acme"))
        .child(name("260", "128", "staging"))
        .child(name("84", "268", "prod"))
        .child(name("84", "564", "sandbox"));
    let bright = names("var(--accent)")
        .child(name("260", "232", "dev"))
        .child(name("344", "320", "payments"))
        .child(name("426", "396", "ledger").attr("fill", "var(--on-accent)"));
    svg("svg")
        .attr("class", "p-map")
        .attr("fill", "none")
        .attr("stroke", "var(--line-strong)")
        .attr("font-family", "var(--mono)")
        .attr("font-size", "13")
        .attr("viewBox", "0 0 640 800")
        .attr("preserveAspectRatio", "xMidYMid slice")
        .attr("aria-hidden", "true")
        .child(plot(
            "M72 0v800M0 104h640M568 104v696M72 696h496M72 392h176M248 104v592M0 312h72M0 540h72\
             M320 0v104M568 300h72M568 520h72M160 696v104M396 696v104M404 104v104M72 244h176\
             M160 244v148M72 540h176",
        ))
        .child(accent)
        .child(chosen)
        .child(faint)
        .child(bright)
}

fn plot(lines: &str) -> El {
    svg("path").attr("d", lines)
}

fn names(ink: &str) -> El {
    svg("g").attr("fill", ink).attr("stroke", "none")
}

fn name(x: &str, y: &str, word: &str) -> El {
    svg("text").attr("x", x).attr("y", y).child(word)
}

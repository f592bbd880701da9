//! Review before save: what changes of access would do, and the question whether to make them.

mod command;
mod people;
mod state;

use bailiwick_api::Preview;

use crate::parts::capabilities::catalogue;
use crate::parts::problem::{problem, refusal};
use crate::remote::Remote;
use crate::state::{Callback, Signal};
use crate::ui::button::{Button, Kind};
use crate::ui::callout::{Tone, callout};
use crate::ui::command::command as command_line;
use crate::ui::dialog::dialog_end;
use crate::ui::dom::{El, View, dynamic, el, tag, views};
use crate::ui::skeleton::{bone, loading};
use crate::ui::stats::stats;

pub(crate) use state::Asked;
use state::{Review, changes};

/// The id of the element that says why nothing can be saved.
const WHY_NOT: &str = "why-not-save";

/// The dialog. It asks the server what the changes would do, and makes them when told to; whoever
/// drew it stops on `closed`.
pub(crate) fn review(asked: Asked, closed: Callback<()>) -> View {
    let title = asked.title.clone();
    let review = Review::start(asked);
    let names = catalogue();
    let lead = "Nothing is saved yet. This is what would change.";
    let body = tag("div", "ui-dialog-body")
        .child(tag("p", "ui-quiet").child(lead))
        .child(dynamic(move || asked_for(review)))
        .child(dynamic(move || match &*review.preview.read() {
            Remote::Loading => {
                let shape = tag("div", "l-stack").child(bone()).child(bone());
                loading("Looking at what would change", shape).into()
            }
            Remote::Failed(error) => {
                let again = Callback::new(move |()| review.look());
                problem("What would change is not known", error, again).into()
            }
            Remote::Ready(preview) => views([
                (!preview.refusals.is_empty())
                    .then(|| refused(review, preview))
                    .into(),
                numbers(preview),
                people::people(preview, names),
            ]),
        }))
        .child(dynamic(move || {
            let words = review.words.read();
            let lines: Vec<&str> = words.iter().map(|(_, line)| line.as_str()).collect();
            command_line(&lines.join("\n"))
        }))
        .child(dynamic(move || {
            review.error.with(|error| error.as_ref().map(refusal))
        }));
    let inner = views([body.into(), end(review).into()]);
    let is_busy = Some(review.is_saving.into());
    review.dialog.view("review", &title, is_busy, closed, inner)
}

/// The changes in words, and that this is not the first look.
fn asked_for(review: Review) -> View {
    let anew = "Somebody changed access here meanwhile, so nothing was saved. This is what your \
                changes would do now.";
    let anew = review.is_anew.get().then(|| callout(Tone::Warn, anew));
    let words = review.words.read();
    let list = words.iter().map(|(words, _)| el("li").child(words).into());
    views([anew.into(), tag("ul", "ui-list").child(views(list)).into()])
}

fn refused(review: Review, preview: &Preview) -> El {
    let words = review.words.read_untracked();
    let list = preview.refusals.iter().map(|refusal| {
        let of = words.get(refusal.index as usize);
        let of = of.map(|(words, _)| el("strong").child([words, ". "].concat()));
        el("li").child(of).child(&refusal.message).into()
    });
    let rest = words.len() - preview.refusals.len().min(words.len());
    let without = (rest > 0).then(|| {
        let leave = Callback::new(move |()| review.leave_out());
        Button::new(Kind::Plain, "Leave out what is refused")
            .small()
            .on_press(leave)
            .view()
    });
    callout(
        Tone::Danger,
        views([el("ul").child(views(list)).into(), without.into()]),
    )
}

fn numbers(preview: &Preview) -> View {
    let said = |count: u32, one, many| (count.to_string(), if count == 1 { one } else { many });
    let (gain, lose) = (preview.gain_count, preview.lose_count);
    if gain + lose == 0 {
        let words = "Nobody gains or loses a capability. At most, how long they hold it changes.";
        return tag("p", "ui-quiet").child(words).into();
    }
    stats(vec![
        said(gain, "gains capabilities", "gain capabilities"),
        said(lose, "loses capabilities", "lose capabilities"),
        said(preview.owner_count, "owner afterwards", "owners afterwards"),
    ])
    .flag("data-change")
    .into()
}

fn end(review: Review) -> El {
    let why_not = tag("p", "ui-lose")
        .attr("id", WHY_NOT)
        .attr("role", "status")
        .text(move || {
            let is_refused = review.preview.read().ready().is_some() && !review.is_allowed();
            let words = "What is refused stands in the way of the rest.";
            if is_refused { words } else { "" }.to_owned()
        });
    let cancel = Button::new(Kind::Plain, "Cancel")
        .large()
        .autofocus()
        .refused(review.is_saving)
        .on_press(Callback::new(move |()| review.dialog.close()));
    let is_off = Signal::derive(move || !review.is_allowed());
    let save = dynamic(move || {
        let words = ["Save ", &changes(review.words.read().len())].concat();
        Button::new(Kind::Primary, &words)
            .large()
            .refused(is_off)
            .reason(WHY_NOT)
            .pending(review.is_saving)
            .on_press(Callback::new(move |()| review.save()))
            .view()
    });
    dialog_end([why_not.into(), cancel.view(), save])
}

//! Whose code it is: the code again, who asks, from where, and Deny beside Approve (RFC 8628 §5.4).

use bailiwick_api::DeviceRequest;

use crate::parts::gate::gate_head;
use crate::parts::problem::refusal;
use crate::reactive::untrack;
use crate::state::{Callback, Signal};
use crate::ui::badge::badge;
use crate::ui::button::{Button, Kind};
use crate::ui::callout::{Tone, callout};
use crate::ui::dom::{El, View, dynamic, el, find, on_frame, tag, views};
use crate::ui::facts::facts;
use crate::ui::time::time;

use super::state::{Activation, Doing};

pub(super) fn confirm(activation: Activation, device: &DeviceRequest) -> View {
    let words = "If you approve, that terminal acts as you for 30 days at most. You can end it \
                 sooner, in your account.";
    let code = tag("div", "ui-reach p-frame l-stack")
        .attr("data-gap", "1")
        .child(tag("p", "p-code").child(&device.user_code))
        .child(
            tag("p", "ui-tiny ui-quiet")
                .child("ends ")
                .child(time(&device.expire_time)),
        );
    let column = tag("div", "l-stack")
        .attr("data-wide", "")
        .attr("data-gap", "5")
        .child(gate_head("Does your terminal show this code?", words))
        .child(code)
        .child(what(activation, device))
        .child(elsewhere(device))
        .child(dynamic(move || {
            activation.error.with(|error| error.as_ref().map(refusal))
        }))
        .child(answers(activation, device));
    column.into()
}

fn what(activation: Activation, device: &DeviceRequest) -> El {
    let me = untrack(|| activation.session.person()).map(|person| person.label());
    let mut list: Vec<(&'static str, View)> = vec![("Asked by", (&device.client.name).into())];
    if !device.host.is_empty() {
        let claim = views([
            (&device.host).into(),
            " ".into(),
            badge(Tone::Plain, "not verified").into(),
        ]);
        list.push(("Says it is", claim));
    }
    list.push(("Address", el("code").child(&device.address).into()));
    list.push(("Asked", time(&device.create_time)));
    list.push(("Would act as", el("strong").child(me).into()));
    facts(list)
}

/// A device in the same room has the same address, most of the time.
fn elsewhere(device: &DeviceRequest) -> Option<El> {
    (device.address != device.caller_address).then(|| {
        let words = el("p")
            .child(el("strong").child("Another network than yours."))
            .child(" You are at ")
            .child(el("code").child(&device.caller_address))
            .child(
                ". That is usual for a server, and also for someone who wants to sign in as you.",
            );
        callout(Tone::Warn, words)
    })
}

fn answers(activation: Activation, device: &DeviceRequest) -> El {
    let is = move |doing| Signal::derive(move || activation.doing.get() == doing);
    let (approved, denied) = (device.clone(), device.clone());
    let deny = Button::new(Kind::Plain, "Deny")
        .large()
        .pending(is(Doing::Denying))
        .on_press(Callback::new(move |()| activation.decide(&denied, false)));
    let approve = Button::new(Kind::Primary, "Approve")
        .large()
        .pending(is(Doing::Approving))
        .on_press(Callback::new(move |()| activation.decide(&approved, true)));
    // The heading takes the focus of a page that was gone to; here one is asked.
    on_frame(|| {
        if let Some(deny) = find(".p-answers > button") {
            deny.focus();
        }
    });
    tag("div", "l-two p-answers")
        .child(deny.view())
        .child(approve.view())
}

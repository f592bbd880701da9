//! Signing in a device that has no browser, by the code that it shows (RFC 8628 §3.3).

mod confirm;
mod done;
mod enter;
mod state;

use bailiwick_api::DeviceRequest;

use crate::parts::gate::gate_beside;
use crate::parts::gate_account::gate_account;
use crate::ui::dom::{View, switch};

use state::{Activation, Showing};

/// The page. Nobody but a signed-in person gets here.
pub(crate) fn page() -> View {
    let activation = Activation::start();
    let column = switch(
        move || activation.showing.get(),
        move |showing| match showing {
            Showing::Enter => enter::enter(activation),
            Showing::Confirm(device) => confirm::confirm(activation, device),
            Showing::Approved(device) => done::approved(device),
            Showing::Denied => done::denied(),
        },
    );
    gate_beside(gate_account(), column).into()
}

/// What the device is called: by itself, else by its client.
fn called(device: &DeviceRequest) -> String {
    if device.host.is_empty() {
        device.client.name.clone()
    } else {
        device.host.clone()
    }
}

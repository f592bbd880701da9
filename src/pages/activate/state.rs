//! The code, the device that it belongs to, and what one answers.

use bailiwick_api::{DeviceRequest, DeviceUserCode, Error};
use bailiwick_domain::UserCode;

use crate::api::{Client, use_client};
use crate::browser;
use crate::reactive::spawn_local;
use crate::session::{Session, use_session};
use crate::state::{RwSignal, StoredValue};
use crate::ui::field::FieldState;

/// What stands on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Showing {
    /// The field for the code.
    Enter,
    /// Whose code it is, and Deny beside Approve.
    Confirm(DeviceRequest),
    Approved(DeviceRequest),
    Denied,
}

/// What one is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doing {
    Nothing,
    Looking,
    Approving,
    Denying,
}

/// The signals of the page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Activation {
    pub(super) session: Session,
    pub(super) showing: RwSignal<Showing>,
    pub(super) code: FieldState,
    pub(super) doing: RwSignal<Doing>,
    /// What went wrong and belongs to no field.
    pub(super) error: RwSignal<Option<Error>>,
    client: StoredValue<Client>,
}

/// The parameter of a link that brings the code along (RFC 8628 §3.3.1).
const USER_CODE: &str = "user_code";

impl Activation {
    /// A link only fills the field: looking a code up takes a press.
    pub(super) fn start() -> Self {
        let brought = browser::query_value(USER_CODE).unwrap_or_default();
        let brought = UserCode::find(&brought).map(|code| code.to_string());
        Self {
            session: use_session(),
            showing: RwSignal::new(Showing::Enter),
            code: FieldState::new(&brought.unwrap_or_default()),
            doing: RwSignal::new(Doing::Nothing),
            error: RwSignal::new(None),
            client: StoredValue::new(use_client()),
        }
    }

    fn begin(self, doing: Doing) -> bool {
        let may = self.doing.get_untracked() == Doing::Nothing;
        if may {
            self.doing.set(doing);
            self.error.set(None);
        }
        may
    }

    /// Asks whose code it is.
    pub(super) fn look_up(self) {
        let typed = self.code.text.get_untracked();
        if let Some(words) = check(&typed) {
            self.code.refuse(Some(words));
            self.code.focus();
            return;
        }
        if !self.begin(Doing::Looking) {
            return;
        }
        let client = self.client.get_value();
        spawn_local(async move {
            let code = DeviceUserCode { user_code: typed };
            match client.inspect_device(&code).await {
                Ok(device) => self.show(Showing::Confirm(device)),
                Err(error) => self.refused(error),
            }
        });
    }

    /// Says yes or no to the device that shows.
    pub(super) fn decide(self, device: &DeviceRequest, approves: bool) {
        let doing = if approves {
            Doing::Approving
        } else {
            Doing::Denying
        };
        if !self.begin(doing) {
            return;
        }
        let (client, device) = (self.client.get_value(), device.clone());
        spawn_local(async move {
            let code = DeviceUserCode {
                user_code: device.user_code.clone(),
            };
            let answer = if approves {
                client.approve_device(&code).await
            } else {
                client.deny_device(&code).await
            };
            match answer {
                Ok(()) if approves => self.show(Showing::Approved(device)),
                Ok(()) => self.show(Showing::Denied),
                Err(error) if reason(&error) == Some("STEP_UP_REQUIRED") => {
                    // The dialog over the page says so; then one approves once more.
                    self.doing.set(Doing::Nothing);
                }
                Err(error) => self.refused(error),
            }
        });
    }

    fn show(self, showing: Showing) {
        self.doing.set(Doing::Nothing);
        self.showing.set(showing);
    }

    /// A code that is not right any more is said beside the field.
    fn refused(self, error: Error) {
        self.show(Showing::Enter);
        if reason(&error) == Some("USER_CODE_UNKNOWN") {
            let words = error.status().map(|status| status.message.clone());
            self.code.refuse(words);
            self.code.focus();
        } else {
            self.error.set(Some(error));
        }
    }
}

fn reason(error: &Error) -> Option<&str> {
    error.status()?.reason()
}

/// What is wrong with a text that is to hold a code.
pub(super) fn check(text: &str) -> Option<String> {
    let words = if text.trim().is_empty() {
        "Put in the code that your terminal shows."
    } else if UserCode::find(text).is_none() {
        "There is no code in this. It has 8 letters, none of them a vowel, as BCDF-GHJK."
    } else {
        return None;
    };
    Some(words.to_owned())
}

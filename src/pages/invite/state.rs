//! The invite that one is at, and what one answers to it.

use crate::reactive::spawn_local;
use bailiwick_api::routes::GROUPS;
use bailiwick_api::{Error, InviteAccepted, InviteCode, InvitePreview};
use bailiwick_domain::Uidp;

use crate::api::{Client, Query, query, use_client};
use crate::remote::Remote;
use crate::router::{Router, use_router};
use crate::routes;
use crate::session::{Phase, Prompt, Session, use_session};
use crate::state::{RwSignal, StoredValue};
use crate::ui::dom::on_frame;
use crate::ui::heading::focus_heading;
use crate::ui::toast::{Toast, use_toast};

use super::code::find_code;
use super::failure::{Failure, failure, reason};

/// What stands on the page.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Showing {
    /// No code: the field for one.
    Paste,
    Loading,
    /// It could not be asked for.
    Failed(Error),
    /// It cannot be accepted, with the group where that leads.
    Refused(Failure, Option<Uidp>),
    /// It can, perhaps after signing in.
    Offer,
    Declined,
}

/// What one is doing about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doing {
    Nothing,
    Accepting,
    Declining,
    Switching,
}

/// The signals of the page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Invited {
    pub(super) session: Session,
    pub(super) preview: Query<InvitePreview>,
    pub(super) doing: RwSignal<Doing>,
    /// What went wrong with it, and may pass.
    pub(super) error: RwSignal<Option<Error>>,
    /// The code that was refused for good when it was answered, and why.
    refused: RwSignal<(String, Option<Error>)>,
    /// The code that was declined.
    declined: RwSignal<String>,
    pub(super) prompt: RwSignal<Prompt>,
    client: StoredValue<Client>,
    router: Router,
    toast: Toast,
}

impl Invited {
    pub(super) fn start() -> Self {
        let session = use_session();
        session.remember(routes::INVITE);
        // Somebody else may see and do something else: it is asked for again for them.
        let key = move || {
            let is_signed_in = session.phase() == Phase::SignedIn;
            let code = find_code(&session.invite()).ok()?.to_owned();
            Some((code, is_signed_in))
        };
        let preview = query(key, |client, (code, _)| {
            Box::pin(async move { client.inspect_group_invite(&InviteCode::new(&code)).await })
        });
        Self {
            session,
            preview,
            doing: RwSignal::new(Doing::Nothing),
            error: RwSignal::new(None),
            refused: RwSignal::default(),
            declined: RwSignal::default(),
            prompt: RwSignal::new(Prompt::Any),
            client: StoredValue::new(use_client()),
            router: use_router(),
            toast: use_toast(),
        }
    }

    /// Tracked.
    pub(super) fn showing(self) -> Showing {
        let code = self.session.invite();
        if code.is_empty() {
            return Showing::Paste;
        }
        if find_code(&code).is_err() {
            return refusal("INVITE_UNKNOWN", None);
        }
        if *self.declined.read() == code {
            return Showing::Declined;
        }
        if let (refused, Some(error)) = &*self.refused.read()
            && *refused == code
        {
            return of_error(error);
        }
        self.preview.state.with(|preview| match preview {
            Remote::Loading => Showing::Loading,
            Remote::Failed(error) => of_error(error),
            Remote::Ready(preview) => match &preview.refusal {
                Some(why) => refusal(&why.reason, Some(preview.group.uid.clone())),
                None => Showing::Offer,
            },
        })
    }

    fn begin(self, doing: Doing) -> bool {
        let may = self.doing.get_untracked() == Doing::Nothing;
        if may {
            self.doing.set(doing);
            self.error.set(None);
        }
        may
    }

    fn failed(self, error: Error) {
        self.doing.set(Doing::Nothing);
        if failure(reason(&error)).is_some() {
            let code = self.session.invite_untracked();
            self.refused.set((code, Some(error)));
            focus_soon();
        } else {
            self.error.set(Some(error));
        }
    }

    pub(super) fn accept(self) {
        if !self.begin(Doing::Accepting) {
            return;
        }
        let (client, code) = self.call();
        spawn_local(async move {
            match client.accept_group_invite(&code).await {
                Ok(accepted) => self.joined(&client, &accepted).await,
                Err(error) => self.failed(error),
            }
        });
    }

    async fn joined(self, client: &Client, accepted: &InviteAccepted) {
        // The page must know what one may do there before it draws the buttons.
        self.session.refresh(client).await;
        self.session.hold_invite("");
        let (group, role) = (&accepted.group, &accepted.role.name);
        self.toast
            .say(&["You are ", role, " of ", &group.name, " now."]);
        self.router.replace(&routes::group(&group.uid));
        client.transport().forget(GROUPS);
    }

    pub(super) fn decline(self) {
        if !self.begin(Doing::Declining) {
            return;
        }
        let (client, code) = self.call();
        spawn_local(async move {
            match client.decline_group_invite(&code).await {
                Ok(()) => {
                    self.doing.set(Doing::Nothing);
                    self.declined.set(self.session.invite_untracked());
                    focus_soon();
                }
                Err(error) => self.failed(error),
            }
        });
    }

    /// Leaves the account, for the choice of another one.
    pub(super) fn switch(self) {
        if !self.begin(Doing::Switching) {
            return;
        }
        let (client, _) = self.call();
        spawn_local(async move {
            match self.session.sign_out_here(&client).await {
                Ok(()) => {
                    self.doing.set(Doing::Nothing);
                    self.prompt.set(Prompt::SelectAccount);
                    self.refused.set(Default::default());
                    focus_soon();
                }
                Err(error) => self.failed(error),
            }
        });
    }

    fn call(self) -> (Client, InviteCode) {
        let code = self.session.invite_untracked();
        let code = find_code(&code).unwrap_or_default();
        (self.client.get_value(), InviteCode::new(code))
    }
}

fn focus_soon() {
    on_frame(focus_heading);
}

fn of_error(error: &Error) -> Showing {
    let group = error.status().and_then(|status| {
        let found = status
            .violations()
            .iter()
            .find(|one| one.kind == "ALREADY_MEMBER")?;
        found.subject.parse().ok()
    });
    match failure(reason(error)) {
        Some(failure) => Showing::Refused(failure, group),
        None => Showing::Failed(error.clone()),
    }
}

fn refusal(reason: &str, group: Option<Uidp>) -> Showing {
    // INVARIANT of the API: a refusal of a preview has a reason of `:accept`. What a newer server
    // adds is at least not offered.
    let failure = failure(reason).unwrap_or(Failure {
        title: "This invite cannot be accepted",
        words: "The server says so, for a reason that this page does not know. Reload it.",
        way: super::failure::Way::Organizations,
    });
    Showing::Refused(failure, group)
}

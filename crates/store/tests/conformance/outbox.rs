//! Mails of invites: put in with the invite, sent once, tried again, given up, and erased.

use std::sync::Arc;
use std::time::Duration;

use bailiwick_domain::{
    AcceptInviteError, MAIL_PER_RECIPIENT, MAIL_TRIED, MAIL_WINDOW, MailState, Micros, Uidp,
    editor, owner, viewer,
};
use bailiwick_store::{
    Caller, Clock as _, InviteRow, Issued, NewInvite, NewInvites, Options, Sending, Store,
    TakenMail,
};
use bailiwick_testkit::TestStore;

use crate::invites::{HOUR, addressed, invite, link, ruled};

/// Longer than any lease.
const LEASE: Duration = Duration::from_secs(10 * 60);
const YEAR: Duration = Duration::from_secs(365 * 24 * 3600);

async fn acme(test: &TestStore) -> (Caller, Uidp) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    (mine, organization)
}

/// The same database, as a server has it that sends no mail.
pub(crate) async fn mute(test: &TestStore) -> Store {
    let options = Options {
        location: test.database.location(),
        development: true,
        issuers: vec![bailiwick_testkit::store::ISSUER.to_owned()],
        mail: false,
    };
    let opened = Store::open(&options, Arc::new(test.clock.clone())).await;
    opened.unwrap()
}

async fn take(test: &TestStore) -> Option<TakenMail> {
    test.store.outbox().take().await.unwrap()
}

async fn note(test: &TestStore, mail: TakenMail, sending: Sending) {
    test.store.outbox().note(mail, sending).await.unwrap();
}

async fn shown(test: &TestStore, by: &Caller, invite: &InviteRow) -> Option<MailState> {
    let invites = test.store.group_invites(by);
    let row = invites
        .get(&invite.uid, &bailiwick_domain::InviteState::ALL)
        .await;
    row.unwrap().mail.map(|(state, _)| state)
}

async fn invited(test: &TestStore, by: &Caller, at: &Uidp, email: &str) -> Issued {
    let new = NewInvite {
        life: YEAR,
        ..addressed(viewer(), at, email)
    };
    invite(test, by, new).await.unwrap()
}

pub(crate) async fn a_mail_waits_from_the_very_transaction_of_its_invite(test: &TestStore) {
    let (mine, organization) = acme(test).await;
    assert!(take(test).await.is_none());
    invite(test, &mine, link(viewer(), &organization))
        .await
        .unwrap();
    assert!(take(test).await.is_none(), "a link for anyone goes nowhere");
    let made = invited(test, &mine, &organization, "Ada@example.com").await;
    assert_eq!(made.invite.mail.map(|mail| mail.0), Some(MailState::Queued));
    let refused = invite(
        test,
        &mine,
        addressed(viewer(), &organization, "ada@example.com"),
    )
    .await;
    refused.unwrap_err();
    let mail = take(test).await.unwrap();
    assert_eq!(mail.invite.uid, made.invite.uid);
    assert_eq!(mail.invite.email.as_deref(), Some("Ada@example.com"));
    assert_eq!(mail.code, made.code);
    assert!(take(test).await.is_none(), "one for one invite");
    let new = NewInvites {
        group: organization.clone(),
        role: editor().uid().clone(),
        emails: ["b@example.com", "nobody", "c@example.com"]
            .map(str::parse)
            .to_vec(),
        life: HOUR,
        ends_at: None,
    };
    let invites = test.store.group_invites(&mine);
    invites.create_batch(new).await.unwrap();
    for _ in 0..2 {
        assert!(take(test).await.is_some());
    }
    assert!(take(test).await.is_none());
    // Where no mail is sent there is nothing to wait.
    let mute = mute(test).await;
    let quiet = mute
        .group_invites(&mine)
        .create(addressed(viewer(), &organization, "d@example.com"))
        .await
        .unwrap();
    assert_eq!(quiet.invite.mail, None);
    assert!(take(test).await.is_none());
    // Nor is there any more once mail is switched off.
    let waiting = invited(test, &mine, &organization, "e@example.com").await;
    mute.outbox().give_up().await.unwrap();
    assert!(take(test).await.is_none());
    assert_eq!(
        shown(test, &mine, &waiting.invite).await,
        Some(MailState::Failed)
    );
    assert!(!waits(test, &waiting.code).await);
}

pub(crate) async fn a_mail_is_taken_by_one_and_by_another_when_the_lease_is_over(test: &TestStore) {
    let (mine, organization) = acme(test).await;
    let made = invited(test, &mine, &organization, "ada@example.com").await;
    let others = [
        test.open_again(true).await.unwrap(),
        test.open_again(true).await.unwrap(),
    ];
    let takes = (0..20).map(|at| {
        let store = others[at % 2].clone();
        tokio::spawn(async move { store.outbox().take().await.unwrap() })
    });
    let mut taken = Vec::new();
    for take in takes.collect::<Vec<_>>() {
        taken.extend(take.await.unwrap());
    }
    assert_eq!(taken.len(), 1, "of twenty one has it");
    let killed = taken.pop().unwrap();
    assert!(take(test).await.is_none(), "under a lease");
    test.clock.advance(LEASE);
    let again = take(test).await.unwrap();
    assert_eq!(again.code, made.code);
    // Whoever comes too late changes nothing.
    note(test, killed, Sending::Refused).await;
    assert_eq!(
        shown(test, &mine, &made.invite).await,
        Some(MailState::Queued)
    );
    note(test, again, Sending::Accepted).await;
    assert_eq!(
        shown(test, &mine, &made.invite).await,
        Some(MailState::Sent)
    );
    test.clock.advance(LEASE);
    assert!(take(test).await.is_none());
}

pub(crate) async fn what_was_not_sent_waits_longer_each_time_and_is_given_up_after_a_day(
    test: &TestStore,
) {
    let (mine, organization) = acme(test).await;
    let made = invited(test, &mine, &organization, "ada@example.com").await;
    let began = test.clock.now();
    let first = take(test).await.unwrap();
    note(test, first, Sending::Deferred).await;
    let mut pauses = Vec::new();
    while shown(test, &mine, &made.invite).await == Some(MailState::Queued) {
        let due = Micros(crate::raw::number(test, "SELECT due_time FROM outbox").await);
        pauses.push(due.since(test.clock.now()).as_secs());
        test.clock.set(Micros(due.0 - 1));
        assert!(take(test).await.is_none(), "too early");
        test.clock.set(due);
        let mail = take(test).await.unwrap();
        note(test, mail, Sending::Deferred).await;
    }
    assert_eq!(pauses[..4], [5, 10, 20, 40]);
    assert_eq!(pauses.last(), Some(&3600));
    assert_eq!(
        shown(test, &mine, &made.invite).await,
        Some(MailState::Failed)
    );
    assert!(test.clock.now() >= began.later(MAIL_TRIED));
    assert!(test.clock.now() < began.later(MAIL_TRIED + Duration::from_secs(3700)));
    test.clock.advance(LEASE);
    assert!(take(test).await.is_none());
}

/// Whether a code stands in a row, not in what the database keeps of rows that were.
async fn waits(test: &TestStore, code: &bailiwick_store::Secret) -> bool {
    let sql = format!(
        "SELECT COUNT(*) FROM outbox WHERE code = '{}'",
        code.expose()
    );
    crate::raw::number(test, &sql).await == 1
}

pub(crate) async fn a_code_stands_in_the_outbox_until_it_is_sent_and_no_longer(test: &TestStore) {
    let (mine, organization) = acme(test).await;
    let invites = test.store.group_invites(&mine);
    for (at, sending) in [Sending::Accepted, Sending::Refused]
        .into_iter()
        .enumerate()
    {
        let made = invited(test, &mine, &organization, &format!("n{at}@example.com")).await;
        assert!(waits(test, &made.code).await);
        let mail = take(test).await.unwrap();
        assert!(waits(test, &made.code).await, "while it is being sent");
        note(test, mail, sending).await;
        assert!(!waits(test, &made.code).await, "{sending:?}");
    }
    let revoked = invited(test, &mine, &organization, "revoked@example.com").await;
    let late = take(test).await.unwrap();
    invites.revoke(revoked.invite.uid.clone()).await.unwrap();
    assert!(!waits(test, &revoked.code).await, "revoked");
    note(test, late, Sending::Deferred).await;
    assert!(!waits(test, &revoked.code).await, "and does not come back");
    let guest = test.sign_in("guest@example.com").await.caller;
    let used = invited(test, &mine, &organization, "guest@example.com").await;
    let code = test.store.invite_of(used.code.clone());
    code.accept(&guest).await.unwrap();
    assert!(!waits(test, &used.code).await, "used");
    let other = test.sign_in("other@example.com").await.caller;
    let declined = invited(test, &mine, &organization, "other@example.com").await;
    let code = test.store.invite_of(declined.code.clone());
    code.decline(&other).await.unwrap();
    assert!(!waits(test, &declined.code).await, "declined");
    let folder = test.folder(&mine, &organization, "dev").await.uid;
    let gone = invited(test, &mine, &folder, "gone@example.com").await;
    let groups = test.store.groups(&mine);
    let deleted = groups.delete(folder, bailiwick_store::Deletion::Empty);
    deleted.await.unwrap();
    assert!(!waits(test, &gone.code).await, "its folder is gone");
    assert!(take(test).await.is_none());
}

pub(crate) async fn a_recipient_gets_ten_mails_in_ten_minutes_and_the_rest_wait(test: &TestStore) {
    let (mine, organization) = acme(test).await;
    let mut folders = Vec::new();
    for at in 0..12 {
        let name = format!("f{at}");
        folders.push(test.folder(&mine, &organization, &name).await.uid);
    }
    for folder in &folders {
        // However it is written, it is one mailbox.
        invited(test, &mine, folder, "Ada@example.com").await;
    }
    let first = take(test).await.unwrap();
    note(test, first, Sending::Deferred).await;
    invited(test, &mine, &organization, "bob@example.com").await;
    let (mut ada, mut bob) = (0, 0);
    while let Some(mail) = take(test).await {
        match mail.invite.email.as_deref() {
            Some("bob@example.com") => bob += 1,
            _ => ada += 1,
        }
        note(test, mail, Sending::Accepted).await;
    }
    assert_eq!(
        (ada, bob),
        (MAIL_PER_RECIPIENT, 1),
        "what failed does not count"
    );
    test.clock.advance(MAIL_WINDOW);
    for _ in 0..2 {
        let mail = take(test).await.unwrap();
        note(test, mail, Sending::Accepted).await;
    }
    assert!(take(test).await.is_none());
}

pub(crate) async fn what_nobody_can_accept_is_not_sent(test: &TestStore) {
    let (mine, organization) = acme(test).await;
    let new = addressed(owner(), &organization, "ada@example.com");
    let made = invite(test, &mine, new).await.unwrap();
    test.clock.advance(HOUR);
    assert!(take(test).await.is_none(), "it has expired");
    assert_eq!(
        shown(test, &mine, &made.invite).await,
        Some(MailState::Failed)
    );
    assert!(!waits(test, &made.code).await);
}

pub(crate) async fn a_new_code_is_sent_and_the_old_one_has_words_of_its_own(test: &TestStore) {
    let (mine, organization) = acme(test).await;
    let invites = test.store.group_invites(&mine);
    let made = invited(test, &mine, &organization, "ada@example.com").await;
    let late = take(test).await.unwrap();
    let renewed = invites
        .reissue(made.invite.uid.clone(), None)
        .await
        .unwrap();
    assert!(!waits(test, &made.code).await && waits(test, &renewed.code).await);
    note(test, late, Sending::Accepted).await;
    let mail = take(test).await.unwrap();
    assert_eq!(mail.code, renewed.code);
    note(test, mail, Sending::Accepted).await;
    assert_eq!(
        shown(test, &mine, &made.invite).await,
        Some(MailState::Sent)
    );
    let extended = invites.extend(made.invite.uid.clone(), HOUR).await.unwrap();
    assert_eq!(extended.mail.map(|mail| mail.0), Some(MailState::Sent));
    assert!(
        take(test).await.is_none(),
        "the same code is not sent again"
    );
    let ada = test.sign_in("ada@example.com").await.caller;
    let old = test.store.invite_of(made.code.clone());
    assert_eq!(
        ruled(old.inspect(Some(&ada)).await).unwrap_err(),
        AcceptInviteError::Reissued
    );
    assert_eq!(
        ruled(old.accept(&ada).await).unwrap_err(),
        AcceptInviteError::Reissued
    );
    let new = test.store.invite_of(renewed.code);
    new.accept(&ada).await.unwrap();
}

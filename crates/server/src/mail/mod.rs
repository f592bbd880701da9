//! The mail of invites, and what people are told about their own account: takes one after the other out
//! of the store and hands it to the mail server. A code stands in its link and in no log.

mod message;
mod notice;
mod words;

use std::time::Duration;

use bailiwick_store::{Notice, Sending, Store, StoreError, TakenMail};
use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::{Error as SmtpError, PoolConfig};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};
use url::Url;

use crate::app::StartError;
use crate::config::{Config, Smtp, SmtpTls};

/// How long the outbox is left alone when nothing in it is due.
const LOOK: Duration = Duration::from_secs(1);
/// How long it is when the database failed.
const TROUBLE: Duration = Duration::from_secs(5);
/// The longest that one mail may take; shorter than the lease of the outbox.
const SEND_MAX: Duration = Duration::from_secs(120);

/// Sends what waits in the outbox.
#[derive(Debug)]
pub(crate) struct Mailer {
    store: Store,
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    config: Config,
}

impl Mailer {
    /// `None` when the configuration has no mail server.
    ///
    /// # Errors
    /// [`StartError::Mail`].
    pub(crate) fn new(config: &Config, store: &Store) -> Result<Option<Self>, StartError> {
        let Some(smtp) = &config.smtp else {
            return Ok(None);
        };
        Ok(Some(Self {
            store: store.clone(),
            transport: transport(smtp, &config.base_url).map_err(StartError::mail)?,
            from: smtp.from.parse().map_err(StartError::mail)?,
            config: config.clone(),
        }))
    }

    /// Until the server stops.
    pub(crate) async fn run(self, mut stopped: watch::Receiver<bool>) {
        while !*stopped.borrow() {
            let pause = match self.send_one().await {
                Ok(true) => continue,
                Ok(false) => LOOK,
                Err(error) => {
                    tracing::warn!(%error, "the outbox cannot be read");
                    TROUBLE
                }
            };
            tokio::select! {
                () = sleep(pause) => {}
                _ = stopped.wait_for(|stopped| *stopped) => {}
            }
        }
    }

    /// Whether there was one.
    async fn send_one(&self) -> Result<bool, StoreError> {
        if let Some(mail) = self.store.outbox().take().await? {
            let sending = self
                .send(mail.invite.uid.as_str(), self.invite(&mail))
                .await;
            self.store.outbox().note(mail, sending).await?;
            return Ok(true);
        }
        if let Some(notice) = self.store.take_notice().await? {
            let sending = self.send(&notice.uid, self.notice(&notice)).await;
            self.store.note_notice(notice, sending).await?;
            return Ok(true);
        }
        Ok(false)
    }

    /// `about` is the id of what the mail is about, for the log.
    async fn send(&self, about: &str, message: Option<Message>) -> Sending {
        let Some(message) = message else {
            tracing::warn!(about, "no mail can be made of this");
            return Sending::Refused;
        };
        match timeout(SEND_MAX, self.transport.send(message)).await {
            Ok(Ok(_)) => {
                tracing::info!(about, "mail sent");
                Sending::Accepted
            }
            Ok(Err(error)) => {
                let (sending, why) = (judged(&error), why(&error));
                tracing::warn!(about, why, ?sending, "mail not sent");
                sending
            }
            Err(_) => {
                tracing::warn!(about, why = "too slow", "mail not sent");
                Sending::Deferred
            }
        }
    }

    fn invite(&self, mail: &TakenMail) -> Option<Message> {
        let base_url = &self.config.base_url;
        message::of(&mail.invite, mail.code.expose(), &self.from, base_url)
    }

    fn notice(&self, notice: &Notice) -> Option<Message> {
        let client = self.config.client(&notice.client_id);
        let client = client.map_or(notice.client_id.clone(), |client| client.name);
        notice::of(notice, &client, &self.from, &self.config.base_url)
    }
}

fn transport(smtp: &Smtp, base_url: &Url) -> Result<AsyncSmtpTransport<Tokio1Executor>, SmtpError> {
    let parameters = || TlsParameters::new(smtp.host.clone());
    let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&smtp.host)
        .port(smtp.port.unwrap_or_default())
        .tls(match smtp.tls {
            SmtpTls::Starttls => Tls::Required(parameters()?),
            SmtpTls::Tls => Tls::Wrapper(parameters()?),
            SmtpTls::None => Tls::None,
        })
        .timeout(Some(Duration::from_secs(30)))
        .pool_config(PoolConfig::new().max_size(1))
        .hello_name(ClientId::Domain(
            base_url.host_str().unwrap_or("localhost").to_owned(),
        ));
    if let (Some(username), Some(password)) = (&smtp.username, &smtp.password) {
        builder = builder.credentials(Credentials::new(username.clone(), password.clone()));
    }
    Ok(builder.build())
}

/// Whether it is any use to try again. That we are not let in is for whoever runs the server to mend,
/// and no fault of the address.
fn judged(error: &SmtpError) -> Sending {
    let code = error.status().map(u16::from);
    match error.is_permanent() && !matches!(code, Some(530 | 534 | 535 | 538)) {
        true => Sending::Refused,
        false => Sending::Deferred,
    }
}

/// In few words of our own: what the mail server says may repeat the link.
fn why(error: &SmtpError) -> String {
    match error.status() {
        Some(code) => format!("the mail server answers {code}"),
        None if error.is_tls() => "no TLS with the mail server".to_owned(),
        None if error.is_timeout() => "the mail server is too slow".to_owned(),
        None if error.is_client() => "the mail server cannot do what is needed".to_owned(),
        None => "the mail server cannot be reached".to_owned(),
    }
}

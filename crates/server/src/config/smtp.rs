//! `[smtp]`: the server that takes our mail.

use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;

use lettre::message::Mailbox;
use serde::{Deserialize, Serialize};

use super::Problem;
use super::provider::hidden;

/// Where mail is handed in. Serialized, it hides its password.
#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Smtp {
    /// A name or an address. With TLS its certificate must be for it.
    pub host: String,
    /// Unless given, 465 for `tls = "tls"` and 587 for all else.
    #[serde(default)]
    pub port: Option<u16>,
    /// How the way there is protected.
    #[serde(default)]
    pub tls: SmtpTls,
    /// Whom we are there; without it we do not say.
    #[serde(default)]
    pub username: Option<String>,
    /// The password, or what `password_file` holds.
    #[serde(default, serialize_with = "hidden")]
    pub password: Option<String>,
    /// A file that holds the password.
    #[serde(default)]
    pub password_file: Option<PathBuf>,
    /// From whom our mail is: `id@example.com` or `Example <id@example.com>`.
    pub from: String,
}

/// `tls = …`
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SmtpTls {
    /// The connection begins in the clear and must turn to TLS before anything is said.
    #[default]
    Starttls,
    /// TLS from the first byte.
    Tls,
    /// None, to a server on this machine.
    None,
}

impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Smtp({} at {})", self.from, self.host)
    }
}

impl Smtp {
    /// Reads the password from its file, if it has one, and fills in the port.
    pub(super) fn complete(&mut self) -> Result<(), Problem> {
        self.port.get_or_insert(match self.tls {
            SmtpTls::Tls => 465,
            SmtpTls::Starttls | SmtpTls::None => 587,
        });
        let Some(path) = &self.password_file else {
            return Ok(());
        };
        if self.password.is_some() {
            return Err(Problem::TwoValues {
                one: "password",
                other: "password_file",
                of: "smtp: ".to_owned(),
            });
        }
        let password = std::fs::read_to_string(path).map_err(|cause| Problem::SecretFile {
            key: "password_file",
            path: path.clone(),
            cause,
        })?;
        self.password = Some(password.trim().to_owned());
        Ok(())
    }

    pub(super) fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.tls == SmtpTls::None && !is_this_machine(&self.host) {
            problems.push(Problem::InsecureSmtp(self.host.clone()));
        }
        if self.from.parse::<Mailbox>().is_err() {
            problems.push(Problem::SmtpFrom(self.from.clone()));
        }
        if self.username.is_some() != self.password.is_some() {
            problems.push(Problem::SmtpHalf);
        }
        problems
    }
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

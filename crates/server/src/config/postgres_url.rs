//! The address of a PostgreSQL server. One that is not on this machine is reached over TLS
//! whose certificate and name are verified; nothing less can be constructed.

use std::borrow::Cow;
use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use thiserror::Error;
use url::Url;

/// What is shown in place of a secret.
pub(super) const HIDDEN: &str = "(hidden)";

/// A `postgres://` URL. `Debug` and `Display` hide its password.
#[derive(Clone, PartialEq, Eq)]
pub struct PostgresUrl(Url);

/// Why a URL cannot be used. No message repeats the URL: it may hold a password.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PostgresUrlError {
    /// Some other database.
    #[error(
        "a database is the path of a SQLite file, or postgres://USER:PASSWORD@HOST:PORT/DATABASE"
    )]
    Scheme,
    /// Not a URL at all.
    #[error(
        "the PostgreSQL URL cannot be read ({0}): write postgres://USER:PASSWORD@HOST:PORT/DATABASE, \
         with %XX for special characters in user and password"
    )]
    Url(url::ParseError),
    /// Otherwise the environment would decide where the data goes.
    #[error(
        "the PostgreSQL URL names no host: write postgres://localhost/DATABASE, or \
         postgres:///DATABASE?host=/var/run/postgresql for a socket"
    )]
    NoHost,
    /// The connection could be read or taken over.
    #[error(
        "{host} is not this machine, so `sslmode={mode}` is not enough: write `sslmode=verify-full` \
         or leave it out, and name the server's authority with `sslrootcert=FILE` if the system \
         does not know it"
    )]
    Unverified {
        /// The server.
        host: String,
        /// The mode that was asked for.
        mode: String,
    },
}

impl PostgresUrl {
    /// The whole URL, with its password, for the connection alone.
    pub fn expose(&self) -> &str {
        self.0.as_str()
    }

    /// All that the driver could take for the host: later ones replace earlier ones.
    fn hosts(url: &Url) -> Vec<Cow<'_, str>> {
        let named = url.host_str().filter(|host| !host.is_empty());
        let asked = url
            .query_pairs()
            .filter(|(key, _)| matches!(key.as_ref(), "host" | "hostaddr"))
            .map(|(_, value)| value);
        named.map(Cow::Borrowed).into_iter().chain(asked).collect()
    }
}

impl FromStr for PostgresUrl {
    type Err = PostgresUrlError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut url = Url::parse(text).map_err(PostgresUrlError::Url)?;
        if !matches!(url.scheme(), "postgres" | "postgresql") {
            return Err(PostgresUrlError::Scheme);
        }
        let hosts = Self::hosts(&url);
        if hosts.is_empty() || hosts.iter().any(|host| host.is_empty()) {
            return Err(PostgresUrlError::NoHost);
        }
        let Some(remote) = hosts.iter().find(|host| !is_this_machine(host)) else {
            return Ok(Self(url));
        };
        let modes: Vec<_> = url
            .query_pairs()
            .filter(|(key, _)| matches!(key.as_ref(), "sslmode" | "ssl-mode"))
            .map(|(_, mode)| mode)
            .collect();
        if let Some(weak) = modes.iter().find(|mode| *mode != "verify-full") {
            return Err(PostgresUrlError::Unverified {
                host: remote.to_string(),
                mode: weak.to_string(),
            });
        }
        if modes.is_empty() {
            url.query_pairs_mut().append_pair("sslmode", "verify-full");
        }
        Ok(Self(url))
    }
}

/// Loopback, or a socket: the folder of a socket begins with a slash, which a URL's host escapes.
fn is_this_machine(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host.starts_with('/')
        || host
            .get(..3)
            .is_some_and(|first| first.eq_ignore_ascii_case("%2f"))
        || host.eq_ignore_ascii_case("localhost")
        || address
            .parse()
            .is_ok_and(|address: IpAddr| address.is_loopback())
}

impl fmt::Display for PostgresUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut url = self.0.clone();
        if url.password().is_some() {
            // Fails only for a URL that can have no password.
            let _ = url.set_password(Some(HIDDEN));
        }
        if url.query().is_some() {
            let shown: Vec<_> = self
                .0
                .query_pairs()
                .map(|(key, value)| match key.contains("password") {
                    true => format!("{key}={HIDDEN}"),
                    false => format!("{key}={value}"),
                })
                .collect();
            url.set_query(Some(&shown.join("&")));
        }
        f.write_str(url.as_str())
    }
}

impl fmt::Debug for PostgresUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PostgresUrl({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::{PostgresUrl, PostgresUrlError};

    fn parse(text: &str) -> Result<PostgresUrl, PostgresUrlError> {
        text.parse()
    }

    #[test]
    fn another_machine_is_reached_over_verified_tls_unasked() {
        for (text, full) in [
            (
                "postgres://u:p@db.example.com/b",
                "postgres://u:p@db.example.com/b?sslmode=verify-full",
            ),
            (
                "postgresql://10.0.0.7:5433/b?sslrootcert=/etc/ca.pem",
                "postgresql://10.0.0.7:5433/b?sslrootcert=/etc/ca.pem&sslmode=verify-full",
            ),
            (
                "postgres://db.example.com/b?ssl-mode=verify-full",
                "postgres://db.example.com/b?ssl-mode=verify-full",
            ),
        ] {
            assert_eq!(parse(text).unwrap().expose(), full);
        }
    }

    #[test]
    fn another_machine_is_not_reached_by_less() {
        for query in [
            "sslmode=disable",
            "sslmode=allow",
            "sslmode=prefer",
            "sslmode=require",
            "sslmode=verify-ca",
            "sslmode=nonsense",
            "ssl-mode=require",
            "sslmode=verify-full&sslmode=disable",
        ] {
            let error = parse(&format!("postgres://u:geheim@db.example.com/b?{query}"))
                .unwrap_err()
                .to_string();
            for word in ["db.example.com", "sslmode=verify-full", "sslrootcert"] {
                assert!(error.contains(word), "{query}: {error}");
            }
            assert!(!error.contains("geheim"), "{error}");
        }
    }

    #[test]
    fn a_host_in_the_query_counts_too() {
        for text in [
            "postgres://localhost/b?host=db.example.com&sslmode=disable",
            "postgres://localhost/b?hostaddr=10.0.0.7&sslmode=disable",
            "postgres://db.example.com/b?host=/run/postgresql&sslmode=disable",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn on_this_machine_anything_goes() {
        for text in [
            "postgres://u:p@localhost/b",
            "postgres://127.0.0.1:5433/b?sslmode=disable",
            "postgres://[::1]/b?sslmode=prefer",
            "postgres://%2Fvar%2Frun%2Fpostgresql/b",
            "postgres:///b?host=/var/run/postgresql",
        ] {
            assert_eq!(parse(text).unwrap().expose(), text);
        }
    }

    #[test]
    fn names_that_only_look_like_this_machine_do_not() {
        for host in [
            "localhost.example.com",
            "127.0.0.1.example.com",
            "127.1",
            "0.0.0.0",
        ] {
            let text = format!("postgres://{host}/b?sslmode=disable");
            assert!(parse(&text).is_err(), "{host}");
        }
    }

    #[test]
    fn a_url_names_its_host() {
        for text in ["postgres:///b", "postgres:///b?host=", "postgres:b"] {
            assert_eq!(parse(text), Err(PostgresUrlError::NoHost), "{text}");
        }
    }

    #[test]
    fn nobody_sees_a_password() {
        for text in [
            "postgres://u:geheim@localhost/b",
            "postgres://localhost/b?user=u&password=geheim",
        ] {
            let url = parse(text).unwrap();
            for shown in [url.to_string(), format!("{url:?}")] {
                assert!(!shown.contains("geheim"), "{shown}");
                assert!(shown.contains("(hidden)"), "{shown}");
            }
        }
    }
}

//! Which server.

use url::{Host, Url};

use crate::credentials::Folder;
use crate::failure::Failure;

/// Where `serve --dev` listens unless it is told otherwise.
pub(crate) const DEVELOPMENT: &str = "http://localhost:8080";

/// The server that was named (by the flag, else by `BAILIWICK_SERVER`), else the only one that there
/// are credentials for, else [`DEVELOPMENT`].
///
/// # Errors
/// What was named is no URL of a server, or there is more than one to choose from.
pub(crate) fn chosen(flag: Option<&str>, folder: &Folder) -> Result<String, Failure> {
    if let Some(text) = flag {
        return normal(text);
    }
    match std::env::var("BAILIWICK_SERVER") {
        Ok(text) if !text.is_empty() => return normal(&text),
        _ => {}
    }
    let servers = folder.servers();
    match servers.as_slice() {
        [] => Ok(DEVELOPMENT.to_owned()),
        [one] => Ok(one.clone()),
        several => Err(Failure::usage(
            "There are credentials for several servers: say which by --server URL or \
             BAILIWICK_SERVER.",
        )
        .lines(several.iter().cloned())),
    }
}

/// The origin alone, as an issuer writes itself. Tokens go over plain HTTP on this machine only.
fn normal(text: &str) -> Result<String, Failure> {
    let wrong = |why: &str| {
        Failure::usage(format!(
            "{text:?} is no server: {why}. Write its URL, as https://id.example.com."
        ))
    };
    let url = Url::parse(text).map_err(|error| wrong(&error.to_string()))?;
    let loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => return Err(wrong("it names no host")),
    };
    match url.scheme() {
        "https" => {}
        "http" if loopback => {}
        "http" => return Err(wrong("http is for this machine only")),
        _ => return Err(wrong("it is not https")),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("it has a user name in it"));
    }
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        return Err(wrong("there is something after the host"));
    }
    Ok(url.origin().ascii_serialization())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_an_origin() {
        for (text, server) in [
            ("https://id.example.com/", "https://id.example.com"),
            ("https://ID.example.com:443", "https://id.example.com"),
            ("http://localhost:8080", "http://localhost:8080"),
            ("http://[::1]:8080/", "http://[::1]:8080"),
        ] {
            assert_eq!(normal(text).unwrap(), server);
        }
        for text in [
            "",
            "id.example.com",
            "http://id.example.com",
            "ftp://id.example.com",
            "https://a:b@id.example.com",
            "https://id.example.com/login",
            "https://id.example.com/?a",
        ] {
            assert!(normal(text).is_err(), "{text}");
        }
    }
}

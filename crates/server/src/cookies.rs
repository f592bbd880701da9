//! Our two cookies: the session's and the one that binds a sign-in to a browser.

use std::time::Duration;

use bailiwick_store::{SESSION_ABSOLUTE, Secret};
use cookie::{Cookie, SameSite};
use http::{HeaderMap, HeaderValue, header};

/// The session. Strict: our own pages fetch same-site even after a redirect from elsewhere.
pub(crate) const SESSION: &str = "__Host-bailiwick";
/// The browser of a sign-in. Lax: the provider's redirect back is a cross-site navigation.
pub(crate) const BROWSER: &str = "__Host-bailiwick-login";

const BROWSER_LIFE: Duration = Duration::from_secs(60 * 60);
/// 32 bytes as base64url.
const SECRET_LENGTH: usize = 43;

/// The secret in a cookie. A cookie that stands twice is none: one of the two is not ours.
pub(crate) fn read(headers: &HeaderMap, name: &str) -> Option<Secret> {
    let mut found = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(Cookie::split_parse)
        .filter_map(Result::ok)
        .filter(|cookie| cookie.name() == name);
    let cookie = found.next()?;
    if found.next().is_some() || cookie.value().len() != SECRET_LENGTH {
        return None;
    }
    Some(Secret::from_client(cookie.value()))
}

/// `Set-Cookie` of a new session.
pub(crate) fn session(secret: &Secret) -> HeaderValue {
    build(SESSION, secret.expose(), SameSite::Strict, SESSION_ABSOLUTE)
}

/// `Set-Cookie` of a browser that begins a sign-in.
pub(crate) fn browser(secret: &Secret) -> HeaderValue {
    build(BROWSER, secret.expose(), SameSite::Lax, BROWSER_LIFE)
}

/// `Set-Cookie` values that remove both.
pub(crate) fn removals() -> [HeaderValue; 2] {
    [
        build(SESSION, "", SameSite::Strict, Duration::ZERO),
        build(BROWSER, "", SameSite::Lax, Duration::ZERO),
    ]
}

fn build(name: &'static str, value: &str, same_site: SameSite, life: Duration) -> HeaderValue {
    let seconds = i64::try_from(life.as_secs()).unwrap_or(i64::MAX);
    let cookie = Cookie::build((name, value))
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(same_site)
        .max_age(cookie::time::Duration::seconds(seconds));
    HeaderValue::from_str(&cookie.to_string()).unwrap_or(HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_carry_every_attribute_that_protects_them() {
        let secret = Secret::random().unwrap();
        let text = session(&secret).to_str().unwrap().to_owned();
        for part in [
            "__Host-bailiwick=",
            "; Path=/",
            "; Secure",
            "; HttpOnly",
            "; SameSite=Strict",
        ] {
            assert!(text.contains(part), "{text}");
        }
        assert!(!text.contains("Domain"));
        assert!(browser(&secret).to_str().unwrap().contains("SameSite=Lax"));
    }

    #[test]
    fn a_cookie_that_stands_twice_is_none() {
        let value = "a".repeat(43);
        let mut headers = HeaderMap::new();
        let line = format!("{SESSION}={value}");
        headers.append(header::COOKIE, line.parse().unwrap());
        assert!(read(&headers, SESSION).is_some());
        headers.append(header::COOKIE, line.parse().unwrap());
        assert!(read(&headers, SESSION).is_none());
    }
}

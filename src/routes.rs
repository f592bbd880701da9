//! Pure: every path of the console, written and read.

use bailiwick_domain::Uidp;

/// Where one signs in.
pub(crate) const LOGIN: &str = "/login";
/// Where one signs in after leaving an account, to choose another one.
pub(crate) const LOGIN_OTHER: &str = "/login?prompt=select_account";
/// Where a sign-in comes back to.
pub(crate) const CALLBACK: &str = "/auth/callback";
/// The list of organizations.
pub(crate) const ORGANIZATIONS: &str = "/";

const GROUP: &str = "/orgs/";

/// An organization, or a folder in its tree.
pub(crate) fn group(uid: &Uidp) -> String {
    [GROUP, uid.as_str()].concat()
}

/// A page of the console.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Page {
    /// [`LOGIN`].
    Login,
    /// [`CALLBACK`].
    Callback,
    /// [`ORGANIZATIONS`].
    Organizations,
    /// [`group`].
    Group(Uidp),
    /// No page has this path.
    NotFound,
}

impl Page {
    /// The page at a path. A slash at the end is forgiven.
    pub(crate) fn of(path: &str) -> Self {
        match path {
            LOGIN => Self::Login,
            CALLBACK => Self::Callback,
            ORGANIZATIONS => Self::Organizations,
            _ => path
                .strip_prefix(GROUP)
                .and_then(|uid| uid.trim_end_matches('/').parse().ok())
                .map_or(Self::NotFound, Self::Group),
        }
    }

    /// Whether one must be signed in to see it.
    pub(crate) fn needs_session(&self) -> bool {
        matches!(self, Self::Organizations | Self::Group(_))
    }
}

/// Where a sign-in may lead back to: a path of ours that needs a session, perhaps with a query;
/// never another site, never the sign-in itself. Anything else becomes the organizations.
pub(crate) fn return_to(wanted: &str) -> &str {
    let path = wanted.split('?').next().unwrap_or_default();
    let is_plain = !wanted
        .chars()
        .any(|sign| sign.is_control() || matches!(sign, '\\' | '#'));
    if is_plain && Page::of(path).needs_session() {
        wanted
    } else {
        ORGANIZATIONS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_found_at_its_own_path() {
        let uid = Uidp::root([1; 20]).child([2; 8]).unwrap();
        assert_eq!(Page::of(LOGIN), Page::Login);
        assert_eq!(Page::of(CALLBACK), Page::Callback);
        assert_eq!(Page::of(ORGANIZATIONS), Page::Organizations);
        assert_eq!(Page::of(&group(&uid)), Page::Group(uid.clone()));
        assert_eq!(Page::of(&(group(&uid) + "/")), Page::Group(uid));
        for path in [
            "",
            "/orgs",
            "/orgs/",
            "/orgs/acme",
            "/login/",
            "/nowhere",
            "//",
        ] {
            assert_eq!(Page::of(path), Page::NotFound, "{path}");
        }
    }

    #[test]
    fn a_sign_in_returns_to_our_own_pages_only() {
        let deep = group(&Uidp::root([1; 20])) + "?q=a%20b";
        assert_eq!(return_to(&deep), deep);
        assert_eq!(return_to("/?x=1"), "/?x=1");
        for wanted in [
            "",
            "https://evil.example/",
            "//evil.example/",
            "/\\evil.example/",
            "\\\\evil.example",
            "/login",
            "/auth/callback?code=1",
            "/orgs/../login",
            "/?a\nb",
            "/#x",
            "javascript:alert(1)",
        ] {
            assert_eq!(return_to(wanted), ORGANIZATIONS, "{wanted}");
        }
    }
}

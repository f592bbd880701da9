//! Pure: every path of the console, written and read.

use bailiwick_domain::Uidp;

/// Where one signs in.
pub(crate) const LOGIN: &str = "/login";
/// Where one signs in after leaving an account, to choose another one.
pub(crate) const LOGIN_OTHER: &str = "/login?prompt=select_account";
/// Where one signs in for another tab, which waits for it.
pub(crate) const LOGIN_THEN_CLOSE: &str = "/login?then=close";
/// The same by a proof of who one is, however short ago the last one was.
pub(crate) const LOGIN_STEP_UP: &str = "/login?then=close&prompt=login";
/// Where a sign-in comes back to.
pub(crate) const CALLBACK: &str = "/auth/callback";
/// Where an invite is answered. Its code stands after the `#`, which reaches no server.
pub(crate) const INVITE: &str = "/invite";
/// Where the code of a device is put in (RFC 8628 §3.3).
pub(crate) const ACTIVATE: &str = "/activate";
/// Where one allows a client of the issuer to sign one in.
pub(crate) const AUTHORIZE: &str = "/authorize";
/// One's own account: what is signed in as one.
pub(crate) const ME: &str = "/me";
/// The list of organizations.
pub(crate) const ORGANIZATIONS: &str = "/";

/// Every component in every state: in the development edition, on a development server.
pub(crate) const COMPONENTS: &str = "/dev/ui";

const GROUP: &str = "/orgs/";
const ACCESS: &str = "/access";
const INVITES: &str = "/invites";
const SETTINGS: &str = "/settings";
const MEMBERS: &str = "members";
const ROLES: &str = "roles";
/// In the place of a role's id: one that is not made yet.
const NEW: &str = "new";

/// A part of a group's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Tab {
    /// What it is.
    #[default]
    Overview,
    /// Who may do what in it.
    Access,
    /// Who is asked to join.
    Invites,
    /// What one may change.
    Settings,
}

/// An organization, or a folder in its tree.
pub(crate) fn group(uid: &Uidp) -> String {
    [GROUP, uid.as_str()].concat()
}

/// A part of a group's page.
pub(crate) fn group_tab(uid: &Uidp, tab: Tab) -> String {
    match tab {
        Tab::Overview => group(uid),
        Tab::Access => group(uid) + ACCESS,
        Tab::Invites => group(uid) + INVITES,
        Tab::Settings => group(uid) + SETTINGS,
    }
}

/// A page of an organization as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    /// Everyone who holds something in it.
    Members,
    /// One of them.
    Person(Uidp),
    /// What one can hold in it.
    Roles,
    /// A role to be made.
    NewRole,
    /// One role.
    Role(Uidp),
}

/// A page of an organization.
pub(crate) fn of_org(org: &Uidp, part: &Part) -> String {
    let (word, id) = match part {
        Part::Members => (MEMBERS, None),
        Part::Person(uid) => (MEMBERS, Some(uid.as_str())),
        Part::Roles => (ROLES, None),
        Part::NewRole => (ROLES, Some(NEW)),
        Part::Role(uid) => (ROLES, Some(uid.as_str())),
    };
    let path = group(org) + "/" + word;
    match id {
        Some(id) => path + "/" + id,
        None => path,
    }
}

/// The page that the sidebar has for a page of an organization.
pub(crate) fn entry(page: &Page) -> Option<String> {
    match page {
        Page::Group(uid, _) => Some(group(&uid.organization())),
        Page::Org(org, Part::Members | Part::Person(_)) => Some(of_org(org, &Part::Members)),
        Page::Org(org, _) => Some(of_org(org, &Part::Roles)),
        _ => None,
    }
}

/// A page of the console.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Page {
    /// [`LOGIN`].
    Login,
    /// [`CALLBACK`].
    Callback,
    /// [`INVITE`].
    Invite,
    /// [`ACTIVATE`].
    Activate,
    /// [`AUTHORIZE`].
    Authorize,
    /// [`ME`].
    Me,
    /// [`ORGANIZATIONS`].
    Organizations,
    /// [`group_tab`].
    Group(Uidp, Tab),
    /// [`of_org`].
    Org(Uidp, Part),
    /// [`COMPONENTS`].
    Components,
    /// No page has this path.
    NotFound,
}

impl Page {
    /// The page at a path. A slash at the end is forgiven.
    pub(crate) fn of(path: &str) -> Self {
        match path {
            LOGIN => Self::Login,
            CALLBACK => Self::Callback,
            INVITE => Self::Invite,
            ACTIVATE => Self::Activate,
            AUTHORIZE => Self::Authorize,
            ME => Self::Me,
            ORGANIZATIONS => Self::Organizations,
            COMPONENTS => Self::Components,
            // Some programs put a slash before the `#`.
            _ if path.strip_suffix('/') == Some(INVITE) => Self::Invite,
            // Typed by hand, from a terminal.
            _ if path.strip_suffix('/') == Some(ACTIVATE) => Self::Activate,
            _ => path
                .strip_prefix(GROUP)
                .and_then(Self::of_group)
                .unwrap_or(Self::NotFound),
        }
    }

    fn of_group(rest: &str) -> Option<Self> {
        let rest = rest.trim_end_matches('/');
        if let Some(page) = Self::in_org(rest) {
            return Some(page);
        }
        let tabs = [
            (SETTINGS, Tab::Settings),
            (INVITES, Tab::Invites),
            (ACCESS, Tab::Access),
        ];
        let (uid, tab) = tabs
            .into_iter()
            .find_map(|(end, tab)| Some((rest.strip_suffix(end)?, tab)))
            .unwrap_or((rest, Tab::Overview));
        Some(Self::Group(uid.parse().ok()?, tab))
    }

    fn in_org(rest: &str) -> Option<Self> {
        let (org, part) = rest.split_once('/')?;
        let (word, id) = part.split_once('/').unwrap_or((part, ""));
        let part = match (word, id) {
            (MEMBERS, "") => Part::Members,
            (MEMBERS, id) => Part::Person(id.parse().ok()?),
            (ROLES, "") => Part::Roles,
            (ROLES, NEW) => Part::NewRole,
            (ROLES, id) => Part::Role(id.parse().ok()?),
            _ => return None,
        };
        Some(Self::Org(org.parse().ok()?, part))
    }

    /// Whether one must be signed in to see it.
    pub(crate) fn needs_session(&self) -> bool {
        matches!(
            self,
            Self::Organizations
                | Self::Activate
                | Self::Authorize
                | Self::Me
                | Self::Group(..)
                | Self::Org(..)
                | Self::Components
        )
    }
}

/// Where a sign-in may lead back to: a path of ours that needs a session, perhaps with a query, or
/// the invite that one answers, or the end of a tab that is for signing in alone; never another site.
/// Anything else becomes the organizations.
pub(crate) fn return_to(wanted: &str) -> &str {
    if wanted == LOGIN_THEN_CLOSE {
        return wanted;
    }
    let path = wanted.split('?').next().unwrap_or_default();
    let is_plain = !wanted
        .chars()
        .any(|sign| sign.is_control() || matches!(sign, '\\' | '#'));
    let page = Page::of(path);
    if is_plain && (page == Page::Invite || page.needs_session()) {
        wanted
    } else {
        ORGANIZATIONS
    }
}

#[cfg(test)]
mod hostile;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_found_at_its_own_path() {
        let uid = Uidp::root([1; 20]).child([2; 8]).unwrap();
        let of = |tab| Page::Group(uid.clone(), tab);
        let settings = group_tab(&uid, Tab::Settings);
        for (path, page) in [
            (LOGIN.to_owned(), Page::Login),
            (CALLBACK.to_owned(), Page::Callback),
            (INVITE.to_owned(), Page::Invite),
            (INVITE.to_owned() + "/", Page::Invite),
            (ACTIVATE.to_owned(), Page::Activate),
            (ACTIVATE.to_owned() + "/", Page::Activate),
            (AUTHORIZE.to_owned(), Page::Authorize),
            (ME.to_owned(), Page::Me),
            (ORGANIZATIONS.to_owned(), Page::Organizations),
            (COMPONENTS.to_owned(), Page::Components),
            (group(&uid), of(Tab::Overview)),
            (group(&uid) + "/", of(Tab::Overview)),
            (group_tab(&uid, Tab::Access), of(Tab::Access)),
            (group_tab(&uid, Tab::Invites), of(Tab::Invites)),
            (settings.clone(), of(Tab::Settings)),
            (settings + "/", of(Tab::Settings)),
        ] {
            assert_eq!(Page::of(&path), page, "{path}");
        }
        let org = uid.organization();
        let person = Uidp::root([3; 20]);
        for part in [
            Part::Members,
            Part::Person(person.clone()),
            Part::Roles,
            Part::NewRole,
            Part::Role(person),
            Part::Role(uid),
        ] {
            let path = of_org(&org, &part);
            assert_eq!(Page::of(&path), Page::Org(org.clone(), part), "{path}");
        }
        for path in [
            "",
            "/orgs/acme/members",
            "/orgs/0101010101010101010101010101010101010101/members/nobody",
            "/orgs",
            "/orgs/",
            "/orgs/acme",
            "/orgs/settings",
            "/login/",
            "/nowhere",
            "//",
        ] {
            assert_eq!(Page::of(path), Page::NotFound, "{path}");
        }
    }

    #[test]
    fn the_paths_of_the_console_are_these() {
        let org = Uidp::root([1; 20]);
        let paths = [
            LOGIN.to_owned(),
            CALLBACK.to_owned(),
            ORGANIZATIONS.to_owned(),
            COMPONENTS.to_owned(),
            [ACTIVATE, AUTHORIZE, ME].join("\n"),
            group_tab(&org, Tab::Overview),
            INVITE.to_owned(),
            group_tab(&org, Tab::Access),
            group_tab(&org, Tab::Invites),
            group_tab(&org, Tab::Settings),
            of_org(&org, &Part::Members),
            of_org(&org, &Part::Role(org.clone())),
            of_org(&org, &Part::NewRole),
        ];
        assert_eq!(
            paths.join("\n"),
            "/login\n/auth/callback\n/\n/dev/ui\n/activate\n/authorize\n/me\n\
             /orgs/0101010101010101010101010101010101010101\n\
             /invite\n\
             /orgs/0101010101010101010101010101010101010101/access\n\
             /orgs/0101010101010101010101010101010101010101/invites\n\
             /orgs/0101010101010101010101010101010101010101/settings\n\
             /orgs/0101010101010101010101010101010101010101/members\n\
             /orgs/0101010101010101010101010101010101010101/roles/0101010101010101010101010101010101010101\n\
             /orgs/0101010101010101010101010101010101010101/roles/new"
        );
    }

    #[test]
    fn a_sign_in_returns_to_our_own_pages_only() {
        let deep = group(&Uidp::root([1; 20])) + "?q=a%20b";
        assert_eq!(return_to(&deep), deep);
        assert_eq!(return_to("/?x=1"), "/?x=1");
        assert_eq!(return_to(INVITE), INVITE);
        for page in ["/activate?user_code=BCDF-GHJK", "/authorize?request=r", ME] {
            assert_eq!(return_to(page), page);
        }
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
            "/invite#bwi_secret",
            "/#x",
            "javascript:alert(1)",
        ] {
            assert_eq!(return_to(wanted), ORGANIZATIONS, "{wanted}");
        }
    }
}

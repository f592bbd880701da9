//! What kind of provider it is: how it signs people in, and whose mark stands on its button.

use serde::{Deserialize, Serialize};
use url::Url;

/// The base URL of a GitHub provider that names none, and the issuer of its people.
pub(super) const GITHUB: &str = "https://github.com";

/// `kind = …`
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ProviderKind {
    /// By OpenID Connect.
    #[default]
    Oidc,
    /// As GitHub does: OAuth 2 and its own API.
    Github,
}

/// `icon = …`: a provider whose mark the console knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "each is its own name")]
pub enum ProviderIcon {
    Google,
    Gitlab,
    Github,
    Microsoft,
    Okta,
    Keycloak,
}

impl ProviderIcon {
    /// As the configuration and the wire have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Google => "google",
            Self::Gitlab => "gitlab",
            Self::Github => "github",
            Self::Microsoft => "microsoft",
            Self::Okta => "okta",
            Self::Keycloak => "keycloak",
        }
    }
}

/// Whose provider an issuer is, if we know.
pub(super) fn icon_of(kind: ProviderKind, issuer: &str) -> Option<ProviderIcon> {
    if kind == ProviderKind::Github {
        return Some(ProviderIcon::Github);
    }
    let url = Url::parse(issuer).ok()?;
    let host = url.host_str()?;
    let below = |domain: &str| {
        host.strip_suffix(domain)
            .is_some_and(|rest| rest.ends_with('.'))
    };
    match host {
        "accounts.google.com" => Some(ProviderIcon::Google),
        "gitlab.com" => Some(ProviderIcon::Gitlab),
        _ if is_entra(host) => Some(ProviderIcon::Microsoft),
        _ if ["okta.com", "oktapreview.com", "okta-emea.com"]
            .into_iter()
            .any(below) =>
        {
            Some(ProviderIcon::Okta)
        }
        _ if url.path().contains("/realms/") => Some(ProviderIcon::Keycloak),
        _ => None,
    }
}

/// What its button says if the configuration does not.
pub(super) fn name_of(icon: ProviderIcon) -> &'static str {
    match icon {
        ProviderIcon::Google => "Google",
        ProviderIcon::Gitlab => "GitLab",
        ProviderIcon::Github => "GitHub",
        ProviderIcon::Microsoft => "Microsoft",
        ProviderIcon::Okta => "Okta",
        ProviderIcon::Keycloak => "Keycloak",
    }
}

/// Whether an issuer of Microsoft Entra stands for the people of every tenant. Its tokens name another
/// issuer, that of the person's own tenant.
pub(super) fn is_any_tenant(issuer: &str) -> bool {
    if issuer.contains("{tenantid}") {
        return true;
    }
    let Ok(url) = Url::parse(issuer) else {
        return false;
    };
    let tenant = url.path_segments().and_then(|mut segments| segments.next());
    let is_shared = |tenant| ["common", "organizations", "consumers"].contains(&tenant);
    url.host_str().is_some_and(is_entra) && tenant.is_some_and(is_shared)
}

fn is_entra(host: &str) -> bool {
    [
        "login.microsoftonline.com",
        "login.microsoftonline.us",
        "login.partner.microsoftonline.cn",
    ]
    .contains(&host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_providers_are_known_by_their_issuers() {
        let of = |issuer| icon_of(ProviderKind::Oidc, issuer).map(name_of);
        for (issuer, name) in [
            ("https://accounts.google.com", Some("Google")),
            ("https://gitlab.com", Some("GitLab")),
            (
                "https://login.microsoftonline.com/8c1f/v2.0",
                Some("Microsoft"),
            ),
            ("https://example.okta.com/oauth2/default", Some("Okta")),
            ("https://id.example.com/realms/staff", Some("Keycloak")),
            ("https://login.example.com", None),
            ("https://notokta.com", None),
            ("https://okta.com.example.org", None),
        ] {
            assert_eq!(of(issuer), name, "{issuer}");
        }
        let github = icon_of(ProviderKind::Github, "https://git.example.com");
        assert_eq!(github.map(name_of), Some("GitHub"));
    }
}

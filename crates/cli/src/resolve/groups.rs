//! Groups by UIDP, by path or by name.

use bailiwick_api::Group;
use bailiwick_api::query::{GroupQuery, Scope};
use bailiwick_domain::Uidp;

use crate::failure::Failure;
use crate::iam::{groups_of, path};
use crate::resolve::only;
use crate::server::Server;

/// Which groups are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// Those without a parent.
    Organization,
    /// Those with one.
    Folder,
    /// Both.
    Any,
}

impl Wanted {
    fn noun(self) -> &'static str {
        match self {
            Self::Organization => "organization",
            Self::Folder => "folder",
            Self::Any => "group",
        }
    }

    fn takes(self, group: &Group) -> bool {
        match self {
            Self::Organization => group.uid.is_root(),
            Self::Folder => !group.uid.is_root(),
            Self::Any => true,
        }
    }
}

/// The group that is meant by a UIDP, a path from its organization down (`acme/eng/ci`), or a name
/// that one group alone has among those that the person may see.
///
/// # Errors
/// None of these, or several.
pub(crate) async fn group(server: &Server, text: &str, wanted: Wanted) -> Result<Group, Failure> {
    let noun = wanted.noun();
    if let Ok(uid) = text.parse::<Uidp>() {
        let group = server.done(server.client.get_group(&uid).await)?;
        return match wanted.takes(&group) {
            true => Ok(group),
            false => Err(Failure::refused(format!("{uid} is no {noun}."))),
        };
    }
    let whole = text.trim_matches('/');
    let name = whole.rsplit('/').next().unwrap_or(whole);
    if name.is_empty() {
        return Err(Failure::usage(format!(
            "Say which {noun}: by its id, its path (as acme/eng/ci) or its name."
        )));
    }
    let scope = match wanted {
        Wanted::Organization => Scope::InRoot,
        _ => Scope::All,
    };
    let query = GroupQuery {
        scope,
        name: Some(name.to_owned()),
        ..GroupQuery::default()
    };
    let mut found = groups_of(server, query).await?;
    found.retain(|group| wanted.takes(group));
    if text.contains('/') {
        found.retain(|group| path(&group.path, &group.name) == whole);
    }
    let none = format!("There is no {noun} {text:?} that you may see.");
    only(found, &format!("{noun} {text:?}"), &none, |group| {
        format!("{}  {}", group.uid, path(&group.path, &group.name))
    })
}

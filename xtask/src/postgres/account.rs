//! Who runs the server. PostgreSQL refuses to run as root, so root lends it another account.

use std::os::unix::fs::chown;
use std::path::Path;

use anyhow::{Context as _, Result, bail};

use crate::apt::am_root;
use crate::command::Program;
use crate::setup::on_path;

/// The accounts that root may lend, the better one first.
const LENT: [&str; 2] = ["postgres", "nobody"];

/// The account that the server runs as.
#[derive(Debug)]
pub(super) enum Account {
    /// The one that runs this program.
    Own,
    /// One that root lends.
    Lent {
        /// The number of the user.
        user: u32,
        /// The number of its group.
        group: u32,
    },
}

impl Account {
    /// Chooses one.
    pub(super) fn choose() -> Result<Self> {
        if !am_root()? {
            return Ok(Self::Own);
        }
        if on_path("setpriv").is_none() {
            bail!(
                "PostgreSQL does not run as root, and `setpriv` is missing: install util-linux, \
                 or run this as an ordinary user"
            );
        }
        for name in LENT {
            if let (Ok(user), Ok(group)) = (id("-u", name), id("-g", name)) {
                return Ok(Self::Lent { user, group });
            }
        }
        bail!(
            "PostgreSQL does not run as root, and there is no user `{}`: run this as an ordinary \
             user",
            LENT.join("` or `")
        )
    }

    /// The words before a command that make it run as this account. `setpriv` becomes the
    /// command, so that signals sent to it reach the server.
    pub(super) fn prefix(&self) -> Vec<String> {
        match self {
            Self::Own => Vec::new(),
            Self::Lent { user, group } => vec![
                "setpriv".to_owned(),
                format!("--reuid={user}"),
                format!("--regid={group}"),
                "--clear-groups".to_owned(),
                "--".to_owned(),
            ],
        }
    }

    /// Gives a file or folder to this account.
    pub(super) fn own(&self, path: &Path) -> Result<()> {
        match self {
            Self::Own => Ok(()),
            Self::Lent { user, group } => chown(path, Some(*user), Some(*group))
                .with_context(|| format!("cannot give {} to user {user}", path.display())),
        }
    }
}

fn id(which: &str, name: &str) -> Result<u32> {
    let said = Program::new("id").args([which, name]).read()?;
    said.parse()
        .with_context(|| format!("`id {which} {name}` said {said}"))
}

#[cfg(test)]
mod tests {
    use super::Account;

    #[test]
    fn a_lent_account_goes_before_the_command() {
        assert!(Account::Own.prefix().is_empty());
        let lent = Account::Lent { user: 7, group: 8 };
        assert_eq!(
            lent.prefix(),
            ["setpriv", "--reuid=7", "--regid=8", "--clear-groups", "--"]
        );
    }
}

//! Pure: the command lines that do what the page does.

use crate::ui::command::quoted;

/// Whom a command invites.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whom<'a> {
    /// Whoever has this address.
    Address(&'a str),
    /// The first who has the link.
    First,
    /// Anyone who has the link.
    Anyone,
}

/// Makes an invite to the group at `path`.
pub(super) fn create(path: &str, whom: Whom<'_>, role: &str, ttl: &str) -> String {
    let mut line = [
        "bailiwick iam invites create ",
        &quoted(path),
        " --role ",
        &quoted(role),
    ]
    .concat();
    if let Whom::Address(email) = whom {
        line += " --email ";
        line += &quoted(email);
    }
    line += " --ttl ";
    line += &quoted(ttl);
    if whom != Whom::Anyone {
        line += " --single-use";
    }
    line
}

/// Lists the invites of the group at `path`.
pub(super) fn list(path: &str) -> String {
    ["bailiwick iam invites list ", &quoted(path)].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_does_what_the_form_does() {
        assert_eq!(
            create("acme/dev", Whom::Address("a@b.example"), "viewer", "24h"),
            "bailiwick iam invites create acme/dev --role viewer --email a@b.example --ttl 24h --single-use"
        );
        assert_eq!(
            create("acme", Whom::Anyone, "viewer", "7d"),
            "bailiwick iam invites create acme --role viewer --ttl 7d"
        );
    }

    #[test]
    fn what_a_shell_would_read_otherwise_is_quoted() {
        assert_eq!(
            list("acme labs/dev"),
            "bailiwick iam invites list 'acme labs/dev'"
        );
        let line = create("acme", Whom::Address("o'$(id)@b.example"), "viewer", "1 h");
        assert!(
            line.contains(r"--email 'o'\''$(id)@b.example' --ttl '1 h'"),
            "{line}"
        );
    }
}

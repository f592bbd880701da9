//! Long flags with one dash, as the older form of the command line wrote them:
//! `iam group create ci -parent ID`.

use std::ffi::OsString;

/// The flags that were ever written so.
const FLAGS: [&str; 2] = ["parent", "no-parent"];

/// The arguments with a second dash where one of those flags of `iam` has one.
pub fn with_two_dashes(arguments: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = arguments.collect();
    if arguments.get(1).is_none_or(|command| command != "iam") {
        return arguments;
    }
    for argument in arguments
        .iter_mut()
        .take_while(|argument| *argument != "--")
    {
        let flag = argument.to_str().and_then(|text| text.strip_prefix('-'));
        let name = flag.map(|flag| flag.split('=').next().unwrap_or(flag));
        if name.is_some_and(|name| FLAGS.contains(&name)) {
            let mut two = OsString::from("-");
            two.push(&*argument);
            *argument = two;
        }
    }
    arguments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_known_flags_of_iam_get_a_second_dash() {
        for (typed, meant) in [
            (
                "bailiwick iam group create ci -parent ID",
                "bailiwick iam group create ci --parent ID",
            ),
            (
                "bailiwick iam groups create x -no-parent",
                "bailiwick iam groups create x --no-parent",
            ),
            (
                "bailiwick iam groups list -parent=ID -o json",
                "bailiwick iam groups list --parent=ID -o json",
            ),
            (
                "bailiwick iam x --parent ID -- -parent",
                "bailiwick iam x --parent ID -- -parent",
            ),
            ("bailiwick admin -parent", "bailiwick admin -parent"),
        ] {
            let arguments = with_two_dashes(typed.split(' ').map(OsString::from));
            let text: Vec<_> = arguments.iter().filter_map(|text| text.to_str()).collect();
            assert_eq!(text.join(" "), meant);
        }
    }
}

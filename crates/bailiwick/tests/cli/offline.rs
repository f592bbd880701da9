//! What needs no server: help, completion, the manual, and usage that cannot be meant.

use std::process::Stdio;

use bailiwick_testkit::Folder;

use crate::machine::Machine;

/// A machine whose server nobody would reach.
fn machine() -> Machine {
    Machine::new("http://127.0.0.1:9")
}

#[test]
fn help_names_every_command_and_the_exit_codes() {
    let help = machine().done("--help");
    for word in [
        "auth",
        "iam",
        "completion",
        "serve",
        "3 the server is out of reach",
    ] {
        assert!(help.contains(word), "{word} is missing in {help}");
    }
    for command in [
        "organizations",
        "folders",
        "groups",
        "invites",
        "roles",
        "explain",
    ] {
        assert!(machine().done("iam --help").contains(command), "{command}");
    }
}

#[test]
fn every_noun_is_understood_in_singular_and_plural() {
    for nouns in [
        "organization organizations org orgs",
        "folder folders",
        "group groups",
        "invite invites",
        "role roles",
        "role-binding role-bindings",
        "identity identities",
    ] {
        for noun in nouns.split(' ') {
            assert!(
                machine()
                    .done(&format!("iam {noun} --help"))
                    .contains("list")
            );
        }
    }
}

#[test]
fn shells_get_their_completion_and_the_manual_its_pages() {
    for (shell, part) in [
        ("bash", "complete -F"),
        ("zsh", "#compdef bailiwick"),
        ("fish", "complete -c bailiwick"),
    ] {
        assert!(
            machine()
                .done(&format!("completion {shell}"))
                .contains(part)
        );
    }
    let folder = Folder::new();
    let manual = folder.path().join("man");
    machine().done(&format!("man {}", manual.display()));
    let page = std::fs::read_to_string(manual.join("bailiwick-iam-explain.1")).unwrap();
    assert!(page.starts_with(".ie"), "{page}");
}

#[test]
fn usage_that_cannot_be_meant_says_what_can() {
    let machine = machine();
    for (words, says) in [
        (
            "iam roles list -o tree",
            "error: -o tree is not for this command: it has table, json, id.",
        ),
        (
            "auth login -o json",
            "error: -o json is not for this command: it has no other form than its own.",
        ),
        (
            "auth status --server http://id.example.com",
            "error: \"http://id.example.com\" is no server: http is for this machine only. Write its \
             URL, as https://id.example.com.",
        ),
        (
            "iam invites create acme --ttl soon",
            "error: --ttl \"soon\": Write how long, from 5 minutes to a year: 45m, 24h, 1h30m, 7d, \
             2w or 604800s.",
        ),
        (
            "iam role-bindings create --identity me --role viewer --group acme --expires soon",
            "error: \"soon\" is no end: write a day as 2027-01-31, a time as 2027-01-31T12:00:00Z, \
             how long from now as 90d, or never.",
        ),
        (
            "iam explain me groups.lst acme",
            "error: There is no capability \"groups.lst\". `bailiwick iam roles list --name owner` \
             shows those of an owner.\n  groups.create\n  groups.update\n  groups.list\n  \
             groups.delete",
        ),
    ] {
        machine.fails(words, 2, says);
    }
    for words in [
        "iam groups create x",
        "iam",
        "iam invites delete",
        "nonsense",
    ] {
        assert_eq!(machine.says(words).code, 2, "{words}");
    }
    let said = machine
        .reads(&["auth", "login", "--invite-code", "-"], " \n")
        .ends();
    assert_eq!(
        (said.code, said.stderr.as_str()),
        (
            2,
            "error: There is no invite code: give it after --invite-code, or - and the code on \
             stdin.\n"
        )
    );
}

#[test]
fn several_servers_have_to_be_told_apart() {
    let machine = machine();
    std::fs::create_dir_all(machine.folder()).unwrap();
    for name in [
        "https%3a%2f%2fa.example.com.json",
        "https%3a%2f%2fb.example.com.json",
    ] {
        std::fs::write(machine.folder().join(name), "").unwrap();
    }
    let mut command = machine.command(&["auth", "token"]);
    let output = command.env_remove("BAILIWICK_SERVER").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "error: There are credentials for several servers: say which by --server URL or \
         BAILIWICK_SERVER.\n  https://a.example.com\n  https://b.example.com\n"
    );
}

#[test]
fn without_a_place_for_credentials_nobody_is_asked_to_sign_in() {
    let machine = machine();
    let output = machine
        .command(&["auth", "login"])
        .env_remove("XDG_CACHE_HOME")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "error: There is no place for credentials: set HOME or XDG_CACHE_HOME to a folder.\n"
    );
    std::fs::write(machine.folder().parent().unwrap(), "in the way").unwrap();
    let said = machine.says("auth login");
    assert_eq!(said.code, 1);
    assert!(
        said.stderr
            .trim_end()
            .ends_with("Set XDG_CACHE_HOME to a folder that you may write to."),
        "{said:?}"
    );
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let mut child = machine()
        .command(&["completion", "bash"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

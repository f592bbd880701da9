use std::str::FromStr as _;

use bailiwick_domain::{Micros, Uidp, viewer};
use bailiwick_store::InviterRow;

use super::*;

const CODE: &str = "bwi_planted";

fn invite(email: &str, name: &str) -> InviteRow {
    let organization = Uidp::root([1; 20]);
    let group = organization.child([2; 8]).unwrap();
    InviteRow {
        uid: group.child([3; 8]).unwrap(),
        group_name: "dev".to_owned(),
        path: vec![(organization, "acme".to_owned())],
        role: viewer().uid().clone(),
        role_now: Some(viewer().into()),
        key_id: "0123456789abcdef".to_owned(),
        email: Some(email.to_owned()),
        single_use: true,
        inviter: InviterRow::Person {
            uid: Uidp::root([4; 20]),
            name: Some(name.to_owned()),
            email: Some("owner@example.com".to_owned()),
        },
        create_time: Micros(0),
        expire_time: Micros(1_000_000_000_000_000),
        ends_at: None,
        close: None,
        mail: None,
        uses: 0,
        acceptances: Vec::new(),
        group,
    }
}

fn made(email: &str, name: &str) -> Option<String> {
    let from = Mailbox::from_str("Bailiwick <id@example.com>").unwrap();
    let base_url = Url::parse("https://id.example.com").unwrap();
    let message = super::of(&invite(email, name), CODE, &from, &base_url)?;
    Some(String::from_utf8(message.formatted()).unwrap())
}

fn words(name: &str) -> Words {
    let base_url = Url::parse("https://id.example.com:8443").unwrap();
    Words::of(&invite("bob@example.com", name), CODE, &base_url).unwrap()
}

#[test]
fn a_mail_says_who_invites_where_to_what_until_when_and_for_whom() {
    let words = words("Ada Lovelace");
    for part in [&words.text, &words.html] {
        for said in [
            "Ada Lovelace (owner@example.com) invites you to acme on id.example.com.",
            "acme / dev",
            "Viewer",
            "9 September 2001, 01:46 UTC",
            "bob@example.com",
            "https://id.example.com:8443/invite#bwi_planted",
            "ignore this mail",
        ] {
            assert!(part.contains(said), "{said}\n{part}");
        }
    }
    assert!(!words.subject.contains("Ada") && !words.subject.contains(CODE));
}

#[test]
fn a_name_is_text_on_one_line_and_never_markup_or_a_link() {
    let html = words("<b>Ada</b> & \"x\" <img src=x onerror=y>").html;
    assert!(!html.contains("<b>") && !html.contains("<img"), "{html}");
    let text = words("Ada\r\n\r\nYour account is closed \u{202e}").text;
    assert!(
        text.starts_with("Ada Your account is closed (owner@"),
        "{text}"
    );
    for link in [
        "evil.example",
        "https://evil",
        "a/b",
        "x@y",
        "go to evil.example now",
    ] {
        let words = words(link);
        assert!(
            !words.text.contains(link) && !words.html.contains(link),
            "{link}"
        );
        assert!(
            words.text.starts_with("owner@example.com invites"),
            "{link}"
        );
    }
    assert!(words("J. R. Doe").text.starts_with("J. R. Doe ("));
}

#[test]
fn the_headers_are_ours_and_nothing_typed_adds_one() {
    let mail = made("bob@example.com", "x\r\nBcc: evil@example.com").unwrap();
    let (head, _) = mail.split_once("\r\n\r\n").unwrap();
    let head = head.to_ascii_lowercase();
    assert!(head.contains("auto-submitted: auto-generated"), "{head}");
    assert!(
        head.contains("message-id: <0123456789abcdef@id.example.com>"),
        "{head}"
    );
    assert!(head.contains("to: bob@example.com"), "{head}");
    assert!(!head.contains("bcc:") && !head.contains(CODE), "{head}");
    for email in [
        "bob@example.com\r\nBcc: evil@example.com",
        "bob@example.com\n",
        "a@example.com,b@example.com",
        "\"x\r\nBcc: y\"@example.com",
        "Bob <bob@example.com>",
    ] {
        let mail = made(email, "Ada");
        assert!(
            mail.is_none_or(|mail| !mail.contains("evil@") && !mail.contains("\nBcc")),
            "{email}"
        );
    }
}

#[test]
fn mail_goes_to_the_domain_as_the_dns_knows_it() {
    let mail = made("bob@bücher.example", "Ada").unwrap();
    assert!(mail.contains("To: bob@xn--bcher-kva.example"), "{mail}");
}

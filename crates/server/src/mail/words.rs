//! What a mail says, as text and as HTML.

use bailiwick_domain::Micros;
use bailiwick_store::{InviteRow, InviterRow};
use time::OffsetDateTime;
use time::macros::format_description;
use url::Url;

/// The longest name of a person that is shown, in characters.
const NAME_MAX: usize = 80;

/// One mail's words.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) subject: String,
    pub(super) text: String,
    pub(super) html: String,
}

impl Words {
    /// `None` when the invite has no address or no role any more.
    pub(super) fn of(invite: &InviteRow, code: &str, base_url: &Url) -> Option<Self> {
        let role = invite.role_now.as_ref()?;
        let email = invite.email.as_deref()?;
        let link = format!("{}/invite#{code}", base_url.as_str().trim_end_matches('/'));
        let organization = invite
            .path
            .first()
            .map_or(&invite.group_name, |(_, name)| name);
        let names = invite.path.iter().map(|(_, name)| name.as_str());
        let place: Vec<&str> = names.chain([invite.group_name.as_str()]).collect();
        let place = place.join(" / ");
        let host = base_url.host_str()?;
        let mut facts = vec![
            format!("Where: {place}, and everything below"),
            match role.description.is_empty() {
                true => format!("Role: {}", role.title),
                false => format!("Role: {}. {}", role.title, role.description),
            },
            format!("Open until: {}", instant(invite.expire_time)),
            format!("For: {email}. Sign in with an account that has this address."),
        ];
        if let Some(end) = invite.ends_at {
            facts.push(format!("The access ends: {}", instant(end)));
        }
        let first = format!(
            "{} invites you to {organization} on {host}.",
            inviter(&invite.inviter, host)
        );
        let open = "Open this link to see the invite, and to accept or decline it:";
        let last =
            "If you did not expect this, ignore this mail. Nothing happens unless you accept.";
        let facts_html: String = facts
            .iter()
            .map(|fact| format!("<li>{}</li>\n", escaped(fact)))
            .collect();
        Some(Self {
            subject: format!("Invitation to {organization}"),
            text: format!(
                "{first}\n\n{}\n\n{open}\n\n{link}\n\n{last}\n",
                facts.join("\n")
            ),
            html: format!(
                "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Invitation</title></head>\n\
                 <body>\n<p>{}</p>\n<ul>\n{facts_html}</ul>\n<p>{open}</p>\n\
                 <p><a href=\"{link}\">{link}</a></p>\n<p>{last}</p>\n</body></html>\n",
                escaped(&first),
                link = escaped(&link),
            ),
        })
    }
}

fn inviter(inviter: &InviterRow, host: &str) -> String {
    match inviter {
        InviterRow::Host => format!("Whoever runs {host}"),
        InviterRow::Person { name, email, .. } => {
            let name = name.as_deref().and_then(shown_name);
            match (name, email) {
                (Some(name), Some(email)) => format!("{name} ({email})"),
                (Some(one), None) => one,
                (None, Some(one)) => one.clone(),
                (None, None) => "Somebody".to_owned(),
            }
        }
    }
}

/// A person's name on one line. It is free text, so one that a mail program could take for a link is
/// not shown at all.
pub(super) fn shown_name(name: &str) -> Option<String> {
    let turns = |letter: &char| matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}');
    let spaced: String = name
        .chars()
        .filter(|letter| !turns(letter))
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect();
    let line = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    let line: String = line.chars().take(NAME_MAX).collect();
    let mut next = line.chars().skip(1);
    let is_link = line.chars().any(|letter| {
        let after = next.next();
        let dotted = letter == '.' && after.is_some_and(char::is_alphanumeric);
        dotted || matches!(letter, '/' | '\\' | '@' | ':')
    });
    (!line.is_empty() && !is_link).then_some(line)
}

/// As `22 November 2026, 16:05 UTC`.
pub(super) fn instant(micros: Micros) -> String {
    let shape =
        format_description!("[day padding:none] [month repr:long] [year], [hour]:[minute] UTC");
    OffsetDateTime::from_unix_timestamp(micros.0.div_euclid(1_000_000))
        .ok()
        .and_then(|time| time.format(shape).ok())
        .unwrap_or_default()
}

pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(letter),
        }
    }
    safe
}

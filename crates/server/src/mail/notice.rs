//! The mail that tells somebody that a device was signed in as them.

use bailiwick_store::Notice;
use lettre::Message;
use lettre::message::{Mailbox, MultiPart};
use url::Url;

use super::message::{AutoSubmitted, recipient};
use super::words::{escaped, instant, shown_name};

/// `client` is the client's name. `None` when mail cannot go to the address.
pub(super) fn of(notice: &Notice, client: &str, from: &Mailbox, base_url: &Url) -> Option<Message> {
    let to: Mailbox = recipient(&notice.recipient)?.parse().ok()?;
    let host = base_url.host_str()?;
    let first = format!("A device was signed in to {host} as you.");
    let mut facts = vec![format!("Program: {client}")];
    // What a device calls itself is text of whoever runs it, so it must not read like a link.
    if let Some(name) = shown_name(&notice.host) {
        facts.push(format!("It says it is: {name}"));
    }
    facts.push(format!("Network address: {}", notice.address));
    facts.push(format!("Approved: {}", instant(notice.time)));
    let link = format!("{}/me", base_url.as_str().trim_end_matches('/'));
    let then = "If you approved it, there is nothing to do. If you did not, end it here at once, and \
                tell whoever runs the server:";
    let facts_html: String = facts
        .iter()
        .map(|fact| format!("<li>{}</li>\n", escaped(fact)))
        .collect();
    let text = format!("{first}\n\n{}\n\n{then}\n\n{link}\n", facts.join("\n"));
    let html = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>A device was signed in</title></head>\n\
         <body>\n<p>{}</p>\n<ul>\n{facts_html}</ul>\n<p>{then}</p>\n\
         <p><a href=\"{link}\">{link}</a></p>\n</body></html>\n",
        escaped(&first),
        link = escaped(&link),
    );
    Message::builder()
        .from(from.clone())
        .to(to)
        .subject(format!("A device was signed in to {host} as you"))
        .message_id(Some(format!("<{}@{host}>", notice.uid)))
        .header(AutoSubmitted)
        .multipart(MultiPart::alternative_plain_html(text, html))
        .ok()
}

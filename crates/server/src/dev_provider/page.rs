//! The development provider's page.

use std::fmt::Write as _;

use axum::response::{Html, IntoResponse as _, Response};
use http::{HeaderValue, StatusCode, header};

use super::PEOPLE;
use super::authorize::Asked;

const STYLE: &str = include_str!("style.css");

pub(super) async fn style() -> Response {
    let mut response = STYLE.into_response();
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/css; charset=utf-8"),
    );
    response
}

/// Whoever came here by hand.
pub(super) fn wrong_request() -> Response {
    let body = document(
        "<h1>Nothing to sign in to</h1><p>This page is a step of signing in to Bailiwick. \
         Open the console and choose Development sign-in there.</p>",
    );
    (StatusCode::BAD_REQUEST, Html(body)).into_response()
}

/// Owner, editor, viewer, and a field for anyone else. `wrong` is what was typed and what is wrong
/// with it.
pub(super) fn choose(asked: &Asked, wrong: Option<(&str, &str)>) -> Response {
    let carried = carried(asked);
    let mut body = String::from(
        "<h1>Who are you?</h1><p>This is the development sign-in of Bailiwick. \
         Whoever you name, you are. It exists only under <code>--dev</code>.</p><ul>",
    );
    for (email, role) in PEOPLE {
        let _ = write!(
            body,
            "<li><form method=\"post\" action=\"/sign-in\">{carried}\
             <button name=\"email\" value=\"{email}\"><span>{email}</span> <span class=\"role\">{role}</span></button></form></li>"
        );
    }
    let (typed, said, attributes) = match wrong {
        Some((typed, error)) => (
            escape(typed),
            format!("<p id=\"said\" class=\"error\">{}</p>", escape(error)),
            " aria-invalid=\"true\" aria-describedby=\"said\" autofocus",
        ),
        None => (String::new(), String::new(), ""),
    };
    let _ = write!(
        body,
        "</ul><form class=\"other\" method=\"post\" action=\"/sign-in\">{carried}\
         <label for=\"email\">Anyone else</label>\
         <div><input id=\"email\" name=\"email\" type=\"text\" inputmode=\"email\" maxlength=\"254\" required \
         autocomplete=\"off\" autocapitalize=\"none\" spellcheck=\"false\" placeholder=\"someone@example.com\" value=\"{typed}\"{attributes}>\
         <button>Continue</button></div>{said}</form>"
    );
    let status = if wrong.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    (status, Html(document(&body))).into_response()
}

fn carried(asked: &Asked) -> String {
    let fields = [
        ("response_type", &asked.response_type),
        ("client_id", &asked.client_id),
        ("redirect_uri", &asked.redirect_uri),
        ("state", &asked.state),
        ("nonce", &asked.nonce),
        ("code_challenge", &asked.code_challenge),
        ("code_challenge_method", &asked.code_challenge_method),
    ];
    fields
        .iter()
        .fold(String::new(), |mut html, (name, value)| {
            let _ = write!(
                html,
                "<input type=\"hidden\" name=\"{name}\" value=\"{}\">",
                escape(value)
            );
            html
        })
}

fn document(body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>Development sign-in</title>\
         <link rel=\"icon\" href=\"data:,\"><link rel=\"stylesheet\" href=\"/style.css\"></head><body><main>{body}</main></body></html>"
    )
}

fn escape(text: &str) -> String {
    text.chars().fold(String::new(), |mut html, letter| {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            other => html.push(other),
        }
        html
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_request_carries_cannot_leave_its_attribute() {
        assert_eq!(
            escape("\"><script>'&"),
            "&quot;&gt;&lt;script&gt;&#39;&amp;"
        );
    }
}

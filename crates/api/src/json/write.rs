//! Writes a tree as JSON text.

use super::Json;

/// Adds the value's text to `out`. Members that are null are left out.
pub(super) fn write(value: &Json, out: &mut String) {
    match value {
        Json::Null => out.push_str("null"),
        Json::Bool(bool) => out.push_str(if *bool { "true" } else { "false" }),
        Json::Number(number) => out.push_str(number),
        Json::Text(text) => write_text(text, out),
        Json::List(items) => {
            out.push('[');
            let start = out.len();
            for item in items {
                separate(start, out);
                write(item, out);
            }
            out.push(']');
        }
        Json::Object(members) => {
            out.push('{');
            let start = out.len();
            for (name, value) in members {
                if *value != Json::Null {
                    separate(start, out);
                    write_text(name, out);
                    out.push(':');
                    write(value, out);
                }
            }
            out.push('}');
        }
    }
}

fn separate(start: usize, out: &mut String) {
    if out.len() > start {
        out.push(',');
    }
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => {
                out.push('\\');
                out.push(character);
            }
            // RFC 8259 §7: these alone must be escaped.
            '\0'..' ' => {
                out.push_str("\\u00");
                for digit in [u32::from(character) >> 4, u32::from(character) & 15] {
                    out.extend(char::from_digit(digit, 16));
                }
            }
            _ => out.push(character),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Json;
    use super::write;

    fn written(value: &Json) -> String {
        let mut text = String::new();
        write(value, &mut text);
        text
    }

    proptest! {
        #[test]
        fn serde_reads_every_text_as_it_was(text: String) {
            let json = written(&Json::Text(text.clone()));
            prop_assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        }
    }

    #[test]
    fn control_characters_are_escaped() {
        let text = "\0\u{1}\n\u{1f}\"\\ \u{7f}é";
        let json = written(&Json::Text(text.to_owned()));
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }

    #[test]
    fn members_that_are_null_are_left_out() {
        let value = Json::Object(vec![
            ("a".into(), Json::Null),
            ("b".into(), Json::List(vec![Json::Null, Json::Bool(true)])),
            ("c".into(), Json::Number("-1".into())),
        ]);
        assert_eq!(written(&value), r#"{"b":[null,true],"c":-1}"#);
    }
}

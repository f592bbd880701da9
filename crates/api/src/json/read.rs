//! Reads JSON text into a tree.

use super::Json;

/// How deep lists and objects may nest. Our answers need six; what comes from elsewhere must not
/// overflow the stack.
const DEEPEST: usize = 64;

/// The value that the text is; `None` if it is no JSON (RFC 8259), or too deep.
pub(super) fn parse(text: &str) -> Option<Json> {
    let mut reader = Reader { rest: text };
    let value = reader.value(0)?;
    reader.skip_space();
    reader.rest.is_empty().then_some(value)
}

struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn value(&mut self, depth: usize) -> Option<Json> {
        self.skip_space();
        match self.rest.bytes().next()? {
            b'n' => self.word("null", Json::Null),
            b't' => self.word("true", Json::Bool(true)),
            b'f' => self.word("false", Json::Bool(false)),
            b'"' => self.text().map(Json::Text),
            b'[' => self.list(depth),
            b'{' => self.object(depth),
            _ => self.number(),
        }
    }

    fn list(&mut self, depth: usize) -> Option<Json> {
        let mut items = Vec::new();
        self.between('[', ']', depth, |reader| {
            items.push(reader.value(depth + 1)?);
            Some(())
        })?;
        Some(Json::List(items))
    }

    fn object(&mut self, depth: usize) -> Option<Json> {
        let mut members = Vec::new();
        self.between('{', '}', depth, |reader| {
            let name = reader.text()?;
            reader.skip_space();
            reader.take(':')?;
            members.push((name, reader.value(depth + 1)?));
            Some(())
        })?;
        Some(Json::Object(members))
    }

    /// What stands between two brackets, with commas between.
    fn between(
        &mut self,
        open: char,
        close: char,
        depth: usize,
        mut item: impl FnMut(&mut Self) -> Option<()>,
    ) -> Option<()> {
        if depth == DEEPEST {
            return None;
        }
        self.take(open)?;
        self.skip_space();
        if self.take(close).is_some() {
            return Some(());
        }
        loop {
            self.skip_space();
            item(self)?;
            self.skip_space();
            if self.take(close).is_some() {
                return Some(());
            }
            self.take(',')?;
        }
    }

    fn text(&mut self) -> Option<String> {
        self.take('"')?;
        let mut text = String::new();
        loop {
            let end = self.rest.find(|c: char| c == '"' || c == '\\' || c < ' ')?;
            text.push_str(self.skip(end));
            if self.take('"').is_some() {
                return Some(text);
            }
            self.take('\\')?;
            text.push(self.escape()?);
        }
    }

    fn escape(&mut self) -> Option<char> {
        let letter = self.skip_char()?;
        Some(match letter {
            '"' | '\\' | '/' => letter,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => return self.code_point(),
            _ => return None,
        })
    }

    /// One character, or two halves of one (RFC 8259 §7).
    fn code_point(&mut self) -> Option<char> {
        let first = self.four_digits()?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first);
        }
        self.take('\\')?;
        self.take('u')?;
        let second = self.four_digits()?.checked_sub(0xdc00)?;
        // A second half that is none makes a number that is no character, or another one.
        let pair = 0x1_0000 + ((first - 0xd800) << 10) + second;
        if second < 0x400 {
            char::from_u32(pair)
        } else {
            None
        }
    }

    fn four_digits(&mut self) -> Option<u32> {
        let digits = self.rest.get(..4)?;
        // `from_str_radix` would take a sign.
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        u32::from_str_radix(self.skip(4), 16).ok()
    }

    fn number(&mut self) -> Option<Json> {
        let start = self.rest;
        let _ = self.take('-');
        if self.take('0').is_none() {
            self.digits()?;
        }
        if self.take('.').is_some() {
            self.digits()?;
        }
        if self.take('e').or_else(|| self.take('E')).is_some() {
            let _ = self.take('+').or_else(|| self.take('-'));
            self.digits()?;
        }
        let length = start.len() - self.rest.len();
        Some(Json::Number(start[..length].to_owned()))
    }

    /// At least one digit.
    fn digits(&mut self) -> Option<()> {
        let rest = self.rest.trim_start_matches(|c: char| c.is_ascii_digit());
        if rest.len() == self.rest.len() {
            return None;
        }
        self.rest = rest;
        Some(())
    }

    fn word(&mut self, word: &str, value: Json) -> Option<Json> {
        self.rest = self.rest.strip_prefix(word)?;
        Some(value)
    }

    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
    }

    fn take(&mut self, expected: char) -> Option<()> {
        self.rest = self.rest.strip_prefix(expected)?;
        Some(())
    }

    fn skip_char(&mut self) -> Option<char> {
        let character = self.rest.chars().next()?;
        self.skip(character.len_utf8());
        Some(character)
    }

    fn skip(&mut self, length: usize) -> &'a str {
        let (skipped, rest) = self.rest.split_at(length);
        self.rest = rest;
        skipped
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::super::Json;
    use super::{DEEPEST, parse};

    fn tree(value: &Value) -> Json {
        match value {
            Value::Null => Json::Null,
            Value::Bool(bool) => Json::Bool(*bool),
            Value::Number(number) => Json::Number(number.to_string()),
            Value::String(text) => Json::Text(text.clone()),
            Value::Array(items) => Json::List(items.iter().map(tree).collect()),
            Value::Object(members) => Json::Object(
                members
                    .iter()
                    .map(|(name, value)| (name.clone(), tree(value)))
                    .collect(),
            ),
        }
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::btree_map(any::<String>(), inner, 0..5)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_serde_writes_is_read(value in any_value()) {
            prop_assert_eq!(parse(&value.to_string()), Some(tree(&value)));
            prop_assert_eq!(parse(&format!(" {value:#}\r\n\t")), Some(tree(&value)));
        }

        #[test]
        fn what_is_no_json_for_serde_is_none_here(text in r#"[\[\]{}:,"\\ue0-9.a-f+\-]{0,12}"#) {
            let expected = serde_json::from_str::<Value>(&text);
            // How large a number may be is for whoever wants a number.
            let is_large = |error: &serde_json::Error| error.to_string().contains("out of range");
            prop_assume!(!expected.as_ref().is_err_and(is_large));
            prop_assert_eq!(parse(&text).is_some(), expected.is_ok(), "{}", text);
        }
    }

    #[test]
    fn every_escape_is_read_as_serde_reads_it() {
        for text in [
            r#""\"\\\/\b\f\n\r\t""#,
            r#""\u00e9\u0000\uD83D\uDE00""#,
            r#""é😀""#,
            r#""\uD83D""#,
            r#""\uD83D\u0041""#,
            r#""\uDE00""#,
            r#""\uD83D\uD83D""#,
            r#""\u+123""#,
            r#""\u12é""#,
            r#""\x""#,
            "\"\n\"",
            "\"",
        ] {
            let expected = serde_json::from_str::<String>(text).ok().map(Json::Text);
            assert_eq!(parse(text), expected, "{text}");
        }
    }

    #[test]
    fn what_nests_too_deeply_is_refused() {
        let nested = |depth| "[".repeat(depth) + &"]".repeat(depth);
        assert!(parse(&nested(DEEPEST)).is_some());
        assert_eq!(parse(&nested(DEEPEST + 1)), None);
        assert_eq!(parse(&"[".repeat(1_000_000)), None);
    }
}

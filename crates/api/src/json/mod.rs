//! JSON as clients read and write it. Pure.
//!
//! The server reads and writes by serde, which is strict and tells what is wrong where. Its code is
//! made anew for each type: in the console that was a tenth of all (docs/decisions/0008). A client
//! needs neither the strictness nor the words: it reads text into one tree, and each type picks from
//! that what it knows.
//!
//! A type takes part by one line beside its definition, [`from_json!`] to be read and [`to_json!`]
//! to be written, and by an example in `agreement.rs`, where a test holds it against serde.

#[cfg(test)]
mod agreement;
mod read;
mod types;
mod write;

pub(crate) use types::{FromJson, ToJson, from_json, name, needed, or_default, to_json};

/// A JSON value (RFC 8259 §3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Json {
    /// `null`; as a member to be written, nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number as it is written: whoever reads it knows of what kind it should be.
    Number(String),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Json>),
    /// An object, in its order.
    Object(Vec<(String, Json)>),
}

/// Reads the body of an answer; `None` if it is no JSON, or not of this type.
pub(crate) fn from_str<T: FromJson>(text: &str) -> Option<T> {
    let json = read::parse(text)?;
    let mut fine = true;
    let value = T::read(Some(&json), &mut fine);
    fine.then_some(value)
}

/// The body of a request.
pub(crate) fn to_string(value: &impl ToJson) -> String {
    let mut text = String::new();
    write::write(&value.to_json(), &mut text);
    text
}

/// A member of an object by the name of the Rust field it is for: `create_time` finds
/// `createTime`.
fn member<'a>(json: Option<&'a Json>, field: &str) -> Option<&'a Json> {
    let Some(Json::Object(members)) = json else {
        return None;
    };
    let found = members.iter().find(|(name, _)| is_for(name, field));
    found.map(|(_, value)| value)
}

/// Whether `name` is `field` in camelCase.
fn is_for(name: &str, field: &str) -> bool {
    let mut name = name.bytes();
    let mut starts_word = false;
    for byte in field.bytes() {
        if byte == b'_' {
            starts_word = true;
            continue;
        }
        let expected = if starts_word {
            byte.to_ascii_uppercase()
        } else {
            byte
        };
        if name.next() != Some(expected) {
            return false;
        }
        starts_word = false;
    }
    name.next().is_none()
}

/// `field` in camelCase.
pub(crate) fn camel_case(field: &str) -> String {
    let mut name = String::with_capacity(field.len());
    let mut starts_word = false;
    for character in field.chars() {
        if character == '_' {
            starts_word = true;
        } else if starts_word {
            name.push(character.to_ascii_uppercase());
            starts_word = false;
        } else {
            name.push(character);
        }
    }
    name
}

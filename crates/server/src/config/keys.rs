//! The keys that may stand in the file, asked of the structs themselves, and those that may not.

use std::fmt;
use std::ops::Range;

use serde::de::value::Error as NoValue;
use serde::de::{Deserialize, Deserializer, Error as _, Visitor};
use serde::forward_to_deserialize_any;
use toml::de::{DeTable, DeValue};

use super::file::File;
use super::{ClientConfig, Limits, OauthSettings, Organizations, ProviderConfig, Smtp, Tls};

/// Below this likeness (0 to 1) a suggestion would puzzle more than it helps.
const ALIKE: f64 = 0.6;

/// The keys of one table, and the tables or lists of tables in it.
#[derive(Debug)]
pub(super) struct Section {
    pub(super) name: &'static str,
    pub(super) keys: &'static [&'static str],
    pub(super) inner: Vec<Section>,
}

/// Everything that may stand in a file.
pub(super) fn known() -> Section {
    let inner = |name, keys| Section {
        name,
        keys,
        inner: Vec::new(),
    };
    Section {
        name: "",
        keys: keys_of::<File>(),
        inner: vec![
            inner("limits", keys_of::<Limits>()),
            inner("organizations", keys_of::<Organizations>()),
            inner("smtp", keys_of::<Smtp>()),
            inner("tls", keys_of::<Tls>()),
            inner("providers", keys_of::<ProviderConfig>()),
            Section {
                inner: vec![inner("clients", keys_of::<ClientConfig>())],
                ..inner("oauth", keys_of::<OauthSettings>())
            },
        ],
    }
}

/// A key that means nothing where it stands.
#[derive(Debug)]
pub(super) struct UnknownKey {
    key: String,
    /// Where, in bytes.
    pub(super) span: Range<usize>,
    known: &'static [&'static str],
}

impl fmt::Display for UnknownKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown key `{}`; ", self.key)?;
        let likeness = |known: &str| strsim::jaro_winkler(&self.key, known);
        let nearest = self
            .known
            .iter()
            .max_by(|one, other| likeness(one).total_cmp(&likeness(other)))
            .filter(|nearest| likeness(nearest) >= ALIKE);
        match nearest {
            Some(nearest) => write!(f, "did you mean `{nearest}`?"),
            None => write!(f, "known here: {}", self.known.join(", ")),
        }
    }
}

/// Takes the unknown keys out of a table, so that the rest can be read all the same.
pub(super) fn take_unknown(table: &mut DeTable<'_>, section: &Section) -> Vec<UnknownKey> {
    let mut found = Vec::new();
    let mut here = Vec::new();
    for (key, value) in table.iter_mut() {
        let name = key.get_ref().as_ref();
        if !section.keys.contains(&name) {
            here.push(name.to_owned());
            found.push(UnknownKey {
                key: name.to_owned(),
                span: key.span(),
                known: section.keys,
            });
        } else if let Some(inner) = section.inner.iter().find(|inner| inner.name == name) {
            found.extend(take_unknown_below(value.get_mut(), inner));
        }
    }
    for key in &here {
        table.remove(key.as_str());
    }
    found.sort_by_key(|key| key.span.start);
    found
}

/// The same for a value that should be a table or a list of tables. If it is not, reading it
/// says so.
fn take_unknown_below(value: &mut DeValue<'_>, section: &Section) -> Vec<UnknownKey> {
    match value {
        DeValue::Table(table) => take_unknown(table, section),
        DeValue::Array(items) => items
            .iter_mut()
            .flat_map(|item| take_unknown_below(item.get_mut(), section))
            .collect(),
        _ => Vec::new(),
    }
}

/// What a struct says its fields are when it is read.
fn keys_of<'de, T: Deserialize<'de>>() -> &'static [&'static str] {
    let mut keys: &'static [&'static str] = &[];
    // It gets no value, so it always fails; by then it has told its fields.
    let _ = T::deserialize(Listener(&mut keys));
    keys
}

struct Listener<'a>(&'a mut &'static [&'static str]);

impl<'de> Deserializer<'de> for Listener<'_> {
    type Error = NoValue;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, NoValue> {
        Err(NoValue::custom("no struct"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, NoValue> {
        *self.0 = fields;
        Err(NoValue::custom("no value"))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

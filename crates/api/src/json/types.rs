//! Which types are read and written, and how.

use bailiwick_domain::Uidp;

use super::Json;

/// A type that a client reads.
pub(crate) trait FromJson: Sized {
    /// The value, if the tree is one of this type.
    fn from_json(json: &Json) -> Option<Self>;

    /// What a member that is not there means; `None` if it must be there.
    fn absent() -> Option<Self> {
        None
    }
}

/// A type that a client writes.
pub(crate) trait ToJson {
    /// The value as a tree.
    fn to_json(&self) -> Json;
}

/// The empty answer.
impl FromJson for () {
    fn from_json(json: &Json) -> Option<Self> {
        matches!(json, Json::Object(_)).then_some(())
    }
}

impl FromJson for bool {
    fn from_json(json: &Json) -> Option<Self> {
        match json {
            Json::Bool(bool) => Some(*bool),
            _ => None,
        }
    }
}

impl FromJson for String {
    fn from_json(json: &Json) -> Option<Self> {
        match json {
            Json::Text(text) => Some(text.clone()),
            _ => None,
        }
    }
}

impl<T: FromJson> FromJson for Option<T> {
    fn from_json(json: &Json) -> Option<Self> {
        match json {
            Json::Null => Some(None),
            _ => T::from_json(json).map(Some),
        }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(json: &Json) -> Option<Self> {
        let Json::List(items) = json else { return None };
        // Collecting into an option is compiled anew, at length, for every type.
        let mut list = Vec::with_capacity(items.len());
        for item in items {
            list.push(T::from_json(item)?);
        }
        Some(list)
    }
}

impl ToJson for bool {
    fn to_json(&self) -> Json {
        Json::Bool(*self)
    }
}

impl<T: ToJson> ToJson for Vec<T> {
    fn to_json(&self) -> Json {
        Json::List(self.iter().map(T::to_json).collect())
    }
}

impl ToJson for String {
    fn to_json(&self) -> Json {
        Json::Text(self.clone())
    }
}

impl<T: ToJson> ToJson for Option<T> {
    fn to_json(&self) -> Json {
        self.as_ref().map_or(Json::Null, T::to_json)
    }
}

/// Reads whole numbers, for the types named.
macro_rules! number_from_json {
    ($($number:ty),+) => {$(
        impl FromJson for $number {
            fn from_json(json: &Json) -> Option<Self> {
                match json {
                    Json::Number(digits) => digits.parse().ok(),
                    _ => None,
                }
            }
        }
    )+};
}

/// Reads types whose wire form is their text, by `FromStr`.
macro_rules! text_from_json {
    ($($text:ty),+) => {$(
        impl $crate::json::FromJson for $text {
            fn from_json(json: &$crate::json::Json) -> Option<Self> {
                match json {
                    $crate::json::Json::Text(text) => text.parse().ok(),
                    _ => None,
                }
            }
        }
    )+};
}

/// Reads a struct. Before the `;` stand the fields that must be there, after it those that are
/// their default when absent, each under its name in camelCase or as `field = "name"`:
/// `from_json!(Named { uid, name; })`.
macro_rules! from_json {
    ($type:ty {
        $($needed:ident $(= $needed_as:literal)?),*;
        $($other:ident $(= $other_as:literal)?),*
    }) => {
        impl $crate::json::FromJson for $type {
            #[allow(unused_variables, reason = "an empty struct reads nothing")]
            fn from_json(json: &$crate::json::Json) -> Option<Self> {
                if !matches!(json, $crate::json::Json::Object(_)) {
                    return None;
                }
                Some(Self {
                    $($needed: $crate::json::needed(
                        json, $crate::json::name!($needed $(= $needed_as)?))?,)*
                    $($other: $crate::json::or_default(
                        json, $crate::json::name!($other $(= $other_as)?))?,)*
                })
            }
        }
    };
}

/// Writes a struct: every field in camelCase, those that are `None` left out.
macro_rules! to_json {
    ($type:ty { $($field:ident),+ }) => {
        impl $crate::json::ToJson for $type {
            fn to_json(&self) -> $crate::json::Json {
                $crate::json::Json::Object(vec![$((
                    $crate::json::camel_case(stringify!($field)),
                    $crate::json::ToJson::to_json(&self.$field),
                )),+])
            }
        }
    };
}

/// The name of a member that a field is read from.
macro_rules! name {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident = $name:literal) => {
        $name
    };
}

/// A member that must be there, unless its type says what its absence means.
pub(crate) fn needed<T: FromJson>(json: &Json, field: &str) -> Option<T> {
    json.member(field).map_or_else(T::absent, T::from_json)
}

/// A member, or its type's default.
pub(crate) fn or_default<T: FromJson + Default>(json: &Json, field: &str) -> Option<T> {
    json.member(field)
        .map_or_else(|| Some(T::default()), T::from_json)
}

number_from_json!(u16, u32, i32, i64);
text_from_json!(Uidp);

pub(crate) use {from_json, name, text_from_json, to_json};

//! Which types are read and written, and how.

use bailiwick_domain::Uidp;

use super::{Json, member};

/// A type that a client reads.
pub(crate) trait FromJson {
    /// The value. Where the tree is none of this type, or there is none, `fine` becomes false and
    /// the value is anything: nobody gets to see it. So no reader stops half way, and none needs
    /// code to take back what it has read.
    fn read(json: Option<&Json>, fine: &mut bool) -> Self;
}

/// A type that a client writes.
pub(crate) trait ToJson {
    /// The value as a tree.
    fn to_json(&self) -> Json;
}

/// The empty answer.
impl FromJson for () {
    fn read(json: Option<&Json>, fine: &mut bool) -> Self {
        *fine &= matches!(json, Some(Json::Object(_)));
    }
}

impl FromJson for bool {
    fn read(json: Option<&Json>, fine: &mut bool) -> Self {
        match json {
            Some(Json::Bool(bool)) => *bool,
            _ => not(fine),
        }
    }
}

impl FromJson for String {
    fn read(json: Option<&Json>, fine: &mut bool) -> Self {
        match json {
            Some(Json::Text(text)) => text.clone(),
            _ => not(fine),
        }
    }
}

impl<T: FromJson> FromJson for Option<T> {
    fn read(json: Option<&Json>, fine: &mut bool) -> Self {
        match json {
            None | Some(Json::Null) => None,
            json => Some(T::read(json, fine)),
        }
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn read(json: Option<&Json>, fine: &mut bool) -> Self {
        let Some(Json::List(items)) = json else {
            return not(fine);
        };
        // An iterator's `collect` is compiled anew, at length, for every type.
        let mut list = Vec::with_capacity(items.len());
        for item in items {
            list.push(T::read(Some(item), fine));
        }
        list
    }
}

/// It is not of the type: anything that is.
pub(crate) fn not<T: Default>(fine: &mut bool) -> T {
    *fine = false;
    T::default()
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

impl ToJson for i32 {
    fn to_json(&self) -> Json {
        Json::Number(self.to_string())
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
            fn read(json: Option<&Json>, fine: &mut bool) -> Self {
                let number = match json {
                    Some(Json::Number(digits)) => digits.parse().ok(),
                    _ => None,
                };
                number.unwrap_or_else(|| not(fine))
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
            fn read(json: Option<&$crate::json::Json>, fine: &mut bool) -> Self {
                *fine &= matches!(json, Some($crate::json::Json::Object(_)));
                Self {
                    $($needed: $crate::json::needed(
                        json, $crate::json::name!($needed $(= $needed_as)?), fine),)*
                    $($other: $crate::json::or_default(
                        json, $crate::json::name!($other $(= $other_as)?), fine),)*
                }
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
pub(crate) fn needed<T: FromJson>(json: Option<&Json>, field: &str, fine: &mut bool) -> T {
    T::read(member(json, field), fine)
}

/// A member, or its type's default.
pub(crate) fn or_default<T: FromJson + Default>(
    json: Option<&Json>,
    field: &str,
    fine: &mut bool,
) -> T {
    match member(json, field) {
        None => T::default(),
        member => T::read(member, fine),
    }
}

number_from_json!(u16, u32, i32, i64);

impl FromJson for Uidp {
    fn read(json: Option<&Json>, fine: &mut bool) -> Self {
        let uid = match json {
            Some(Json::Text(text)) => text.parse().ok(),
            _ => None,
        };
        uid.unwrap_or_else(|| {
            *fine = false;
            Self::root([0; 20])
        })
    }
}

pub(crate) use {from_json, name, to_json};

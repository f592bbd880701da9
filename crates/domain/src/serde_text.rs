//! Serde for the types whose wire form is their text: written with `as_str`, read with `FromStr`,
//! so that nothing unchecked enters through JSON.

/// Implements `Serialize` and `Deserialize` for types with an `as_str` and a `FromStr`.
macro_rules! serde_as_text {
    ($($text:ty),+) => {$(
        impl serde::Serialize for $text {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $text {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )+};
}

pub(crate) use serde_as_text;

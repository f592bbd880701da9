//! The parameters of a query string, taken out one by one.

use bailiwick_domain::Uidp;

use crate::query::QueryError;
use crate::query::scope::{IDS, IDS_MAX};

/// The decoded parameters of a query string, each at most once.
#[derive(Debug)]
pub(crate) struct Pairs(Vec<(String, String)>);

impl Pairs {
    pub(crate) fn parse(query: &str) -> Result<Self, QueryError> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let camel = camel_case(&name);
            if camel != IDS && pairs.iter().any(|(known, _)| *known == camel) {
                return Err(QueryError::Doubled(name.into_owned()));
            }
            pairs.push((camel, value.into_owned()));
        }
        Ok(Self(pairs))
    }

    pub(super) fn has(&self, name: &str, value: &str) -> bool {
        self.0
            .iter()
            .any(|(known, given)| known == name && given == value)
    }

    pub(crate) fn take(&mut self, name: &str) -> Option<String> {
        let at = self.0.iter().position(|(known, _)| known == name)?;
        Some(self.0.swap_remove(at).1)
    }

    pub(crate) fn take_number(&mut self, name: &str) -> Result<Option<u32>, QueryError> {
        self.take(name)
            .map(|text| match text.parse::<i32>() {
                Ok(number) => {
                    u32::try_from(number).map_err(|_| QueryError::Number(name.to_owned()))
                }
                Err(_) => Err(QueryError::Number(name.to_owned())),
            })
            .transpose()
    }

    pub(super) fn take_uidp(&mut self, name: &str) -> Result<Option<Uidp>, QueryError> {
        self.take(name)
            .map(|text| text.parse().map_err(|_| QueryError::Uidp(name.to_owned())))
            .transpose()
    }

    pub(super) fn take_ids(&mut self) -> Result<Vec<Uidp>, QueryError> {
        let mut ids = Vec::new();
        while let Some(uid) = self.take_uidp(IDS)? {
            ids.push(uid);
        }
        if ids.len() > IDS_MAX {
            return Err(QueryError::TooMany(IDS.to_owned()));
        }
        Ok(ids)
    }

    pub(super) fn take_bool(&mut self, name: &str) -> Result<bool, QueryError> {
        match self.take(name).as_deref() {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(_) => Err(QueryError::Bool(name.to_owned())),
        }
    }

    pub(crate) fn finish(self) -> Result<(), QueryError> {
        match self.0.into_iter().next() {
            Some((name, _)) => Err(QueryError::Unknown(name)),
            None => Ok(()),
        }
    }
}

fn camel_case(name: &str) -> String {
    let mut camel = String::with_capacity(name.len());
    let mut upper = false;
    for letter in name.chars() {
        if letter == '_' {
            upper = true;
        } else if std::mem::take(&mut upper) {
            camel.push(letter.to_ascii_uppercase());
        } else {
            camel.push(letter);
        }
    }
    camel
}

pub(super) fn to_query(pairs: Vec<(&'static str, String)>) -> String {
    if pairs.is_empty() {
        return String::new();
    }
    let mut text = form_urlencoded::Serializer::for_suffix("?".to_owned(), 1);
    for (name, value) in pairs {
        text.append_pair(name, &value);
    }
    text.finish()
}

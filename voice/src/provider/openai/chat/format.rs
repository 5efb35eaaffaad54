//! How a server is asked for JSON, and what it has shown that it takes.

use std::{
    borrow::Cow,
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use serde_json::Value;

use super::strict::strict;
use crate::provider::ResponseFormat;

/// Models of which something is remembered: an endpoint has a handful, a tenant may name any.
const CAPACITY: usize = 100;

/// Forms of asking, the best first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Rank {
    /// `json_schema` with `strict`, where the schema can be written so.
    #[default]
    Strict,
    /// `json_schema` as it is: not all of strict mode is known everywhere.
    Schema,
    /// `json_object`.
    Object,
    /// Nothing but words.
    Text,
}

/// One request's.
#[derive(Debug, PartialEq)]
pub(super) enum Form<'a> {
    Schema {
        name: &'a str,
        schema: Cow<'a, Value>,
        strict: bool,
    },
    /// The schema is told in words, here and below.
    Object(&'a Value),
    Told(&'a Value),
    /// Any answer will do.
    Text,
}

impl Rank {
    pub fn form(self, wanted: &ResponseFormat) -> Form<'_> {
        let ResponseFormat { name, schema } = wanted;
        let strict = (self == Self::Strict).then(|| strict(schema)).flatten();
        match (self, strict) {
            (_, Some(schema)) => Form::Schema { name, schema: Cow::Owned(schema), strict: true },
            (Self::Strict | Self::Schema, None) => Form::Schema { name, schema: Cow::Borrowed(schema), strict: false },
            (Self::Object, None) => Form::Object(schema),
            (Self::Text, None) => Form::Told(schema),
        }
    }

    pub const fn next(self) -> Option<Self> {
        match self {
            Self::Strict => Some(Self::Schema),
            Self::Schema => Some(Self::Object),
            Self::Object => Some(Self::Text),
            Self::Text => None,
        }
    }
}

/// The best that each model has taken where it did not take a better one. In this process: another asks for itself.
#[derive(Debug, Default)]
pub(super) struct Known(Mutex<HashMap<String, Rank>>);

impl Known {
    pub fn best(&self, model: &str) -> Rank {
        self.lock().get(model).copied().unwrap_or_default()
    }

    pub fn learn(&self, model: &str, rank: Rank) {
        let mut known = self.lock();
        if known.len() >= CAPACITY {
            // Learnt again at the price of a refused request or two.
            known.clear();
        }
        known.insert(model.to_owned(), rank);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Rank>> {
        // A map of copies is whole whatever panicked.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

//! The demo call's credentials, as the server wrote them at its first start.

use std::{fs, path::Path};

use anyhow::Context;
use serde::Deserialize;

/// `data/demo.json`.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Demo {
    pub number: Option<String>,
    pub account_sid: Option<String>,
    pub auth_token: Option<String>,
    pub api_key: Option<String>,
}

impl Demo {
    /// Reads the file; one that is not there is empty.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        match fs::read_to_string(path) {
            Ok(text) => serde_json::from_str(&text).with_context(|| format!("{} cannot be read", path.display())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error).with_context(|| format!("{} cannot be read", path.display())),
        }
    }
}

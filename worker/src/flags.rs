//! Settings from flags and the environment, as servers and workers read them.
//!
//! A variable that is set but empty counts as not set, so a copied `.env` with blanks does no harm. No message repeats a
//! value: it may be a secret.

use std::{error::Error as _, ffi::OsString};

use clap::{
    Command, Parser,
    error::{ContextKind, ContextValue, ErrorKind},
};
use providers::Invalid;

/// Why reading the settings ended without settings.
#[derive(Debug, thiserror::Error)]
pub enum Stop {
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// `--help`, `--version`, or a flag that does not exist: clap's own text and exit code.
    #[error(transparent)]
    Clap(#[from] clap::Error),
}

/// Settings from these arguments (the first is the program's name) and the environment.
pub fn read<T: Parser>(arguments: impl IntoIterator<Item = OsString>) -> Result<T, Stop> {
    let mut command = T::command().mut_args(|arg| {
        let is_blank = arg.get_env().is_some_and(|name| std::env::var_os(name).is_some_and(|value| value.is_empty()));
        let arg = arg.hide_env_values(true);
        if is_blank { arg.env(None) } else { arg }
    });
    command
        .try_get_matches_from_mut(arguments)
        .and_then(|matches| T::from_arg_matches(&matches))
        .map_err(|error| named(error, &command))
}

/// Clap's "invalid value" in our one line, without the value; anything else as it is.
fn named(error: clap::Error, command: &Command) -> Stop {
    if !matches!(error.kind(), ErrorKind::ValueValidation | ErrorKind::InvalidValue) {
        return Stop::Clap(error);
    }
    let Some(ContextValue::String(shown)) = error.get(ContextKind::InvalidArg) else { return Stop::Clap(error) };
    // Clap shows `--bind <ADDRESS>`; the argument's own name is the flag without dashes.
    let flag = shown.split_whitespace().next().unwrap_or_default().trim_start_matches("--");
    let variable = command
        .get_arguments()
        .find(|arg| arg.get_long() == Some(flag))
        .and_then(|arg| arg.get_env())
        .map_or_else(|| shown.clone(), |name| format!("{} (--{flag})", name.to_string_lossy()));
    let reason = match (error.source(), error.get(ContextKind::ValidValue)) {
        (_, Some(ContextValue::Strings(valid))) if !valid.is_empty() => format!("must be one of {}", valid.join(", ")),
        (Some(source), _) => source.to_string(),
        _ => "not a usable value".to_owned(),
    };
    Stop::Invalid(Invalid { variable, reason })
}

//! What a tool must be before it is saved.

use std::{collections::BTreeMap, time::Duration};

use entity::tool;
use reqwest::header::{HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use voice::conversation::OWN_TOOLS;

use super::{address, schema};
use crate::{Error, Result, name, outbound::Outbound};

/// Characters of a description: each turn sends all of them to the model anew.
const LONGEST_DESCRIPTION: usize = 1_000;
/// Bytes of a schema, for the same reason.
const LARGEST_SCHEMA: usize = 16_000;
const LONGEST_URL: usize = 2_000;
const MOST_HEADERS: usize = 20;
const LONGEST_HEADER: usize = 4_000;
const MOST_FIELDS: usize = 20;
const LONGEST_POINTER: usize = 200;
/// Said in one breath.
const LONGEST_WAITING: usize = 200;
const TIMEOUTS: std::ops::RangeInclusive<u128> = 100..=30_000;

/// Headers that the request makes itself, or that would change what it means.
const NOT_THEIRS: [&str; 14] = [
    "host",
    "content-length",
    "content-type",
    "content-encoding",
    "transfer-encoding",
    "accept-encoding",
    "connection",
    "keep-alive",
    "te",
    "trailer",
    "upgrade",
    "expect",
    "proxy-authorization",
    "proxy-connection",
];

/// Looks at all of it: the parts must fit each other. `secrets`: the values of the secret headers; `None`: they are as
/// they were.
pub(super) fn check(
    row: &tool::Model,
    secrets: Option<&BTreeMap<String, SecretString>>,
    outbound: &Outbound,
) -> Result<()> {
    if !is_name(&row.name) || OWN_TOOLS.contains(&row.name.as_str()) {
        let own = OWN_TOOLS.join(" and ");
        let message = format!("must be 1 to 64 letters, digits, _ and -, and none of our own: {own}");
        return Err(Error::invalid("name", message));
    }
    let length = row.description.chars().count();
    if length == 0 || length > LONGEST_DESCRIPTION || row.description.contains('\0') {
        let message = format!("must be 1 to {LONGEST_DESCRIPTION} characters long, none of them NUL");
        return Err(Error::invalid("description", message));
    }
    let schema = row.parameters.to_string();
    // PostgreSQL keeps no NUL in JSON either.
    if schema.len() > LARGEST_SCHEMA || schema.contains("\\u0000") {
        return Err(Error::invalid("parameters", format!("must be at most {LARGEST_SCHEMA} bytes, without NUL")));
    }
    schema::check(&row.parameters).map_err(|fault| Error::invalid("parameters", fault))?;
    address(row, outbound)?;
    headers(row, secrets)?;
    for field in row.response.iter().flat_map(|fields| &fields.0) {
        let is_pointer = field.pointer.is_empty() || field.pointer.starts_with('/');
        if !is_name(&field.name) || !is_pointer || field.pointer.len() > LONGEST_POINTER || field.pointer.contains('\0')
        {
            let message =
                "each must have a name of 1 to 64 letters, digits, _ and -, and a JSON pointer such as /order/status";
            return Err(Error::invalid("response", message));
        }
    }
    if row.response.as_ref().is_some_and(|fields| fields.0.is_empty() || fields.0.len() > MOST_FIELDS) {
        return Err(Error::invalid("response", format!("must name 1 to {MOST_FIELDS} fields, or be left out")));
    }
    row.speak_while_waiting
        .as_ref()
        .map_or(Ok(()), |text| name::parse_up_to("speak_while_waiting", text, LONGEST_WAITING).map(drop))
}

/// As the row keeps it.
pub(super) fn timeout(timeout: Duration) -> Result<i32> {
    let ms = Some(timeout.as_millis()).filter(|ms| TIMEOUTS.contains(ms)).and_then(|ms| i32::try_from(ms).ok());
    ms.ok_or_else(|| Error::invalid("timeout_ms", "must be between 100 and 30000"))
}

fn address(row: &tool::Model, outbound: &Outbound) -> Result<()> {
    if row.url.len() > LONGEST_URL {
        return Err(Error::invalid("url", format!("must be at most {LONGEST_URL} bytes long")));
    }
    let url = outbound.check(&row.url).map_err(|failure| Error::invalid("url", failure.to_string()))?;
    let Some(names) = address::placeholders(&url) else {
        return Err(Error::invalid("url", "may have {parameter} in its path only, and braces nowhere else"));
    };
    let required = row.parameters["required"].as_array();
    for name in names {
        let is_required = required.is_some_and(|required| required.iter().any(|known| *known == name.as_str()));
        if row.parameters["properties"].get(&name).is_none() || !is_required {
            let message = format!("its {{{name}}} must be a property of `parameters`, and required");
            return Err(Error::invalid("url", message));
        }
    }
    Ok(())
}

fn headers(row: &tool::Model, secrets: Option<&BTreeMap<String, SecretString>>) -> Result<()> {
    let plain = row.headers.0.iter().map(|(name, value)| ("headers", name, Some(value.as_str())));
    let secret = row.secret_names.0.iter().map(|known| {
        let value = secrets.and_then(|secrets| secrets.get(&known.name));
        ("secret_headers", &known.name, value.map(|value| value.expose_secret()))
    });
    let mut seen = Vec::new();
    for (field, name, value) in plain.chain(secret) {
        let Ok(parsed) = HeaderName::try_from(name.as_str()) else {
            return Err(Error::invalid(field, "a name that no HTTP header has"));
        };
        if NOT_THEIRS.contains(&parsed.as_str()) {
            return Err(Error::invalid(field, format!("`{parsed}` is the request's own")));
        }
        if seen.contains(&parsed) {
            return Err(Error::invalid(field, format!("`{parsed}` is there twice")));
        }
        // The value itself is never repeated.
        if value.is_some_and(|value| !is_header_value(value)) {
            let message = format!("`{parsed}` must be 1 to {LONGEST_HEADER} characters that a header can carry");
            return Err(Error::invalid(field, message));
        }
        seen.push(parsed);
    }
    if seen.len() > MOST_HEADERS {
        return Err(Error::invalid("headers", format!("must be at most {MOST_HEADERS}, secret ones included")));
    }
    Ok(())
}

fn is_header_value(text: &str) -> bool {
    (1..=LONGEST_HEADER).contains(&text.len()) && HeaderValue::try_from(text).is_ok()
}

fn is_name(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
}

//! What an agent's settings may be: the one place that says.

use std::{collections::HashSet, ops::RangeInclusive};

use chrono_tz::Tz;
use entity::{
    agent::{AgentSettings, RecordingMode},
    id::TenantId,
};
use sea_orm::ConnectionTrait;

use super::LONGEST_CALL;
use crate::{Error, Result, analyses, conversations, personas, phone_numbers, templates, tools};

/// Characters of an agent's instructions: some ten pages, which every turn sends to the model anew.
pub const LONGEST_INSTRUCTIONS: usize = 20_000;

/// Characters of a greeting: about a minute of speech.
pub const LONGEST_GREETING: usize = 1_000;

/// More tools than a model can tell apart.
const MOST_TOOLS: usize = 32;

/// Tokens of a reply: ten minutes of speech.
const MOST_TOKENS: u32 = 2_000;

/// Days that a recording may be kept: ten years.
const LONGEST_RETENTION: u32 = 3_650;

/// Milliseconds of silence that can end a turn: not before the reply is begun on a guess, not after a caller must
/// think the line dead.
const END: RangeInclusive<u64> = 200..=5_000;

/// The name, trimmed.
pub(super) fn check_name(name: &str) -> Result<String> {
    let name = name.trim();
    check_text("name", name, 200)?;
    Ok(name.to_owned())
}

/// Looks at everything but templates, which a draft may have half-written: [`check_templates`].
pub(super) async fn check(conn: &impl ConnectionTrait, tenant: TenantId, settings: &AgentSettings) -> Result<()> {
    let AgentSettings { turns, limits, recording, .. } = settings;
    let texts = [
        ("instructions", &settings.instructions, LONGEST_INSTRUCTIONS),
        ("greeting", &settings.greeting, LONGEST_GREETING),
        ("voice", &settings.voice, 200),
        ("model", &settings.model, 200),
        ("recording", &recording.announcement, LONGEST_GREETING),
    ];
    for (field, text, longest) in texts {
        if let Some(text) = text {
            check_text(field, text, longest)?;
        }
    }
    check_speed(settings.speed)?;
    check_language(settings.language.as_deref())?;
    if settings.temperature.is_some_and(|temperature| !(0.0..=2.0).contains(&temperature)) {
        return Err(Error::invalid("temperature", "must be between 0 and 2"));
    }
    let within = |field: &'static str, name: &str, value: Option<u64>, range: RangeInclusive<u64>| match value {
        Some(value) if !range.contains(&value) => {
            Err(Error::invalid(field, format!("{name} must be between {} and {}", range.start(), range.end())))
        }
        _ => Ok(()),
    };
    within("max_tokens", "it", settings.max_tokens.map(u64::from), 1..=MOST_TOKENS.into())?;
    within("turns", "end_complete_ms", turns.end_complete_ms, END)?;
    within("turns", "end_unknown_ms", turns.end_unknown_ms, END)?;
    within("turns", "end_incomplete_ms", turns.end_incomplete_ms, END)?;
    within("turns", "barge_in_after_ms", turns.barge_in_after_ms, 30..=2_000)?;
    within("turns", "barge_in_sure_ms", turns.barge_in_sure_ms, 100..=5_000)?;
    within("turns", "keys_gap_ms", turns.keys_gap_ms, 500..=10_000)?;
    within("limits", "idle_prompt_after_s", limits.idle_prompt_after_s, 1..=LONGEST_CALL.as_secs())?;
    within("limits", "silence_s", limits.silence_s, 1..=LONGEST_CALL.as_secs())?;
    within("limits", "max_duration_s", limits.max_duration_s, 1..=LONGEST_CALL.as_secs())?;
    within("recording", "retention_days", recording.retention_days.map(u64::from), 1..=LONGEST_RETENTION.into())?;
    if recording.mode == RecordingMode::Consent && recording.announcement.is_none() {
        return Err(Error::invalid("recording", "to ask for consent takes an announcement"));
    }
    analyses::check(&settings.analysis)
        .map_err(|fault| Error::invalid("analysis", format!("{}: {}", fault.field, fault.message)))?;
    let distinct: HashSet<_> = settings.tools.iter().collect();
    if settings.tools.len() > MOST_TOOLS || distinct.len() < settings.tools.len() {
        return Err(Error::invalid("tools", format!("must be at most {MOST_TOOLS}, each once")));
    }
    let goes = |to: &str| phone_numbers::is_e164(to) || is_sip_uri(to);
    if settings.transfer_to.as_ref().is_some_and(|to| !goes(to)) {
        return Err(Error::invalid("transfer_to", "must be an E.164 number or a SIP URI (sip:user@host)"));
    }
    conversations::check_variables(&settings.variables, true)?;
    if settings.time_zone.as_ref().is_some_and(|zone| zone.parse::<Tz>().is_err()) {
        return Err(Error::invalid("time_zone", "must be a name of the IANA database, as Europe/Berlin"));
    }
    personas::hold(conn, tenant, &settings.persona).await?;
    tools::hold(conn, tenant, &settings.tools).await
}

/// Looks at what is said to callers and models.
pub(super) fn check_templates(settings: &AgentSettings) -> Result<()> {
    check_template("instructions", settings.instructions.as_deref())?;
    check_template("greeting", settings.greeting.as_deref())?;
    check_template("recording", settings.recording.announcement.as_deref())
}

pub(crate) fn check_template(field: &'static str, template: Option<&str>) -> Result<()> {
    template.map_or(Ok(()), templates::check).map_err(|malformed| Error::invalid(field, malformed.to_string()))
}

pub(crate) fn check_text(field: &'static str, text: &str, longest: usize) -> Result<()> {
    // PostgreSQL keeps no NUL in a text.
    if text.trim().is_empty() || text.chars().count() > longest || text.contains('\0') {
        return Err(Error::invalid(field, format!("must be 1 to {longest} characters long, none of them NUL")));
    }
    Ok(())
}

pub(crate) fn check_speed(speed: Option<f64>) -> Result<()> {
    match speed {
        Some(speed) if !(0.25..=4.0).contains(&speed) => Err(Error::invalid("speed", "must be between 0.25 and 4")),
        _ => Ok(()),
    }
}

pub(crate) fn check_language(code: Option<&str>) -> Result<()> {
    let is_language = |code: &str| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase());
    match code {
        Some(code) if !is_language(code) => {
            Err(Error::invalid("language", "must be the two small letters of ISO 639-1"))
        }
        _ => Ok(()),
    }
}

/// `sip:user@host` with or without port, parameters and headers, at most the 255 characters that Twilio dials.
fn is_sip_uri(text: &str) -> bool {
    let Some((user, host)) = text.strip_prefix("sip:").and_then(|address| address.split_once('@')) else {
        return false;
    };
    let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>\"".contains(&byte));
    let begins_well = host.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '[');
    text.len() <= 255 && is_plain && !user.is_empty() && begins_well && !host.contains('@')
}

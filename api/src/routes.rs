//! The documented operations, one file a subject.

mod accounts;
mod agents;
mod analyses;
mod api_keys;
mod audit_events;
mod calls;
mod cleanup;
mod conversations;
mod customers;
mod events;
mod http_tools;
mod invitations;
mod jobs;
mod limits;
mod members;
mod meta;
mod operator;
mod overview;
mod passwords;
mod personas;
mod phone_numbers;
mod provider_credentials;
mod recordings;
mod retention;
mod sessions;
mod speech;
mod summaries;
mod tenant;
mod tools;
mod transcriptions;
mod transcripts;
mod turns;
mod usage;
mod vault;
mod warnings;
mod webhooks;

use std::time::Duration;

use poem_openapi::types::MaybeUndefined;

use crate::{problem::ApiError, sockets, twilio};

/// Chapters of the document.
#[derive(poem_openapi::Tags)]
pub(crate) enum Tag {
    /// What this is, and whether it works
    General,
    /// People: signing up and in, passwords, sessions
    Accounts,
    /// Tone, prompt and voice that an agent can take on
    Personas,
    /// Who answers: a persona, and what the tenant wants otherwise
    Agents,
    /// HTTP requests that agents may make in the middle of a conversation
    HttpTools,
    /// Speech to text, text to speech
    Speech,
    /// Sessions over HTTP, and what was said in any conversation
    Conversations,
    /// Phone calls
    Calls,
    /// What was heard in conversations whose agent records
    Recordings,
    /// What was said in recordings and uploaded files, with times
    Transcriptions,
    /// What was said and heard in conversations, to be read, shown, printed and searched
    Transcripts,
    /// What a language model made of conversations after their end
    Analyses,
    /// Whom agents talk to, by number or by your own name for them
    Customers,
    /// What the tenant may use at most, and what it has used
    Usage,
    /// Voice sockets for browsers and programs
    Sockets,
    /// What goes on in the background
    Jobs,
    /// The tenant itself: its people, keys and audit log
    Tenant,
    /// For the people who run the platform (`OPERATOR_EMAILS`)
    Operators,
    /// What Twilio calls, signed with the number's own token
    Twilio,
    /// What happens, and who is told of it; see also docs/webhooks.md
    Webhooks,
    /// The same operations under the names that tool callers know
    Tools,
}

/// All of them, in the order of the document.
pub type Operations = (
    (meta::Meta, warnings::Warnings),
    (accounts::Accounts, passwords::Passwords, sessions::Sessions),
    personas::Personas,
    agents::Agents,
    speech::Speech,
    (conversations::Conversations, summaries::Summaries),
    (
        calls::Calls,
        recordings::Recordings,
        transcriptions::Transcriptions,
        transcripts::Transcripts,
        analyses::Analyses,
        customers::Customers,
    ),
    phone_numbers::PhoneNumbers,
    http_tools::HttpTools,
    (tools::Tools, webhooks::Webhooks, events::Events),
    (vault::Vault, provider_credentials::ProviderCredentials),
    (limits::Limits, usage::Usage, overview::Overviews),
    (tenant::Tenants, retention::Retention, members::Members, invitations::Invitations, api_keys::ApiKeys),
    (jobs::Jobs, audit_events::AuditEvents, operator::Operators, cleanup::Cleanup, jobs::OperatorJobs),
    sockets::Sockets,
    twilio::Webhooks,
);

/// See [`Operations`].
pub fn operations() -> Operations {
    (
        (meta::Meta, warnings::Warnings),
        (accounts::Accounts, passwords::Passwords, sessions::Sessions),
        personas::Personas,
        agents::Agents,
        speech::Speech,
        (conversations::Conversations, summaries::Summaries),
        (
            calls::Calls,
            recordings::Recordings,
            transcriptions::Transcriptions,
            transcripts::Transcripts,
            analyses::Analyses,
            customers::Customers,
        ),
        phone_numbers::PhoneNumbers,
        http_tools::HttpTools,
        (tools::Tools, webhooks::Webhooks, events::Events),
        (vault::Vault, provider_credentials::ProviderCredentials),
        (limits::Limits, usage::Usage, overview::Overviews),
        (tenant::Tenants, retention::Retention, members::Members, invitations::Invitations, api_keys::ApiKeys),
        (jobs::Jobs, audit_events::AuditEvents, operator::Operators, cleanup::Cleanup, jobs::OperatorJobs),
        sockets::Sockets,
        twilio::Webhooks,
    )
}

/// Bytes of an uploaded audio file: 25 MB, as OpenAI's own limit was.
pub const MAX_UPLOAD: usize = 25 << 20;

/// Bytes of a file that is transcribed in the background: 4 hours of MP3 at 256 kbit/s, or of a telephone line unpacked.
pub const MAX_LONG_UPLOAD: usize = 500 << 20;

/// How long a request to this path may take, where others may take `usual`: a large file over a slow line needs minutes.
pub fn time_limit(path: &str, usual: Duration) -> Duration {
    if path.trim_end_matches('/') == "/transcriptions" { usual * 10 } else { usual }
}

/// Bytes that a request to this path may carry.
pub fn body_limit(path: &str) -> usize {
    const JSON: usize = 1 << 20;
    // Room for the other fields and the boundaries around a file of the largest size.
    const FORM: usize = 64 << 10;
    // Ten thousand customers with some words about each.
    const IMPORT: usize = 8 << 20;
    match path.trim_end_matches('/') {
        "/customers/import" => IMPORT,
        "/voice/speech-to-text" | "/voice-agent/process" | "/tools/understanding/speech-to-text" => MAX_UPLOAD + FORM,
        "/transcriptions" => MAX_LONG_UPLOAD + FORM,
        _ => JSON,
    }
}

/// Things a page unless asked otherwise.
fn page() -> u64 {
    20
}

/// An id in a path. Text that is no id names nothing.
pub(crate) fn id<T: std::str::FromStr>(text: &str, what: &str) -> Result<T, ApiError> {
    text.parse().map_err(|_| ApiError::not_found(what))
}

/// As the domain puts it: left out, taken back, or a value.
fn wish<T>(field: MaybeUndefined<T>) -> Option<Option<T>> {
    match field {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(value) => Some(Some(value)),
    }
}

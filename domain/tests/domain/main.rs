//! The domain through its functions, on both databases.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod access;
mod accounts;
mod admission;
mod agents;
mod api_keys;
mod calls;
mod cleanup;
mod conversations;
mod deletion;
mod events;
mod given;
mod idempotency;
mod isolation;
mod jobs;
mod migrations;
mod outbound;
mod retention;
mod sessions;
mod setup;
mod site;
mod stale;
mod statuses;
mod stream_tokens;
mod transcript_search;
mod transcripts;
mod turns;
mod usage;
mod vault;
mod webhooks;

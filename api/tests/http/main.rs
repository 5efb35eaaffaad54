//! The HTTP operations through the real router, each on SQLite and on PostgreSQL.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod accounts;
mod agents;
mod api_keys;
mod audit_events;
mod calls;
mod conversations;
mod customers;
mod door;
mod fakes;
mod house;
mod http_tools;
mod idempotency;
mod invitations;
mod jobs;
mod limits;
mod members;
mod meta;
mod operators;
mod people;
mod personas;
mod phone_numbers;
mod provider_credentials;
mod refusals;
mod retention;
mod security;
mod seed;
mod shop;
mod smtp;
mod speech;
mod strangers;
mod tenants;
mod ui;
mod vault;
mod walk;
mod webhooks;

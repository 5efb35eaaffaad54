//! The providers through their doors: real HTTP against a server that answers as it is told, and the policy over
//! fakes that are scripted by time.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod chat;
mod fakes;
mod policy;
mod scripted;
mod server;
mod speech;
mod transcriptions;

//! The fake Twilio against a small server that does as each test says.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod app;
mod calls;
mod rest;
mod streams;

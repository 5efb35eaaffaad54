//! Calls and voice sockets through real sockets: our server on a port of its own, a simulated Twilio and a simulated
//! OpenAI around it, each test on SQLite and on PostgreSQL.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod accounts;
mod crowd;
mod house;
mod log;
mod own_providers;
mod process;
mod sockets_refusals;
mod sockets_session;
mod sockets_stream;
mod suspension;
mod twilio_calls;
mod twilio_crash;
mod twilio_stream;
mod twilio_webhooks;

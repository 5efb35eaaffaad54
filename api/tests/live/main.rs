//! Calls and voice sockets through real sockets: our server on a port of its own, a simulated Twilio and a simulated
//! OpenAI around it, each test on SQLite and on PostgreSQL.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod crowd;
mod events;
mod house;
mod limits;
mod log;
mod own_providers;
mod phone_numbers;
mod process;
mod recordings;
mod secrecy;
#[path = "../http/shop.rs"]
mod shop;
#[path = "../http/smtp.rs"]
mod smtp;
mod sockets_refusals;
mod sockets_session;
mod sockets_stream;
mod suspension;
mod tools;
mod twilio_calls;
mod twilio_crash;
mod twilio_stream;
mod twilio_webhooks;
mod versions;

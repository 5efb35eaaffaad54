//! Twilio's webhooks and media streams.
//!
//! A call comes in by webhook and is answered with TwiML that opens a stream to us; when our side closes the
//! stream, or loses it, Twilio asks `continue` what comes next. So a call outlives the process that answers it.

mod address;
mod answer;
mod call;
mod form;
mod line;
mod probe;
mod signature;
mod stream;
mod twiml;
mod warm;
mod webhooks;

pub(crate) use address::{base, reachable_webhooks, stream as stream_url, webhooks};
pub(crate) use probe::probe;
pub(crate) use stream::media_stream;
pub(crate) use warm::{TELEPHONE, clips as warm_clips};
pub(crate) use webhooks::Webhooks;

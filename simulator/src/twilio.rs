//! A fake Twilio: accounts and numbers, calls that follow TwiML, media streams in real time, and the REST API.
//!
//! ```no_run
//! # async fn example() -> anyhow::Result<()> {
//! use simulator::{
//!     audio::Clip,
//!     twilio::{Account, Caller, Number, Script},
//! };
//!
//! let account = Account::random();
//! account.add(Number::new("+15550100").voice_url("http://127.0.0.1:4000/webhooks/twilio/incoming"));
//! let question = Clip::load("caller-audio/16_go_somewhere_real.ulaw")?;
//! let report = Caller::new(&account, "+15550100")
//!     .allow_ws()
//!     .script(Script::new().wait_for_agent().say(&question).wait_for_agent())
//!     .place()
//!     .await;
//! assert!(report.faults().is_empty());
//! assert_eq!(report.reply_latencies().len(), 1);
//! # Ok(())
//! # }
//! ```

mod account;
mod actor;
mod call;
mod caller;
pub mod message;
mod playback;
mod report;
pub mod rest;
mod script;
mod signature;
mod stream;
pub mod twiml;
mod webhook;

pub use account::{Account, Number, Status};
pub use caller::{Caller, DialOutcome, Start};
pub use playback::{Playback, Played, UTTERANCE_GAP_MS};
pub use report::{
    CallReport, EndReason, Event, Lateness, StreamEnd, StreamReport, Timed, Trouble, Underrun, Utterance,
};
pub use script::{Misbehaviour, Script, Step};
pub use signature::signature;

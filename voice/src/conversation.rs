//! The loop of one conversation.

mod config;

use futures_util::{Sink, Stream};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

pub use config::{Config, Deadlines, Persona, Playback};

pub use crate::turn::Limits;
use crate::{
    audio::clips::Clips,
    event::{EndReason, Event},
    line::{Input, LineClosed, Output},
    provider::Providers,
    vad::Vad,
};

/// What all conversations of a process share.
#[derive(Clone)]
pub struct Engine {
    pub vad: Vad,
    pub clips: Clips,
}

/// Runs one conversation to its end and says why it ended.
///
/// `input` ends (or yields [`Input::HungUp`]) when the caller is gone. `output` must bound each write by a
/// deadline of its own and fail after it. `events` should hold 256: an event that finds it full is logged and
/// lost, the audio never waits. When `shutdown` fires the conversation stops at once with
/// [`EndReason::Draining`]; whoever wants calls to drain fires it late.
pub async fn converse<I, O>(
    input: I,
    output: O,
    engine: Engine,
    providers: Providers,
    config: Config,
    events: mpsc::Sender<Event>,
    shutdown: CancellationToken,
) -> EndReason
where
    I: Stream<Item = Input> + Unpin + Send,
    O: Sink<Output, Error = LineClosed> + Unpin + Send,
{
    let _ = (input, output, engine, providers, config, events, shutdown);
    EndReason::Failed
}

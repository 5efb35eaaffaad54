//! The loop of one conversation.
//!
//! [`converse`] owns everything of a call: it reads the line, asks the turn machine ([`crate::turn`]) what to
//! do, has replies made by one task each and plays them. All decisions that need no I/O lie elsewhere; this is
//! where they meet the world.

mod clock;
mod config;
mod ear;
mod playback;
mod reply;
mod sentences;
mod session;
mod tools;

use std::time::Duration;

use futures_util::{Sink, Stream, StreamExt};
use tokio::{sync::mpsc, time::Instant};
use tokio_util::sync::CancellationToken;

pub use crate::turn::Limits;
use crate::{
    audio::clips::Clips,
    event::{EndReason, Event},
    line::{Input, LineClosed, Output},
    provider::Providers,
    vad::Vad,
};
pub(crate) use clock::Clock;
pub use config::{Config, Deadlines, Persona, Playback};
use session::Session;
pub use tools::OURS as OWN_TOOLS;

/// How long the line may be quiet before the loop looks at the clock by itself; while audio comes in, every
/// frame is a tick.
const TICK: Duration = Duration::from_millis(100);

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
    mut input: I,
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
    let mut session = Session::new(output, engine, providers, config, events);
    let mut tick = tokio::time::interval(TICK);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut step = session.start().await;
    let reason = loop {
        if let Err(reason) = step {
            break reason;
        }
        // In this order: a caller who hangs up or speaks comes before what the agent has to say.
        step = tokio::select! {
            biased;
            () = shutdown.cancelled() => Err(EndReason::Draining),
            heard = input.next() => match heard {
                Some(heard) => {
                    tick.reset();
                    session.heard(heard, Instant::now()).await
                }
                None => Err(EndReason::CallerHungUp),
            },
            (which, at, piece) = session.next_piece() => session.made(which, at, piece).await,
            _ = tick.tick() => session.tick(Instant::now()).await,
        };
    };
    session.end(reason.clone());
    reason
}

//! A call's conversation, and what its end means for the call.

use domain::{
    calls::{self, Grant, NextStep},
    conversations,
    entity::{conversation::Channel, recording::Source},
};
use futures_util::{Sink, Stream};
use poem::web::websocket::{CloseCode, Message};
use voice::{
    conversation::converse,
    event::EndReason,
    media_stream::Start,
    recording::{heard, said},
};

use super::{
    line::{CallInput, CallOutput, StreamEnd},
    warm::TELEPHONE,
};
use crate::{
    AppState,
    live::{Configured, Leave, Place, Recorder, Recording, Who, Writer, configure, persist},
    problem::chain,
};

/// Runs the conversation until the stream is to be closed: with which code, for what reason, and the two halves
/// of the socket.
///
/// What comes next is in the database before this returns: Twilio asks as soon as the socket closes.
pub async fn run<R, W>(
    state: &AppState,
    start: Start,
    grant: Grant,
    socket: R,
    writer: Writer<W>,
) -> (CloseCode, &'static str, R, Writer<W>)
where
    R: Stream<Item = std::io::Result<Message>> + Unpin + Send,
    W: Sink<Message, Error = std::io::Error> + Unpin + Send,
{
    let who = Who {
        tenant: grant.tenant,
        conversation: grant.conversation.id,
        session_id: grant.conversation.session_id.clone(),
        channel: Channel::Phone,
        line: grant.line,
        call_sid: Some(grant.call.call_sid.clone()),
        opener: None,
    };
    let place = match state.live.enter(who, state.settings.calls.max_calls, &state.shutdown) {
        Ok(place) => place,
        Err(full) => {
            // The webhook was answered by another process, or long ago. `continue` finds a place for it.
            tracing::warn!(reason = %full, "a media stream is turned away");
            return (CloseCode::Again, "full", socket, writer);
        }
    };
    place.alone().await;
    let Configured { config, recording } = match configure(state, grant.tenant, &grant.conversation, &TELEPHONE).await {
        Ok(configured) => configured,
        Err(error) => {
            tracing::error!(error = %chain(&error), "a call cannot be served");
            return (CloseCode::Error, "internal error", socket, writer);
        }
    };
    tracing::info!(stream.sid = start.stream_sid, call.streams = grant.call.streams, "a call is connected");
    let mut input = CallInput::new(socket);
    let mut output = CallOutput::new(writer, &start.stream_sid);
    let (engine, providers) = (state.engine.clone(), state.serving.of(grant.tenant).await);
    let recorder = Recorder::start(state, grant.tenant, grant.conversation.id, state.serving.served(&providers));
    let formats = [config.input, config.output];
    // What Twilio records is not recorded twice.
    let recording = recording.filter(|_| grant.phone_number.recorded_by == Source::Switchboard);
    let recording = Recording::start(state, grant.tenant, &grant.conversation, recording, formats).await;
    let tap = recording.as_ref().map(Recording::tap);
    let line = (heard(&mut input, tap.clone()), said(&mut output, tap));
    let end = converse(line.0, line.1, engine, providers, config, recorder.events(), place.stop()).await;
    recorder.finish().await;
    if let Some(recording) = recording {
        recording.finish().await;
    }

    let outcome = outcome(end, input.end(), &place);
    tracing::info!(call.end = ?outcome.kind(), "a call's stream ends");
    settle(state, &grant, &outcome).await;
    let (code, reason) = outcome.close();
    (code, reason, input.into_socket(), output.into_writer())
}

/// What the end of a stream means for its call.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Outcome {
    /// The caller is gone: there is nothing more to answer.
    Over(EndReason),
    /// The agent is done: `continue` hangs up.
    HangUp(EndReason),
    /// `continue` dials.
    Transfer(String),
    /// The call goes on, in another stream.
    Lost(&'static str),
    /// The call goes on, in another process.
    Elsewhere,
    /// The call goes on, and its new stream is here already.
    TakenOver,
}

fn outcome(end: EndReason, stream: Option<StreamEnd>, place: &Place) -> Outcome {
    match (end, stream) {
        (EndReason::CallerHungUp, Some(StreamEnd::Stopped) | None) => Outcome::Over(EndReason::CallerHungUp),
        // The engine saw its input end, but no `stop` came: the caller may well be there.
        (EndReason::CallerHungUp, Some(StreamEnd::Lost(why))) => Outcome::Lost(why),
        (EndReason::LineBroken, _) => Outcome::Lost("takes no more"),
        (EndReason::Draining, _) => match place.leave() {
            Some(Leave::Disconnected) => Outcome::HangUp(EndReason::AgentHungUp),
            Some(Leave::TakenOver) => Outcome::TakenOver,
            None => Outcome::Elsewhere,
        },
        (EndReason::Transferred(to), _) => Outcome::Transfer(to),
        (reason, _) => Outcome::HangUp(reason),
    }
}

impl Outcome {
    fn close(&self) -> (CloseCode, &'static str) {
        match self {
            Self::Over(_) | Self::HangUp(_) | Self::Transfer(_) | Self::TakenOver => (CloseCode::Normal, ""),
            Self::Lost(why) => (CloseCode::Policy, why),
            Self::Elsewhere => (CloseCode::Restart, "restarting"),
        }
    }

    /// For the log: without the number that is dialled.
    fn kind(&self) -> &'static str {
        match self {
            Self::Over(_) => "caller_hung_up",
            Self::HangUp(_) => "hang_up",
            Self::Transfer(_) => "transfer",
            Self::Lost(_) => "lost",
            Self::Elsewhere => "elsewhere",
            Self::TakenOver => "taken_over",
        }
    }
}

/// Writes down what comes next.
async fn settle(state: &AppState, grant: &Grant, outcome: &Outcome) {
    let (step, reason) = match outcome {
        Outcome::Over(reason) => (None, reason.clone()),
        Outcome::HangUp(reason) => (Some(NextStep::Hangup), reason.clone()),
        Outcome::Transfer(to) => (Some(NextStep::Transfer(to.clone())), EndReason::Transferred(to.clone())),
        Outcome::Lost(_) | Outcome::Elsewhere | Outcome::TakenOver => return,
    };
    let (db, tenant) = (&state.database, grant.tenant);
    let settled = async {
        if let Some(step) = step {
            persist(|| calls::set_next_step(db, tenant, grant.call.id, step.clone())).await?;
        }
        persist(|| conversations::end(db, tenant, grant.conversation.id, &reason)).await
    };
    if let Err(error) = settled.await {
        tracing::error!(error = %chain(&error), "what comes after a stream could not be written: the call is taken up again");
    }
}

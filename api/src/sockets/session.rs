//! A socket's conversation.

use domain::{
    conversations,
    entity::{conversation, id::TenantId},
};
use futures_util::{Sink, Stream};
use poem::web::websocket::{CloseCode, Message};
use tokio::sync::mpsc;
use voice::{
    conversation::converse,
    event::{EndReason, Event},
    recording::{heard, said},
};

use super::{
    input::SocketInput,
    messages::Outgoing,
    output::{self, Playback, QUEUE, Reply, SocketOutput},
};
use crate::{
    AppState,
    live::{Configured, Leave, Place, Recorder, Recording, Writer, persist},
    problem::chain,
};

/// Events between the conversation and what is told of them, as between it and its rows.
const EVENTS: usize = 256;
/// Replies whose audio waits to be told: the next one is begun by the client, who has heard the last by then.
const REPLIES: usize = 4;

/// What a socket needs to become a conversation.
pub struct Opened {
    pub tenant: TenantId,
    pub conversation: conversation::Model,
    pub place: Place,
    pub configured: Configured,
    pub is_stream: bool,
}

/// Runs the conversation; gives the two halves of the socket back, and why it is to be closed.
pub async fn run<R, W>(state: &AppState, opened: Opened, socket: R, writer: Writer<W>) -> (CloseCode, R, Writer<W>)
where
    R: Stream<Item = std::io::Result<Message>> + Unpin + Send,
    W: Sink<Message, Error = std::io::Error> + Unpin + Send,
{
    let Opened { tenant, conversation, place, configured, is_stream } = opened;
    let Configured { config, recording } = configured;
    let (out, queue) = mpsc::channel(QUEUE);
    let (events, happened) = mpsc::channel(EVENTS);
    let (replies, whole) = mpsc::channel(REPLIES);
    let playback = if is_stream { Playback::Stream } else { Playback::Whole { pcm: Vec::new(), replies } };
    let hello = hello(&conversation, &config, is_stream);
    out.try_send(hello).expect("an empty queue has room");

    let providers = state.serving.of(tenant).await;
    let recorder = Recorder::start(state, tenant, conversation.id, state.serving.served(&providers));
    let mut input = SocketInput::new(socket, out.clone());
    let output = SocketOutput::new(out.clone(), playback);
    let formats = [config.input, config.output];
    let recording = Recording::start(state, tenant, &conversation, recording, formats).await;
    let tap = recording.as_ref().map(Recording::tap);
    let talk = async {
        let (heard, output) = (heard(&mut input, tap.clone()), said(output, tap));
        let end = converse(heard, output, state.engine.clone(), providers, config, events, place.stop()).await;
        // With its way to the queue: the writer ends when nobody can queue any more.
        (end, input.into_socket())
    };
    let tell = tell(happened, recorder.events(), out, whole, is_stream);
    // One task for the three: they share a socket, and none works for long.
    let ((end, socket), (), writer) = tokio::join!(talk, tell, output::send(writer, queue));
    recorder.finish().await;
    if let Some(recording) = recording {
        recording.finish().await;
    }
    let code = settle(state, tenant, &conversation, &place, end).await;
    (code, socket, writer)
}

fn hello(conversation: &conversation::Model, config: &voice::conversation::Config, is_stream: bool) -> Message {
    Outgoing::Session {
        session_id: &conversation.session_id,
        conversation_id: conversation.id.to_string(),
        persona: &conversation.persona,
        voice: &config.persona.voice,
        resumed: !config.history.is_empty(),
        audio_in: "pcm16 at 16000 Hz, or a file in audio_chunk",
        audio_out: if is_stream { "pcm16 at 24000 Hz" } else { "wav" },
    }
    .message()
}

/// Tells the client, and the recorder, what happens.
async fn tell(
    mut events: mpsc::Receiver<Event>,
    recorder: mpsc::Sender<Event>,
    out: mpsc::Sender<Message>,
    mut replies: mpsc::Receiver<Reply>,
    is_stream: bool,
) {
    while let Some(event) = events.recv().await {
        for message in told(&event, &mut replies, is_stream) {
            // A client that takes nothing is given up by the writer within seconds.
            if out.send(message).await.is_err() {
                tracing::debug!("nobody to tell any more");
            }
        }
        if recorder.try_send(event).is_err() {
            tracing::error!("an event is lost: the database does not keep up");
        }
    }
}

fn told(event: &Event, replies: &mut mpsc::Receiver<Reply>, is_stream: bool) -> Vec<Message> {
    match event {
        Event::TurnStarted { number, prompt: voice::event::Prompt::Speech(text) } => {
            vec![Outgoing::Transcription { turn: Some(*number), text }.message()]
        }
        Event::NothingHeard => vec![Outgoing::Transcription { turn: None, text: "" }.message()],
        Event::Saying { number, text } if is_stream => vec![Outgoing::Saying { turn: *number, text }.message()],
        Event::TurnEnded(turn) => {
            let reply = Outgoing::ConversationResponse {
                turn: turn.number,
                text: &turn.generated_text,
                heard_text: &turn.heard_text,
                interrupted: turn.interrupted,
            };
            let mut messages = vec![reply.message()];
            while let Ok(Reply { number, wav }) = replies.try_recv() {
                use base64::{Engine as _, engine::general_purpose::STANDARD};
                let audio = Outgoing::AudioResponse { turn: number, audio_base64: STANDARD.encode(wav), format: "wav" };
                messages.push(audio.message());
            }
            messages
        }
        Event::ProviderFailed { stage, .. } => {
            let message = format!("{stage} failed");
            vec![Outgoing::Error { code: "provider_failed", message: &message }.message()]
        }
        Event::Ended { reason, .. } => vec![Outgoing::Ended { reason }.message()],
        Event::TurnStarted { .. } | Event::Saying { .. } | Event::ToolsUsed { .. } => Vec::new(),
    }
}

/// What the end of the socket means for the conversation: a client that is gone may come back.
async fn settle(
    state: &AppState,
    tenant: TenantId,
    conversation: &conversation::Model,
    place: &Place,
    end: EndReason,
) -> CloseCode {
    let (code, reason) = match end {
        EndReason::CallerHungUp | EndReason::LineBroken => return CloseCode::Normal,
        EndReason::Draining => match place.leave() {
            None => return CloseCode::Restart,
            Some(Leave::TakenOver) => return CloseCode::Normal,
            Some(Leave::Disconnected) => (CloseCode::Normal, EndReason::AgentHungUp),
        },
        EndReason::Failed => (CloseCode::Error, EndReason::Failed),
        reason => (CloseCode::Normal, reason),
    };
    if let Err(error) = persist(|| conversations::end(&state.database, tenant, conversation.id, &reason)).await {
        tracing::error!(error = %chain(&error), "the end of a conversation could not be written");
    }
    code
}

//! Voice sockets for browsers and programs: `WS /ws/voice-agent/{session_id}`.
//!
//! # Opening one
//!
//! An API key names the tenant: in `Authorization: Bearer swb_…` or `X-API-Key`, or, for browsers, as the second
//! websocket subprotocol: `new WebSocket(url, ["switchboard", "swb_…"])`. A session that does not exist is started,
//! one that exists goes on with its history; opened twice, the newer socket takes it over. The origin of a page
//! does not matter: without the key it can do nothing, and a browser sends none by itself.
//!
//! Query: of a new session `agent_id` (the oldest agent without it), `persona`, `customer_id` and `variables` (a JSON
//! object of texts, for the variables of the agent's texts); of each socket `audio=stream` (see below) and `marks=false`
//! (the client does not echo marks).
//!
//! # Messages
//!
//! To the server, text frames with JSON:
//!
//! | `type` | fields | |
//! |---|---|---|
//! | `audio_chunk` | `audio_data` (base64), `format` | `wav`, `mp3`, `m4a`, `aac`, `ogg`, `webm`, `flac`: a whole utterance; `pcm16`: a piece of a stream, 16 kHz mono, signed 16-bit little-endian |
//! | `text_input` | `text` | typed instead of spoken |
//! | `interrupt` | | stop talking |
//! | `mark_played` | `name` | the audio before that mark has been played, or dropped after `clear` |
//!
//! and binary frames: the same as `pcm16`.
//!
//! From the server:
//!
//! | `type` | fields | |
//! |---|---|---|
//! | `session` | `session_id`, `conversation_id`, `persona`, `voice`, `resumed`, `audio_in`, `audio_out` | the first message |
//! | `transcription` | `turn`, `text` | what was understood; empty: no words were found |
//! | `saying` | `turn`, `text` | with `audio=stream`: a sentence whose audio follows |
//! | `conversation_response` | `turn`, `text`, `heard_text`, `interrupted` | the whole reply |
//! | `audio_response` | `turn`, `audio_base64`, `format` (`wav`) | without `audio=stream`: the reply's audio in one file |
//! | `mark` | `name` | with `audio=stream`: echo it as `mark_played` when what came before has been played |
//! | `clear` | | with `audio=stream`: drop what is not played yet |
//! | `error` | `code`, `message` | the message before was not acted on, or a provider failed; the socket stays open |
//! | `ended` | `reason` | the last message, before the socket closes |
//!
//! With `audio=stream` the agent greets, binary frames carry its voice (24 kHz mono, signed 16-bit little-endian, up
//! to a second and a half ahead of what is played), and silence ends the conversation as on the telephone. Without
//! it the agent waits to be spoken to.

mod handshake;
mod input;
mod messages;
mod output;
mod session;

use domain::entity::conversation::Channel;
use poem::web::Data;
use poem_openapi::{ApiResponse, Object, OpenApi, param::Path, payload::Json};

use crate::{
    AppState,
    auth::{Can, Converse, Read},
    problem::ApiError,
    routes::Tag,
};

pub(crate) use handshake::voice_agent;

/// Samples a second of the agent's voice.
const OUTPUT_RATE: u32 = 24_000;

/// What is open now.
#[derive(Object)]
struct SocketStatus {
    /// Voice sockets of this tenant in this process.
    active_connections: usize,
    sessions: Vec<OpenSession>,
}

/// One of them.
#[derive(Object)]
struct OpenSession {
    session_id: String,
    /// The row, for `/conversations/{id}`.
    conversation_id: String,
    connected_at: chrono::DateTime<chrono::Utc>,
}

#[derive(ApiResponse)]
enum Disconnected {
    /// The socket is being closed
    #[oai(status = 204)]
    Done,
}

pub(crate) struct Sockets;

#[OpenApi(tag = "Tag::Sockets")]
impl Sockets {
    /// Open voice sockets
    ///
    /// Those of this tenant, in the process that answers. The socket itself, `WS /ws/voice-agent/{session_id}`, is
    /// described in `docs/sockets.md`.
    #[oai(path = "/ws/status", method = "get")]
    async fn status(&self, caller: Can<Read>, Data(state): Data<&AppState>) -> Json<SocketStatus> {
        let sessions: Vec<_> = state
            .live
            .of(caller.tenant())
            .into_iter()
            .filter(|running| running.channel == Channel::Socket)
            .map(|running| OpenSession {
                session_id: running.session_id,
                conversation_id: running.conversation.to_string(),
                connected_at: running.since,
            })
            .collect();
        Json(SocketStatus { active_connections: sessions.len(), sessions })
    }

    /// Close a session's socket
    ///
    /// Ends the conversation. A phone call of that session is hung up.
    #[oai(path = "/ws/disconnect/:session_id", method = "post")]
    async fn disconnect(
        &self,
        caller: Can<Converse>,
        Data(state): Data<&AppState>,
        Path(session_id): Path<String>,
    ) -> Result<Disconnected, ApiError> {
        match state.live.disconnect(caller.tenant(), &session_id) {
            true => Ok(Disconnected::Done),
            false => Err(ApiError::not_found("open session")),
        }
    }
}

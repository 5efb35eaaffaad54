//! From a request to an open socket.

use std::{collections::BTreeMap, time::Duration};

use domain::{
    access::Opener,
    agents,
    conversations::{self, Caller, Line, Wanted},
    entity::{
        conversation::{Channel, Model},
        id::{LineId, TenantId},
        now,
    },
};
use futures_util::StreamExt;
use poem::{
    FromRequest, IntoResponse, Request, Response, handler,
    http::StatusCode,
    web::{
        Data, Path, Query,
        websocket::{CloseCode, WebSocket, WebSocketConfig, WebSocketStream},
    },
};
use serde::Deserialize;
use tracing::Instrument;
use voice::{
    conversation::{Config, Playback},
    line::AudioFormat,
    provider::Speech,
    turn::Limits,
};

use super::{
    OUTPUT_RATE,
    session::{self, Opened},
};
use crate::{
    AppState,
    auth::{self, Converse},
    live::{self, Configured, Place, Who, Writer, configure},
    problem::{ApiError, Problem, chain},
};

/// The subprotocol that we speak; browsers send the key as the one after it.
const PROTOCOL: &str = "switchboard";
/// Longest message: three megabytes of audio in base64, a minute and a half of 16 kHz WAV or an hour of MP3.
const MESSAGE: usize = 4 << 20;
/// A whole reply of eight megabytes in base64, and what is queued behind it.
const UNSENT: usize = 16 << 20;

#[derive(Deserialize)]
struct Wishes {
    persona: Option<String>,
    customer_id: Option<String>,
    agent_id: Option<String>,
    /// A JSON object of texts.
    variables: Option<String>,
    audio: Option<String>,
    #[serde(default = "yes")]
    marks: bool,
}

fn yes() -> bool {
    true
}

/// `WS /ws/voice-agent/{session_id}`
#[handler]
pub(crate) async fn voice_agent(
    request: &Request,
    Data(state): Data<&AppState>,
    Path(session_id): Path<String>,
    Query(wishes): Query<Wishes>,
) -> poem::Result<Response> {
    let (tenant, opener) = tenant(request).await?;
    let socket = WebSocket::from_request_without_body(request).await?;
    if state.draining.is_cancelled() {
        return Ok(unavailable("this process is stopping"));
    }
    let wanted = Wanted {
        session_id: Some(session_id),
        agent: wishes.agent_id.as_deref().map(|id| crate::routes::id(id, "agent")).transpose()?,
        variables: wishes.variables.as_deref().map_or(Ok(BTreeMap::new()), variables)?,
        persona: wishes.persona.clone(),
        caller: wishes.customer_id.clone().map(Caller::ExternalId),
        ..Wanted::on(Channel::Socket)
    };
    let (line, defaults) = (LineId::new(), state.settings.limits.defaults());
    let begun = conversations::open(&state.database, &defaults, tenant, wanted, line).await.map_err(ApiError::from)?;
    let conversation = begun.conversation;
    let who = Who {
        tenant,
        conversation: conversation.id,
        session_id: conversation.session_id.clone(),
        channel: Channel::Socket,
        line,
        call_sid: None,
        opener: Some(opener),
    };
    let held = who.held(now());
    let Ok(place) = state.live.enter(who, state.settings.calls.max_calls, &state.shutdown) else {
        tracing::warn!(tenant.id = %tenant, "a voice socket is turned away: the house is full");
        live::release_slot(state, held).await;
        return Ok(unavailable("no more calls and sockets are taken now"));
    };
    let config = WebSocketConfig::default()
        .read_buffer_size(4 * 1024)
        .write_buffer_size(8 * 1024)
        .max_write_buffer_size(UNSENT)
        .max_message_size(Some(MESSAGE))
        .max_frame_size(Some(MESSAGE));
    let (state, token) = (state.clone(), state.tasks.token());
    let upgraded = socket.config(config).protocols([PROTOCOL]).on_upgrade(move |socket| async move {
        let _token = token;
        let span = tracing::info_span!("socket", conversation.id = %conversation.id, tenant.id = %tenant);
        let talk = async {
            Box::pin(serve(&state, socket, tenant, conversation, place, wishes)).await;
            live::release_slot(&state, held).await;
        };
        talk.instrument(span).await;
    });
    Ok(upgraded.into_response())
}

fn variables(json: &str) -> Result<BTreeMap<String, String>, ApiError> {
    serde_json::from_str(json).map_err(|_| ApiError::invalid("variables", "must be a JSON object of texts"))
}

fn unavailable(why: &str) -> Response {
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", why).into_http()
}

/// Whose key it is: in a header, or after our subprotocol.
async fn tenant(request: &Request) -> poem::Result<(TenantId, Opener)> {
    let offered = request.header("sec-websocket-protocol").unwrap_or_default();
    let key = offered.split(',').map(str::trim).skip_while(|protocol| *protocol != PROTOCOL).nth(1);
    let caller = auth::can::<Converse>(request, key).await?;
    Ok((caller.tenant(), caller.principal().opener()))
}

async fn serve(
    state: &AppState,
    socket: WebSocketStream,
    tenant: TenantId,
    conversation: Model,
    place: Place,
    wishes: Wishes,
) {
    place.alone().await;
    let is_stream = wishes.audio.as_deref() == Some("stream");
    let line = Line {
        input: AudioFormat::Pcm16 { rate: Speech::RATE },
        output: AudioFormat::Pcm16 { rate: OUTPUT_RATE },
        playback: match (is_stream, wishes.marks) {
            (false, _) => Playback::Whole,
            (true, true) => Playback::Marks,
            (true, false) => Playback::Clock,
        },
    };
    let (sink, socket) = socket.split();
    let writer = Writer::new(sink);
    let configured = match configure(state, tenant, &conversation, &line).await {
        Ok(configured) => Configured { config: adapt(configured.config, is_stream), ..configured },
        Err(error) => {
            tracing::error!(error = %chain(&error), "a socket cannot be served");
            return writer.close(CloseCode::Error, "internal error", socket).await;
        }
    };
    let opened = Opened { tenant, conversation, place, configured, is_stream };
    let (code, socket, writer) = session::run(state, opened, socket, writer).await;
    writer.close(code, "", socket).await;
}

/// A client that sends files or text comes when it has something to say: nobody greets it, asks whether it is still
/// there, or tells it that the line had dropped.
fn adapt(mut config: Config, is_stream: bool) -> Config {
    config.transfer_to = None;
    config.persona.resumed = String::new();
    if !is_stream {
        config.greeting = None;
        config.first_turn = config.first_turn.max(1);
        config.limits = Limits {
            idle_prompt_after: agents::LONGEST_CALL,
            silence: Duration::from_secs(30 * 60),
            max_duration: agents::LONGEST_CALL,
        };
    }
    config
}

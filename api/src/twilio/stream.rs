//! A call's media stream: from the handshake to the end of the conversation.

use std::time::Duration;

use domain::{
    calls::{self, Grant},
    phone_numbers,
};
use futures_util::{Stream, StreamExt};
use poem::{
    FromRequest, IntoResponse, Request, Response, handler,
    http::StatusCode,
    web::{
        Data,
        websocket::{CloseCode, Message, WebSocket, WebSocketConfig, WebSocketStream},
    },
};
use secrecy::ExposeSecret;
use tokio::time::timeout;
use tracing::Instrument;
use voice::media_stream::{MAX_MESSAGE_BYTES, Start};

use super::{
    address, call,
    line::{self, NotStarted},
    signature::{self, Sent},
};
use crate::{
    AppState,
    live::{Waiting, Writer},
    problem::{Problem, chain},
};

/// Twilio sends `start` right after the handshake.
const START_WITHIN: Duration = Duration::from_secs(10);
/// Memory of one socket: it is idle or carries frames of 300 bytes, so small buffers cost nothing. Poem's default
/// would be 128 KiB each.
fn config() -> WebSocketConfig {
    WebSocketConfig::default()
        .read_buffer_size(4 * 1024)
        // A gulp of frames becomes a few writes to the kernel instead of one each.
        .write_buffer_size(8 * 1024)
        .max_write_buffer_size(256 * 1024)
        .max_message_size(Some(MAX_MESSAGE_BYTES))
        .max_frame_size(Some(MAX_MESSAGE_BYTES))
}

/// `WS /webhooks/twilio/stream`
///
/// The handshake is signed with the token of a number that is not known before `start` names the call: the
/// signature is kept until then, and checked before any audio. Sockets that never say `start` are bounded in
/// number and in time.
#[handler]
pub(crate) async fn media_stream(request: &Request, Data(state): Data<&AppState>) -> poem::Result<Response> {
    let socket = WebSocket::from_request_without_body(request).await?;
    let Some(signature) = request.header("x-twilio-signature") else {
        tracing::warn!("a media stream without a signature is refused");
        let problem = Problem::new(StatusCode::FORBIDDEN, "bad_signature", "X-Twilio-Signature is missing");
        return Ok(problem.into_http());
    };
    let handshake = Handshake { url: address::asked_for(&state.settings, request), signature: signature.to_owned() };
    if state.draining.is_cancelled() {
        let problem = Problem::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", "this process is stopping");
        return Ok(problem.into_http());
    }
    // Half of all connections may wait: the other half stays for calls that speak.
    let waiting = state.live.wait(state.settings.http.max_connections as usize / 2);
    let (state, token) = (state.clone(), state.tasks.token());
    let upgraded = socket.config(config()).on_upgrade(move |socket| async move {
        let _token = token;
        serve(state, socket, handshake, waiting).await;
    });
    Ok(upgraded.into_response())
}

/// What is left of the handshake when `start` comes.
struct Handshake {
    url: String,
    signature: String,
}

/// Why a stream is not served.
#[derive(Debug, thiserror::Error)]
enum Refused {
    #[error("no `start` within {} s", START_WITHIN.as_secs())]
    Late,
    #[error(transparent)]
    NotStarted(#[from] NotStarted),
    #[error("the token is missing, unknown, used, expired or another call's")]
    Token,
    #[error("the handshake is not signed with the number's auth token")]
    Signature,
    #[error("others came while it said nothing, and there are too many")]
    Crowded,
    #[error("this process is stopping")]
    Stopping,
    #[error(transparent)]
    Failed(#[from] domain::Error),
}

impl Refused {
    fn code(&self) -> CloseCode {
        match self {
            Self::Late | Self::NotStarted(_) | Self::Token | Self::Signature => CloseCode::Policy,
            Self::Crowded => CloseCode::Again,
            Self::Stopping => CloseCode::Restart,
            Self::Failed(_) => CloseCode::Error,
        }
    }

    /// For the peer: it may be anybody.
    fn reason(&self) -> &'static str {
        match self {
            Self::Late | Self::NotStarted(_) => "start was expected",
            Self::Token | Self::Signature => "not authorized",
            Self::Crowded => "full",
            Self::Stopping => "restarting",
            Self::Failed(_) => "internal error",
        }
    }
}

async fn serve(state: AppState, socket: WebSocketStream, handshake: Handshake, waiting: Waiting) {
    let (sink, mut socket) = socket.split();
    let writer = Writer::new(sink);
    let admitted = tokio::select! {
        admitted = admit(&state, &mut socket, &handshake) => admitted,
        () = waiting.sent_away() => Err(Refused::Crowded),
        () = state.shutdown.cancelled() => Err(Refused::Stopping),
    };
    // From here on the socket is a call's, or about to be closed.
    drop(waiting);
    let (code, reason, socket, writer) = match admitted {
        Ok((start, grant)) => {
            let span = tracing::info_span!("call", call.id = %grant.call.id, tenant.id = %grant.tenant);
            Box::pin(call::run(&state, start, grant, socket, writer)).instrument(span).await
        }
        Err(refused) => {
            tracing::warn!(reason = %chain(&refused), "a media stream is refused");
            (refused.code(), refused.reason(), socket, writer)
        }
    };
    writer.close(code, reason, socket).await;
}

/// Waits for `start` and finds out whether it is who it says it is.
async fn admit<R>(state: &AppState, socket: &mut R, handshake: &Handshake) -> Result<(Start, Grant), Refused>
where
    R: Stream<Item = std::io::Result<Message>> + Unpin,
{
    let start = timeout(START_WITHIN, line::start(socket)).await.map_err(|_| Refused::Late)??;
    // Boxed: a socket that waits for `start` carries nothing of what comes after it.
    let grant = Box::pin(verify(state, &start, handshake)).await?;
    Ok((start, grant))
}

/// Uses the stream's token up, and checks the handshake with the number's own.
async fn verify(state: &AppState, start: &Start, handshake: &Handshake) -> Result<Grant, Refused> {
    let token = start.parameters.get("token").ok_or(Refused::Token)?.expose_secret();
    let grant = calls::redeem_stream_token(&state.database, token, &start.call_sid).await?.ok_or(Refused::Token)?;
    let auth_token = phone_numbers::auth_token(&state.database, &state.vault, &grant.phone_number).await?;
    if !signature::is_valid(&auth_token, &handshake.url, Sent::Handshake, &handshake.signature) {
        return Err(Refused::Signature);
    }
    Ok(grant)
}

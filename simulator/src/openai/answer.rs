//! Answers, whole or in pieces, and what a fault makes of them.

use std::{collections::VecDeque, io, time::Duration};

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use poem::{Body, Response, http::StatusCode};
use serde_json::Value;

use super::{error_body, plan::Fault, record::Ticket};

/// An answer as planned.
#[derive(Debug)]
pub(super) struct Answer {
    pub status: StatusCode,
    pub content_type: &'static str,
    pub headers: Vec<(&'static str, String)>,
    pub pieces: VecDeque<Bytes>,
    /// Waited before each piece but the first.
    pub between: Duration,
}

impl Answer {
    pub fn json(status: StatusCode, body: &Value) -> Self {
        Self::whole(status, "application/json", body.to_string())
    }

    pub fn whole(status: StatusCode, content_type: &'static str, body: impl Into<Bytes>) -> Self {
        Self {
            status,
            content_type,
            headers: Vec::new(),
            pieces: VecDeque::from([body.into()]),
            between: Duration::ZERO,
        }
    }

    pub fn streamed(content_type: &'static str, pieces: VecDeque<Bytes>, between: Duration) -> Self {
        Self { status: StatusCode::OK, content_type, headers: Vec::new(), pieces, between }
    }

    /// The response, spoilt by the ticket's fault if it has one.
    pub fn respond(self, ticket: Ticket) -> Response {
        let (answer, end) = match &ticket.fault {
            Some(fault) => self.spoil(fault),
            None => (self, End::Whole),
        };
        ticket.status(answer.status.as_u16());
        let mut response = Response::builder()
            .status(answer.status)
            .content_type(answer.content_type)
            .header("x-request-id", format!("req_{:016x}", ticket.n()));
        for (name, value) in &answer.headers {
            response = response.header(*name, value);
        }
        // One piece with a known length is the common case and the cheapest.
        let body = match (end, answer.pieces.len()) {
            (End::Whole, 0 | 1) => whole(answer.pieces, ticket),
            (end, _) => pieces(answer.pieces, answer.between, end, ticket),
        };
        response.body(body)
    }

    fn spoil(mut self, fault: &Fault) -> (Self, End) {
        let error = |status: StatusCode, code: &str| Self::json(status, &error_body("server_error", code, "simulated"));
        match fault {
            Fault::RateLimited { retry_after } => {
                let mut answer = error(StatusCode::TOO_MANY_REQUESTS, "rate_limit_exceeded");
                let seconds = retry_after.as_millis().div_ceil(1_000);
                answer.headers.push(("retry-after", seconds.to_string()));
                answer.headers.push(("retry-after-ms", retry_after.as_millis().to_string()));
                (answer, End::Whole)
            }
            Fault::QuotaExhausted => (error(StatusCode::TOO_MANY_REQUESTS, "insufficient_quota"), End::Whole),
            Fault::Status(status) => {
                let status = StatusCode::from_u16(*status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
                (error(status, "server_error"), End::Whole)
            }
            Fault::Hang => {
                self.pieces.clear();
                (self, End::Hang)
            }
            Fault::HangMidway => (self.half(), End::Hang),
            Fault::CutMidway => {
                // poem 3.1 goes on with a connection whose body failed and ends the chunks as if nothing had happened;
                // short of a promised length, the client cannot take the half for the whole.
                let whole = self.pieces.iter().map(Bytes::len).sum::<usize>();
                self.headers.push(("content-length", whole.to_string()));
                (self.half(), End::Cut)
            }
            Fault::Garbage => {
                let garbage: Vec<u8> = (0..4_097u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
                (Self::whole(StatusCode::OK, self.content_type, garbage), End::Whole)
            }
            Fault::ErrorWith200 => (error(StatusCode::OK, "server_error"), End::Whole),
            Fault::Html => {
                let page = "<!DOCTYPE html><html><body><h1>Welcome to the network</h1></body></html>";
                (Self::whole(StatusCode::OK, "text/html", page), End::Whole)
            }
        }
    }

    /// The first half of the bytes.
    fn half(mut self) -> Self {
        let mut left = self.pieces.iter().map(Bytes::len).sum::<usize>() / 2;
        let take = |piece: Bytes| {
            let piece = piece.slice(..piece.len().min(left));
            left -= piece.len();
            piece
        };
        self.pieces = self.pieces.into_iter().map(take).filter(|piece| !piece.is_empty()).collect();
        self
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Whole,
    Hang,
    Cut,
}

fn whole(mut pieces: VecDeque<Bytes>, mut ticket: Ticket) -> Body {
    if !ticket.gone.is_cancelled() {
        ticket.piece();
        ticket.finished();
    }
    Body::from_bytes(pieces.pop_front().unwrap_or_default())
}

/// A body that ends, and lets go of its ticket, as soon as the client is gone.
fn pieces(pieces: VecDeque<Bytes>, between: Duration, end: End, ticket: Ticket) -> Body {
    let gone = ticket.gone.clone();
    let state = Some((pieces, ticket, true));
    let body = stream::unfold(state, move |state| {
        let gone = gone.clone();
        async move {
            let (pieces, ticket, is_first) = state?;
            gone.run_until_cancelled_owned(piece(pieces, ticket, is_first, between, end)).await?
        }
    });
    Body::from_bytes_stream(body.boxed())
}

type Piece = (io::Result<Bytes>, Option<(VecDeque<Bytes>, Ticket, bool)>);

async fn piece(
    mut pieces: VecDeque<Bytes>,
    mut ticket: Ticket,
    is_first: bool,
    between: Duration,
    end: End,
) -> Option<Piece> {
    if !is_first && !between.is_zero() && !pieces.is_empty() {
        tokio::time::sleep(between).await;
    }
    if let Some(piece) = pieces.pop_front() {
        ticket.piece();
        if pieces.is_empty() && end == End::Whole {
            ticket.finished();
        }
        return Some((Ok(piece), Some((pieces, ticket, false))));
    }
    match end {
        End::Whole => None,
        End::Hang => std::future::pending().await,
        End::Cut => {
            // Otherwise the connection would be gone before the half that was to arrive.
            tokio::time::sleep(Duration::from_millis(20)).await;
            Some((Err(io::Error::new(io::ErrorKind::ConnectionReset, "cut as planned")), None))
        }
    }
}

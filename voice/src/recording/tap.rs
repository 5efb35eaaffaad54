//! A line that is listened to: its input and output pass untouched, and what they carry is told.

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll},
};

use bytes::Bytes;
use futures_util::{Sink, SinkExt, Stream, StreamExt};
use tokio::{sync::mpsc, time::Instant};

use crate::line::{Input, Output};

/// Pieces on their way to the tape: four seconds of a call, should the disk stall.
const PIECES: usize = 256;

/// One thing that passed, and when.
#[derive(Clone, Debug)]
pub struct Piece {
    pub at: Instant,
    pub passed: Passed,
}

/// What passed.
#[derive(Clone, Debug)]
pub enum Passed {
    /// Caller audio in the line's input format; see [`Input::Audio`].
    Heard { at_ms: Option<u64>, bytes: Bytes },
    /// A whole utterance of the caller: 16 kHz mono.
    Utterance(Vec<i16>),
    /// Agent audio in the line's output format, to be played after what was sent before.
    Said(Bytes),
    /// What is sent and not yet played is dropped.
    Cleared,
}

/// Where a line tells what passes; cheap to clone.
#[derive(Clone, Debug)]
pub struct Tap {
    pieces: mpsc::Sender<Piece>,
    lost: Arc<AtomicU64>,
}

/// A tap and what comes out of it.
pub fn tap() -> (Tap, mpsc::Receiver<Piece>) {
    let (pieces, received) = mpsc::channel(PIECES);
    (Tap { pieces, lost: Arc::default() }, received)
}

impl Tap {
    /// Pieces that found it full.
    pub fn lost(&self) -> u64 {
        self.lost.load(Ordering::Relaxed)
    }

    fn tell(&self, passed: Passed) {
        if self.pieces.try_send(Piece { at: Instant::now(), passed }).is_err() {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// The input of a line, listened to; `None`: it is not.
pub fn heard<I>(input: I, tap: Option<Tap>) -> Heard<I> {
    Heard { input, tap }
}

/// The output of a line, listened to; `None`: it is not.
pub fn said<O>(output: O, tap: Option<Tap>) -> Said<O> {
    Said { output, tap }
}

/// See [`heard`].
pub struct Heard<I> {
    input: I,
    tap: Option<Tap>,
}

impl<I: Stream<Item = Input> + Unpin> Stream for Heard<I> {
    type Item = Input;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Input>> {
        let polled = self.input.poll_next_unpin(context);
        if let (Poll::Ready(Some(input)), Some(tap)) = (&polled, &self.tap) {
            match input {
                Input::Audio { at_ms, bytes } => tap.tell(Passed::Heard { at_ms: *at_ms, bytes: bytes.clone() }),
                Input::Utterance(pcm) => tap.tell(Passed::Utterance(pcm.clone())),
                _ => {}
            }
        }
        polled
    }
}

/// See [`said`].
pub struct Said<O> {
    output: O,
    tap: Option<Tap>,
}

impl<O: Sink<Output> + Unpin> Sink<Output> for Said<O> {
    type Error = O::Error;

    fn poll_ready(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<(), O::Error>> {
        self.output.poll_ready_unpin(context)
    }

    fn start_send(mut self: Pin<&mut Self>, output: Output) -> Result<(), O::Error> {
        if let Some(tap) = &self.tap {
            match &output {
                Output::Audio(bytes) => tap.tell(Passed::Said(bytes.clone())),
                Output::Clear => tap.tell(Passed::Cleared),
                Output::Mark(_) | Output::EndOfReply { .. } => {}
            }
        }
        self.output.start_send_unpin(output)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<(), O::Error>> {
        self.output.poll_flush_unpin(context)
    }

    fn poll_close(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<(), O::Error>> {
        self.output.poll_close_unpin(context)
    }
}

//! What a line (a phone call, a browser socket, a test) gives to a conversation and takes from it.

use bytes::Bytes;

/// How audio bytes on one direction of a line are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AudioFormat {
    /// G.711 µ-law, 8 kHz, mono, one byte a sample: telephone lines.
    Mulaw8k,
    /// Signed 16-bit little-endian PCM, mono, at `rate` Hz (8,000 to 48,000): browsers and programs.
    Pcm16 { rate: u32 },
}

impl AudioFormat {
    /// Samples a second.
    pub const fn rate(self) -> u32 {
        match self {
            Self::Mulaw8k => 8_000,
            Self::Pcm16 { rate } => rate,
        }
    }

    /// Bytes a sample.
    pub const fn width(self) -> usize {
        match self {
            Self::Mulaw8k => 1,
            Self::Pcm16 { .. } => 2,
        }
    }

    /// Bytes in `ms` milliseconds.
    pub const fn bytes_in(self, ms: u64) -> usize {
        (self.rate() as u64 * ms / 1_000) as usize * self.width()
    }

    /// Whole milliseconds in `bytes` bytes.
    pub const fn ms_of(self, bytes: usize) -> u64 {
        (bytes / self.width()) as u64 * 1_000 / self.rate() as u64
    }
}

/// One thing that came in over the line.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// Caller audio in the line's input format. `at_ms`: the line's own clock at the chunk's first sample,
    /// milliseconds since the stream began; `None` where the line has no clock (it is then counted from the bytes).
    Audio { at_ms: Option<u64>, bytes: Bytes },
    /// A whole utterance at once, 16 kHz mono: an uploaded file. It is a turn by itself; no VAD looks at it.
    Utterance(Vec<i16>),
    /// Words typed instead of spoken. A turn by itself.
    Text(String),
    /// A key pressed: `0`–`9`, `*`, `#`, `A`–`D`.
    Dtmf(char),
    /// The line has played everything up to the mark of this name (or dropped it after a [`Output::Clear`]).
    MarkPlayed(String),
    /// Stop talking, by command rather than by speech.
    Interrupt,
    /// The caller is gone.
    HungUp,
}

/// One thing to go out over the line, in order.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// Agent audio in the line's output format: whole 20 ms frames, one or several.
    Audio(Bytes),
    /// Ask the line to say when everything before this has been played.
    Mark(String),
    /// Drop what is buffered and not yet played.
    Clear,
    /// All of turn `number`'s audio has gone out. Lines that play in real time ignore it.
    EndOfReply { number: u32 },
}

/// The line took nothing within its write deadline, or is broken.
#[derive(Debug, thiserror::Error)]
#[error("the line takes no more: {0}")]
pub struct LineClosed(pub String);

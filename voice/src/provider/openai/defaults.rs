//! Which models are asked for when nothing is configured: the one place that names them.
//!
//! OpenAI's shutdown calendar, seen on 22 November 2026: the GPT-4o and 4.1 families end on 14 January 2027,
//! `whisper-1` and `gpt-4o-transcribe` on 26 February 2027. `GET /v1/models` carries a `shutdown_date`.

/// OpenAI itself.
pub const BASE_URL: &str = "https://api.openai.com/v1";

/// Speech to text: the successor of `whisper-1` and `gpt-4o-transcribe`, with no shutdown announced.
pub const TRANSCRIPTION_MODEL: &str = "gpt-transcribe";

/// Language model: the successor named for `gpt-4o-mini` and `gpt-4.1-mini`. Over chat completions it takes tools,
/// and a temperature, only with `reasoning_effort: "none"`, which is therefore sent to OpenAI's GPT-5 and later.
pub const CHAT_MODEL: &str = "gpt-6-luna";

/// Text to speech: what `/v1/audio/speech` serves today. **It ends on 6 January 2027, and no other model of OpenAI
/// follows it on that route**: the successor is a Realtime model (`gpt-realtime-2.1-mini`) over a socket, one
/// `response.create` outside the conversation for each sentence. That will be another implementation of
/// [`TextToSpeech`](crate::provider::TextToSpeech) beside [`Speech`](super::Speech), chosen where the providers are
/// chosen; nothing else has to change. Compatible servers go on serving the route under their own model names.
pub const SPEECH_MODEL: &str = "gpt-4o-mini-tts";

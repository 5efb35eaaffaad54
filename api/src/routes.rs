//! The documented operations, one file a subject.

mod meta;
mod personas;

/// Chapters of the document.
#[derive(poem_openapi::Tags)]
enum Tag {
    /// What this is, and whether it works
    General,
    /// Tone, prompt and voice that an agent can take on
    Personas,
}

/// All of them, in the order of the document.
pub type Operations = (meta::Meta, personas::Personas);

/// See [`Operations`].
pub fn operations() -> Operations {
    (meta::Meta, personas::Personas)
}

/// Bytes that a request to this path may carry.
pub fn body_limit(path: &str) -> usize {
    const JSON: usize = 1024 * 1024;
    // Room for the other fields and the boundaries around a file of the largest size.
    const UPLOAD: usize = MAX_UPLOAD + 64 * 1024;
    match path.trim_end_matches('/') {
        "/voice/speech-to-text" | "/voice-agent/process" | "/tools/understanding/speech-to-text" => UPLOAD,
        _ => JSON,
    }
}

/// Bytes of an uploaded audio file: 25 MB, as OpenAI's own limit was.
pub const MAX_UPLOAD: usize = 25 * 1024 * 1024;

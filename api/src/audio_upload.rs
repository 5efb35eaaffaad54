//! Uploaded audio: from a temporary file to samples, or to the store.

use std::{io::Seek, time::Duration};

use poem_openapi::types::multipart::Upload;
use voice::{
    audio::{AudioFile, Channels, DecodeError, decode_file},
    provider::Speech,
};

use crate::{
    problem::{ApiError, Problem},
    routes::{MAX_LONG_UPLOAD, MAX_UPLOAD},
};

/// Longest recording: with it the samples in memory stay below 20 MB, and a request's deadline can be kept.
pub const LONGEST: Duration = Duration::from_secs(10 * 60);

/// The recording as 16 kHz mono. What the file holds decides its format, not what it is called.
pub async fn decode(upload: Upload) -> Result<Vec<i16>, ApiError> {
    within(&upload, MAX_UPLOAD)?;
    let file = upload.into_file().into_std().await;
    let decoded = tokio::task::spawn_blocking(move || decode_file(file, LONGEST)).await;
    decoded.map_err(ApiError::internal)?.map_err(refused)
}

/// A file whose beginning can be read.
pub struct Looked {
    pub file: tokio::fs::File,
    /// How long it says it is; `None`: it does not.
    pub claimed: Option<Duration>,
    pub bytes: u64,
    pub name: Option<String>,
    pub content_type: Option<String>,
}

/// Sees whether the file is audio that can be read, by its first second, and no longer than `longest`, if it says.
pub async fn look(upload: Upload, longest: Duration) -> Result<Looked, ApiError> {
    within(&upload, MAX_LONG_UPLOAD)?;
    let bytes = upload.size() as u64;
    let (name, content_type) = (upload.file_name().map(str::to_owned), upload.content_type().map(str::to_owned));
    let mut file = upload.into_file().into_std().await;
    let looked = tokio::task::spawn_blocking(move || {
        // Both handles are at one place of the file.
        let audio = AudioFile::open(file.try_clone().map_err(DecodeError::Io)?, Channels::Mixed)?;
        let claimed = audio.claimed();
        if claimed.is_some_and(|claimed| claimed > longest) {
            return Err(DecodeError::TooLong(longest));
        }
        let mut samples = 0;
        audio.read(longest, &mut |pcm| {
            samples += pcm[0].len();
            samples < Speech::RATE as usize
        })?;
        file.rewind().map_err(DecodeError::Io)?;
        Ok((file, claimed))
    });
    let (file, claimed) = looked.await.map_err(ApiError::internal)?.map_err(refused)?;
    Ok(Looked { file: tokio::fs::File::from_std(file), claimed, bytes, name, content_type })
}

fn within(upload: &Upload, limit: usize) -> Result<(), ApiError> {
    if upload.size() > limit {
        return Err(ApiError::too_large(format!("the file is larger than {} MB", limit >> 20)));
    }
    Ok(())
}

fn refused(error: DecodeError) -> ApiError {
    match error {
        DecodeError::Unsupported(_) => ApiError::unsupported(error.to_string()),
        DecodeError::TooLong(_) => ApiError::too_large(error.to_string()),
        DecodeError::Garbled(_) | DecodeError::Empty => ApiError::invalid("audio_file", &error.to_string()),
        DecodeError::Io(_) => ApiError::internal(error),
    }
}

impl ApiError {
    fn too_large(detail: String) -> Self {
        use poem::http::StatusCode;
        Self::TooLarge(poem_openapi::payload::Json(Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "payload_too_large",
            detail,
        )))
    }
}

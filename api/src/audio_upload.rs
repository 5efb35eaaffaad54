//! Uploaded audio: from a temporary file to samples.

use std::time::Duration;

use poem_openapi::types::multipart::Upload;
use voice::audio::{DecodeError, decode_file};

use crate::{
    problem::{ApiError, Problem},
    routes::MAX_UPLOAD,
};

/// Longest recording: with it the samples in memory stay below 20 MB, and a request's deadline can be kept.
pub const LONGEST: Duration = Duration::from_secs(10 * 60);

/// The recording as 16 kHz mono. What the file holds decides its format, not what it is called.
pub async fn decode(upload: Upload) -> Result<Vec<i16>, ApiError> {
    if upload.size() > MAX_UPLOAD {
        return Err(ApiError::too_large(format!("the file is larger than {} MB", MAX_UPLOAD >> 20)));
    }
    let file = upload.into_file().into_std().await;
    let decoded = tokio::task::spawn_blocking(move || decode_file(file, LONGEST)).await;
    decoded.map_err(ApiError::internal)?.map_err(|error| match error {
        DecodeError::Unsupported(_) => ApiError::unsupported(error.to_string()),
        DecodeError::TooLong(_) => ApiError::too_large(error.to_string()),
        DecodeError::Garbled(_) | DecodeError::Empty => ApiError::invalid("audio_file", &error.to_string()),
        DecodeError::Io(_) => ApiError::internal(error),
    })
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

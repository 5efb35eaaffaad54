//! `POST /v1/audio/transcriptions`.

use std::{collections::BTreeMap, io::Cursor};

use poem::{http::StatusCode, web::Multipart};
use serde_json::{Value, json};

use super::{
    answer::Answer,
    plan::{Delays, Heard},
};

/// OpenAI's limit on uploads.
const FILE_MAX: usize = 25 * 1024 * 1024;

/// The form as read.
pub(super) struct Upload {
    pub heard: Heard,
    fields: BTreeMap<String, String>,
}

impl Upload {
    pub fn fields(&self) -> Value {
        json!(self.fields)
    }

    fn field(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(String::as_str)
    }
}

pub(super) async fn read(mut form: Multipart, n: u64) -> Result<Upload, String> {
    let mut fields = BTreeMap::new();
    let mut file = None;
    while let Some(field) = form.next_field().await.map_err(|error| error.to_string())? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            fields.insert("file_name".to_owned(), field.file_name().unwrap_or_default().to_owned());
            file = Some(field.bytes().await.map_err(|error| error.to_string())?);
        } else {
            fields.insert(name, field.text().await.map_err(|error| error.to_string())?);
        }
    }
    let file = file.ok_or("file is required")?;
    if file.is_empty() || file.len() > FILE_MAX {
        return Err("file must have 1 byte to 25 MB".to_owned());
    }
    if !fields.contains_key("model") {
        return Err("model is required".to_owned());
    }
    let (ms, rate) = hound::WavReader::new(Cursor::new(&file)).map_or((0, 0), |reader| {
        let rate = reader.spec().sample_rate;
        (u64::from(reader.duration()) * 1_000 / u64::from(rate.max(1)), rate)
    });
    Ok(Upload { heard: Heard { n, ms, rate, bytes: file.len() }, fields })
}

pub(super) fn answer(upload: &Upload, text: &str, delays: Delays) -> Answer {
    let usage = json!({ "type": "duration", "seconds": upload.heard.ms.div_ceil(1_000) });
    if upload.field("stream") == Some("true") {
        let delta = json!({ "type": "transcript.text.delta", "delta": text });
        let done = json!({ "type": "transcript.text.done", "text": text, "usage": usage });
        let pieces = [delta, done].map(|event| format!("data: {event}\n\n").into());
        return Answer::streamed("text/event-stream", pieces.into(), delays.between);
    }
    match upload.field("response_format") {
        Some("text") => Answer::whole(StatusCode::OK, "text/plain", format!("{text}\n")),
        _ => Answer::json(StatusCode::OK, &json!({ "text": text, "usage": usage })),
    }
}

//! A transcription as it was asked for.

use domain::{
    entity::transcription::{Model, Source, State},
    transcripts::render::{self, Head, Part, Side},
};
use poem_openapi::{
    ApiResponse, ResponseContent,
    payload::{Html, Json, PlainText},
};

use super::Transcription;
use crate::routes::transcripts::{POLICY, format::Format};

#[derive(ResponseContent)]
#[expect(clippy::large_enum_variant, reason = "one a request, and sent at once")]
pub enum Rendered {
    Json(Json<Transcription>),
    Text(PlainText<String>),
    #[oai(content_type = "application/x-subrip; charset=utf-8")]
    Srt(PlainText<String>),
    #[oai(content_type = "text/vtt; charset=utf-8")]
    Vtt(PlainText<String>),
    /// One page, to be printed.
    Html(Html<String>),
}

#[derive(ApiResponse)]
pub enum Answer {
    #[oai(status = 200)]
    Found(
        Rendered,
        #[oai(header = "Content-Disposition")] String,
        /// It differs by `Accept`.
        #[oai(header = "Vary")]
        String,
        /// Of the page.
        #[oai(header = "Content-Security-Policy")]
        String,
    ),
}

impl Answer {
    pub fn new(row: Model, format: Format) -> Self {
        let (disposition, ending) = format.file();
        let disposition = format!("{disposition}; filename=\"transcription-{}.{ending}\"", row.id);
        let rendered = match format {
            Format::Json => Rendered::Json(Json(Transcription::whole(row))),
            Format::Txt => Rendered::Text(PlainText(render::text(&head(&row), &parts(&row)))),
            Format::Srt => Rendered::Srt(PlainText(render::srt(&parts(&row)))),
            Format::Vtt => Rendered::Vtt(PlainText(render::vtt(&parts(&row)))),
            Format::Html => Rendered::Html(Html(render::html(&head(&row), &parts(&row)))),
        };
        Self::Found(rendered, disposition, "Accept".to_owned(), POLICY.to_owned())
    }
}

/// As JSON has it, nothing of one that is not ready.
fn parts(row: &Model) -> Vec<Part> {
    let is_ready = row.state == State::Ready;
    let segments = row.segments.0.iter().filter(|_| is_ready);
    segments
        .map(|segment| {
            let speaker = match (row.source, segment.channel) {
                (Source::Recording, 0) => "Caller".to_owned(),
                (Source::Recording, _) => "Agent".to_owned(),
                (Source::Upload, channel) if row.channels > Some(1) => format!("Channel {channel}"),
                (Source::Upload, _) => String::new(),
            };
            let side = if segment.channel == 0 { Side::Left } else { Side::Right };
            let (start_ms, end_ms, text) =
                (segment.start_ms, segment.end_ms.max(segment.start_ms), segment.text.clone());
            Part { speaker, side, start_ms, end_ms, text, ..Part::default() }
        })
        .collect()
}

fn head(row: &Model) -> Head {
    let mut facts = vec![("Made", render::moment(row.created_at, None))];
    facts.extend(row.duration_ms.and_then(|ms| u64::try_from(ms).ok()).map(|ms| ("Duration", render::clock(ms))));
    facts.extend(row.name.clone().map(|name| ("File", name)));
    facts.extend(row.conversation_id.map(|id| ("Conversation", id.to_string())));
    if row.state != State::Ready {
        facts.push(("State", "not ready".to_owned()));
    }
    Head { title: "Transcription".to_owned(), language: row.language.clone(), facts }
}

//! What was said and heard in a conversation, in one piece; and searching for it.

pub mod format;

use chrono::{DateTime, Utc};
use domain::{
    calls,
    entity::{
        conversation::Channel,
        id::{ConversationId, TenantId},
    },
    page::Paging,
    transcripts::{
        self, Filter, Found, Kind, Line, Query as Words, Shown, Source, Speaker, State,
        render::{self, Head},
    },
};
use poem::web::Data;
use poem_openapi::{
    ApiResponse, Enum, Object, OpenApi, ResponseContent,
    param::{Header, Path, Query},
    payload::{Html, Json, PlainText},
    types::Example,
};

use self::format::Format;
use super::{Tag, conversations::channel_name, page};
use crate::{
    AppState,
    auth::{Can, Read},
    problem::ApiError,
};

pub struct Transcripts;

/// How far a transcript is.
#[derive(Clone, Copy, Enum)]
#[oai(rename_all = "snake_case")]
enum TranscriptState {
    /// The conversation goes on, or ended a moment ago: what its turns say so far.
    Live,
    /// It has ended; the words of its recording are still to come.
    Draft,
    Final,
}

/// Where the caller's words come from.
#[derive(Clone, Copy, Enum)]
#[oai(rename_all = "snake_case")]
enum TranscriptSource {
    /// As they were understood while the line was open.
    Turns,
    /// From the recording, transcribed afterwards, where it has them.
    Recording,
}

#[derive(Clone, Copy, Enum)]
#[oai(rename_all = "snake_case")]
enum LineSpeaker {
    Caller,
    Agent,
    /// A function that the agent called.
    Tool,
}

#[derive(Clone, Copy, Enum)]
#[oai(rename_all = "snake_case")]
enum LineKind {
    Speech,
    /// Written by the caller.
    Text,
    /// Keys that the caller pressed.
    Keys,
    /// A tool's call.
    Call,
}

/// What one side said without the other's coming between.
#[derive(Object)]
#[oai(example)]
struct TranscriptLine {
    speaker: LineSpeaker,
    kind: LineKind,
    /// Milliseconds from the start of the conversation, here and below.
    start_ms: u64,
    end_ms: u64,
    /// What was said; of the agent: what of it was heard. Of a tool: its name.
    text: String,
    /// What the agent was about to say, where that is more than was heard.
    generated_text: Option<String>,
    /// The caller broke in.
    interrupted: bool,
    /// The number of its turn; null: only the recording has heard it.
    turn: Option<i32>,
    /// How a tool's call went: `done`, `failed`, …
    outcome: Option<String>,
}

impl From<Line> for TranscriptLine {
    fn from(line: Line) -> Self {
        Self {
            speaker: line.speaker.into(),
            kind: match line.kind {
                Kind::Speech => LineKind::Speech,
                Kind::Text => LineKind::Text,
                Kind::Keys => LineKind::Keys,
                Kind::Call => LineKind::Call,
            },
            start_ms: line.start_ms,
            end_ms: line.end_ms,
            text: line.text,
            generated_text: line.generated_text,
            interrupted: line.interrupted,
            turn: line.turn,
            outcome: line.outcome,
        }
    }
}

impl From<Speaker> for LineSpeaker {
    fn from(speaker: Speaker) -> Self {
        match speaker {
            Speaker::Caller => Self::Caller,
            Speaker::Agent => Self::Agent,
            Speaker::Tool => Self::Tool,
        }
    }
}

impl Example for TranscriptLine {
    fn example() -> Self {
        Self {
            speaker: LineSpeaker::Agent,
            kind: LineKind::Speech,
            start_ms: 5_660,
            end_ms: 7_010,
            text: "It is on its way,".into(),
            generated_text: Some("It is on its way, and will be with you tomorrow.".into()),
            interrupted: true,
            turn: Some(1),
            outcome: None,
        }
    }
}

/// What was said and heard in a conversation.
#[derive(Object)]
#[oai(example)]
struct ConversationTranscript {
    conversation_id: String,
    state: TranscriptState,
    source: TranscriptSource,
    /// `phone`, `socket` or `http`
    channel: String,
    /// Null: there is no agent.
    agent_name: Option<String>,
    /// ISO 639-1; null: nobody said which.
    language: Option<String>,
    started_at: DateTime<Utc>,
    /// Null: it goes on.
    ended_at: Option<DateTime<Utc>>,
    /// So far.
    duration_ms: i64,
    /// How often its lines have changed since it was built, from 1; 0: it has not been built yet.
    revision: i32,
    built_at: Option<DateTime<Utc>>,
    /// In the order of their starts.
    lines: Vec<TranscriptLine>,
}

impl From<Shown> for ConversationTranscript {
    fn from(shown: Shown) -> Self {
        Self {
            conversation_id: shown.conversation.id.to_string(),
            state: match shown.state {
                State::Live => TranscriptState::Live,
                State::Draft => TranscriptState::Draft,
                State::Final => TranscriptState::Final,
            },
            source: match shown.source {
                Source::Turns => TranscriptSource::Turns,
                Source::Recording => TranscriptSource::Recording,
            },
            channel: channel_name(shown.conversation.channel).into(),
            agent_name: shown.agent_name,
            language: shown.language,
            started_at: shown.conversation.started_at,
            ended_at: shown.conversation.ended_at,
            duration_ms: shown.duration_ms,
            revision: shown.revision,
            built_at: shown.built_at,
            lines: shown.lines.into_iter().map(TranscriptLine::from).collect(),
        }
    }
}

impl Example for ConversationTranscript {
    fn example() -> Self {
        let at = |text: &str| text.parse().expect("a constant that parses");
        Self {
            conversation_id: "01936f2e-6a60-7d02-8f6e-5c1f0f1d9a44".into(),
            state: TranscriptState::Final,
            source: TranscriptSource::Recording,
            channel: "phone".into(),
            agent_name: Some("Order line".into()),
            language: Some("en".into()),
            started_at: at("2026-11-22T15:04:05.123456Z"),
            ended_at: Some(at("2026-11-22T15:05:10.654321Z")),
            duration_ms: 65_531,
            revision: 2,
            built_at: Some(at("2026-11-22T15:05:31.000001Z")),
            lines: vec![TranscriptLine::example()],
        }
    }
}

/// One transcript, as it was asked for.
#[derive(ResponseContent)]
enum Rendered {
    Json(Json<ConversationTranscript>),
    Text(PlainText<String>),
    #[oai(content_type = "application/x-subrip; charset=utf-8")]
    Srt(PlainText<String>),
    #[oai(content_type = "text/vtt; charset=utf-8")]
    Vtt(PlainText<String>),
    /// One page, to be printed.
    Html(Html<String>),
}

#[derive(ApiResponse)]
enum Answer {
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

/// Nothing from anywhere, no program, in no frame; its own style.
pub const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'; sandbox allow-modals";

#[derive(Clone, Copy, Enum)]
#[oai(rename_all = "snake_case")]
enum ConversationChannel {
    Phone,
    Socket,
    Http,
}

/// Some text, found or around what was found. To be shown as text: it is not escaped.
#[derive(Object)]
struct SnippetPiece {
    text: String,
    is_found: bool,
}

/// Part of a line.
#[derive(Object)]
struct TranscriptSnippet {
    /// Its place among the transcript's lines, from 0.
    line: u64,
    speaker: LineSpeaker,
    start_ms: u64,
    pieces: Vec<SnippetPiece>,
}

/// A transcript in which it was found.
#[derive(Object)]
#[oai(example)]
struct FoundTranscript {
    conversation_id: String,
    /// `phone`, `socket` or `http`
    channel: String,
    agent_id: Option<String>,
    customer_id: Option<String>,
    language: Option<String>,
    started_at: DateTime<Utc>,
    duration_ms: i64,
    /// The first three lines in which it was found; none, where only all of them together have it.
    snippets: Vec<TranscriptSnippet>,
}

impl From<Found> for FoundTranscript {
    fn from(found: Found) -> Self {
        let Found { transcript, conversation, snippets } = found;
        let snippets = snippets.into_iter().filter_map(|snippet| {
            let line = transcript.lines.0.get(snippet.line)?;
            let pieces = snippet.pieces.into_iter();
            Some(TranscriptSnippet {
                line: snippet.line as u64,
                speaker: line.speaker.into(),
                start_ms: line.start_ms,
                pieces: pieces.map(|piece| SnippetPiece { text: piece.text, is_found: piece.is_found }).collect(),
            })
        });
        Self {
            conversation_id: conversation.id.to_string(),
            channel: channel_name(conversation.channel).into(),
            agent_id: conversation.agent_id.map(|id| id.to_string()),
            customer_id: conversation.customer_id.map(|id| id.to_string()),
            language: transcript.language.clone(),
            started_at: conversation.started_at,
            duration_ms: transcript.duration_ms,
            snippets: snippets.collect(),
        }
    }
}

impl Example for FoundTranscript {
    fn example() -> Self {
        let piece = |text: &str, is_found| SnippetPiece { text: text.into(), is_found };
        Self {
            conversation_id: "01936f2e-6a60-7d02-8f6e-5c1f0f1d9a44".into(),
            channel: "phone".into(),
            agent_id: Some("01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b11".into()),
            customer_id: None,
            language: Some("en".into()),
            started_at: "2026-11-22T15:04:05.123456Z".parse().expect("a constant that parses"),
            duration_ms: 65_531,
            snippets: vec![TranscriptSnippet {
                line: 1,
                speaker: LineSpeaker::Caller,
                start_ms: 2_400,
                pieces: vec![piece("Where is my ", false), piece("order", true), piece("?", false)],
            }],
        }
    }
}

/// Transcripts, newest first.
#[derive(Object)]
#[oai(example)]
struct FoundTranscriptList {
    items: Vec<FoundTranscript>,
    /// For the next page; null: this was the last.
    next_cursor: Option<String>,
}

impl Example for FoundTranscriptList {
    fn example() -> Self {
        Self { items: vec![FoundTranscript::example()], next_cursor: None }
    }
}

#[OpenApi(tag = "Tag::Transcripts")]
impl Transcripts {
    /// Transcript of a conversation
    ///
    /// Of one that goes on: so far. As `format` says, or `Accept`; otherwise JSON.
    #[oai(path = "/conversations/:id/transcript", method = "get")]
    async fn of_conversation(
        &self,
        caller: Can<Read>,
        state: Data<&AppState>,
        id: Path<String>,
        format: Query<Option<Format>>,
        #[oai(name = "Accept")] accept: Header<Option<String>>,
    ) -> Result<Answer, ApiError> {
        let id = super::id(&id, "conversation")?;
        answer(&state, caller.tenant(), id, Format::wanted(format.0, accept.0.as_deref())).await
    }

    /// Transcript of a call
    ///
    /// That of its conversation.
    #[oai(path = "/calls/:id/transcript", method = "get")]
    async fn of_call(
        &self,
        caller: Can<Read>,
        state: Data<&AppState>,
        id: Path<String>,
        format: Query<Option<Format>>,
        #[oai(name = "Accept")] accept: Header<Option<String>>,
    ) -> Result<Answer, ApiError> {
        let call = calls::find(&state.database, caller.tenant(), super::id(&id, "call")?).await?;
        let format = Format::wanted(format.0, accept.0.as_deref());
        answer(&state, caller.tenant(), call.conversation_id, format).await
    }

    /// Search transcripts, newest first
    ///
    /// Of conversations that have ended. All words must be there, in any order: letters' case, accents and punctuation
    /// do not count. `"in this order"` finds a phrase, `-word` and `-"a phrase"` leave out, `begin*` finds beginnings. In
    /// scripts without spaces, characters side by side are a phrase.
    #[oai(path = "/transcripts/search", method = "get")]
    #[expect(clippy::too_many_arguments, reason = "each is a parameter of the query")]
    async fn search(
        &self,
        caller: Can<Read>,
        state: Data<&AppState>,
        /// At most 500 characters.
        q: Query<Option<String>>,
        /// Only this agent's.
        agent_id: Query<Option<String>>,
        /// Only this customer's: their `id`.
        customer: Query<Option<String>>,
        channel: Query<Option<ConversationChannel>>,
        /// Begun then or later.
        from: Query<Option<DateTime<Utc>>>,
        /// Begun before.
        to: Query<Option<DateTime<Utc>>>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
        /// Transcripts a page.
        #[oai(default = "page", validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<u64>,
    ) -> Result<Json<FoundTranscriptList>, ApiError> {
        let words = Words::parse(q.as_deref().unwrap_or_default())?;
        let filter = Filter {
            agent: agent_id.0.map(|id| super::id(&id, "agent")).transpose()?,
            customer: customer.0.map(|id| super::id(&id, "customer")).transpose()?,
            channel: channel.0.map(|channel| match channel {
                ConversationChannel::Phone => Channel::Phone,
                ConversationChannel::Socket => Channel::Socket,
                ConversationChannel::Http => Channel::Http,
            }),
            from: from.0,
            to: to.0,
        };
        let paging = Paging::new(cursor.as_deref(), limit.0)?;
        let page = transcripts::search(&state.database, caller.tenant(), &words, &filter, paging).await?;
        let page = page.map(FoundTranscript::from);
        Ok(Json(FoundTranscriptList { items: page.items, next_cursor: page.next_cursor }))
    }
}

async fn answer(state: &AppState, tenant: TenantId, id: ConversationId, format: Format) -> Result<Answer, ApiError> {
    let shown = transcripts::show(&state.database, tenant, id).await?;
    let day = shown.conversation.started_at.format("%Y-%m-%d");
    let (disposition, ending) = format.file();
    let disposition = format!("{disposition}; filename=\"transcript-{day}-{id}.{ending}\"");
    let parts = || render::of_lines(&shown.lines, shown.agent_name.as_deref());
    let rendered = match format {
        Format::Json => Rendered::Json(Json(shown.into())),
        Format::Txt => Rendered::Text(PlainText(render::text(&head(&shown), &parts()))),
        Format::Srt => Rendered::Srt(PlainText(render::srt(&parts()))),
        Format::Vtt => Rendered::Vtt(PlainText(render::vtt(&parts()))),
        Format::Html => Rendered::Html(Html(render::html(&head(&shown), &parts()))),
    };
    Ok(Answer::Found(rendered, disposition, "Accept".to_owned(), POLICY.to_owned()))
}

fn head(shown: &Shown) -> Head {
    let row = &shown.conversation;
    let mut facts = vec![
        ("Of", shown.tenant_name.clone()),
        ("Began", render::moment(row.started_at, shown.time_zone)),
        ("Duration", render::clock(u64::try_from(shown.duration_ms).unwrap_or(0))),
        ("Channel", channel_name(row.channel).to_owned()),
    ];
    facts.extend(shown.agent_name.clone().map(|name| ("Agent", name)));
    facts.push(("Conversation", row.id.to_string()));
    if shown.state != State::Final {
        facts.push(("State", "not final".to_owned()));
    }
    Head { title: "Transcript".to_owned(), language: shown.language.clone(), facts }
}

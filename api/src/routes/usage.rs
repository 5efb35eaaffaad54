use chrono::{Datelike, NaiveDate};
use domain::{
    entity::{conversation::Channel, now},
    usage::{self, Report},
};
use poem::web::Data;
use poem_openapi::{
    Object, OpenApi,
    param::{Path, Query},
    payload::Json,
    types::Example,
};

use super::{Tag, conversations::channel_name};
use crate::{
    AppState,
    auth::{Can, Read},
    problem::ApiError,
};

pub struct Usage;

/// What was used.
#[derive(Object, Default)]
pub struct Amount {
    /// One of two days counts in both.
    conversations: i64,
    /// With a line: calls and voice sockets, ringing and silence included.
    seconds: i64,
    /// Caller's audio that was recognised, milliseconds.
    transcribed_ms: i64,
    prompt_tokens: i64,
    completion_tokens: i64,
    /// Characters turned into speech.
    spoken_characters: i64,
    /// Estimated, as far as prices are known; what your own providers serve is paid to them, and is not in it.
    cost_usd: Cost,
    /// Conversations of which a part has no known price, and is not in the cost.
    unpriced: i64,
}

/// Estimated cost of providers in US dollars; engines inside the server cost nothing.
#[derive(Object, Default)]
struct Cost {
    speech_to_text: f64,
    language_model: f64,
    text_to_speech: f64,
    total: f64,
}

/// What one channel used in one day.
#[derive(Object)]
struct Day {
    /// UTC.
    day: NaiveDate,
    /// `phone`, `socket` or `http`
    channel: String,
    used: Amount,
}

/// What one channel used in all days.
#[derive(Object)]
struct OfChannel {
    channel: String,
    used: Amount,
}

/// Usage by day (UTC).
#[derive(Object)]
#[oai(example)]
struct UsageReport {
    from: NaiveDate,
    /// Included.
    to: NaiveDate,
    /// The oldest first; days and channels without use are left out.
    days: Vec<Day>,
    channels: Vec<OfChannel>,
    total: Amount,
}

impl From<usage::Amount> for Amount {
    fn from(amount: usage::Amount) -> Self {
        let dollars = |micro: i64| micro as f64 / 1e6;
        Self {
            conversations: amount.conversations,
            seconds: (amount.duration_ms + 500) / 1_000,
            transcribed_ms: amount.transcribed_ms,
            prompt_tokens: amount.prompt_tokens,
            completion_tokens: amount.completion_tokens,
            spoken_characters: amount.spoken_characters,
            cost_usd: Cost {
                speech_to_text: dollars(amount.transcription_cost),
                language_model: dollars(amount.model_cost),
                text_to_speech: dollars(amount.speech_cost),
                total: dollars(amount.transcription_cost + amount.model_cost + amount.speech_cost),
            },
            unpriced: amount.unpriced,
        }
    }
}

impl UsageReport {
    fn new(from: NaiveDate, to: NaiveDate, report: Report) -> Self {
        let day = |line: usage::Line| Day {
            day: line.day,
            channel: channel_name(line.channel).into(),
            used: line.amount.into(),
        };
        let of_channel = |(channel, amount): (Channel, usage::Amount)| OfChannel {
            channel: channel_name(channel).into(),
            used: amount.into(),
        };
        Self {
            from,
            to,
            days: report.lines.into_iter().map(day).collect(),
            channels: report.channels.into_iter().map(of_channel).collect(),
            total: report.total.into(),
        }
    }
}

impl Example for UsageReport {
    fn example() -> Self {
        let amount = usage::Amount {
            conversations: 12,
            duration_ms: 1_820_000,
            transcribed_ms: 640_000,
            prompt_tokens: 41_200,
            completion_tokens: 2_900,
            spoken_characters: 9_800,
            transcription_cost: 48_000,
            model_cost: 7_920,
            speech_cost: 147_000,
            unpriced: 0,
        };
        let day = NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day that there is");
        let line = usage::Line { day, channel: Channel::Phone, amount };
        let report = Report { lines: vec![line], channels: vec![(Channel::Phone, amount)], total: amount };
        Self::new(day, day, report)
    }
}

#[OpenApi(tag = "Tag::Usage")]
impl Usage {
    /// What was used, by day and channel
    ///
    /// A turn counts on the day (UTC) on which it ended, the time of a call or socket on the day on which it began.
    /// Speech recognised or spoken over HTTP without a session counts as `http`.
    #[oai(path = "/usage", method = "get")]
    async fn report(
        &self,
        caller: Can<Read>,
        state: Data<&AppState>,
        /// First day; without it the first of this month.
        from: Query<Option<NaiveDate>>,
        /// Last day, at most 366 days in all; without it today.
        to: Query<Option<NaiveDate>>,
    ) -> Result<Json<UsageReport>, ApiError> {
        let today = now().date_naive();
        let to = to.0.unwrap_or(today);
        let from = from.0.or_else(|| today.with_day(1)).unwrap_or(today);
        let report = usage::report(&state.database, caller.tenant(), from, to).await?;
        Ok(Json(UsageReport::new(from, to, report)))
    }

    /// What a conversation has used so far
    ///
    /// Without the time of a call or socket that is still there.
    #[oai(path = "/conversations/:id/usage", method = "get")]
    async fn of_conversation(
        &self,
        caller: Can<Read>,
        state: Data<&AppState>,
        id: Path<String>,
    ) -> Result<Json<Amount>, ApiError> {
        let amount = usage::of_conversation(&state.database, caller.tenant(), super::id(&id, "conversation")?).await?;
        Ok(Json(amount.into()))
    }
}

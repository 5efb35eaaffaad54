use chrono::NaiveDate;
use domain::{
    entity::now,
    overview::{self, Figures},
};
use poem::web::Data;
use poem_openapi::{Object, OpenApi, param::Query, payload::Json, types::Example};

use super::Tag;
use crate::{
    AppState,
    auth::{Can, Read},
    problem::ApiError,
};

pub struct Overviews;

/// What happened in some days.
#[derive(Object)]
struct OverviewFigures {
    /// By telephone.
    calls: u64,
    /// On any channel, calls too. One of two days counts in both.
    conversations: u64,
    /// With a line: calls and voice sockets, ringing and silence included.
    seconds: u64,
    /// Conversations that broke, failed or were turned away, on the day on which they began.
    failures: u64,
    /// Spoken replies whose latency is known.
    replies: u64,
    /// From the caller's last word to the first sound of the reply, half of all are quicker; null: there was no reply.
    reply_latency_p50_ms: Option<u64>,
    /// Nineteen of twenty are quicker.
    reply_latency_p95_ms: Option<u64>,
}

/// A day (UTC).
#[derive(Object)]
struct OverviewDay {
    day: NaiveDate,
    happened: OverviewFigures,
}

/// Conversations that failed in one way.
#[derive(Object)]
struct OverviewFailures {
    /// `failed`: the providers did. `line_broken`: the line did. `refused`: a limit left no room.
    kind: String,
    count: u64,
}

/// How things go.
#[derive(Object)]
#[oai(example)]
struct Overview {
    /// Lines that are open now: phone calls and voice sockets.
    live: u64,
    /// Every day, the oldest first; today is the last.
    days: Vec<OverviewDay>,
    total: OverviewFigures,
    failures: Vec<OverviewFailures>,
}

impl From<Figures> for OverviewFigures {
    fn from(figures: Figures) -> Self {
        Self {
            calls: figures.calls,
            conversations: figures.conversations,
            seconds: (figures.duration_ms + 500) / 1_000,
            failures: figures.failures,
            replies: figures.replies,
            reply_latency_p50_ms: figures.latency_p50_ms,
            reply_latency_p95_ms: figures.latency_p95_ms,
        }
    }
}

impl From<overview::Overview> for Overview {
    fn from(overview: overview::Overview) -> Self {
        let overview::Overview { live, days, total, failures } = overview;
        Self {
            live,
            days: days.into_iter().map(|(day, figures)| OverviewDay { day, happened: figures.into() }).collect(),
            total: total.into(),
            failures: failures.into_iter().map(|(kind, count)| OverviewFailures { kind, count }).collect(),
        }
    }
}

impl Example for Overview {
    fn example() -> Self {
        let figures = Figures {
            calls: 9,
            conversations: 12,
            duration_ms: 1_820_000,
            failures: 1,
            replies: 84,
            latency_p50_ms: Some(620),
            latency_p95_ms: Some(1_140),
        };
        let day = NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day that there is");
        overview::Overview {
            live: 2,
            days: vec![(day, figures)],
            total: figures,
            failures: [("line_broken".to_owned(), 1)].into(),
        }
        .into()
    }
}

#[OpenApi(tag = "Tag::Usage")]
impl Overviews {
    /// How things go: conversations, failures and reply latency of the last days
    ///
    /// Days are UTC. Latency is that of the newest 20,000 turns.
    #[oai(path = "/overview", method = "get")]
    async fn overview(
        &self,
        caller: Can<Read>,
        state: Data<&AppState>,
        /// Today and the days before it.
        #[oai(default = "month", validator(minimum(value = "1"), maximum(value = "92")))]
        days: Query<u32>,
    ) -> Result<Json<Overview>, ApiError> {
        Ok(Json(overview::of(&state.database, caller.tenant(), days.0, now()).await?.into()))
    }
}

fn month() -> u32 {
    30
}

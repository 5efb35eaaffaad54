//! What is measured, as Prometheus reads it.

use std::{fmt, time::Duration};

use domain::{Error, entity::now, jobs};
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{
        family::Family,
        gauge::Gauge,
        histogram::{Histogram, exponential_buckets},
    },
    registry::{Registry, Unit},
};

use crate::Work;

/// How this process' tries went; cheap to clone.
#[derive(Clone)]
pub struct Metrics {
    tries: Family<Try, Histogram>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Try {
    kind: &'static str,
    outcome: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Standing {
    kind: String,
    state: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfKind {
    kind: String,
}

/// How a try ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Done,
    /// It will be tried again.
    Failed,
    /// It was given up.
    Dead,
    /// Another had taken it over.
    Lost,
    HandedBack,
}

impl Outcome {
    const fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Dead => "dead",
            Self::Lost => "lost",
            Self::HandedBack => "handed_back",
        }
    }
}

impl Default for Metrics {
    fn default() -> Self {
        // From 5 ms, which a job with two queries takes, to about 20 minutes, which is beyond any timeout.
        Self { tries: Family::new_with_constructor(|| Histogram::new(exponential_buckets(0.005, 4.0, 10))) }
    }
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Metrics")
    }
}

impl Metrics {
    pub(crate) fn tried(&self, kind: jobs::Kind, outcome: Outcome, took: Duration) {
        let labels = Try { kind: kind.as_str(), outcome: outcome.name() };
        self.tries.get_or_create(&labels).observe(took.as_secs_f64());
    }

    /// All figures: this process' own and the ledger's, which are the same in each.
    pub async fn text(&self, work: &Work) -> Result<String, Error> {
        let now = now();
        let (jobs, due, outstanding) = (Family::default(), Family::default(), Family::default());
        for count in jobs::counts(&work.database, now).await? {
            if let Some(since) = count.due_since {
                let waited: &Gauge = &due.get_or_create_owned(&OfKind { kind: count.kind.clone() });
                waited.set((now - since).num_seconds());
            }
            let standing: &Gauge = &jobs.get_or_create_owned(&Standing { kind: count.kind, state: count.state });
            standing.set(count.jobs);
        }
        for kind in jobs::Kind::ALL {
            // Redis is away: the other figures count all the same.
            if let Ok(ids) = work.database.queue().outstanding(*kind).await {
                let waiting: &Gauge = &outstanding.get_or_create_owned(&OfKind { kind: kind.as_str().to_owned() });
                waiting.set(i64::try_from(ids).unwrap_or(i64::MAX));
            }
        }
        let mut registry = Registry::with_prefix("switchboard");
        registry.register("jobs", "Jobs in the database that wait, run or were given up", jobs);
        let help = "How long the job has waited that is due longest";
        registry.register_with_unit("jobs_due", help, Unit::Seconds, due);
        registry.register("jobs_outstanding", "Ids of due jobs on their way to workers", outstanding);
        let help = "How long a try took in this process";
        registry.register_with_unit("job_try", help, Unit::Seconds, self.tries.clone());
        let mut text = String::new();
        encode(&mut text, &registry).expect("writing to a string does not fail");
        Ok(text)
    }
}

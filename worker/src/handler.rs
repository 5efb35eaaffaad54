//! One job: claimed, done within its time, settled in the ledger. apalis hears of success alone: what it would do
//! about a failure is not to be relied on, and the ledger knows better.

use std::{convert::Infallible, panic::AssertUnwindSafe, time::Duration};

use apalis::prelude::Data;
use chrono::TimeDelta;
use domain::{
    Database, Error, analyses, calls, customers,
    entity::{job::State, now},
    id::JobId,
    jobs::{self, Claimed, Failure, LEASE, Payload, Progress},
    phone_numbers, recordings, transcripts,
    webhooks::{self, Came, Places},
};
use futures_util::FutureExt;
use tokio::{sync::watch, time::Instant};
use tokio_util::sync::CancellationToken;

use crate::{
    Metrics, Work, apply_retention, build_transcript, check_models, delete_tenant, finish_conversation, housekeeping,
    metrics::Outcome, reseal_secrets, rewrap_data_keys, transcribe,
};

/// Between two notes of one job's progress: people look at it, and each is a write.
const NOTES_APART: Duration = Duration::from_secs(1);

/// Where a long job says how far it has come.
pub(crate) type Reporter = watch::Sender<Option<Progress>>;

/// What a worker process is to its jobs.
#[derive(Clone)]
pub(crate) struct Seat {
    /// Under whose name leases are taken.
    pub(crate) holder: String,
    /// The process must end: running jobs are handed back.
    pub(crate) cutoff: CancellationToken,
    pub(crate) metrics: Metrics,
    /// Which endpoints may be told now.
    pub(crate) places: Places,
}

#[derive(Debug, thiserror::Error)]
enum Failed {
    #[error(transparent)]
    Domain(#[from] Error),
    #[error("panicked")]
    Panicked,
    #[error("took longer than {} s", .0.as_secs())]
    TimedOut(Duration),
    /// Not begun: whom it is for can take no more now.
    #[error("not begun, to be done in {} s", .0.num_seconds())]
    NotYet(TimeDelta),
}

impl Failed {
    /// What cannot heal is not tried again.
    fn failure(&self) -> Failure {
        match self {
            Self::Domain(Error::Twilio(error)) if error.may_pass() => Failure::Passing,
            Self::Domain(Error::Mail(error)) if error.is_passing() => Failure::Passing,
            Self::Domain(
                Error::NotFound { .. }
                | Error::Conflict { .. }
                | Error::LastOwner
                | Error::Escalation { .. }
                | Error::Blocked { .. }
                | Error::Invalid { .. }
                | Error::LimitReached(_)
                | Error::Stored { .. }
                | Error::NumberTaken
                | Error::Twilio(_)
                | Error::Mail(_),
            ) => Failure::Lasting,
            Self::Domain(Error::Throttled { retry_after }) => after(*retry_after),
            Self::Domain(Error::Provider(error)) if !error.kind.is_retryable() => Failure::Lasting,
            Self::Domain(Error::Provider(error)) => error.retry_after.map_or(Failure::Passing, after),
            Self::Domain(
                Error::Refused(_) | Error::Database(_) | Error::Queue(_) | Error::Vault(_) | Error::Blobs(_),
            )
            | Self::Panicked
            | Self::TimedOut(_) => Failure::Passing,
            Self::NotYet(wait) => Failure::After(*wait),
        }
    }
}

fn after(wait: Duration) -> Failure {
    TimeDelta::from_std(wait).map_or(Failure::Passing, Failure::After)
}

pub(crate) async fn handle(id: JobId, work: Data<Work>, seat: Data<Seat>) -> Result<(), Infallible> {
    match jobs::claim(&work.database, id, &seat.holder, now()).await {
        Ok(Some(job)) => {
            let began = Instant::now();
            let outcome = Box::pin(work_and_settle(&work, &job, &seat)).await;
            seat.metrics.tried(job.payload.kind(), outcome, began.elapsed());
        }
        // Pushed twice, or another process was quicker.
        Ok(None) => {}
        Err(error) => log(id, "claim", &error),
    }
    Ok(())
}

async fn work_and_settle(work: &Work, job: &Claimed, seat: &Seat) -> Outcome {
    let (db, holder, kind) = (&work.database, seat.holder.as_str(), job.payload.kind());
    let (reporter, progress) = watch::channel(None);
    let result = tokio::select! {
        result = guarded(carry_out(work, job, seat, &reporter), kind.profile().timeout) => result,
        // Another has it now: what it does counts.
        () = lease_lost(db, job, holder, progress) => {
            tracing::warn!(job.id = %job.id, job.kind = kind.as_str(), "lease lost");
            return Outcome::Lost;
        }
        () = seat.cutoff.cancelled() => {
            tracing::info!(job.id = %job.id, job.kind = kind.as_str(), "job cut off and handed back");
            if let Err(error) = jobs::hand_back(db, job, holder, now()).await {
                // The lease runs out, and the job is done again.
                log(job.id, "handing back", &error);
            }
            return Outcome::HandedBack;
        }
    };
    let settled = match result {
        Ok(()) => {
            let is_ours = jobs::finish(db, job, holder, now()).await;
            is_ours.map(|is_ours| if is_ours { Outcome::Done } else { Outcome::Lost })
        }
        Err(Failed::NotYet(wait)) => {
            let is_ours = jobs::hand_back(db, job, holder, now() + wait).await;
            is_ours.map(|is_ours| if is_ours { Outcome::HandedBack } else { Outcome::Lost })
        }
        Err(failed) => {
            let failure = failed.failure();
            tracing::error!(
                error = &failed as &dyn std::error::Error,
                tenant.id = job.payload.tenant().map(tracing::field::display),
                job.id = %job.id,
                job.kind = kind.as_str(),
                job.attempt = job.attempt,
                job.failure = ?failure,
                "job failed",
            );
            let state = jobs::fail(db, job, holder, failure, &failed.to_string(), now()).await;
            state.map(|state| match state {
                Some(State::Dead) => Outcome::Dead,
                Some(_) => Outcome::Failed,
                None => Outcome::Lost,
            })
        }
    };
    settled.unwrap_or_else(|error| {
        // The lease runs out, and the job is done again.
        log(job.id, "settling", &error);
        Outcome::Lost
    })
}

async fn carry_out(work: &Work, job: &Claimed, seat: &Seat, progress: &Reporter) -> Result<(), Failed> {
    let db = &work.database;
    let done = match job.payload {
        Payload::FinishConversation { tenant, conversation } => {
            finish_conversation::run(db, tenant, conversation).await
        }
        Payload::RewrapDataKeys { tenant } => rewrap_data_keys::run(work, tenant).await,
        Payload::ResealSecrets { tenant } => reseal_secrets::run(work, tenant).await,
        Payload::CheckPhoneNumber { tenant, phone_number } => {
            phone_numbers::check(db, &work.vault, &work.twilio, tenant, phone_number).await
        }
        Payload::CloseStaleCall { tenant, call } => {
            calls::close_stale(db, &work.vault, &work.twilio, tenant, call).await
        }
        Payload::EraseCustomer { tenant, customer } => {
            customers::remove_erased(db, &work.recordings, tenant, customer).await
        }
        Payload::EncodeRecording { tenant, recording } => {
            recordings::encode(db, &work.recordings, tenant, recording).await?;
            transcripts::order_of_recording(db, tenant, recording).await
        }
        Payload::FetchRecording { tenant, recording, at } => {
            let what = (tenant, recording);
            recordings::fetch(db, &work.vault, &work.twilio, &work.recordings, what, at).await?;
            transcripts::order_of_recording(db, tenant, recording).await
        }
        Payload::BuildTranscript { tenant, conversation } => build_transcript::run(db, tenant, conversation).await,
        Payload::ApplyRetention { tenant } => apply_retention::run(work, tenant, progress).await,
        Payload::DeleteTenant { tenant } => delete_tenant::run(work, tenant, progress).await,
        Payload::MailDisabledWebhook { tenant, endpoint, user } => {
            webhooks::mail_disabled(db, &work.outbox, tenant, endpoint, user, job.id).await
        }
        Payload::DeliverWebhook { tenant, delivery } => {
            let means = webhooks::Means { db, vault: &work.vault, outbound: &work.outbound };
            return match webhooks::deliver(means, &seat.places, tenant, delivery, job.id).await? {
                Came::Done => Ok(()),
                Came::NotYet(wait) => Err(Failed::NotYet(wait)),
            };
        }
        Payload::TranscribeRecording { tenant, transcription }
        | Payload::TranscribeUpload { tenant, transcription } => {
            transcribe::run(work, tenant, transcription, job.attempt >= job.max_attempts, progress).await?;
            transcripts::order_of_transcription(db, tenant, transcription).await
        }
        Payload::AnalyzeConversation { tenant, analysis } => {
            let model = work.serving.of(tenant).await.model;
            analyses::run(db, &work.limits, &*model, work.serving.prices(), tenant, analysis).await
        }
        Payload::EndAbandoned => housekeeping::end_abandoned(db).await,
        Payload::ForgetExpired => housekeeping::forget_expired(work).await,
        Payload::OrderNumberChecks => phone_numbers::order_checks(db, now()).await.map(|_| ()),
        Payload::OrderDrafts => transcripts::order_drafts(db, now()).await.map(|_| ()),
        Payload::OrderKeyChanges => housekeeping::order_key_changes(work).await,
        Payload::OrderStaleCalls => calls::order_stale(db, now()).await.map(|_| ()),
        Payload::CheckModels => check_models::run(work).await,
        Payload::RollUpUsage => housekeeping::roll_up_usage(work).await,
        Payload::SweepOrphans => housekeeping::sweep_orphans(work).await,
        Payload::OrderRetention => housekeeping::order_retention(work).await,
        Payload::ForgetJobs => housekeeping::forget_jobs(db).await,
    };
    Ok(done?)
}

/// Within its time, and with a panic as a failure.
async fn guarded(work: impl Future<Output = Result<(), Failed>>, timeout: Duration) -> Result<(), Failed> {
    match tokio::time::timeout(timeout, AssertUnwindSafe(work).catch_unwind()).await {
        Ok(Ok(result)) => result,
        Ok(Err(_panic)) => Err(Failed::Panicked),
        Err(_elapsed) => Err(Failed::TimedOut(timeout)),
    }
}

/// Renews the lease for as long as it is ours, and notes the progress. A renewal that fails is tried again: two more
/// fit into the lease.
async fn lease_lost(db: &Database, job: &Claimed, holder: &str, mut progress: watch::Receiver<Option<Progress>>) {
    let third = LEASE.to_std().expect("a lease is not negative") / 3;
    loop {
        tokio::time::sleep(NOTES_APART).await;
        tokio::select! {
            () = tokio::time::sleep(third - NOTES_APART) => {}
            // The sender lives as long as the job.
            _ = progress.changed() => {}
        }
        let noted = progress.borrow_and_update().clone();
        match jobs::renew(db, job, holder, noted.as_ref(), now()).await {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => log(job.id, "renewal", &error),
        }
    }
}

fn log(id: JobId, what: &str, error: &Error) {
    tracing::error!(error = error as &dyn std::error::Error, job.id = %id, "{what} of a job failed");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_a_failure_that_may_pass() {
        let failed = guarded(async { panic!("boom") }, Duration::from_secs(60)).await.expect_err("it panicked");
        assert!(matches!(failed, Failed::Panicked));
        assert_eq!(failed.failure(), Failure::Passing);
    }

    #[tokio::test(start_paused = true)]
    async fn work_that_hangs_is_cut_off() {
        let failed = guarded(std::future::pending(), Duration::from_secs(60)).await.expect_err("it hangs");
        assert!(matches!(failed, Failed::TimedOut(_)));
        assert_eq!(failed.failure(), Failure::Passing);
    }

    #[tokio::test]
    async fn what_is_not_there_is_not_tried_again() {
        let work = async { Err(Error::NotFound { what: "conversation" }.into()) };
        let failed = guarded(work, Duration::from_secs(60)).await.expect_err("it failed");
        assert_eq!(failed.failure(), Failure::Lasting);
    }
}

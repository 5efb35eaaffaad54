//! Work that is done to its end, whoever still waits for it.

use std::panic::resume_unwind;

use tracing::Instrument;

use crate::{AppState, problem::ApiError};

/// Does it in a task that the process owns: a client that goes away half-way leaves nothing uncounted that was paid
/// for. It lasts as long as its providers and tools may take, each of which has a deadline.
pub async fn finish<T: Send + 'static>(
    state: &AppState,
    work: impl Future<Output = Result<T, ApiError>> + Send + 'static,
) -> Result<T, ApiError> {
    match state.background.spawn(work.in_current_span()).await {
        Ok(done) => done,
        Err(lost) => match lost.try_into_panic() {
            Ok(panic) => resume_unwind(panic),
            Err(lost) => Err(ApiError::internal(lost)),
        },
    }
}

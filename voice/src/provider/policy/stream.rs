//! A stream that has begun, and may not stall.

use std::time::Duration;

use futures_util::{
    StreamExt,
    stream::{self, BoxStream},
};
use tokio::time::{Instant, timeout};

use super::Watch;
use crate::provider::{ErrorKind, ProviderError};

type Items<T> = BoxStream<'static, Result<T, ProviderError>>;

/// Waits for the first item of `items` and gives the whole stream, in which no item comes later than `next` after
/// the last was taken. A failure ends it.
pub(super) async fn begun<T: Send + 'static>(
    mut items: Items<T>,
    watch: Watch,
    next: Duration,
) -> Result<Items<T>, ProviderError> {
    let Some(first) = items.next().await else {
        return Err(ProviderError {
            provider: watch.provider.to_string(),
            kind: ErrorKind::Cut,
            message: "the stream ended before it began".to_owned(),
            retry_after: None,
        });
    };
    let first = first?;
    let rest = stream::unfold(Some((items, watch)), move |state| async move {
        let (mut items, watch) = state?;
        let error = match timeout(next, items.next()).await {
            Ok(None) => return None,
            Ok(Some(Ok(item))) => return Some((Ok(item), Some((items, watch)))),
            Ok(Some(Err(error))) => error,
            Err(_) => watch.late(next),
        };
        watch.failed(&error, Instant::now());
        Some((Err(error), None))
    });
    Ok(stream::once(async { Ok(first) }).chain(rest).boxed())
}

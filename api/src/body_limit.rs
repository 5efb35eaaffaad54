//! A bound on request bodies, chunked ones too.
//!
//! Poem's own `SizeLimit` asks every request for a `Content-Length` and does not look at chunked bodies.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use futures_util::StreamExt;
use poem::{Body, Endpoint, Middleware, Request, Result, error::SizedLimitError};

/// Bytes that a body may have, by path.
pub struct BodyLimit(pub fn(&str) -> usize);

impl<E: Endpoint> Middleware<E> for BodyLimit {
    type Output = BodyLimited<E>;

    fn transform(&self, inner: E) -> Self::Output {
        BodyLimited { inner, limit: self.0 }
    }
}

/// An endpoint behind [`BodyLimit`].
pub struct BodyLimited<E> {
    inner: E,
    limit: fn(&str) -> usize,
}

impl<E: Endpoint> Endpoint for BodyLimited<E> {
    type Output = E::Output;

    async fn call(&self, mut request: Request) -> Result<Self::Output> {
        let limit = (self.limit)(request.uri().path());
        // A body of stated length cannot be longer than stated: hyper sees to it.
        match request.header("content-length").and_then(|length| length.parse::<usize>().ok()) {
            Some(length) if length > limit => return Err(SizedLimitError::PayloadTooLarge.into()),
            Some(_) => return self.inner.call(request).await,
            None => {}
        }
        // Whatever reads the body reports an I/O error in words of its own; the flag keeps the true reason.
        let is_over = Arc::new(AtomicBool::new(false));
        let flag = is_over.clone();
        let mut seen = 0;
        let body = request.take_body().into_bytes_stream().map(move |chunk| {
            let chunk = chunk?;
            seen += chunk.len();
            if seen > limit {
                flag.store(true, Ordering::Relaxed);
                return Err(std::io::Error::other("body too large"));
            }
            Ok(chunk)
        });
        request.set_body(Body::from_bytes_stream(body));
        let answer = self.inner.call(request).await;
        if is_over.load(Ordering::Relaxed) {
            return Err(SizedLimitError::PayloadTooLarge.into());
        }
        answer
    }
}

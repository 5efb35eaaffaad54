//! What others ask a worker process: whether it is well, and its figures.

use std::{convert::Infallible, io, net::SocketAddr, time::Duration};

use http_body_util::Full;
use hyper::{
    Method, Request, Response, StatusCode,
    body::{Bytes, Incoming},
    header::CONTENT_TYPE,
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{net::TcpListener, task::JoinSet};
use tokio_util::sync::CancellationToken;

use crate::{Metrics, Work};

/// Connections at once: a load balancer and a Prometheus, several of each.
const MOST: usize = 32;

/// Longest wait for a request, and for the database and Redis.
const PATIENCE: Duration = Duration::from_secs(5);

/// A socket that listens.
#[derive(Debug)]
pub struct Door {
    listener: TcpListener,
    address: SocketAddr,
}

impl Door {
    pub async fn open(address: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        Ok(Self { address: listener.local_addr()?, listener })
    }

    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until `shutdown`: `GET /health`, `GET /health/ready`, `GET /metrics`.
    pub async fn serve(self, work: &Work, metrics: &Metrics, shutdown: &CancellationToken) {
        let mut connections = JoinSet::new();
        loop {
            let stream = tokio::select! {
                () = shutdown.cancelled() => return,
                Some(_) = connections.join_next() => continue,
                accepted = self.listener.accept(), if connections.len() < MOST => accepted,
            };
            let Ok((stream, _)) = stream else {
                // Out of files, mostly: they are freed by and by.
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            };
            let (work, metrics) = (work.clone(), metrics.clone());
            connections.spawn(async move {
                let service = service_fn(|request| answer(&work, &metrics, request));
                let mut http = http1::Builder::new();
                http.timer(TokioTimer::new()).header_read_timeout(PATIENCE);
                // A client that breaks off is nobody's matter.
                let _ = http.serve_connection(TokioIo::new(stream), service).await;
            });
        }
    }
}

async fn answer(
    work: &Work,
    metrics: &Metrics,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (status, kind, text) = match (request.method(), request.uri().path()) {
        (&Method::GET, "/health") => (StatusCode::OK, "application/json", r#"{"status":"ok"}"#.to_owned()),
        (&Method::GET, "/health/ready") => ready(work).await,
        (&Method::GET, "/metrics") => figures(work, metrics).await,
        _ => (StatusCode::NOT_FOUND, "text/plain", "not found\n".to_owned()),
    };
    let mut response = Response::new(Full::from(text));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, hyper::header::HeaderValue::from_static(kind));
    Ok(response)
}

async fn ready(work: &Work) -> (StatusCode, &'static str, String) {
    let database = tokio::time::timeout(PATIENCE, work.database.ping());
    let queue = tokio::time::timeout(PATIENCE, work.database.queue().ping());
    let (database, queue) = tokio::join!(database, queue);
    let (database, queue) = (matches!(database, Ok(Ok(()))), matches!(queue, Ok(Ok(()))));
    let (status, word) = match database && queue {
        true => (StatusCode::OK, "ready"),
        false => (StatusCode::SERVICE_UNAVAILABLE, "not_ready"),
    };
    let part = |is_up| if is_up { "up" } else { "down" };
    let (database, queue) = (part(database), part(queue));
    let text = format!(r#"{{"status":"{word}","database":"{database}","queue":"{queue}"}}"#);
    (status, "application/json", text)
}

async fn figures(work: &Work, metrics: &Metrics) -> (StatusCode, &'static str, String) {
    match tokio::time::timeout(PATIENCE, metrics.text(work)).await {
        Ok(Ok(text)) => (StatusCode::OK, "application/openmetrics-text; version=1.0.0; charset=utf-8", text),
        Ok(Err(error)) => {
            tracing::error!(error = &error as &dyn std::error::Error, "no figures");
            (StatusCode::SERVICE_UNAVAILABLE, "text/plain", "the database does not answer\n".to_owned())
        }
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "text/plain", "no answer in time\n".to_owned()),
    }
}

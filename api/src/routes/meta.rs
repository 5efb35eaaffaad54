use poem::web::Data;
use poem_openapi::{ApiResponse, Object, OpenApi, payload::Json, types::Example};

use super::Tag;
use crate::{
    AppState,
    readiness::{Report, Status},
};

/// The service itself; no API key needed.
pub struct Meta;

/// What answers here.
#[derive(Object)]
#[oai(example)]
struct Service {
    name: String,
    version: String,
    /// Swagger UI.
    docs: String,
    /// ReDoc.
    redoc: String,
    /// The OpenAPI document.
    openapi: String,
    /// Whether the process is alive.
    health: String,
    /// Whether it can take a call.
    ready: String,
}

impl Example for Service {
    fn example() -> Self {
        Self {
            name: "Switchboard".into(),
            version: env!("CARGO_PKG_VERSION").into(),
            docs: "/docs".into(),
            redoc: "/redoc".into(),
            openapi: "/openapi.json".into(),
            health: "/health".into(),
            ready: "/health/ready".into(),
        }
    }
}

/// The process is alive.
#[derive(Object)]
#[oai(example)]
struct Health {
    /// `healthy`
    status: String,
    version: String,
}

impl Example for Health {
    fn example() -> Self {
        Self { status: "healthy".into(), version: env!("CARGO_PKG_VERSION").into() }
    }
}

/// Whether a call could be served now.
#[derive(ApiResponse)]
enum Ready {
    /// Every needed part works
    #[oai(status = 200)]
    Yes(Json<Report>),
    /// A needed part is down, or the process is stopping
    #[oai(status = 503)]
    No(Json<Report>),
}

#[OpenApi(tag = "Tag::General")]
impl Meta {
    /// API information
    #[oai(path = "/", method = "get")]
    async fn root(&self) -> Json<Service> {
        Json(Example::example())
    }

    /// Whether the process is alive
    ///
    /// Looks at nothing else: for restarts. See `/health/ready` for whether it can serve.
    #[oai(path = "/health", method = "get")]
    async fn health(&self) -> Json<Health> {
        Json(Example::example())
    }

    /// Whether a call could be served now
    ///
    /// Asks the database and the three providers (an answer stands for five seconds), and says who serves.
    #[oai(path = "/health/ready", method = "get")]
    async fn ready(&self, state: Data<&AppState>) -> Ready {
        let report = state.readiness.report(&state).await;
        match report.status {
            Status::Ready => Ready::Yes(Json(report)),
            Status::NotReady | Status::Draining => Ready::No(Json(report)),
        }
    }
}

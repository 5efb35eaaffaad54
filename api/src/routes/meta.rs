use poem_openapi::{Object, OpenApi, payload::Json};

use super::Tag;

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

impl poem_openapi::types::Example for Service {
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

impl poem_openapi::types::Example for Health {
    fn example() -> Self {
        Self { status: "healthy".into(), version: env!("CARGO_PKG_VERSION").into() }
    }
}

#[OpenApi(tag = "Tag::General")]
impl Meta {
    /// API information
    #[oai(path = "/", method = "get")]
    async fn root(&self) -> Json<Service> {
        Json(poem_openapi::types::Example::example())
    }

    /// Whether the process is alive
    ///
    /// Looks at nothing else: for restarts. See `/health/ready` for whether it can serve.
    #[oai(path = "/health", method = "get")]
    async fn health(&self) -> Json<Health> {
        Json(poem_openapi::types::Example::example())
    }
}

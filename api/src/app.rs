//! The whole HTTP surface: routes, and what every request goes through.

use std::{sync::Arc, time::Instant};

use poem::{
    Body, Endpoint, EndpointExt, IntoResponse, PathPattern, Request, Response, Route,
    http::{HeaderValue, StatusCode, header},
    middleware::{CatchPanic, PanicHandler, ReqId, RequestId},
};
use poem_openapi::OpenApiService;

use crate::{
    AppState,
    body_limit::BodyLimit,
    documented::{self, Documented},
    problem::{self, Problem},
    rates, routes, security, sockets, twilio, ui,
};

/// Everything that is served, with `state` in every request's data.
pub fn app(state: AppState) -> impl Endpoint<Output = Response> {
    let operations = service();
    let document = operations.spec_endpoint();
    let allowed = Arc::new(Documented::<routes::Operations>::allowed());
    let (docs, redoc) = (security::page(operations.swagger_ui_html()), security::page(operations.redoc_html()));
    let timeout = state.settings.http.request_timeout();
    let origins: Arc<[HeaderValue]> = state.settings.http.cors_origins.clone().into();
    let is_https = state.settings.calls.public_url.as_ref().is_some_and(|url| url.scheme() == "https");
    Route::new()
        .nest("/", operations)
        .at("/webhooks/twilio/stream", poem::get(twilio::media_stream))
        .at("/ws/voice-agent/:session_id", poem::get(sockets::voice_agent))
        .at("/openapi.json", poem::get(document))
        .at("/docs", poem::get(docs))
        .at("/redoc", poem::get(redoc))
        .at("/twilio/dashboard", poem::get(ui::twilio_dashboard))
        .at("/ui", poem::get(ui::enter))
        .at("/ui/", poem::get(ui::serve))
        .at("/ui/*path", poem::get(ui::serve))
        .with(CatchPanic::new().with_handler(Panicked))
        .with(BodyLimit(routes::body_limit))
        .around(move |next, request| async move {
            let timeout = routes::time_limit(request.uri().path(), timeout);
            let answer = tokio::time::timeout(timeout, next.call(request)).await;
            answer.unwrap_or_else(|_| {
                let problem = Problem::new(StatusCode::GATEWAY_TIMEOUT, "timeout", "the request took too long");
                Err(poem::Error::from_response(problem.into_http()))
            })
        })
        .data(state)
        .catch_all_error(move |error| {
            let allowed = allowed.clone();
            async move {
                let route = error.data::<PathPattern>().cloned();
                let mut response = problem::map_error(error);
                if response.status() == StatusCode::METHOD_NOT_ALLOWED {
                    let known = route.as_ref().and_then(|route| allowed.get(&documented::shape(&route.0)));
                    // What is not in the document is there to be read.
                    let allow = known.cloned().unwrap_or(HeaderValue::from_static("GET"));
                    response.headers_mut().insert(header::ALLOW, allow);
                }
                if let Some(route) = route {
                    response.set_data(route);
                }
                response
            }
        })
        .around(rates::headers)
        .around(move |next, request| security::cors(origins.clone(), next, request))
        .around(move |next, request| finish(next, request, is_https))
        .with(RequestId::new())
        .map_to_response()
}

/// The OpenAPI document as JSON text, the same that `/openapi.json` serves.
pub fn openapi() -> String {
    service().spec()
}

fn service() -> OpenApiService<Documented<routes::Operations>, ()> {
    OpenApiService::new(Documented(routes::operations()), "Switchboard", env!("CARGO_PKG_VERSION"))
        .description(
            "AI phone agents for many tenants: speech, conversations and calls. Operations that serve a tenant need an \
             API key (`Authorization: Bearer swb_…` or `X-API-Key: swb_…`) or the access token of a person who signed \
             in (`Authorization: Bearer …`, from `POST /auth/sign-in`; ten minutes, then `POST /auth/refresh`). \
             Operations under `/auth` that serve a person take the access token alone. Errors are `application/problem+json` with a \
             stable `code`. Another tenant's row is not found. Whatever answers 201 takes an `Idempotency-Key`.",
        )
        .license(poem_openapi::LicenseObject::new("MIT").url("https://opensource.org/license/mit"))
}

/// Answers in place of a handler that panicked; the panic hook has logged where and why.
#[derive(Clone)]
struct Panicked;

impl PanicHandler for Panicked {
    type Response = Response;

    fn get_response(&self, _: Box<dyn std::any::Any + Send + 'static>) -> Response {
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", problem::INTERNAL).into_http()
    }
}

/// The log line, the security headers and the request's id in a problem's body.
async fn finish<E: Endpoint<Output = Response>>(
    next: Arc<E>,
    request: Request,
    is_https: bool,
) -> poem::Result<Response> {
    let began = Instant::now();
    let method = request.method().clone();
    let id = request.data::<ReqId>().map(|id| id.to_string());
    let mut response = next.call(request).await?;

    let status = response.status();
    if response.headers().get(header::CONTENT_TYPE) == Some(&problem::CONTENT_TYPE) {
        response = with_request_id(response, id).await;
    }
    security::harden(response.headers_mut(), is_https);
    tracing::debug!(
        http.method = %method,
        // Never the path itself: clients name their sessions in it. "": no route fits, or none was reached.
        http.route = response.data::<PathPattern>().map_or("", |route| &*route.0),
        http.status = status.as_u16(),
        latency.ms = began.elapsed().as_millis() as u64,
        "answered"
    );
    Ok(response)
}

async fn with_request_id(response: Response, id: Option<String>) -> Response {
    let (mut parts, body) = response.into_parts();
    let bytes = body.into_bytes().await.unwrap_or_default();
    let Ok(serde_json::Value::Object(mut problem)) = serde_json::from_slice(&bytes) else {
        return Response::from_parts(parts, Body::from_bytes(bytes));
    };
    problem.insert("request_id".to_owned(), id.into());
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from_string(serde_json::Value::Object(problem).to_string())).into_response()
}

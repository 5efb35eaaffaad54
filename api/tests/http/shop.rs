//! A server of a tenant's, on this machine: it remembers what it was asked.

use std::sync::{Arc, Mutex};

use poem::{
    Body, Endpoint, EndpointExt, Request, Response, Server,
    endpoint::make,
    http::StatusCode,
    listener::{Acceptor, Listener, TcpListener},
};
use serde_json::{Value, json};
use tokio::{sync::Semaphore, task::JoinHandle};

/// A request as it arrived.
#[derive(Clone, Debug)]
pub struct Asked {
    /// `GET /orders/7?x=1`
    pub line: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Asked {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

pub struct Shop {
    pub url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
    held: Arc<Semaphore>,
    serving: JoinHandle<()>,
}

impl Shop {
    /// Knows every order but `404`, says of `held` only when told to ([`release`](Self::release)), and says back what it
    /// was asked at `/echo`.
    pub async fn open() -> Self {
        let acceptor = TcpListener::bind("127.0.0.1:0").into_acceptor().await.unwrap();
        let address = acceptor.local_addr()[0].as_socket_addr().copied().unwrap();
        let asked = Arc::<Mutex<Vec<Asked>>>::default();
        let held = Arc::new(Semaphore::new(0));
        let server = Server::new_with_acceptor(acceptor).run(counter(asked.clone(), held.clone()));
        #[expect(clippy::disallowed_methods, reason = "ended with the shop")]
        let serving = tokio::spawn(async move { server.await.unwrap() });
        Self { url: format!("http://{address}"), asked, held, serving }
    }

    /// Answers one who asks for `held`, now or later.
    pub fn release(&self) {
        self.held.add_permits(1);
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

fn counter(asked: Arc<Mutex<Vec<Asked>>>, held: Arc<Semaphore>) -> impl Endpoint<Output = Response> {
    make(move |mut request: Request| {
        let (asked, held) = (asked.clone(), held.clone());
        async move {
            let line = format!("{} {}", request.method(), request.original_uri());
            let headers = request.headers().iter();
            let headers: Vec<_> =
                headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
            let body = request.take_body().into_string().await.unwrap();
            let path = request.uri().path().to_owned();
            let said = Asked { line, headers, body };
            asked.lock().unwrap().push(said.clone());
            if path.ends_with("/held") {
                held.acquire().await.unwrap().forget();
            }
            let answer = |status: StatusCode, body: Value| {
                Response::builder()
                    .status(status)
                    .content_type("application/json")
                    .body(Body::from_string(body.to_string()))
            };
            Ok::<_, poem::Error>(match path.rsplit('/').next().unwrap() {
                "404" => answer(StatusCode::NOT_FOUND, json!({ "message": "no such order" })),
                "echo" => answer(StatusCode::OK, json!({ "headers": said.headers, "body": said.body })),
                number => answer(
                    StatusCode::OK,
                    json!({ "order": { "number": number, "status": "on its way" }, "margin": 3 }),
                ),
            })
        }
    })
    .map_to_response()
}

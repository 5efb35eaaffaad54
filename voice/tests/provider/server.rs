//! An HTTP/1.1 server that answers each request with the next answer it was given, misdeeds included.

use std::{collections::VecDeque, sync::Arc, time::Duration};

use parking::Shared;
use secrecy::SecretString;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinSet,
    time::{sleep, timeout},
};
use voice::provider::openai::{self, Endpoint};

pub const KEY: &str = "sk-secret";

/// One thing the server does.
#[derive(Clone)]
pub enum Step {
    Send(Vec<u8>),
    Pause(Duration),
    /// Says nothing more and keeps the connection.
    Hang,
    /// Closes the connection.
    Close,
}

pub type Answer = Vec<Step>;

/// A request as it arrived.
#[derive(Clone, Debug)]
pub struct Request {
    pub line: String,
    /// `name: value`, names in small letters.
    pub headers: Vec<String>,
    pub body: Vec<u8>,
}

impl Request {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

mod parking {
    use std::sync::{Arc, Mutex};

    /// What the test and the server both hold.
    pub struct Shared<T>(Arc<Mutex<T>>);

    impl<T> Clone for Shared<T> {
        fn clone(&self) -> Self {
            Self(self.0.clone())
        }
    }

    impl<T> Shared<T> {
        pub fn new(value: T) -> Self {
            Self(Arc::new(Mutex::new(value)))
        }

        pub fn with<R>(&self, act: impl FnOnce(&mut T) -> R) -> R {
            act(&mut self.0.lock().unwrap())
        }
    }
}

pub struct Server {
    pub base_url: String,
    requests: Shared<Vec<Request>>,
    connections: Shared<usize>,
    _tasks: JoinSet<()>,
}

impl Server {
    /// Answers with these, one a request, in this order; a request beyond them gets status 599.
    pub async fn start(answers: Vec<Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}/v1", listener.local_addr().unwrap());
        let (requests, connections) = (Shared::new(Vec::new()), Shared::new(0));
        let answers = Shared::new(VecDeque::from(answers));
        let mut tasks = JoinSet::new();
        let (seen, counted) = (requests.clone(), connections.clone());
        tasks.spawn(async move {
            let mut open = JoinSet::new();
            loop {
                let (socket, _) = listener.accept().await.unwrap();
                counted.with(|count| *count += 1);
                open.spawn(serve(socket, answers.clone(), seen.clone()));
            }
        });
        Self { base_url, requests, connections, _tasks: tasks }
    }

    pub fn endpoint(&self, model: &str) -> Endpoint {
        let mut endpoint = Endpoint::new(&self.base_url, Some(SecretString::from(KEY)), model).unwrap();
        endpoint.timeout = Duration::from_millis(400);
        endpoint
    }

    pub fn requests(&self) -> Vec<Request> {
        self.requests.with(|requests| requests.clone())
    }

    pub fn connections(&self) -> usize {
        self.connections.with(|count| *count)
    }
}

pub fn client() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    openai::client()
}

/// A whole answer with a length.
pub fn answer(status: u16, headers: &[&str], body: impl AsRef<[u8]>) -> Answer {
    let body = body.as_ref();
    let mut bytes = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\n", body.len());
    for header in headers {
        bytes += &format!("{header}\r\n");
    }
    vec![Step::Send([bytes.as_bytes(), b"\r\n", body].concat())]
}

/// An answer in chunks, each written by itself.
pub fn chunked<'a>(content_type: &str, chunks: impl IntoIterator<Item = &'a [u8]>) -> Answer {
    let mut steps = begun(content_type, chunks);
    steps.push(Step::Send(b"0\r\n\r\n".to_vec()));
    steps
}

/// The beginning of one: to be followed by whatever goes wrong.
pub fn begun<'a>(content_type: &str, chunks: impl IntoIterator<Item = &'a [u8]>) -> Answer {
    let head = format!(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nx-request-id: req_9\r\ncontent-type: {content_type}\r\n\r\n"
    );
    let mut steps = vec![Step::Send(head.into_bytes())];
    for chunk in chunks {
        let size = format!("{:x}\r\n", chunk.len());
        steps.push(Step::Send([size.as_bytes(), chunk, b"\r\n"].concat()));
    }
    steps
}

/// The same, then one more step.
pub fn then(mut answer: Answer, step: Step) -> Answer {
    answer.push(step);
    answer
}

async fn serve(socket: TcpStream, answers: Shared<VecDeque<Answer>>, seen: Shared<Vec<Request>>) {
    socket.set_nodelay(true).unwrap();
    let mut socket = BufReader::new(socket);
    while let Some(request) = read(&mut socket).await {
        seen.with(|seen| seen.push(request));
        let steps = answers.with(|answers| answers.pop_front()).unwrap_or_else(|| answer(599, &[], ""));
        for step in steps {
            match step {
                // The client may have seen enough and gone.
                Step::Send(bytes) => match socket.write_all(&bytes).await {
                    Ok(()) => tokio::task::yield_now().await,
                    Err(_) => return,
                },
                Step::Pause(time) => sleep(time).await,
                Step::Hang => std::future::pending().await,
                Step::Close => return,
            }
        }
    }
}

async fn read(socket: &mut BufReader<TcpStream>) -> Option<Request> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if socket.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let line = lines.remove(0);
    let length = lines.iter().find_map(|header| header.strip_prefix("content-length: ")).map(|n| n.parse().unwrap());
    let mut body = vec![0; length.unwrap_or(0)];
    timeout(Duration::from_secs(5), socket.read_exact(&mut body)).await.unwrap().ok()?;
    Some(Request { line, headers: lines, body })
}

/// Whatever an error says is for the log, and the log may hold neither key nor speech.
pub fn assert_discreet(error: &voice::provider::ProviderError, speech: &str) {
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains(KEY) && !shown.contains(speech), "{shown}");
}

#[tokio::test]
async fn an_endpoint_shows_no_key() {
    let server = Arc::new(Server::start(vec![]).await);
    assert!(!format!("{:?}", server.endpoint("m")).contains(KEY));
}

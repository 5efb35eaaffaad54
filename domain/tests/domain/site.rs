//! An HTTP/1.1 server on this machine that stands for a tenant's: it answers each request with bytes, misdeeds
//! included, and remembers it.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinSet,
};

/// A request as it arrived.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    pub line: String,
    /// `name: value`, names in small letters.
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Seen {
    pub fn path(&self) -> &str {
        self.line.split(' ').nth(1).unwrap()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str())
    }
}

/// What it says to a request; `None`: nothing, ever.
type Answers = Option<Arc<dyn Fn(&Seen) -> Vec<u8> + Send + Sync>>;

pub struct Site {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<Seen>>>,
    _tasks: JoinSet<()>,
}

impl Site {
    /// An empty answer closes the connection.
    pub async fn start(answers: impl Fn(&Seen) -> Vec<u8> + Send + Sync + 'static) -> Self {
        Self::serve(Some(Arc::new(answers))).await
    }

    /// Takes requests and never says anything.
    pub async fn silent() -> Self {
        Self::serve(None).await
    }

    async fn serve(answers: Answers) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::<Mutex<Vec<Seen>>>::default();
        let mut tasks = JoinSet::new();
        let seen = requests.clone();
        tasks.spawn(async move {
            let mut open = JoinSet::new();
            while let Ok((socket, _)) = listener.accept().await {
                open.spawn(one(socket, answers.clone(), seen.clone()));
            }
        });
        Self { address, requests, _tasks: tasks }
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn requests(&self) -> Vec<Seen> {
        self.requests.lock().unwrap().clone()
    }
}

/// A whole answer with a length.
pub fn answer(status: u16, headers: &[&str], body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let mut bytes = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\n", body.len());
    for header in headers {
        bytes += &format!("{header}\r\n");
    }
    [format!("{bytes}\r\n").as_bytes(), body].concat()
}

/// One request a connection.
async fn one(socket: TcpStream, answers: Answers, seen: Arc<Mutex<Vec<Seen>>>) {
    let mut socket = BufReader::new(socket);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if !matches!(socket.read_line(&mut line).await, Ok(1..)) {
            return;
        }
        match line.trim_end() {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let mut lines = lines.into_iter();
    let mut request = Seen { line: lines.next().unwrap(), ..Seen::default() };
    request.headers =
        lines.filter_map(|line| line.split_once(": ").map(|(k, v)| (k.to_ascii_lowercase(), v.to_owned()))).collect();
    let length = request.header("content-length").map_or(0, |length| length.parse().unwrap());
    request.body.resize(length, 0);
    if socket.read_exact(&mut request.body).await.is_err() {
        return;
    }
    seen.lock().unwrap().push(request.clone());
    match answers {
        Some(answers) => {
            let _ = socket.write_all(&answers(&request)).await;
            let _ = socket.shutdown().await;
        }
        None => std::future::pending().await,
    }
}

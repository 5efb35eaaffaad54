//! A mail server for one test: takes everything and shows it.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};
use tokio_util::task::AbortOnDropHandle;

pub struct Sink {
    pub url: String,
    mails: Arc<Mutex<Vec<String>>>,
    _serving: AbortOnDropHandle<()>,
}

impl Sink {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let mails = Arc::new(Mutex::new(Vec::new()));
        let kept = mails.clone();
        #[expect(clippy::disallowed_methods, reason = "ended with the sink")]
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                take(stream, &kept).await;
            }
        });
        Self { url, mails, _serving: AbortOnDropHandle::new(serving) }
    }

    /// The `n`th mail, from 1: its head, and its text without quoted-printable's marks.
    pub async fn mail(&self, n: usize) -> String {
        for _ in 0..500 {
            if let Some(mail) = self.mails.lock().unwrap().get(n - 1) {
                return mail.replace("=\r\n", "").replace("=3D", "=");
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("no {n}. mail within 5 s");
    }

    pub fn count(&self) -> usize {
        self.mails.lock().unwrap().len()
    }
}

/// One conversation after RFC 5321, as far as a client that does everything right wants it.
async fn take(stream: TcpStream, mails: &Mutex<Vec<String>>) {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 sink ESMTP\r\n").await.unwrap();
    let mut line = String::new();
    while stream.read_line(&mut line).await.is_ok_and(|read| read > 0) {
        let answer = match line.split_whitespace().next().unwrap_or_default() {
            "DATA" => {
                stream.write_all(b"354 go on\r\n").await.unwrap();
                let mut mail = String::new();
                while !mail.ends_with("\r\n.\r\n") {
                    assert!(stream.read_line(&mut mail).await.unwrap() > 0);
                }
                mails.lock().unwrap().push(mail);
                "250 taken"
            }
            "QUIT" => "221 bye",
            _ => "250 fine",
        };
        stream.write_all(format!("{answer}\r\n").as_bytes()).await.unwrap();
        line.clear();
    }
}

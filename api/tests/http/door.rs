//! The listening socket itself: its bounds, and how it closes.

use std::time::Duration;

use domain::testing::{Fresh, on_both};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinHandle,
    time::timeout,
};
use tokio_util::sync::CancellationToken;

use crate::house::House;

/// A server on a free port, and what stops it.
async fn serve(house: &House) -> (String, CancellationToken, JoinHandle<std::io::Result<()>>) {
    let door = api::Door::open(&house.state.settings.http).await.unwrap();
    let (address, stop) = (door.address().to_string(), CancellationToken::new());
    let serving = api::serve(house.state.clone(), door, stop.clone().cancelled_owned());
    #[expect(clippy::disallowed_methods, reason = "the test waits for it, or the runtime ends it")]
    let serving = tokio::spawn(serving);
    (address, stop, serving)
}

/// Asks on a connection that stays open; gives the head of the answer.
async fn ask(stream: &mut TcpStream, path: &str) -> String {
    let request = format!("GET {path} HTTP/1.1\r\nHost: test\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = vec![0; 4_096];
    let read = stream.read(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer[..read]).into_owned()
}

on_both! {
    async fn one_connection_more_waits_for_a_place(db: Fresh) {
        let house = House::with(db, &["--bind", "127.0.0.1:0", "--max-connections", "1"]).await;
        let (address, _stop, _serving) = serve(&house).await;
        let mut first = TcpStream::connect(&address).await.unwrap();
        assert!(ask(&mut first, "/health").await.starts_with("HTTP/1.1 200"));
        let mut second = TcpStream::connect(&address).await.unwrap();
        assert!(timeout(Duration::from_millis(300), ask(&mut second, "/health")).await.is_err());
        drop(first);
        let mut answer = [0; 12];
        timeout(Duration::from_secs(5), second.read_exact(&mut answer)).await.unwrap().unwrap();
        assert_eq!(&answer, b"HTTP/1.1 200");
    }

    async fn a_request_that_comes_byte_by_byte_is_cut_off_in_its_head_and_answered_in_its_body(db: Fresh) {
        let house = House::with(db, &["--bind", "127.0.0.1:0", "--request-timeout-s", "1"]).await;
        let (address, _stop, _serving) = serve(&house).await;
        let drip = async |head: &str| {
            let (mut taking, mut giving) = TcpStream::connect(&address).await.unwrap().into_split();
            giving.write_all(head.as_bytes()).await.unwrap();
            let dripping = async {
                while giving.write_all(b"a").await.is_ok() {
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
                std::future::pending::<()>().await;
            };
            let mut answer = Vec::new();
            tokio::select! {
                // Cut off in the middle of what it sends, it may also be told so by a reset.
                _ = taking.read_to_end(&mut answer) => String::from_utf8(answer).unwrap(),
                () = dripping => unreachable!("it waits for its end"),
                () = tokio::time::sleep(Duration::from_secs(10)) => panic!("still open after 10 s: {head}"),
            }
        };
        assert_eq!(drip("GET /health HTTP/1.1\r\nX-Slow: ").await, "");
        let head = format!(
            "POST /agents HTTP/1.1\r\nHost: test\r\nX-API-Key: {}\r\nContent-Type: application/json\r\n\
             Content-Length: 1000\r\n\r\n",
            house.key()
        );
        let answer = drip(&head).await;
        assert!(answer.starts_with("HTTP/1.1 504"), "{answer}");
    }

    async fn running_calls_may_end_and_are_still_answered(db: Fresh) {
        let house = House::with(db, &["--bind", "127.0.0.1:0", "--call-drain-s", "30"]).await;
        let (address, stop, serving) = serve(&house).await;
        let call = house.state.tasks.token();
        stop.cancel();
        house.state.draining.cancelled().await;
        let mut asking = TcpStream::connect(&address).await.unwrap();
        assert!(ask(&mut asking, "/health/ready").await.contains("503"), "no new calls");
        assert!(ask(&mut asking, "/health").await.contains("200"), "but HTTP, for the running ones");
        assert!(!house.state.shutdown.is_cancelled() && !serving.is_finished());
        drop(call);
        timeout(Duration::from_secs(10), serving).await.unwrap().unwrap().unwrap();
        assert!(house.state.shutdown.is_cancelled());
        assert!(TcpStream::connect(&address).await.is_err());
    }

    async fn calls_that_do_not_end_are_cut_off(db: Fresh) {
        let house = House::with(db, &["--bind", "127.0.0.1:0", "--call-drain-s", "1"]).await;
        let (_, stop, serving) = serve(&house).await;
        let (call, told) = (house.state.tasks.token(), house.state.shutdown.clone());
        stop.cancel();
        // What a call does when it is told.
        timeout(Duration::from_secs(5), told.cancelled()).await.unwrap();
        drop(call);
        timeout(Duration::from_secs(10), serving).await.unwrap().unwrap().unwrap();
    }
}

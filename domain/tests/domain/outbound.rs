//! Requests to tenants' addresses, against real servers on this machine.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use domain::outbound::{Answer, Failure, Outbound, PrivateNetworks, Request};
use proptest::prelude::*;
use reqwest::{
    Method,
    dns::{Addrs, Name, Resolve, Resolving},
    header::{HeaderMap, HeaderName, HeaderValue},
};

use tokio::io::AsyncWriteExt;

use crate::site::{Site, answer};

fn outbound(allowed: &str) -> Outbound {
    let _ = rustls::crypto::ring::default_provider().install_default();
    Outbound::new(allowed.parse().unwrap())
}

/// This machine alone is opened: what it answers is what a public host would.
fn open() -> Outbound {
    outbound("127.0.0.1/32")
}

fn get(outbound: &Outbound, url: &str) -> Result<Request, Failure> {
    Ok(Request {
        method: Method::GET,
        url: outbound.check(url)?,
        headers: HeaderMap::new(),
        secret_headers: HeaderMap::new(),
        body: None,
        timeout: Duration::from_secs(5),
        max_bytes: 1_000,
    })
}

async fn send(outbound: &Outbound, url: &str) -> Result<Answer, Failure> {
    outbound.send(get(outbound, url)?).await
}

fn header(name: &'static str, value: &'static str) -> HeaderMap {
    HeaderMap::from_iter([(HeaderName::from_static(name), HeaderValue::from_static(value))])
}

/// Answers every name with the next of these, the last one for ever.
struct Names(Vec<Vec<IpAddr>>, AtomicUsize);

impl Names {
    fn new(answers: &[&[&str]]) -> Self {
        let parsed = answers.iter().map(|answer| answer.iter().map(|address| address.parse().unwrap()).collect());
        Self(parsed.collect(), AtomicUsize::new(0))
    }
}

impl Resolve for Names {
    fn resolve(&self, _: Name) -> Resolving {
        let at = self.1.fetch_add(1, Ordering::Relaxed).min(self.0.len() - 1);
        let addresses: Vec<_> = self.0[at].iter().map(|address| SocketAddr::new(*address, 0)).collect();
        Box::pin(async move { Ok(Box::new(addresses.into_iter()) as Addrs) })
    }
}

#[tokio::test]
async fn this_machine_is_not_reached_unless_the_operator_allows_it() {
    let site = Site::start(|_| answer(200, &["content-type: text/plain"], "hello")).await;
    let by_name = site.url("/").replace("127.0.0.1", "localhost");
    // An allowed network elsewhere lets `http` through, and nothing of this machine.
    let elsewhere = outbound("10.99.0.0/16");
    assert_eq!(send(&elsewhere, &site.url("/")).await, Err(Failure::BlockedAddress));
    assert_eq!(send(&elsewhere, &by_name).await, Err(Failure::BlockedAddress));
    assert_eq!(site.requests().len(), 0);

    let told = send(&open(), &site.url("/")).await.unwrap();
    assert_eq!((told.status, &told.body[..], told.content_type.as_deref()), (200, &b"hello"[..], Some("text/plain")));
    assert_eq!(send(&outbound("127.0.0.0/8,::1/128"), &by_name).await.unwrap().status, 200);
}

#[test]
fn only_plain_addresses_of_hosts_are_taken() {
    let outbound = outbound("");
    for (url, wrong) in [
        ("http://example.com/", "https"),
        ("ftp://example.com/", "https"),
        ("file:///etc/passwd", "https"),
        ("gopher://example.com:70/", "https"),
        ("https://user@example.com/", "user"),
        ("https://:secret@example.com/", "user"),
        ("https://example.com:22/", "port"),
        ("https://example.com:25/", "port"),
        ("https://", "URL"),
        ("example.com", "URL"),
        ("", "URL"),
    ] {
        let Err(Failure::Address(reason)) = outbound.check(url) else { panic!("{url} was taken") };
        assert!(reason.contains(wrong), "{url}: {reason}");
    }
    for url in ["https://example.com/", "https://example.com:8443/a?b#c", "https://8.8.8.8/", "https://[2606:4700::1]/"]
    {
        assert!(outbound.check(url).is_ok(), "{url}");
    }
}

#[test]
fn no_spelling_of_a_private_address_is_taken() {
    let outbound = outbound("");
    let spellings = [
        "127.0.0.1",
        "127.1",
        "0x7f.1",
        "0x7f000001",
        "2130706433",
        "017700000001",
        "0177.0.0.1",
        "127.0.0.1.",
        "0",
        "0.0.0.0",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "10.0.0.1",
        "0xa.0.0.1",
        "192.168.1.1",
        "3232235777",
        "169.254.169.254",
        "2852039166",
        "0xa9fea9fe",
        "[::ffff:a9fe:a9fe]",
        "[fd00:ec2::254]",
        "[fe80::1]",
        "100.100.100.200",
        "%31%32%37.0.0.1",
        "１２７.0.0.1",
        "①②⑦.0.0.1",
        "127。0。0。1",
    ];
    for host in spellings {
        assert_eq!(outbound.check(&format!("https://{host}/")), Err(Failure::BlockedAddress), "{host}");
    }
}

proptest! {
    #[test]
    fn an_address_is_blocked_however_it_is_written(address: u32, form in 0..6) {
        let [a, b, c, d] = address.to_be_bytes();
        let host = match form {
            0 => Ipv4Addr::from(address).to_string(),
            1 => address.to_string(),
            2 => format!("{address:#x}"),
            3 => format!("0{a:o}.{b:#x}.{}", u16::from_be_bytes([c, d])),
            4 => format!("[::ffff:{}]", Ipv4Addr::from(address)),
            _ => format!("[64:ff9b::{a:x}{b:02x}:{c:x}{d:02x}]"),
        };
        let is_public = PrivateNetworks::default().allow(Ipv4Addr::from(address).into());
        let taken = outbound("").check(&format!("https://{host}/"));
        prop_assert_eq!(taken.is_ok(), is_public, "{}", host);
    }
}

#[tokio::test]
async fn a_name_that_leads_inside_is_not_followed_whatever_it_said_before() {
    let site = Site::start(|_| answer(200, &["connection: close"], "inside")).await;
    let port = site.address().port();
    let names =
        |answers: &[&[&str]]| Outbound::with_resolver("10.99.0.0/16".parse().unwrap(), Arc::new(Names::new(answers)));
    let _ = open();
    let url = format!("http://rebind.example:{port}/");
    for inside in ["127.0.0.1", "::ffff:127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00::1"] {
        assert_eq!(send(&names(&[&[inside]]), &url).await, Err(Failure::BlockedAddress), "{inside}");
        // Hidden behind a public one.
        assert_eq!(send(&names(&[&["1.1.1.1", inside]]), &url).await, Err(Failure::BlockedAddress), "{inside}");
    }

    // First an address that is allowed, then one that is not: a check by itself would have seen the first only.
    let rebinding = Outbound::with_resolver(
        "127.0.0.1/32".parse().unwrap(),
        Arc::new(Names::new(&[&["127.0.0.1"], &["127.0.0.2"]])),
    );
    assert_eq!(send(&rebinding, &url).await.unwrap().body, "inside");
    assert_eq!(send(&rebinding, &url).await, Err(Failure::BlockedAddress));
    assert_eq!(site.requests().len(), 1);
}

#[tokio::test]
async fn a_redirect_is_checked_like_the_first_address() {
    let targets =
        ["http://127.0.0.2:9999/", "http://169.254.169.254/latest/meta-data/", "http://[::1]/", "http://2130706434/"];
    for target in targets {
        let site = Site::start(move |_| answer(302, &[&format!("location: {target}")], "")).await;
        assert_eq!(send(&open(), &site.url("/")).await, Err(Failure::BlockedAddress), "{target}");
    }
    for (target, refused) in
        [("file:///etc/passwd", "https"), ("http://u:p@example.com/", "user"), ("http://example.com:22/", "port")]
    {
        let site = Site::start(move |_| answer(302, &[&format!("location: {target}")], "")).await;
        let Err(Failure::Address(reason)) = send(&open(), &site.url("/")).await else { panic!("{target}") };
        assert!(reason.contains(refused), "{target}: {reason}");
    }
    let by_name = Site::start(|_| answer(302, &["location: http://localhost:9999/"], "")).await;
    let names = Names::new(&[&["10.0.0.1"]]);
    let outbound = Outbound::with_resolver("127.0.0.1/32".parse().unwrap(), Arc::new(names));
    assert_eq!(send(&outbound, &by_name.url("/")).await, Err(Failure::BlockedAddress));
}

#[tokio::test]
async fn redirects_are_followed_three_times() {
    let site = Site::start(|request| match request.path() {
        "/1" => answer(301, &["location: /2"], ""),
        "/2" => answer(302, &["location: 3"], ""),
        "/3" => answer(308, &["location: ?4"], ""),
        "/3?4" => answer(200, &[], "there"),
        "/0" => answer(303, &["location: /1"], ""),
        _ => answer(302, &["location: /loop"], ""),
    })
    .await;
    assert_eq!(send(&open(), &site.url("/1")).await.unwrap().body, "there");
    assert_eq!(send(&open(), &site.url("/0")).await, Err(Failure::Redirects));
    assert_eq!(send(&open(), &site.url("/loop")).await, Err(Failure::Redirects));
}

#[tokio::test]
async fn another_origin_sees_neither_secrets_nor_the_body() {
    let other = Site::start(|_| answer(200, &[], "other")).await;
    let away = other.url("/away");
    let site = Site::start(move |request| match request.path() {
        "/here" => answer(307, &["location: /landed"], ""),
        "/seen" => answer(303, &[&format!("location: {away}")], ""),
        "/resent" => answer(307, &[&format!("location: {away}")], ""),
        _ => answer(200, &[], "here"),
    })
    .await;
    let outbound = open();
    let post = |path: &str| Request {
        method: Method::POST,
        body: Some("{\"said\":1}".into()),
        headers: HeaderMap::from_iter(
            header("x-plain", "1")
                .into_iter()
                .chain(header("authorization", "Basic b"))
                .map(|(name, value)| (name.unwrap(), value)),
        ),
        secret_headers: header("x-key", "secret"),
        ..get(&outbound, &site.url(path)).unwrap()
    };
    outbound.send(post("/here")).await.unwrap();
    let landed = site.requests().pop().unwrap();
    assert_eq!((landed.line.as_str(), landed.header("x-key")), ("POST /landed HTTP/1.1", Some("secret")));
    assert_eq!(landed.body, b"{\"said\":1}");

    outbound.send(post("/seen")).await.unwrap();
    let [seen] = &other.requests()[..] else { panic!("one request") };
    assert_eq!((seen.line.as_str(), &seen.body[..]), ("GET /away HTTP/1.1", &b""[..]));
    assert_eq!(seen.header("x-plain"), Some("1"));
    assert_eq!((seen.header("x-key"), seen.header("authorization"), seen.header("cookie")), (None, None, None));

    assert_eq!(outbound.send(post("/resent")).await, Err(Failure::Redirects));
    assert_eq!(other.requests().len(), 1);
}

#[tokio::test]
async fn an_answer_is_bounded_in_size_and_time() {
    let site = Site::start(|request| match request.path() {
        "/whole" => answer(200, &[], "x".repeat(1_000)),
        "/large" => answer(200, &[], "x".repeat(1_001)),
        // Without a length, and without an end.
        "/endless" => {
            let mut head = b"HTTP/1.1 200 X\r\n\r\n".to_vec();
            head.resize(4_000_000, b'x');
            head
        }
        "/gzip" => answer(200, &["content-encoding: gzip"], "x"),
        "/cut" => b"HTTP/1.1 200 X\r\ncontent-length: 900\r\n\r\nx".to_vec(),
        "/noise" => b"SSH-2.0-OpenSSH\r\n\r\n".to_vec(),
        _ => Vec::new(),
    })
    .await;
    let outbound = open();
    assert_eq!(send(&outbound, &site.url("/whole")).await.unwrap().body.len(), 1_000);
    for (path, failure) in [
        ("/large", Failure::TooLarge),
        ("/endless", Failure::TooLarge),
        ("/gzip", Failure::Unreadable),
        ("/cut", Failure::Unreadable),
        ("/noise", Failure::Unreadable),
    ] {
        assert_eq!(send(&outbound, &site.url(path)).await, Err(failure), "{path}");
    }
    // It takes the request and says nothing.
    let silent = Site::silent().await;
    let began = Instant::now();
    let request = Request { timeout: Duration::from_millis(150), ..get(&outbound, &silent.url("/")).unwrap() };
    assert_eq!(outbound.send(request).await, Err(Failure::Timeout));
    assert!(began.elapsed() < Duration::from_secs(2));
}

#[tokio::test]
async fn a_failure_says_what_to_look_at() {
    let outbound = open();
    let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    assert_eq!(send(&outbound, &format!("http://{free}/")).await, Err(Failure::Connect));
    let site = Site::start(|_| answer(500, &[], "broken")).await;
    assert_eq!(send(&outbound, &site.url("/")).await.unwrap().status, 500);
    let plain = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}/", plain.local_addr().unwrap());
    let speaks_no_tls = async {
        let (mut socket, _) = plain.accept().await.unwrap();
        socket.write_all(b"220 mail.example ESMTP ready\r\n").await.unwrap();
        socket
    };
    assert_eq!(tokio::join!(send(&outbound, &url), speaks_no_tls).0, Err(Failure::Tls));

    struct Nowhere;
    impl Resolve for Nowhere {
        fn resolve(&self, _: Name) -> Resolving {
            Box::pin(async { Err(std::io::Error::other("no such name").into()) })
        }
    }
    let nowhere = Outbound::with_resolver("127.0.0.1/32".parse().unwrap(), Arc::new(Nowhere));
    assert_eq!(send(&nowhere, "https://nowhere.example/").await, Err(Failure::Dns));
    let said = [Failure::BlockedAddress, Failure::Dns, Failure::Connect, Failure::Tls, Failure::Timeout];
    assert!(said.iter().all(|failure| !failure.to_string().contains("127.")), "{said:?}");
}

#[tokio::test]
async fn a_client_of_another_make_is_guarded_too() {
    let names = Arc::new(Names::new(&[&["127.0.0.1"]]));
    let _ = open();
    let outbound = Outbound::with_resolver(PrivateNetworks::default(), names);
    let client = outbound.guard(reqwest::Client::builder()).build().unwrap();
    let error = client.get("http://inside.example:9999/").send().await.unwrap_err();
    assert_eq!(Failure::of(&error), Failure::BlockedAddress);
}

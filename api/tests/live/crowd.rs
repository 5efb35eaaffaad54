//! Ten thousand sockets that say nothing.

use std::time::Duration;

use futures_util::{StreamExt, stream};
use simulator::{
    openai::Fake,
    twilio::{Caller, Script},
};
use tokio::time::timeout;
use tokio_tungstenite::{connect_async, tungstenite::client::IntoClientRequest};

use crate::process::{Process, demo, free_address};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_silent_sockets_leave_calls_alone_and_are_gone_after_ten_seconds() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let files = api::open_files::raise(10_000);
    assert!(files > 10_500, "this machine lets a process open {files} files: raise the hard limit (ulimit -Hn)");
    let openai = Fake::start().await.unwrap();
    let directory = tempfile::tempdir().unwrap();
    let settings = [("OPENAI_BASE_URL", openai.base_url())];
    let settings = settings.each_ref().map(|(name, value)| (*name, value.as_str()));
    let server = Process::start(directory.path(), free_address(), &settings).await;
    let (account, number) = demo(directory.path(), &server.base());
    let before = server.memory();

    let url = format!("ws://{}/webhooks/twilio/stream", server.address);
    let sockets: Vec<_> = stream::iter(0..10_000)
        .map(|_| {
            let mut request = url.as_str().into_client_request().unwrap();
            request.headers_mut().insert("X-Twilio-Signature", "bm90IHNpZ25lZA==".parse().unwrap());
            async move { connect_async(request).await.ok() }
        })
        .buffer_unordered(100)
        .filter_map(|connected| async { connected.map(|(socket, _)| socket) })
        .collect()
        .await;
    // Half of the 12,000 connections that it takes may wait; the others have been sent away already.
    let each = server.memory().saturating_sub(before) / 6_000;
    println!("{} silent sockets, {each} bytes of memory for each that may wait", sockets.len());
    assert_eq!(sockets.len(), 10_000, "some were not taken");
    assert!(each < 24 * 1_024, "{each} bytes for each socket");

    let script = Script::new().wait_for_agent();
    let report = Caller::new(&account, number).allow_ws().instant_say().script(script).place().await;
    assert!(report.faults().is_empty(), "{:#?}", report.events);
    assert!(report.streams[0].greeting.is_some(), "{:#?}", report.events);

    let closed = stream::iter(sockets)
        .map(|mut socket| async move {
            timeout(Duration::from_secs(20), async { while let Some(Ok(_)) = socket.next().await {} }).await.is_ok()
        })
        .buffer_unordered(10_000)
        .filter(|closed| std::future::ready(*closed))
        .count();
    assert_eq!(closed.await, 10_000);
}

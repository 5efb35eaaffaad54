//! The test of a number, which asks Twilio and goes out to our own public address; removed numbers' live calls.

use std::sync::{Arc, OnceLock};

use domain::testing::{Fresh, on_both};
use poem::{
    Body, EndpointExt, Request, Response, Server, handler,
    http::{HeaderName, StatusCode},
    listener::TcpAcceptor,
    web::Data,
};
use rustls::{ServerConfig, pki_types::PrivatePkcs8KeyDer};
use serde_json::Value;
use simulator::{
    openai::Fake,
    twilio::{Number, Status, signature},
};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_util::task::TaskTracker;

use crate::house::{CALLER, House, NUMBER};

/// The number's path.
async fn number(house: &House) -> String {
    let (_, listed) = house.http("GET", "/phone-numbers").await;
    format!("/phone-numbers/{}", listed["items"][0]["id"].as_str().unwrap())
}

async fn tested(house: &House) -> Value {
    let (status, report) = house.http("POST", &format!("{}/test", number(house).await)).await;
    assert_eq!(status, 200, "{report}");
    report
}

/// A check's verdict, and what it says.
fn verdict<'a>(report: &'a Value, check: &str) -> (&'a str, &'a str) {
    let all = report["checks"].as_array().unwrap();
    let found = all.iter().find(|found| found["check"] == check).unwrap_or_else(|| panic!("no {check}: {report}"));
    (found["verdict"].as_str().unwrap(), found["message"].as_str().unwrap())
}

fn verdicts<const N: usize>(report: &Value, checks: [&str; N]) -> [String; N] {
    checks.map(|check| verdict(report, check).0.to_owned())
}

async fn with_public_url(database: Fresh, url: &str) -> House {
    House::with(database, &["--public-url", url], Fake::builder()).await
}

/// Passes requests on to the address that it is told, with the query that it was made for.
#[handler]
async fn meddle(request: &Request, body: Body, Data(proxy): Data<&Proxy>) -> Response {
    let url = format!("{}{}{}", proxy.to.get().unwrap(), request.uri().path(), proxy.query);
    let mut onward = reqwest::Client::new().request(request.method().clone(), url);
    for name in ["content-type", "x-twilio-signature"].map(HeaderName::from_static) {
        if let Some(value) = request.headers().get(&name) {
            onward = onward.header(name, value.clone());
        }
    }
    let answer = onward.body(body.into_vec().await.unwrap()).send().await.unwrap();
    let status = StatusCode::from_u16(answer.status().as_u16()).unwrap();
    Response::builder().status(status).body(answer.bytes().await.unwrap())
}

#[derive(Clone)]
struct Proxy {
    to: Arc<OnceLock<String>>,
    query: &'static str,
}

impl Proxy {
    /// A proxy and its address; it begins when it knows where to.
    async fn start(query: &'static str) -> (Self, String) {
        let proxy = Self { to: Arc::default(), query };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let routes = poem::Route::new().at("/*path", meddle).data(proxy.clone());
        let server = Server::new_with_acceptor(TcpAcceptor::from_tokio(listener).unwrap());
        TaskTracker::new().spawn(server.run(routes));
        (proxy, url)
    }
}

/// A house behind a proxy that adds this query to each request.
async fn behind_a_proxy(database: Fresh, query: &'static str) -> House {
    let (proxy, url) = Proxy::start(query).await;
    let house = with_public_url(database, &url).await;
    proxy.to.set(house.base.clone()).unwrap();
    house
}

/// The address of a server whose certificate nobody has signed.
async fn self_signed() -> String {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let own = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = PrivatePkcs8KeyDer::from(own.signing_key.serialize_der());
    let config = ServerConfig::builder().with_no_client_auth();
    let config = config.with_single_cert(vec![own.cert.der().clone()], key.into()).unwrap();
    let (acceptor, listener) = (TlsAcceptor::from(Arc::new(config)), TcpListener::bind("127.0.0.1:0").await.unwrap());
    let port = listener.local_addr().unwrap().port();
    TaskTracker::new().spawn(async move {
        while let Ok((tcp, _)) = listener.accept().await {
            // The client goes away in mid-handshake.
            let _ = acceptor.accept(tcp).await;
        }
    });
    format!("https://localhost:{port}")
}

on_both! {
    async fn a_number_that_works_passes_all_that_can_pass_without_the_internet(database: Fresh) {
        let house = House::new(database).await;
        let report = tested(&house).await;
        let checks = ["credentials", "number", "webhooks", "reachable", "signature"];
        assert_eq!(verdicts(&report, checks), ["ok"; 5], "{report}");
        let (public_url, why) = verdict(&report, "public_url");
        assert!(public_url == "failed" && why.contains("https"), "{why}");
        assert_eq!(report["passed"], false);
        assert_eq!(report["phone_number"]["twilio"]["state"], "as_configured");
        assert!(!report.to_string().contains(house.account.auth_token()), "{report}");
        house.stop().await;
    }

    async fn what_twilio_would_do_otherwise_is_told(database: Fresh) {
        let house = House::new(database).await;
        house.account.add(Number::new(NUMBER).voice_url("https://elsewhere.example/voice").trunk("TK1"));
        let report = tested(&house).await;
        let (webhooks, why) = verdict(&report, "webhooks");
        assert!(webhooks == "failed" && why.contains("trunk_sid, voice_url") && why.contains("overrules"), "{why}");
        assert_eq!(report["phone_number"]["twilio"]["drift"][0]["found"], "TK1");
        house.account.remove(NUMBER);
        let report = tested(&house).await;
        assert_eq!(verdicts(&report, ["credentials", "number", "webhooks"]), ["ok", "failed", "skipped"]);
        assert!(verdict(&report, "number").1.contains("subaccount"), "{report}");
        house.account.set_status(Status::Suspended);
        let report = tested(&house).await;
        assert_eq!(verdicts(&report, ["credentials", "number", "webhooks"]), ["failed", "skipped", "skipped"]);
        assert!(verdict(&report, "credentials").1.contains("suspended"), "{report}");
        assert_eq!(verdicts(&report, ["reachable", "signature"]), ["ok", "ok"], "that is another matter");
        house.stop().await;
    }

    async fn a_public_address_that_leads_nowhere_is_told(database: Fresh) {
        let house = with_public_url(database, "http://127.0.0.1:9").await;
        let report = tested(&house).await;
        assert_eq!(verdicts(&report, ["reachable", "signature"]), ["failed", "skipped"]);
        assert!(verdict(&report, "reachable").1.contains("cannot be reached"), "{report}");
        house.stop().await;
    }

    async fn a_public_address_that_leads_to_another_server_is_told(database: Fresh) {
        let stranger = Fake::builder().start().await.unwrap();
        let house = with_public_url(database, stranger.base_url().trim_end_matches("/v1")).await;
        let report = tested(&house).await;
        assert_eq!(verdicts(&report, ["reachable", "signature"]), ["failed", "skipped"]);
        assert!(verdict(&report, "reachable").1.contains("not as this server does"), "{report}");
        house.stop().await;
    }

    async fn a_public_address_that_leads_to_another_installation_is_told(database: Fresh) {
        let other = House::new(domain::testing::fresh(database.backend()).await).await;
        let house = with_public_url(database, &other.base).await;
        let report = tested(&house).await;
        assert_eq!(verdicts(&report, ["reachable", "signature"]), ["ok", "failed"], "{report}");
        house.stop().await;
        other.stop().await;
    }

    async fn a_certificate_that_is_not_valid_is_told(database: Fresh) {
        let house = with_public_url(database, &self_signed().await).await;
        let report = tested(&house).await;
        assert_eq!(verdicts(&report, ["reachable", "signature"]), ["failed", "skipped"]);
        assert!(verdict(&report, "reachable").1.contains("certificate is not valid"), "{report}");
        house.stop().await;
    }

    async fn a_proxy_that_changes_the_address_is_found_and_one_that_does_not_is_not(database: Fresh) {
        let honest = behind_a_proxy(domain::testing::fresh(database.backend()).await, "").await;
        assert_eq!(verdicts(&tested(&honest).await, ["reachable", "signature"]), ["ok", "ok"]);
        honest.stop().await;
        let house = behind_a_proxy(database, "?via=proxy").await;
        let report = tested(&house).await;
        assert_eq!(verdicts(&report, ["reachable", "signature"]), ["ok", "failed"]);
        assert!(verdict(&report, "signature").1.contains("proxy"), "{report}");
        house.stop().await;
    }

    async fn who_cannot_sign_for_a_number_learns_nothing_by_the_test_webhook(database: Fresh) {
        let house = House::new(database).await;
        let unknown = house.webhook("test", &[("To", "+14155550177"), ("Nonce", "n1")]).await;
        let known = house.webhook_signed("test", &[("To", NUMBER), ("Nonce", "n1")], Some("forged")).await;
        for (status, problem) in [unknown, known] {
            assert!(status == 403 && problem.contains("bad_signature"), "{status} {problem}");
        }
        let (status, proof) = house.webhook("test", &[("To", NUMBER), ("Nonce", "n1")]).await;
        assert_eq!((status, proof), (200, signature(house.account.auth_token(), "arrived:n1", &[])));
        house.stop().await;
    }

    async fn a_live_call_goes_on_when_its_number_is_removed_and_a_new_one_is_not_taken(database: Fresh) {
        let house = House::new(database).await;
        house.call_webhook("incoming", "CA1").await;
        let (status, _) = house.http("DELETE", &number(&house).await).await;
        assert_eq!(status, 204);
        let (status, twiml) = house.call_webhook("continue", "CA1").await;
        assert!(status == 200 && twiml.contains("<Stream"), "{status} {twiml}");
        let over = [("CallSid", "CA1"), ("From", CALLER), ("To", NUMBER), ("CallStatus", "completed")];
        assert_eq!(house.webhook("status", &over).await.0, 204);
        assert_eq!(house.call("CA1").await.status, domain::calls::Status::Completed);
        let (_, twiml) = house.call_webhook("incoming", "CA2").await;
        assert!(twiml.contains("not in service"), "{twiml}");
        house.stop().await;
    }
}

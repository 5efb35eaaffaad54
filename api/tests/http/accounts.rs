use std::time::Duration;

use domain::testing::{Fresh, on_both};
use poem::{
    Endpoint, Response,
    http::StatusCode,
    test::{TestClient, TestResponse},
};
use serde_json::{Value, json};

use crate::{
    house::{House, json as body, problem},
    smtp::Sink,
};

const EMAIL: &str = "ada@example.com";
const PASSWORD: &str = "correct horse battery";
const OTHER: &str = "staple of another horse";

fn person(email: &str) -> Value {
    json!({"email": email, "password": PASSWORD, "name": "Ada", "tenant_name": "Bakery"})
}

/// Of an answer with tokens, whatever its status.
async fn tokens(answer: TestResponse) -> Value {
    assert!(answer.0.status().is_success(), "{}", answer.0.status());
    serde_json::from_slice(&answer.0.into_body().into_bytes().await.unwrap()).unwrap()
}

async fn post(house: &House, path: &str, sent: Value) -> TestResponse {
    house.client().post(path).body_json(&sent).send().await
}

async fn sign_up(house: &House) -> Value {
    tokens(post(house, "/auth/sign-up", person(EMAIL)).await).await
}

async fn sign_in(house: &House, password: &str) -> TestResponse {
    post(house, "/auth/sign-in", json!({"email": EMAIL, "password": password})).await
}

fn bearer(tokens: &Value) -> String {
    format!("Bearer {}", tokens["access_token"].as_str().unwrap())
}

async fn get(house: &House, path: &str, tokens: &Value) -> TestResponse {
    house.client().get(path).header("Authorization", bearer(tokens)).send().await
}

async fn code(answer: TestResponse) -> (u16, String) {
    let (status, code, _) = problem(answer).await;
    (status, code)
}

/// A browser's jar: what `Set-Cookie` left in it, as it sends it back.
fn jar(answer: &TestResponse) -> Vec<(String, String)> {
    let lines = answer.0.headers().get_all("set-cookie").iter().map(|line| line.to_str().unwrap());
    let pair =
        |line: &str| line.split(';').next().unwrap().split_once('=').map(|(name, value)| (name.into(), value.into()));
    lines.filter_map(pair).collect()
}

/// What a page of ours sends.
struct Browser {
    refresh: String,
    csrf: String,
}

impl Browser {
    fn of(answer: &TestResponse) -> Self {
        let jar = jar(answer);
        let value = |name: &str| jar.iter().find(|(found, _)| found == name).unwrap().1.clone();
        Self { refresh: value("__Host-switchboard_refresh"), csrf: value("__Host-switchboard_csrf") }
    }

    async fn post(
        &self,
        client: &TestClient<impl Endpoint<Output = Response>>,
        path: &str,
        headers: &[(&str, &str)],
    ) -> TestResponse {
        let cookie =
            format!("theme=dark; __Host-switchboard_refresh={}; __Host-switchboard_csrf={}", self.refresh, self.csrf);
        let request = client.post(path).header("Cookie", cookie).body_json(&json!({}));
        headers.iter().fold(request, |request, (name, value)| request.header(*name, *value)).send().await
    }
}

on_both! {
    async fn who_signs_up_owns_a_tenant_and_is_let_in(db: Fresh) {
        let house = House::new(db).await;
        let answer = post(&house, "/auth/sign-up", person("Ada@Example.com")).await;
        answer.assert_status(StatusCode::CREATED);
        answer.assert_header("cache-control", "no-store");
        assert!(answer.0.headers().get("set-cookie").is_none());
        let signed_up = tokens(answer).await;
        assert_eq!(signed_up["expires_in"], 600);
        let me = body(get(&house, "/auth/me", &signed_up).await).await;
        assert_eq!((&me["user"]["email"], &me["user"]["email_verified_at"]), (&json!(EMAIL), &Value::Null));
        assert_eq!((&me["tenant"]["name"], &me["tenant"]["role"]), (&json!("Bakery"), &json!("owner")));
        assert_eq!(me["permissions"], json!(["read", "calls", "manage", "admin", "own"]));
        assert_eq!(me["tenants"], json!([me["tenant"]]));
        assert_eq!(me["session_id"], signed_up["session_id"]);
        // The token opens what a key opens, and their own tenant alone.
        let client = house.client();
        let agent = client.post("/agents").header("Authorization", bearer(&signed_up));
        agent.body_json(&json!({"name": "Ada's"})).send().await.assert_status(StatusCode::CREATED);
        assert_eq!(body(get(&house, "/agents", &signed_up).await).await["items"].as_array().unwrap().len(), 1);
        assert_eq!(body(house.get("/agents").await).await["items"], json!([]));
        assert_eq!(code(post(&house, "/auth/sign-up", person(EMAIL)).await).await, (409, "conflict".to_owned()));
    }

    async fn a_closed_house_takes_in_no_strangers(db: Fresh) {
        let house = House::with(db, &["--sign-up", "closed"]).await;
        assert_eq!(code(post(&house, "/auth/sign-up", person(EMAIL)).await).await, (403, "sign_up_closed".to_owned()));
    }

    async fn an_unknown_account_and_a_wrong_password_are_told_alike(db: Fresh) {
        let house = House::new(db).await;
        sign_up(&house).await;
        let mut told = Vec::new();
        for email in [EMAIL, "nobody@example.com"] {
            let answer = post(&house, "/auth/sign-in", json!({"email": email, "password": OTHER})).await;
            answer.assert_status(StatusCode::UNAUTHORIZED);
            let mut problem: Value = answer.0.into_body().into_json().await.unwrap();
            problem["request_id"] = Value::Null;
            told.push(problem);
        }
        assert_eq!(told[0], told[1]);
        assert_eq!(told[0]["code"], "wrong_credentials");
        // And so are those that were guessed at too often.
        for email in [EMAIL, "nobody@example.com"] {
            for _ in 0..4 {
                post(&house, "/auth/sign-in", json!({"email": email, "password": OTHER})).await;
            }
            let answer = post(&house, "/auth/sign-in", json!({"email": email, "password": PASSWORD})).await;
            let wait: u64 = answer.0.header("retry-after").unwrap().parse().unwrap();
            assert!((25..=30).contains(&wait), "{wait}");
            assert_eq!(code(answer).await, (429, "throttled".to_owned()));
        }
    }

    async fn a_refresh_token_serves_once_and_a_second_use_ends_the_session(db: Fresh) {
        let house = House::new(db).await;
        let first = sign_up(&house).await;
        let refresh = async |tokens: &Value| post(&house, "/auth/refresh", json!({"refresh_token": tokens["refresh_token"]})).await;
        let second = tokens(refresh(&first).await).await;
        assert_ne!(first["refresh_token"], second["refresh_token"]);
        assert_eq!(code(refresh(&first).await).await, (409, "refresh_race".to_owned()));
        get(&house, "/auth/me", &second).await.assert_status_is_ok();
        // As if a minute had passed: the window is ten seconds.
        let past = (domain::entity::now() - chrono::TimeDelta::minutes(1)).to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
        house.fresh.execute(&format!("UPDATE refresh_tokens SET used_at = '{past}' WHERE used_at IS NOT NULL")).await;
        assert_eq!(code(refresh(&first).await).await, (401, "session_over".to_owned()));
        assert_eq!(code(refresh(&second).await).await, (401, "session_over".to_owned()));
        assert_eq!(code(get(&house, "/auth/me", &second).await).await, (401, "unauthorized".to_owned()));
        assert_eq!(code(post(&house, "/auth/refresh", json!({})).await).await, (401, "session_over".to_owned()));
    }

    async fn a_browser_holds_its_refresh_token_where_no_script_reads_it(db: Fresh) {
        let house = House::new(db).await;
        sign_up(&house).await;
        let answer = post(&house, "/auth/sign-in", json!({"email": EMAIL, "password": PASSWORD, "cookies": true})).await;
        let lines: Vec<_> = answer.0.headers().get_all("set-cookie").iter().map(|line| line.to_str().unwrap().to_owned()).collect();
        assert_eq!(lines.len(), 2);
        for line in &lines {
            let attributes: Vec<_> = line.split("; ").skip(1).collect();
            for attribute in ["Secure", "SameSite=Strict", "Path=/"] {
                assert!(attributes.contains(&attribute), "{line}");
            }
            let age: i64 = attributes.iter().find_map(|it| it.strip_prefix("Max-Age=")).unwrap().parse().unwrap();
            assert!((30 * 86_400 - 60..=30 * 86_400).contains(&age), "{line}");
            assert!(!line.to_lowercase().contains("domain="), "{line}");
            assert_eq!(attributes.contains(&"HttpOnly"), line.starts_with("__Host-switchboard_refresh="), "{line}");
        }
        let browser = Browser::of(&answer);
        let signed_in = tokens(answer).await;
        assert_eq!(signed_in.get("refresh_token"), None);
        assert_eq!(browser.refresh.len(), 40);

        let client = house.client();
        let refreshed = browser.post(&client, "/auth/refresh", &[("X-CSRF-Token", &browser.csrf)]).await;
        let next = Browser::of(&refreshed);
        assert!(next.refresh != browser.refresh && next.csrf != browser.csrf);
        assert_eq!(tokens(refreshed).await.get("refresh_token"), None);

        let out = next.post(&client, "/auth/sign-out", &[("X-CSRF-Token", &next.csrf)]).await;
        out.assert_status(StatusCode::NO_CONTENT);
        assert!(jar(&out).iter().all(|(_, value)| value.is_empty()) && jar(&out).len() == 2);
        assert!(out.0.headers().get_all("set-cookie").iter().all(|line| line.to_str().unwrap().contains("Max-Age=0;")));
        let gone = next.post(&client, "/auth/refresh", &[("X-CSRF-Token", &next.csrf)]).await;
        assert_eq!(code(gone).await, (401, "session_over".to_owned()));
        assert_eq!(code(get(&house, "/auth/me", &signed_in).await).await, (401, "unauthorized".to_owned()));
    }

    async fn a_cookie_alone_or_from_another_origin_does_nothing(db: Fresh) {
        let house = House::with(db, &["--public-url", "https://phone.example.com"]).await;
        let mut new = person(EMAIL);
        new["cookies"] = true.into();
        let browser = Browser::of(&post(&house, "/auth/sign-up", new.clone()).await);
        let client = house.client();
        let csrf = ("X-CSRF-Token", &*browser.csrf);
        for path in ["/auth/refresh", "/auth/sign-out"] {
            for (headers, expected) in [
                (&[][..], "csrf"),
                (&[("X-CSRF-Token", "")], "csrf"),
                (&[("X-CSRF-Token", "guessed")], "csrf"),
                (&[("X-CSRF-Token", &browser.refresh)], "csrf"),
                (&[csrf, ("Origin", "https://evil.example.com")], "foreign_origin"),
                (&[csrf, ("Origin", "http://phone.example.com")], "foreign_origin"),
                (&[csrf, ("Origin", "https://phone.example.com:8443")], "foreign_origin"),
                (&[csrf, ("Origin", "null")], "foreign_origin"),
                (&[csrf, ("Origin", "https://phone.example.com.evil.example"), ("Host", "phone.example.com")], "foreign_origin"),
            ] {
                let answer = browser.post(&client, path, headers).await;
                assert_eq!(code(answer).await, (403, expected.to_owned()), "{path} {headers:?}");
            }
        }
        // No CSRF cookie is no cookie that fits.
        let bare = client.post("/auth/refresh").header("Cookie", format!("__Host-switchboard_refresh={}", browser.refresh));
        assert_eq!(code(bare.header("X-CSRF-Token", "").body_json(&json!({})).send().await).await, (403, "csrf".to_owned()));
        // A page elsewhere signs nobody in, either.
        let foreign = client.post("/auth/sign-in").header("Origin", "https://evil.example.com");
        let foreign = foreign.body_json(&json!({"email": EMAIL, "password": PASSWORD, "cookies": true})).send().await;
        assert_eq!(code(foreign).await, (403, "foreign_origin".to_owned()));

        let ours = browser.post(&client, "/auth/refresh", &[csrf, ("Origin", "https://phone.example.com")]).await;
        let next = Browser::of(&ours);
        ours.assert_status_is_ok();
        let headers = [("X-CSRF-Token", &*next.csrf), ("Origin", "http://localhost:4000"), ("Host", "localhost:4000")];
        next.post(&client, "/auth/sign-out", &headers).await.assert_status(StatusCode::NO_CONTENT);
    }

    async fn signing_out_with_a_token_in_the_body_needs_no_cookie(db: Fresh) {
        let house = House::new(db).await;
        let signed_up = sign_up(&house).await;
        let out = post(&house, "/auth/sign-out", json!({"refresh_token": signed_up["refresh_token"]})).await;
        out.assert_status(StatusCode::NO_CONTENT);
        assert!(out.0.headers().get("set-cookie").is_none());
        assert_eq!(code(get(&house, "/auth/me", &signed_up).await).await, (401, "unauthorized".to_owned()));
        assert_eq!(code(get(&house, "/agents", &signed_up).await).await, (401, "unauthorized".to_owned()));
    }

    async fn sessions_are_seen_and_ended_by_their_owner_alone(db: Fresh) {
        let house = House::new(db).await;
        let here = sign_up(&house).await;
        let client = house.client();
        let phone = client.post("/auth/sign-in").header("User-Agent", "Phone/1.0");
        let phone = tokens(phone.body_json(&json!({"email": EMAIL, "password": PASSWORD})).send().await).await;
        let stranger = tokens(post(&house, "/auth/sign-up", person("bob@example.com")).await).await;
        let list = body(get(&house, "/auth/sessions", &here).await).await;
        let items = list["items"].as_array().unwrap();
        assert_eq!(items.len(), 2);
        assert_eq!((&items[0]["id"], &items[0]["user_agent"], &items[0]["is_current"]), (&phone["session_id"], &json!("Phone/1.0"), &json!(false)));
        assert_eq!((&items[1]["id"], &items[1]["is_current"]), (&here["session_id"], &json!(true)));

        let path = format!("/auth/sessions/{}", phone["session_id"].as_str().unwrap());
        let end = async |tokens: &Value| house.client().delete(&path).header("Authorization", bearer(tokens)).send().await;
        assert_eq!(code(end(&stranger).await).await, (404, "not_found".to_owned()));
        end(&here).await.assert_status(StatusCode::NO_CONTENT);
        assert_eq!(code(get(&house, "/agents", &phone).await).await, (401, "unauthorized".to_owned()));
        get(&house, "/agents", &here).await.assert_status_is_ok();
        assert_eq!(code(end(&here).await).await, (404, "not_found".to_owned()));
    }

    async fn a_suspended_tenant_is_told_so_by_key_and_by_token(db: Fresh) {
        let house = House::new(db).await;
        let signed_up = sign_up(&house).await;
        let own = signed_up["tenant_id"].as_str().unwrap().parse().unwrap();
        for tenant in [own, house.tenant] {
            domain::tenants::suspend(&house.state.database, tenant, &domain::access::By::SYSTEM, "unpaid").await.unwrap();
        }
        let suspended = (403, "tenant_suspended".to_owned());
        assert_eq!(code(get(&house, "/agents", &signed_up).await).await, suspended);
        assert_eq!(code(house.get("/agents").await).await, suspended);
        assert_eq!(code(sign_in(&house, PASSWORD).await).await, suspended);
    }

    async fn a_changed_password_ends_the_other_sessions(db: Fresh) {
        let house = House::new(db).await;
        let (here, there) = (sign_up(&house).await, tokens(sign_in(&house, PASSWORD).await).await);
        let change = async |current: &str, new: &str| {
            let client = house.client();
            let request = client.post("/auth/password/change").header("Authorization", bearer(&here));
            request.body_json(&json!({"current_password": current, "new_password": new})).send().await
        };
        assert_eq!(code(change(OTHER, OTHER).await).await, (422, "invalid".to_owned()));
        assert_eq!(code(change(PASSWORD, "switchboard1").await).await, (422, "invalid".to_owned()));
        change(PASSWORD, OTHER).await.assert_status(StatusCode::NO_CONTENT);
        get(&house, "/auth/me", &here).await.assert_status_is_ok();
        assert_eq!(code(get(&house, "/auth/me", &there).await).await, (401, "unauthorized".to_owned()));
        assert_eq!(code(sign_in(&house, PASSWORD).await).await, (401, "wrong_credentials".to_owned()));
        sign_in(&house, OTHER).await.assert_status_is_ok();
    }

    async fn a_person_changes_their_own_name(db: Fresh) {
        let house = House::new(db).await;
        let me = sign_up(&house).await;
        let rename = async |change: Value| {
            let client = house.client();
            client.patch("/auth/me").header("Authorization", bearer(&me)).body_json(&change).send().await
        };
        let renamed = body(rename(json!({"name": " Ada King "})).await).await;
        assert_eq!((&renamed["user"]["name"], &renamed["user"]["email"]), (&json!("Ada King"), &json!(EMAIL)));
        assert_eq!(body(get(&house, "/auth/me", &me).await).await["user"]["name"], "Ada King");
        rename(json!({})).await.assert_status_is_ok();
        assert_eq!(code(rename(json!({"name": " "})).await).await, (422, "invalid".to_owned()));
        let log = body(get(&house, "/audit-events?limit=1", &me).await).await;
        assert_eq!(log["items"][0]["action"], "user.renamed");
    }

    async fn links_are_mailed_and_good_once(db: Fresh) {
        let sink = Sink::start().await;
        let flags = ["--smtp-url", &sink.url, "--mail-from", "Switchboard <no-reply@example.com>", "--public-url", "https://phone.example.com"];
        let house = House::with(db, &flags).await;
        let signed_up = sign_up(&house).await;
        let mail = sink.mail(1).await;
        for line in ["From: Switchboard <no-reply@example.com>\r\n", "To: ada@example.com\r\n", "Subject: Confirm your e-mail address\r\n"] {
            assert!(mail.contains(line), "{mail}");
        }
        let token = |mail: &str, path: &str| {
            let link = format!("\r\nhttps://phone.example.com{path}?token=");
            mail.split_once(&link).unwrap_or_else(|| panic!("{mail}")).1.split_once("\r\n").unwrap().0.to_owned()
        };
        let lost = token(&mail, "/ui/verify");
        let again = async || {
            let client = house.client();
            client.post("/auth/email/send-verification").header("Authorization", bearer(&signed_up)).send().await
        };
        again().await.assert_status(StatusCode::ACCEPTED);
        let mail = sink.mail(2).await;
        let verify = json!({"token": token(&mail, "/ui/verify")});
        assert_ne!(verify["token"], lost);
        let follow = async |tokens: &Value, link: &Value| {
            let client = house.client();
            let request = client.post("/auth/email/verify").header("Authorization", bearer(tokens));
            request.body_json(link).send().await
        };
        assert_eq!(code(follow(&signed_up, &json!({"token": lost})).await).await, (422, "invalid".to_owned()));
        let confirm = async |tokens: &Value| follow(tokens, &verify).await;
        // Who has the address need not be who signed up with it: without that session the link confirms nothing.
        assert_eq!(code(post(&house, "/auth/email/verify", verify.clone()).await).await, (401, "unauthorized".to_owned()));
        let mut other = person("bob@example.com");
        other["tenant_name"] = json!("Bob's");
        let other = tokens(post(&house, "/auth/sign-up", other).await).await;
        assert_eq!(code(confirm(&other).await).await, (422, "invalid".to_owned()));
        confirm(&signed_up).await.assert_status(StatusCode::NO_CONTENT);
        assert_eq!(code(confirm(&signed_up).await).await, (422, "invalid".to_owned()));
        assert!(body(get(&house, "/auth/me", &signed_up).await).await["user"]["email_verified_at"].is_string());
        assert_eq!(code(again().await).await, (409, "conflict".to_owned()));

        // The same words for an account and for none, and a mail for the one alone.
        let mut told = Vec::new();
        for email in ["nobody@example.com", EMAIL] {
            let answer = post(&house, "/auth/password/forgot", json!({"email": email})).await;
            let headers: Vec<_> = answer.0.headers().keys().map(|name| name.as_str().to_owned()).collect();
            told.push((answer.0.status(), headers, answer.0.into_body().into_string().await.unwrap()));
        }
        assert_eq!(told[0], told[1]);
        assert_eq!(told[0].0, StatusCode::ACCEPTED);
        let mail = sink.mail(4).await;
        assert!(mail.contains("To: ada@example.com\r\n") && mail.contains("Subject: Choose a new password\r\n"), "{mail}");
        let reset = json!({"token": token(&mail, "/ui/reset"), "password": OTHER});
        post(&house, "/auth/password/reset", reset.clone()).await.assert_status(StatusCode::NO_CONTENT);
        assert_eq!(code(post(&house, "/auth/password/reset", reset).await).await, (422, "invalid".to_owned()));
        assert_eq!(code(get(&house, "/auth/me", &signed_up).await).await, (401, "unauthorized".to_owned()));
        sign_in(&house, OTHER).await.assert_status_is_ok();
        assert_eq!(sink.count(), 4);
    }

    async fn a_mail_server_that_is_down_holds_up_nobody(db: Fresh) {
        // Nothing listens there.
        let flags = ["--smtp-url", "smtp://127.0.0.1:9", "--mail-from", "no-reply@example.com"];
        let house = House::with(db, &flags).await;
        let began = std::time::Instant::now();
        sign_up(&house).await;
        post(&house, "/auth/password/forgot", json!({"email": EMAIL})).await.assert_status(StatusCode::ACCEPTED);
        // Its second attempt alone would be two seconds later.
        assert!(began.elapsed() < Duration::from_millis(1_900), "{:?}", began.elapsed());
        // And a stop does not wait for it.
        house.state.shutdown.cancel();
        house.state.background.close();
        tokio::time::timeout(Duration::from_secs(1), house.state.background.wait()).await.unwrap();
    }

    async fn the_address_behind_a_trusted_proxy_is_throttled_and_logged_and_a_claimed_one_is_not(db: Fresh) {
        let house = House::with(db, &["--bind", "127.0.0.1:0", "--trusted-proxies", "127.0.0.0/8"]).await;
        let door = api::Door::open(&house.state.settings.http).await.unwrap();
        let url = format!("http://{}/auth/password/forgot", door.address());
        let serving = api::serve(house.state.clone(), door, std::future::pending());
        #[expect(clippy::disallowed_methods, reason = "ended with the test")]
        let serving = tokio_util::task::AbortOnDropHandle::new(tokio::spawn(serving));
        let http = reqwest::Client::new();
        let ask = async |forwarded: &str| {
            let request = http.post(&url).header("X-Forwarded-For", forwarded).json(&json!({"email": "nobody@example.com"}));
            request.send().await.unwrap().status().as_u16()
        };
        for n in 0..20 {
            // Whatever stands left of what the proxy wrote.
            assert_eq!(ask(&format!("203.0.113.{n}, 198.51.100.7")).await, 202);
        }
        assert_eq!(ask("198.51.100.7").await, 429);
        assert_eq!(ask("198.51.100.8").await, 202);
        drop(serving);
    }
}

//! Guesses at keys and passwords, counted by the address that they come from.

use std::time::Duration;

use domain::testing::{Fresh, on_both};
use futures_util::future::join_all;
use reqwest::{Client, Response};
use serde_json::{Value, json};
use tokio_util::task::AbortOnDropHandle;

use crate::house::House;

const PASSWORD: &str = "correct horse battery";

/// A house behind a proxy, which is this machine: it says from where a request comes.
struct Served {
    base: String,
    http: Client,
    _serving: AbortOnDropHandle<std::io::Result<()>>,
}

impl Served {
    async fn start(house: &House) -> Self {
        let door = api::Door::open(&house.state.settings.http).await.unwrap();
        let base = format!("http://{}", door.address());
        let serving = api::serve(house.state.clone(), door, std::future::pending());
        #[expect(clippy::disallowed_methods, reason = "ended with the test")]
        let serving = AbortOnDropHandle::new(tokio::spawn(serving));
        Self { base, http: Client::new(), _serving: serving }
    }

    async fn ask(&self, address: &str, key: &str) -> Response {
        let request = self.http.get(format!("{}/agents", self.base)).header("X-Forwarded-For", address);
        request.header("X-API-Key", key).send().await.unwrap()
    }

    async fn sign(&self, way: &str, address: &str, body: Value) -> Response {
        let request = self.http.post(format!("{}/auth/sign-{way}", self.base)).header("X-Forwarded-For", address);
        request.json(&body).send().await.unwrap()
    }
}

async fn house(db: Fresh) -> House {
    let flags = ["--bind", "127.0.0.1:0", "--trusted-proxies", "127.0.0.0/8", "--limit-requests-per-second", "0"];
    House::with(db, &flags).await
}

/// The wait in seconds and the code of a refusal for now.
async fn refusal(answer: Response) -> (u64, String) {
    assert_eq!(answer.status(), 429);
    let wait = answer.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    (wait, answer.json::<Value>().await.unwrap()["code"].as_str().unwrap().to_owned())
}

on_both! {
    async fn who_guesses_at_keys_is_stopped_and_other_addresses_are_not(db: Fresh) {
        let house = house(db).await;
        let served = Served::start(&house).await;
        // A hundred at once, ten more in each second: of so many some are over it.
        let guesses = join_all((0..400).map(|_| served.ask("203.0.113.7", "swb_wrong"))).await;
        let (looked_at, refused): (Vec<_>, Vec<_>) = guesses.into_iter().partition(|answer| answer.status() == 401);
        assert!(looked_at.len() >= 100 && !refused.is_empty(), "{} looked at", looked_at.len());
        for answer in refused {
            assert_eq!(refusal(answer).await, (1, "rate_limited".to_owned()));
        }
        assert_eq!(served.ask("203.0.113.8", house.key()).await.status(), 200);
        assert_eq!(served.ask("203.0.113.8", "swb_wrong").await.status(), 401);
        // The address, too, when it waits as it was told.
        tokio::time::sleep(Duration::from_secs(1)).await;
        assert_eq!(served.ask("203.0.113.7", house.key()).await.status(), 200);
    }

    async fn right_keys_of_an_address_count_for_nothing(db: Fresh) {
        let house = house(db).await;
        let served = Served::start(&house).await;
        for answer in join_all((0..250).map(|_| served.ask("203.0.113.7", house.key()))).await {
            assert_eq!(answer.status(), 200);
        }
        assert_eq!(served.ask("203.0.113.7", "swb_wrong").await.status(), 401);
    }

    async fn who_guesses_at_passwords_of_many_accounts_is_stopped_and_other_addresses_are_not(db: Fresh) {
        let house = house(db).await;
        let served = Served::start(&house).await;
        let person = json!({"email": "ada@example.com", "password": PASSWORD, "name": "Ada", "tenant_name": "Bakery"});
        assert_eq!(served.sign("up", "203.0.113.8", person).await.status(), 201);
        let ada = json!({"email": "ada@example.com", "password": PASSWORD});
        for n in 0..50 {
            // Who gets in between does not begin the count anew.
            if n == 25 {
                assert_eq!(served.sign("in", "203.0.113.7", ada.clone()).await.status(), 200);
            }
            let guess = json!({"email": format!("person{n}@example.com"), "password": PASSWORD});
            assert_eq!(served.sign("in", "203.0.113.7", guess).await.status(), 401, "guess {n}");
        }
        let (wait, code) = refusal(served.sign("in", "203.0.113.7", ada.clone()).await).await;
        assert!((1..=30).contains(&wait) && code == "throttled", "{wait} {code}");
        assert_eq!(served.sign("in", "203.0.113.8", ada).await.status(), 200);
        // Whoever is in already stays in.
        assert_eq!(served.ask("203.0.113.7", house.key()).await.status(), 200);
    }
}

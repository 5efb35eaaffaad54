use domain::{
    access::By,
    agents::{self, Agent, NewAgent},
    calls,
    calls::Incoming,
    phone_numbers,
    testing::{Fresh, on_both},
};
use poem::{http::StatusCode, test::TestResponse};
use secrecy::SecretString;
use serde_json::{Value, json};
use simulator::twilio::{Account, Number, Status, rest::Rest};

use crate::house::{House, authorized, json as body, problem};

const NUMBER: &str = "+14155550100";

/// A house whose Twilio is simulated, with an account that has [`NUMBER`].
struct Town {
    house: House,
    account: Account,
    agent: Agent,
    _rest: Rest,
}

impl Town {
    async fn new(db: Fresh) -> Self {
        let account = Account::random();
        account.add(Number::new(NUMBER));
        // Twilio takes the digits asked for as a pattern: this one fits, too.
        account.add(Number::new(format!("{NUMBER}7")));
        let rest = Rest::start([account.clone()]).await.unwrap();
        let house = House::with(db, &["--twilio-api-url", &rest.base_url(), "--public-url", "https://a.example"]).await;
        let agent = NewAgent { name: "Ann".into(), ..NewAgent::default() };
        let agent = agents::create(&house.state.database, house.tenant, &By::SYSTEM, agent).await.unwrap();
        Self { house, account, agent, _rest: rest }
    }

    fn registration(&self) -> Value {
        json!({
            "phone_number": NUMBER,
            "account_sid": self.account.sid(),
            "auth_token": self.account.auth_token(),
        })
    }

    /// With these fields in place of the right ones.
    async fn register(&self, fields: Value) -> TestResponse {
        let mut registration = self.registration();
        registration.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        self.house.post_json("/phone-numbers", registration).await
    }

    async fn registered(&self, fields: Value) -> Value {
        created(self.register(fields).await).await
    }

    async fn refused(&self, fields: Value) -> (u16, String) {
        let (status, code, _) = problem(self.register(fields).await).await;
        (status, code)
    }

    async fn patch(&self, id: &str, change: Value) -> TestResponse {
        let client = self.house.client();
        let request = client.patch(format!("/phone-numbers/{id}"));
        request.header("X-API-Key", self.house.key()).body_json(&change).send().await
    }

    async fn delete(&self, id: &str) -> TestResponse {
        self.house.client().delete(format!("/phone-numbers/{id}")).header("X-API-Key", self.house.key()).send().await
    }

    async fn listed(&self) -> Vec<Value> {
        body(self.house.get("/phone-numbers").await).await["items"].as_array().unwrap().clone()
    }

    /// Another tenant with an agent.
    async fn neighbour(&self) -> SecretString {
        let (tenant, key) = self.house.another_tenant().await;
        let agent = NewAgent { name: "Bob".into(), ..NewAgent::default() };
        agents::create(&self.house.state.database, tenant, &By::SYSTEM, agent).await.unwrap();
        key
    }
}

async fn created(answer: TestResponse) -> Value {
    answer.assert_status(StatusCode::CREATED);
    serde_json::from_slice(&answer.0.into_body().into_bytes().await.unwrap()).unwrap()
}

fn id(number: &Value) -> &str {
    number["id"].as_str().unwrap()
}

on_both! {
    async fn a_registered_number_says_where_twilio_must_call_and_no_more_of_its_token_than_its_end(db: Fresh) {
        let town = Town::new(db).await;
        let later = NewAgent { name: "Bea".into(), ..NewAgent::default() };
        agents::create(&town.house.state.database, town.house.tenant, &By::SYSTEM, later).await.unwrap();
        let made = town.registered(json!({ "phone_number": "+1 (415) 555-0100", "label": "Front desk" })).await;
        let token = town.account.auth_token();
        for (field, value) in [
            ("phone_number", json!(NUMBER)),
            ("national_format", json!("(415) 555-0100")),
            ("country", json!("US")),
            ("label", json!("Front desk")),
            ("auth_token_last4", json!(token[28..])),
            ("number_sid", json!(town.account.number(NUMBER).unwrap().sid)),
            ("agent_id", json!(town.agent.id.to_string())),
        ] {
            assert_eq!(made[field], value, "{field}");
        }
        assert_eq!(made["webhooks"]["voice_url"], "https://a.example/webhooks/twilio/incoming");
        let steps = made["instructions"].to_string();
        for url in ["voice_url", "voice_fallback_url", "status_callback"] {
            assert!(steps.contains(made["webhooks"][url].as_str().unwrap()), "{url}: {steps}");
        }
        assert!(!made.to_string().contains(token), "{made}");
        assert_eq!(town.account.number(NUMBER).unwrap().voice, None, "its owner configures it himself");
        assert_eq!(made["twilio"]["state"], "drifted");
        assert_eq!(body(town.house.get(&format!("/phone-numbers/{}", id(&made))).await).await, made);
        assert_eq!(town.listed().await, [made]);
    }

    async fn what_twilio_has_against_a_number_is_told_and_nothing_is_kept(db: Fresh) {
        let town = Town::new(db).await;
        let refused = |code: &str| (422, code.to_owned());
        let wrong_token = json!({ "auth_token": "0123456789abcdef0123456789abcdef" });
        assert_eq!(town.refused(wrong_token).await, refused("twilio_credentials"));
        let nobody = json!({ "account_sid": "AC0123456789abcdef0123456789abcdef" });
        assert_eq!(town.refused(nobody).await, refused("twilio_credentials"));
        let of_another = json!({ "phone_number": "+14155550101" });
        let (status, code, detail) = problem(town.register(of_another).await).await;
        assert_eq!((status, code), refused("number_not_in_account"));
        assert!(detail.contains("subaccount"), "{detail}");
        town.account.set_status(Status::Suspended);
        assert_eq!(town.refused(json!({})).await, refused("twilio_account_suspended"));
        town.account.set_status(Status::Closed);
        assert_eq!(town.refused(json!({ "configure": "automatic" })).await, refused("twilio_account_closed"));
        town.account.set_status(Status::Active);
        town.account.add(Number { voice_capable: false, ..Number::new("+14155550102") });
        assert_eq!(town.refused(json!({ "phone_number": "+14155550102" })).await, refused("number_without_voice"));
        assert_eq!(town.account.number(NUMBER).unwrap().voice, None);
        assert!(town.listed().await.is_empty());
    }

    async fn a_twilio_that_fails_is_asked_again_and_then_told(db: Fresh) {
        let town = Town::new(db).await;
        town.account.fail_next(2, 503);
        town.registered(json!({})).await;
        for (status, code) in [(429, "twilio_rate_limited"), (500, "twilio_failed")] {
            town.account.fail_next(3, status);
            assert_eq!(town.refused(json!({})).await, (502, code.to_owned()));
        }
        let nowhere = House::with(domain::testing::fresh(town.house.state.database.backend()).await, &["--twilio-api-url", "http://127.0.0.1:9"]).await;
        let agent = NewAgent { name: "Ann".into(), ..NewAgent::default() };
        agents::create(&nowhere.state.database, nowhere.tenant, &By::SYSTEM, agent).await.unwrap();
        let (status, code, detail) = problem(nowhere.post_json("/phone-numbers", town.registration()).await).await;
        assert_eq!((status, code.as_str()), (502, "twilio_unreachable"));
        assert!(detail.contains("TWILIO_API_URL") && !detail.contains("5550100"), "{detail}");
    }

    async fn what_is_no_number_token_or_label_is_refused_before_twilio_is_asked(db: Fresh) {
        let town = Town::new(db).await;
        town.account.fail_next(1, 500);
        for (field, value) in [
            ("phone_number", json!("555")),
            ("phone_number", json!("(415) 555-0100")),
            ("phone_number", json!("+999123456789")),
            ("phone_number", json!("+1 415 555 0100 x7")),
            ("account_sid", json!("AC12")),
            ("account_sid", json!("AC0123456789abcdef0123456789abcd/..")),
            ("auth_token", json!("")),
            ("auth_token", json!("a b")),
            ("label", json!(" ")),
            ("label", json!("é".repeat(101))),
            ("label", json!("a\u{0}b")),
        ] {
            let (status, code, detail) = problem(town.register(json!({ field: value })).await).await;
            assert_eq!((status, code.as_str()), (422, "invalid"), "{field}: {value}");
            assert!(detail.contains(field), "{field}: {detail}");
        }
        assert_eq!(town.refused(json!({ "agent_id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b13" })).await.0, 404);
    }

    async fn without_an_agent_nobody_could_answer(db: Fresh) {
        let town = Town::new(db).await;
        let (_, key) = town.house.another_tenant().await;
        let client = town.house.client();
        let answer = authorized(client.post("/phone-numbers").body_json(&town.registration()), &key).send().await;
        assert_eq!(problem(answer).await.2, "agent not found");
        let foreign = json!({ "agent_id": town.agent.id.to_string() });
        let mut registration = town.registration();
        registration.as_object_mut().unwrap().extend(foreign.as_object().unwrap().clone());
        let answer = authorized(client.post("/phone-numbers").body_json(&registration), &key).send().await;
        assert_eq!(problem(answer).await.2, "agent not found", "nor can another tenant's agent");
    }

    async fn without_an_address_of_our_own_nothing_is_written_at_the_real_twilio(db: Fresh) {
        let house = House::new(db).await;
        let new = json!({"phone_number": NUMBER, "account_sid": "AC0123456789abcdef0123456789abcdef", "auth_token": "0123456789abcdef0123456789abcdef", "configure": "automatic"});
        let (status, code, _) = problem(house.post_json("/phone-numbers", new).await).await;
        assert_eq!((status, code.as_str()), (409, "public_url_missing"));
    }

    async fn configured_automatically_its_calls_come_here(db: Fresh) {
        let town = Town::new(db).await;
        let made = town.registered(json!({ "configure": "automatic" })).await;
        assert_eq!((&made["twilio"]["state"], &made["twilio"]["drift"]), (&json!("as_configured"), &json!([])));
        let there = town.account.number(NUMBER).unwrap();
        let url = |callback: Option<simulator::twilio::twiml::Callback>| callback.unwrap().url;
        assert_eq!(url(there.voice), "https://a.example/webhooks/twilio/incoming");
        assert_eq!(url(there.voice_fallback), "https://a.example/webhooks/twilio/fallback");
        assert_eq!(url(there.status_callback), "https://a.example/webhooks/twilio/status");
    }

    async fn a_trunk_that_keeps_the_calls_is_shown_until_it_is_gone(db: Fresh) {
        let town = Town::new(db).await;
        town.account.add(Number::new(NUMBER).trunk("TK1"));
        let made = town.registered(json!({ "configure": "automatic" })).await;
        assert_eq!(made["twilio"]["state"], "drifted");
        let trunk = json!({ "setting": "trunk_sid", "wanted": null, "found": "TK1" });
        assert_eq!(made["twilio"]["drift"][0], trunk);
        let configure = format!("/phone-numbers/{}/configure", id(&made));
        assert_eq!(body(town.house.post(&configure).await).await["twilio"]["state"], "drifted");
        town.account.add(Number::new(NUMBER));
        let configured = body(town.house.post(&configure).await).await;
        assert_eq!((&configured["twilio"]["state"], &configured["twilio"]["drift"]), (&json!("as_configured"), &json!([])));
        town.account.remove(NUMBER);
        let (status, code, _) = problem(town.house.post(&configure).await).await;
        assert_eq!((status, code.as_str()), (422, "number_not_in_account"));
        assert_eq!(town.listed().await[0]["twilio"]["state"], "number_gone", "what was found is noted");
    }

    async fn of_two_tenants_who_register_a_number_at_once_one_has_it(db: Fresh) {
        let town = Town::new(db).await;
        let key = town.neighbour().await;
        let client = town.house.client();
        let (ours, theirs) = tokio::join!(
            town.register(json!({})),
            authorized(client.post("/phone-numbers").body_json(&town.registration()), &key).send(),
        );
        let statuses = [ours.0.status().as_u16(), theirs.0.status().as_u16()];
        assert!(statuses == [201, 409] || statuses == [409, 201], "{statuses:?}");
        let loser = if statuses[0] == 409 { ours } else { theirs };
        let (_, code, detail) = problem(loser).await;
        assert_eq!((code.as_str(), detail.as_str()), ("number_taken", "the phone number is registered already"));
        // And who cannot prove that it is his does not even learn that.
        let stranger = json!({ "auth_token": "0123456789abcdef0123456789abcdef" });
        assert_eq!(town.refused(stranger).await.1, "twilio_credentials");
    }

    async fn a_change_names_agent_label_and_a_token_that_twilio_takes(db: Fresh) {
        let town = Town::new(db).await;
        let made = town.registered(json!({ "label": "Day" })).await;
        let other = NewAgent { name: "Bea".into(), ..NewAgent::default() };
        let other = agents::create(&town.house.state.database, town.house.tenant, &By::SYSTEM, other).await.unwrap();
        let changed = body(town.patch(id(&made), json!({ "agent_id": other.id.to_string() })).await).await;
        assert_eq!((&changed["agent_id"], &changed["label"]), (&json!(other.id.to_string()), &json!("Day")));
        assert_eq!(body(town.patch(id(&made), json!({ "label": null })).await).await["label"], Value::Null);
        let token = town.account.auth_token();
        let right = body(town.patch(id(&made), json!({ "auth_token": token })).await).await;
        assert_eq!(right["auth_token_last4"], token[28..]);
        let wrong = json!({ "auth_token": "0123456789abcdef0123456789abcdef", "label": "Night" });
        assert_eq!(problem(town.patch(id(&made), wrong).await).await.1, "twilio_credentials");
        assert_eq!(town.listed().await[0]["label"], Value::Null, "nothing of it is kept");
        assert_eq!(problem(town.patch(id(&made), json!({ "label": "" })).await).await.0, 422);
        assert_eq!(problem(town.patch(id(&made), json!({ "agent_id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b13" })).await).await.0, 404);
    }

    async fn a_removed_number_keeps_its_calls_and_can_be_anothers(db: Fresh) {
        let town = Town::new(db).await;
        let made = town.registered(json!({})).await;
        let db = &town.house.state.database;
        let row = phone_numbers::find_by_e164(db, NUMBER).await.unwrap().unwrap();
        let incoming = Incoming {
            call_sid: "CA1".into(),
            account_sid: row.account_sid.clone(),
            from: "+14155550198".into(),
            to: NUMBER.into(),
        };
        calls::begin(db, &row, incoming).await.unwrap();
        town.delete(id(&made)).await.assert_status(StatusCode::NO_CONTENT);
        assert_eq!(body(town.house.get("/calls").await).await["items"][0]["call_sid"], "CA1");
        assert!(town.listed().await.is_empty());
        for answer in [town.delete(id(&made)).await, town.patch(id(&made), json!({ "label": "x" })).await] {
            assert_eq!(problem(answer).await.0, 404);
        }
        let key = town.neighbour().await;
        let client = town.house.client();
        let theirs = authorized(client.post("/phone-numbers").body_json(&town.registration()), &key).send().await;
        let theirs = created(theirs).await;
        assert_ne!(theirs["id"], made["id"]);
        assert_eq!(town.refused(json!({})).await, (409, "number_taken".to_owned()));
        let path = format!("/phone-numbers/{}", id(&theirs));
        authorized(client.delete(&path), &key).send().await.assert_status(StatusCode::NO_CONTENT);
        town.registered(json!({})).await;
    }

    async fn numbers_come_in_pages_newest_first(db: Fresh) {
        let town = Town::new(db).await;
        for last in 1..=3 {
            let number = format!("+1415555011{last}");
            town.account.add(Number::new(&number));
            town.registered(json!({ "phone_number": number })).await;
        }
        let first = body(town.house.get("/phone-numbers?limit=2").await).await;
        assert_eq!(first["items"][0]["phone_number"], "+14155550113");
        let cursor = first["next_cursor"].as_str().unwrap();
        let second = body(town.house.get(&format!("/phone-numbers?limit=2&cursor={cursor}")).await).await;
        assert_eq!(second["items"].as_array().unwrap().len(), 1);
        assert_eq!((&second["items"][0]["phone_number"], &second["next_cursor"]), (&json!("+14155550111"), &Value::Null));
        assert_eq!(problem(town.house.get("/phone-numbers?cursor=nonsense").await).await.0, 422);
    }

    async fn a_server_says_where_twilio_reaches_it(db: Fresh) {
        let house = House::with(db, &["--public-url", "https://voice.example.com"]).await;
        let known = body(house.get("/twilio/configuration").await).await;
        assert_eq!((&known["public_url"], &known["can_configure"]), (&json!("https://voice.example.com"), &json!(true)));
        assert_eq!(known["webhooks"]["voice_url"], "https://voice.example.com/webhooks/twilio/incoming");
        assert_eq!(known["stream_url"], "wss://voice.example.com/webhooks/twilio/stream");
    }

    async fn a_server_without_a_public_address_says_so(db: Fresh) {
        let house = House::new(db).await;
        let unknown = body(house.get("/twilio/configuration").await).await;
        assert_eq!((&unknown["public_url"], &unknown["can_configure"]), (&json!(null), &json!(false)));
    }

    async fn another_tenants_number_is_not_found(db: Fresh) {
        let town = Town::new(db).await;
        let made = town.registered(json!({})).await;
        let key = town.neighbour().await;
        let (client, path) = (town.house.client(), format!("/phone-numbers/{}", id(&made)));
        for request in [
            client.get(&path),
            client.patch(&path).body_json(&json!({ "label": "Mine" })),
            client.delete(&path),
            client.post(format!("{path}/configure")),
            client.post(format!("{path}/test")),
            client.get("/phone-numbers/nonsense"),
        ] {
            let (status, code, detail) = problem(authorized(request, &key).send().await).await;
            assert_eq!((status, code.as_str(), detail.as_str()), (404, "not_found", "phone number not found"));
        }
        assert_eq!(body(authorized(client.get("/phone-numbers"), &key).send().await).await["items"], json!([]));
        assert_eq!(town.listed().await, [made]);
    }
}

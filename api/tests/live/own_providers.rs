//! Calls of a tenant that brings its own providers.

use domain::{
    access::By,
    entity::provider_credential::Stage,
    outbound::Outbound,
    provider_credentials::{self, NewCredential},
    testing::{Fresh, on_both},
};
use secrecy::SecretString;
use simulator::{
    openai::{Endpoint, Fake},
    twilio::Script,
};

use crate::{
    house::{House, clip},
    log,
};

const KEY: &str = "sk-own-0123456789-wxyz";
const LOOPBACK: &str = "127.0.0.1/32";

/// Whatever the house itself would let it reach.
async fn bring(house: &House, stage: Stage, server: &Fake) {
    let outbound = Outbound::new(LOOPBACK.parse().unwrap());
    let new = NewCredential {
        base_url: server.base_url(),
        model: "own-model".to_owned(),
        api_key: Some(Some(SecretString::from(KEY))),
    };
    let (db, vault) = (house.db(), &house.state.vault);
    provider_credentials::put(db, vault, &outbound, house.tenant, &By::SYSTEM, stage, new).await.unwrap();
}

on_both! {
    async fn a_call_is_served_by_the_tenants_own_providers_from_the_greeting_on(database: Fresh) {
        let house = House::with(database, &["--allow-private-networks", LOOPBACK], Fake::builder()).await;
        let own = Fake::builder().key(KEY).transcripts(["no thank you"]).start().await.unwrap();
        for stage in [Stage::SpeechToText, Stage::LanguageModel, Stage::TextToSpeech] {
            bring(&house, stage, &own).await;
        }
        let script = Script::new().wait_for_agent().say(&clip("02_no_thank_you")).wait_for_agent();
        let report = house.caller().script(script).place().await;
        assert!(report.faults().is_empty(), "{:?} in {:#?}", report.faults(), report.events);
        assert_eq!(report.reply_latencies().len(), 1, "{:#?}", report.events);
        house.until("the call has left", || house.state.live.count() == 0).await;
        assert_eq!(house.turns(&report.call_sid).await[1].heard_text, "You said: no thank you");
        for endpoint in [Endpoint::Transcriptions, Endpoint::Chat, Endpoint::Speech] {
            assert!(!own.requests_of(endpoint).is_empty(), "{endpoint:?}");
            assert!(house.openai.requests_of(endpoint).is_empty(), "the operator's was asked: {endpoint:?}");
        }
        assert!(own.requests_of(Endpoint::Speech).iter().any(|request| request.body["input"] == "Hello, this is Ada."));
        assert_eq!(log::lines(&[KEY]), 0, "a key is in the log");
        house.stop().await;
    }

    async fn a_caller_hears_an_apology_when_the_tenants_provider_cannot_be_used(database: Fresh) {
        // The house may not reach it.
        let house = House::new(database).await;
        let own = Fake::builder().key(KEY).start().await.unwrap();
        bring(&house, Stage::LanguageModel, &own).await;
        let script = Script::new().wait_for_agent().say(&clip("02_no_thank_you")).wait_for_agent();
        let report = house.caller().script(script).place().await;
        assert_eq!(report.reply_latencies().len(), 1, "silence: {:#?}", report.events);
        assert!(own.requests().is_empty());
        assert!(house.openai.requests_of(Endpoint::Chat).is_empty(), "the operator's model was asked");
        let tenant = house.tenant.to_string();
        assert_eq!(log::lines(&[&tenant, "a tenant's provider cannot be used"]), 1);
        house.stop().await;
    }
}

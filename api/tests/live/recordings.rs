//! Recorded calls: what both sides heard, where it is kept, and who can play it.

use std::time::Duration;

use domain::{
    access::By,
    agents,
    entity::{
        agent::{AgentSettings, Recording, RecordingMode},
        recording::{Source, State},
    },
    phone_numbers::{self, Change},
    recordings,
    testing::{Fresh, on_both},
    vault::Vault,
};
use reqwest::StatusCode;
use secrecy::{ExposeSecret, SecretString};
use simulator::{
    openai::{Fake, Reply},
    twilio::{CallReport, Caller, Script},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use voice::audio::{flac, mulaw};

use crate::{
    house::{House, NUMBER, clip},
    log,
    process::{Process, account, free_address},
};

const LONG: &str = "Let me tell you everything about our opening hours, which are many and varied. On Monday we open \
    at nine and close at five. On Tuesday we open at ten and close at six. On Wednesday we do not open at all.";
const VAULT_KEYS: &str = "test:BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";
/// A call's samples in 20 ms.
const FRAME: usize = 160;

/// Both sides of a stereo recording.
fn sides(interleaved: &[i16]) -> [Vec<i16>; 2] {
    [0, 1].map(|side| interleaved.iter().copied().skip(side).step_by(2).collect())
}

/// Whether each 20 ms are loud.
fn loud(samples: &[i16]) -> Vec<bool> {
    let is_loud =
        |frame: &[i16]| frame.iter().map(|sample| u64::from(sample.unsigned_abs())).sum::<u64>() > 200 * FRAME as u64;
    samples.chunks(FRAME).map(is_loud).collect()
}

/// The agent as the caller heard it, but for the way over the network: in how many frames of a hundred both are alike when
/// one is moved by up to 200 ms.
fn likeness(recorded: &[i16], heard: &[i16]) -> usize {
    let (recorded, heard) = (loud(recorded), loud(heard));
    let alike = |shift: usize| {
        let pairs = recorded.iter().zip(heard.iter().skip(shift));
        let count = recorded.len().min(heard.len().saturating_sub(shift)).max(1);
        pairs.filter(|(recorded, heard)| recorded == heard).count() * 100 / count
    };
    (0..10).map(alike).max().unwrap_or_default()
}

/// Encodes all that is in the spool, as the worker beside the server does.
async fn work(house: &House) {
    let shutdown = CancellationToken::new();
    let work = house.state.work();
    let worker = TaskTracker::new().spawn(worker::run(work, shutdown.clone()));
    let waited = tokio::time::timeout(Duration::from_secs(60), async {
        while house.rows("recordings").await.iter().any(|row| !row.contains("ready")) {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
    waited.await.expect("the recording is ready");
    shutdown.cancel();
    worker.await.unwrap();
}

async fn recorded_call(house: &House) -> CallReport {
    house.publish(|settings| settings.recording.mode = RecordingMode::On).await;
    let (short, long) = (clip("02_no_thank_you"), clip("16_go_somewhere_real"));
    let script = Script::new().wait_for_agent().say(&short).interrupt_after(1_500, &long).wait_for_agent();
    house.caller().script(script).place().await
}

on_both! {
    async fn both_sides_of_a_call_are_recorded_at_their_times_and_played_from_a_signed_address(database: Fresh) {
        let openai = Fake::builder().transcripts(["tell me", "stop it please", "stop it please"]).replies([Reply::say(LONG)]);
        let house = House::with(database, &[], openai).await;
        let report = recorded_call(&house).await;
        house.until("the call has left", || house.state.live.count() == 0).await;
        work(&house).await;

        let conversation = house.conversation(&report.call_sid).await.id;
        let (status, list) = house.http("GET", &format!("/conversations/{conversation}/recordings")).await;
        assert_eq!((status, list["items"].as_array().unwrap().len()), (200, 1), "{list}");
        let recording = &list["items"][0];
        assert_eq!(recording["state"], "ready", "{recording}");
        let id = recording["id"].as_str().unwrap();
        let (status, address) = house.http("POST", &format!("/recordings/{id}/url")).await;
        assert_eq!(status, 200, "{address}");
        let url = address["url"].as_str().unwrap();
        let client = reqwest::Client::new();
        let answer = client.get(url).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
        assert_eq!((header("content-type"), header("accept-ranges")), ("audio/flac".to_owned(), "bytes".to_owned()));
        assert!(header("cache-control").starts_with("private"));
        let (etag, file) = (header("etag"), answer.bytes().await.unwrap());
        assert_eq!(recording["bytes"].as_u64(), Some(file.len() as u64));

        // Against what the simulated telephone said and heard itself.
        let stream = &report.streams[0];
        let [caller, agent] = sides(&flac::decode(&*file).unwrap());
        assert_eq!(recording["duration_ms"].as_u64(), Some(caller.len() as u64 / 8));
        let said = mulaw::decode(&stream.said);
        assert!(said.len().abs_diff(caller.len()) < 8_000, "{} of {} samples", caller.len(), said.len());
        let both = said.len().min(caller.len());
        assert!(said[..both] == caller[..both], "the caller's side is what the caller said, sample for sample");
        let heard = mulaw::decode(&stream.heard);
        let likeness = likeness(&agent, &heard);
        assert!(likeness >= 97, "the agent's side is like what the caller heard in {likeness} frames of 100");
        let spoken = loud(&agent).iter().filter(|loud| **loud).count() * 20;
        assert!(spoken > 2_000 && spoken < 12_000, "{spoken} ms: barge-in cuts the agent's side");

        let part = client.get(url).header("Range", "bytes=100-199").send().await.unwrap();
        assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT);
        assert_eq!(part.headers()["content-range"], format!("bytes 100-199/{}", file.len()));
        assert_eq!(part.bytes().await.unwrap(), file[100..200]);
        let beyond = client.get(url).header("Range", "bytes=99999999-").send().await.unwrap();
        assert_eq!(beyond.status(), StatusCode::RANGE_NOT_SATISFIABLE);
        assert_eq!(beyond.headers()["content-range"], format!("bytes */{}", file.len()));
        for (known, status) in [(etag.as_str(), StatusCode::PARTIAL_CONTENT), ("\"another\"", StatusCode::OK)] {
            let answer = client.get(url).header("Range", "bytes=0-9").header("If-Range", known).send().await.unwrap();
            assert_eq!(answer.status(), status, "{known}");
        }
        assert_eq!(log::lines(&[url.split("signature=").nth(1).unwrap()]), 0, "the signature is in the log");
        house.stop().await;
    }

    async fn an_address_that_is_forged_or_over_plays_nothing_and_what_is_deleted_is_gone(database: Fresh) {
        let house = House::new(database).await;
        let (_, started) = house.http("POST", "/conversation/start").await;
        let conversation = started["conversation_id"].as_str().unwrap().parse().unwrap();
        let (db, store, tenant) = (house.db(), &house.state.recordings, house.tenant);
        let id = domain::testing::recording(db, store, tenant, conversation).await.unwrap();
        let past = domain::entity::now() - recordings::LINK_LIFETIME;
        let over = recordings::link(db, &house.state.vault, tenant, &By::SYSTEM, id, past).await.unwrap();
        let (_, address) = house.http("POST", &format!("/recordings/{id}/url")).await;
        let good = address["url"].as_str().unwrap().to_owned();
        let over = format!("{}/recordings/{id}/audio?expires={}&signature={}", house.base, over.expires, over.signature);
        let other = domain::testing::recording(db, store, tenant, conversation).await.unwrap();
        let moved = good.replace(&id.to_string(), &other.to_string());
        let longer = good.replace("expires=1", "expires=2");
        for (url, status) in [(&good, 200), (&over, 403), (&moved, 403), (&longer, 403)] {
            assert_eq!(reqwest::get(url).await.unwrap().status(), status, "{url}");
        }

        let (_, stranger) = house.another_tenant().await;
        let client = reqwest::Client::new();
        let paths = [
            ("GET", format!("/recordings/{id}")),
            ("POST", format!("/recordings/{id}/url")),
            ("DELETE", format!("/recordings/{id}")),
            ("GET", format!("/conversations/{conversation}/recordings")),
        ];
        for (method, path) in &paths {
            let request = client.request(method.parse().unwrap(), format!("{}{path}", house.base));
            let answer = request.header("X-API-Key", stranger.expose_secret()).send().await.unwrap();
            assert_eq!(answer.status(), 404, "{method} {path}");
        }
        assert_eq!(house.http("DELETE", &format!("/recordings/{id}")).await.0, 204);
        assert_eq!(house.http("DELETE", &format!("/recordings/{id}")).await.0, 404);
        assert_eq!(reqwest::get(&good).await.unwrap().status(), 404);
        recordings::remove_of_conversation(db, store, tenant, &By::SYSTEM, conversation).await.unwrap();
        recordings::remove_of_conversation(db, store, tenant, &By::SYSTEM, conversation).await.unwrap();
        assert!(recordings::of_conversation(db, tenant, conversation).await.unwrap().is_empty());
        house.stop().await;
    }

    async fn after_kill_9_what_was_heard_is_encoded_by_the_next_process(database: Fresh) {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let openai = Fake::builder().start().await.unwrap();
        let directory = tempfile::tempdir().unwrap();
        let (address, openai_url) = (free_address(), openai.base_url());
        let settings = [("DATABASE_URL", database.url()), ("VAULT_KEYS", VAULT_KEYS), ("OPENAI_BASE_URL", &openai_url)];
        let first = Process::start(directory.path(), address, &settings).await;
        let vault = Vault::from_keys(&SecretString::from(VAULT_KEYS)).unwrap();
        let row = phone_numbers::find_by_e164(&database, "+15005550006").await.unwrap().unwrap();
        let token = phone_numbers::auth_token(&database, &vault, &row).await.unwrap();
        let account = account(&row.account_sid, token.expose_secret(), &row.e164, &first.base());
        let edit = |settings: &mut AgentSettings| settings.recording.mode = RecordingMode::On;
        let change = agents::Change { name: None, revision: None, edit };
        agents::update(&database, row.tenant_id, &By::SYSTEM, row.agent_id, change).await.unwrap();
        agents::publish(&database, row.tenant_id, &By::SYSTEM, row.agent_id, None).await.unwrap();

        let words = clip("02_no_thank_you");
        let script = Script::new().wait_for_agent().say(&words).wait_for_agent().wait(1_500).wait_for_agent().say(&words);
        let caller = Caller::new(&account, row.e164).allow_ws().instant_say().script(script.wait_for_agent());
        let call = TaskTracker::new().spawn(caller.time_limit(Duration::from_secs(90)).place());
        // Twelve thousand bytes of two channels are three quarters of a second: five seconds have been written.
        let spool = directory.path().join("data/spool");
        let longest = || {
            let files = std::fs::read_dir(&spool).unwrap().flatten();
            files.filter_map(|file| file.metadata().ok()).map(|file| file.len()).max().unwrap_or_default()
        };
        for _ in 0..3_000 {
            if longest() > 5 * 16_000 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        first.kill();
        let _second = Process::start(directory.path(), address, &settings).await;

        let report = call.await.unwrap();
        assert_eq!(report.streams.len(), 2, "{:#?}", report.events);
        let call = domain::calls::find_by_sid(&database, row.tenant_id, &report.call_sid).await.unwrap();
        let parts = tokio::time::timeout(Duration::from_secs(60), async {
            loop {
                let parts = recordings::of_conversation(&database, row.tenant_id, call.conversation_id).await.unwrap();
                if parts.len() == 2 && parts.iter().all(|part| part.state == State::Ready) {
                    return parts;
                }
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        });
        let parts = parts.await.expect("both parts are ready");
        for (part, stream) in parts.iter().zip(&report.streams) {
            let (recorded, lasted) = (part.duration_ms.unwrap(), stream.length_ms as i64);
            assert!(lasted - recorded <= 2_100 && recorded <= lasted + 1_000, "{recorded} of {lasted} ms");
        }
        assert!(parts[1].offset_ms >= parts[0].offset_ms + parts[0].duration_ms.unwrap());
        let left: Vec<_> = std::fs::read_dir(&spool).unwrap().flatten().map(|file| file.file_name()).collect();
        assert_eq!(left, ["id"], "the spool is empty");
    }

    async fn what_twilio_recorded_is_fetched_and_deleted_there(database: Fresh) {
        let openai = Fake::builder().transcripts(["tell me"]).replies([Reply::say(LONG)]);
        let house = House::with(database, &[], openai).await;
        house.publish(|settings| settings.recording = Recording {
            mode: RecordingMode::On,
            retention_days: Some(7),
            ..Recording::default()
        }).await;
        let by_twilio = Change { recorded_by: Some(Source::Twilio), ..Change::default() };
        let number = phone_numbers::find_by_e164(house.db(), NUMBER).await.unwrap().unwrap();
        let (db, vault, twilio) = (house.db(), &house.state.vault, &house.state.twilio);
        phone_numbers::update(db, vault, twilio, house.tenant, &By::SYSTEM, number.id, by_twilio).await.unwrap();
        let script = Script::new().wait_for_agent().say(&clip("02_no_thank_you")).wait_for_agent();
        let report = house.caller().script(script).place().await;
        assert_eq!(house.account.recordings().len(), 1, "{:#?}", report.verbs);
        let sid = format!("RE{}", "0".repeat(32));
        let forged = [("CallSid", report.call_sid.as_str()), ("RecordingSid", &sid), ("RecordingStatus", "completed")];
        let url = format!("{}/webhooks/twilio/recording", house.base);
        assert_eq!(reqwest::Client::new().post(url).form(&forged).send().await.unwrap().status(), 403);
        work(&house).await;

        let conversation = house.conversation(&report.call_sid).await;
        let recordings = recordings::of_conversation(db, house.tenant, conversation.id).await.unwrap();
        let [recording] = &recordings[..] else { panic!("{recordings:?}") };
        assert_eq!((recording.state, recording.source, recording.sample_rate), (State::Ready, Source::Twilio, 8_000));
        assert!(recording.expires_at.is_some_and(|at| at > recording.created_at + chrono::TimeDelta::days(6)));
        let (_, address) = house.http("POST", &format!("/recordings/{}/url", recording.id)).await;
        let file = reqwest::get(address["url"].as_str().unwrap()).await.unwrap().bytes().await.unwrap();
        let stream = &report.streams[0];
        let [caller, agent] = sides(&flac::decode(&*file).unwrap());
        assert!(caller == mulaw::decode(&stream.said) && agent == mulaw::decode(&stream.heard));
        assert!(house.account.recordings().is_empty(), "it is Twilio's no more");
        house.stop().await;
    }

    async fn a_call_is_not_recorded_unless_its_agent_says_so(database: Fresh) {
        let house = House::new(database).await;
        house.caller().script(Script::new().wait_for_agent()).place().await;
        house.until("the call has left", || house.state.live.count() == 0).await;
        assert!(house.rows("recordings").await.is_empty());
        house.stop().await;
    }
}

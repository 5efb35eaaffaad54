//! Transcriptions, with a fake OpenAI as the provider.

use std::{path::PathBuf, time::Duration};

use domain::{
    Database,
    access::By,
    agents::{self, NewAgent},
    conversations::{self, Wanted},
    entity::{
        agent::AgentSettings,
        conversation::{self, Channel},
        job, now,
        transcription::{self, Layout, Segment, State},
    },
    id::{RecordingId, TenantId},
    jobs::{self, Whose},
    page::Paging,
    recordings, tenants,
    testing::{Fresh, on_both},
    transcriptions::{self, Filter, Upload},
    usage,
};
use simulator::openai::{Endpoint, Fake, Fault, When};
use tokio::io::{AsyncSeekExt, AsyncWriteExt};
use voice::audio::mulaw;

use crate::{PATIENCE, Running};

const CALLER: u16 = 0;
const AGENT: u16 = 1;

/// Samples of a telephone line in so many milliseconds.
const fn samples(ms: u64) -> usize {
    ms as usize * 8
}

fn clip(name: &str) -> Vec<i16> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../caller-audio").join(name).with_extension("ulaw");
    mulaw::decode(&std::fs::read(path).unwrap())
}

/// What is said in a call: who, when, and the clip.
type Script<'a> = &'a [(u16, u64, &'a str)];

/// Both sides of a line, in turn.
fn line(script: Script<'_>, ms: u64) -> Vec<i16> {
    let mut line = vec![0; samples(ms) * 2];
    for (channel, at, name) in script {
        for (n, sample) in clip(name).into_iter().enumerate() {
            line[(samples(*at) + n) * 2 + usize::from(*channel)] = sample;
        }
    }
    line
}

/// Each side says something in turn, every six seconds.
const TURNS: [(u16, &str); 2] = [(CALLER, "17_seven_of_clubs_real"), (AGENT, "02_no_thank_you")];

pub fn long_line(turns: u64) -> Vec<i16> {
    let said = (0..turns).map(|n| (TURNS[(n % 2) as usize], 1_000 + n * 6_000));
    let script: Vec<_> = said.map(|((channel, name), at)| (channel, at, name)).collect();
    line(&script, turns * 6_000 + 2_000)
}

/// A recording that lies in the spool, and waits for its worker.
async fn recorded(
    db: &Fresh,
    tenant: TenantId,
    language: Option<&str>,
    line: &[i16],
) -> (conversation::Model, RecordingId) {
    let settings = AgentSettings { language: language.map(str::to_owned), ..AgentSettings::default() };
    let agent = agents::create(db, tenant, &By::SYSTEM, NewAgent { name: "Ada".into(), settings }).await.unwrap();
    let wanted = Wanted { agent: Some(agent.id), ..Wanted::on(Channel::Http) };
    let conversation = conversations::begin(db, tenant, wanted).await.unwrap().conversation;
    let wish = recordings::Wish { retention_days: None };
    let mut begun = recordings::begin(db, &db.recordings(), tenant, &conversation, wish, 8_000).await.unwrap();
    begun.file.append(line).unwrap();
    drop(begun.file);
    recordings::finish(db, tenant, begun.id).await.unwrap();
    (conversation, begun.id)
}

pub async fn uploaded(db: &Fresh, tenant: TenantId, bytes: &[u8]) -> transcription::Model {
    let mut file = tokio::fs::File::from_std(tempfile::tempfile().unwrap());
    file.write_all(bytes).await.unwrap();
    file.flush().await.unwrap();
    file.rewind().await.unwrap();
    let new = Upload {
        file,
        claimed: None,
        bytes: bytes.len() as u64,
        name: Some("call.wav".into()),
        content_type: None,
        layout: Layout::Mix,
        language: None,
    };
    transcriptions::upload(db, &db.recordings().blobs, tenant, &By::SYSTEM, new, now()).await.unwrap()
}

/// The tenant's only one, once it is as wanted.
async fn once(
    db: &Database,
    tenant: TenantId,
    is_wanted: impl Fn(&transcription::Model) -> bool,
) -> transcription::Model {
    let wait = async {
        loop {
            let all = transcriptions::list(db, tenant, Filter::default(), Paging::first(2)).await.unwrap().items;
            assert!(all.len() <= 1);
            match all.into_iter().next() {
                Some(row) if is_wanted(&row) => return row,
                _ => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
    };
    tokio::time::timeout(PATIENCE * 2, wait).await.unwrap()
}

async fn in_state(db: &Database, tenant: TenantId, state: State) -> transcription::Model {
    once(db, tenant, |row| row.state == state).await
}

/// The transcription's own job, as its row has it.
async fn job_of(db: &Database, row: &transcription::Model) -> job::Model {
    jobs::look(db, Whose::Tenant(row.tenant_id), row.job_id.unwrap()).await.unwrap()
}

fn texts(row: &transcription::Model) -> Vec<(u16, &str)> {
    row.segments.0.iter().map(|Segment { channel, text, .. }| (*channel, text.as_str())).collect()
}

on_both! {
    with queues;

    async fn a_recording_is_transcribed_side_by_side_with_its_times_and_in_its_agents_language(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let openai = Fake::builder().transcripts(["un", "deux", "trois"]).start().await.unwrap();
        let worker = Running::served(&db, &openai);
        let script: Script = &[
            (CALLER, 1_000, "01_yes_please"),
            (AGENT, 5_000, "02_no_thank_you"),
            (CALLER, 9_000, "17_seven_of_clubs_real"),
        ];
        let (conversation, recording) = recorded(&db, tenant, Some("fr"), &line(script, 13_000)).await;
        let row = in_state(&db, tenant, State::Ready).await;
        assert_eq!(texts(&row), [(CALLER, "un"), (AGENT, "deux"), (CALLER, "trois")]);
        for (segment, (_, at, _)) in row.segments.0.iter().zip(script) {
            // The clips begin and end with some silence.
            assert!((*at..at + 700).contains(&segment.start_ms), "{segment:?}");
            assert!((at + 900..at + 2_300).contains(&segment.end_ms), "{segment:?}");
        }
        assert_eq!((row.conversation_id, row.recording_id), (Some(conversation.id), Some(recording)));
        assert_eq!((row.duration_ms, row.done_ms, row.channels), (Some(13_000), 13_000, Some(2)));
        assert!(row.model.as_ref().unwrap().starts_with("openai"), "{:?}", row.model);
        let asked = openai.requests_of(Endpoint::Transcriptions);
        assert!(asked.iter().all(|request| request.body["languages[]"] == "fr"), "{asked:?}");
        let sent: u64 = asked.iter().map(|request| request.audio_ms).sum();
        assert!(sent < 9_000, "silence was sent: {sent} ms");
        let used = usage::of_conversation(&db, tenant, conversation.id).await.unwrap();
        assert_eq!(used.transcribed_ms, sent as i64);
        worker.stop().await;
    }

    async fn what_an_agent_does_not_want_transcribed_is_not(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let settings = AgentSettings {
            recording: domain::entity::agent::Recording { transcribe: false, ..Default::default() },
            ..AgentSettings::default()
        };
        let agent = agents::create(&db, tenant, &By::SYSTEM, NewAgent { name: "Ada".into(), settings }).await.unwrap();
        let wanted = Wanted { agent: Some(agent.id), ..Wanted::on(Channel::Http) };
        let conversation = conversations::begin(&db, tenant, wanted).await.unwrap().conversation;
        let recording =
            domain::testing::recording(&db, &db.recordings(), tenant, conversation.id).await.unwrap();
        assert!(transcriptions::list(&db, tenant, Filter::default(), Paging::first(9)).await.unwrap().items.is_empty());
        // Until somebody does.
        let openai = Fake::start().await.unwrap();
        let worker = Running::served(&db, &openai);
        let ordered = transcriptions::order_again(&db, tenant, &By::SYSTEM, recording, Some("de".into()), now()).await;
        assert_eq!(ordered.unwrap().language.as_deref(), Some("de"));
        in_state(&db, tenant, State::Ready).await;
        worker.stop().await;
    }

    async fn who_dies_half_way_is_followed_by_one_who_goes_on_there(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let openai = Fake::builder()
            .transcribe_with(|heard| format!("part {}", heard.n))
            .fault(Endpoint::Transcriptions, When::Nth(12), Fault::Hang)
            .start().await.unwrap();
        let worker = Running::served(&db, &openai);
        let (conversation, _) = recorded(&db, tenant, None, &long_line(16)).await;
        let half = once(&db, tenant, |row| row.segments.0.len() == 10).await;
        let seen = async {
            while job_of(&db, &half).await.progress.is_none_or(|progress| progress.done == 0) {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(PATIENCE * 2, seen).await.unwrap();
        assert_eq!(job_of(&db, &half).await.progress.unwrap().total, Some(98_000));
        drop(worker);
        let before = openai.requests_of(Endpoint::Transcriptions).len();
        openai.heal();
        db.execute("UPDATE jobs SET lease_until = '2020-01-01 00:00:00+00:00' WHERE state = 'running'").await;
        let worker = Running::served(&db, &openai);
        let row = in_state(&db, tenant, State::Ready).await;
        let sides: Vec<_> = row.segments.0.iter().map(|segment| segment.channel).collect();
        assert_eq!(sides, [CALLER, AGENT].repeat(8), "{:?}", row.segments);
        assert!(row.segments.0.windows(2).all(|pair| pair[0].end_ms <= pair[1].start_ms), "{:?}", row.segments);
        assert_eq!(row.segments.0[..10], half.segments.0, "what was there was transcribed again");
        let asked = openai.requests_of(Endpoint::Transcriptions);
        assert_eq!(asked.len() - before, 6, "only what was missing is asked for");
        // What was asked for after the tenth was lost with the worker.
        let counted: u64 = asked[..10].iter().chain(&asked[before..]).map(|request| request.audio_ms).sum();
        let used = usage::of_conversation(&db, tenant, conversation.id).await.unwrap();
        assert_eq!(used.transcribed_ms, counted as i64);
        worker.stop().await;
    }

    async fn a_provider_that_is_overrun_is_asked_again_later(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let limited = || Fault::RateLimited { retry_after: Duration::from_secs(1) };
        let openai = Fake::builder()
            .transcribe_with(|heard| format!("part {}", heard.n))
            // At the beginning, and again after something was heard.
            .fault(Endpoint::Transcriptions, When::First(2), limited())
            .fault(Endpoint::Transcriptions, When::Nth(5), limited())
            .fault(Endpoint::Transcriptions, When::Nth(6), limited())
            .start().await.unwrap();
        let worker = Running::served(&db, &openai);
        recorded(&db, tenant, None, &long_line(4)).await;
        let row = in_state(&db, tenant, State::Ready).await;
        assert_eq!(row.segments.0.len(), 4, "{:?}", row.segments);
        assert_eq!(row.error, None);
        worker.stop().await;
    }

    async fn a_key_that_is_refused_is_told_and_another_go_heals_it(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let openai = Fake::builder().fault(Endpoint::Transcriptions, When::Always, Fault::QuotaExhausted).start().await.unwrap();
        let worker = Running::served(&db, &openai);
        let (_, recording) = recorded(&db, tenant, None, &long_line(1)).await;
        let failed = in_state(&db, tenant, State::Failed).await;
        assert_eq!(failed.error.unwrap().kind, "quota_exhausted");
        worker.stop().await;
        openai.heal();
        // Another worker has not made up its mind about the provider.
        let worker = Running::served(&db, &openai);
        transcriptions::order_again(&db, tenant, &By::SYSTEM, recording, None, now()).await.unwrap();
        let row = in_state(&db, tenant, State::Ready).await;
        assert_eq!((texts(&row), row.error.as_ref()), (vec![(CALLER, "hello")], None));
        worker.stop().await;
    }

    async fn what_is_transcribed_is_redacted_where_its_tenant_wants_that(db: Fresh) {
        let openai = Fake::builder().transcribe_with(|_| "I am ada@example.com, 415-555-0199".into()).start().await.unwrap();
        let worker = Running::served(&db, &openai);
        for is_upload in [true, false] {
            let tenant = tenants::create(&db, "Ada").await.unwrap().id;
            let wish = tenants::Change { redact_transcripts: Some(true), ..tenants::Change::default() };
            tenants::change(&db, tenant, &By::SYSTEM, wish).await.unwrap();
            if is_upload {
                let wav = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../caller-audio/17_seven_of_clubs_real.wav");
                uploaded(&db, tenant, &std::fs::read(wav).unwrap()).await;
            } else {
                recorded(&db, tenant, None, &long_line(2)).await;
            }
            let row = in_state(&db, tenant, State::Ready).await;
            assert!(!row.segments.0.is_empty());
            for (_, text) in texts(&row) {
                assert_eq!(text, "I am [e-mail address], [phone number]");
            }
        }
        worker.stop().await;
    }

    async fn an_upload_is_transcribed_and_its_audio_forgotten(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let openai = Fake::builder().transcripts(["seven of clubs"]).start().await.unwrap();
        let wav = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../caller-audio/17_seven_of_clubs_real.wav");
        uploaded(&db, tenant, &std::fs::read(wav).unwrap()).await;
        let worker = Running::served(&db, &openai);
        let row = once(&db, tenant, |row| row.state == State::Ready && row.blob_key.is_none()).await;
        assert_eq!(texts(&row), [(0, "seven of clubs")]);
        assert_eq!((row.expires_at, row.channels), (None, Some(1)));
        let events = domain::events::list(&db, tenant, &[], Paging::first(9)).await.unwrap().items;
        assert_eq!(events[0].r#type, "transcription.ready");
        worker.stop().await;
    }

    async fn a_file_that_is_no_audio_fails_clearly_and_is_kept_for_a_while(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        uploaded(&db, tenant, b"no music").await;
        let worker = Running::start(&db);
        let row = in_state(&db, tenant, State::Failed).await;
        let error = row.error.clone().unwrap();
        assert_eq!(error.kind, "unreadable");
        assert!(error.message.contains("not audio"), "{}", error.message);
        crate::settled(&db, tenant, row.job_id.unwrap(), job::State::Dead).await;
        worker.stop().await;
        assert!(row.blob_key.is_some());
        let blobs = db.recordings().blobs;
        transcriptions::sweep(&db, &blobs, now()).await.unwrap();
        assert!(transcriptions::find(&db, tenant, row.id).await.unwrap().blob_key.is_some());
        transcriptions::sweep(&db, &blobs, row.expires_at.unwrap()).await.unwrap();
        let row = transcriptions::find(&db, tenant, row.id).await.unwrap();
        assert_eq!((row.blob_key, row.expires_at), (None, None));
    }
}

use chrono::TimeDelta;
use domain::{
    Database, calls,
    calls::StatusUpdate,
    conversations,
    entity::{
        TenantScoped,
        id::{ConversationId, RecordingId, TenantId, TranscriptionId, TurnId},
        now,
        transcription::{self, Segment, Segments},
    },
    events,
    jobs::{self, Kind},
    page::Paging,
    testing::{Fresh, on_both},
    transcripts::{self, Kind as LineKind, Line, Source, Speaker},
    usage::Served,
};
use sea_orm::{ActiveModelTrait, IntoActiveModel};
use voice::event::{EndReason, Prompt, Turn, TurnTimes, Usage};

use crate::given;

/// A turn of a line, decided at `end_of_turn_ms` of its clock.
pub fn turn(prompt: Prompt, heard: &str, end_of_turn_ms: Option<u64>) -> Turn {
    let times = TurnTimes {
        caller_stopped_ms: end_of_turn_ms.map(|ms| ms.saturating_sub(500)),
        end_of_turn_ms,
        first_frame_sent_ms: Some(end_of_turn_ms.unwrap_or(0) + 100),
        ..TurnTimes::default()
    };
    Turn {
        number: 0,
        prompt,
        generated_text: heard.to_owned(),
        heard_text: heard.to_owned(),
        interrupted: false,
        tool_calls: Vec::new(),
        times,
        usage: Usage::default(),
    }
}

pub async fn say(db: &Database, tenant: TenantId, conversation: ConversationId, turn: &Turn) {
    let id = TurnId::new();
    conversations::turn_started(db, tenant, conversation, id, &turn.prompt).await.unwrap();
    conversations::turn_ended(db, tenant, conversation, id, turn, &Served::default()).await.unwrap();
}

fn said(lines: &[Line]) -> Vec<(Speaker, &str)> {
    lines.iter().map(|line| (line.speaker, &*line.text)).collect()
}

async fn builds_waiting(db: &Database) -> usize {
    let due = jobs::due(db, 100, now()).await.unwrap().tickets;
    due.iter().filter(|ticket| ticket.kind == Kind::BuildTranscript).count()
}

/// How often it was told that a transcript is ready.
async fn told(db: &Database, tenant: TenantId) -> usize {
    let types = ["transcript.ready".to_owned()];
    events::list(db, tenant, &types, Paging::first(100)).await.unwrap().items.len()
}

/// As a worker leaves the recording's transcription: channel, from, to and words.
async fn transcribed(
    db: &Database,
    tenant: TenantId,
    conversation: ConversationId,
    recording: RecordingId,
    state: transcription::State,
    segments: &[(u16, u64, u64, &str)],
) {
    transcription::Entity::delete_of(tenant).exec(db.connection()).await.unwrap();
    let segment = |(channel, start_ms, end_ms, text): (u16, u64, u64, &str)| Segment {
        channel,
        start_ms,
        end_ms,
        text: text.to_owned(),
    };
    let row = transcription::Model {
        id: TranscriptionId::new(),
        tenant_id: tenant,
        conversation_id: Some(conversation),
        recording_id: Some(recording),
        job_id: None,
        source: transcription::Source::Recording,
        state,
        layout: transcription::Layout::Separate,
        language: Some("en".into()),
        model: None,
        channels: Some(2),
        duration_ms: Some(9_000),
        done_ms: 0,
        reached: transcription::Reached::default(),
        segments: Segments(segments.iter().copied().map(segment).collect()),
        revision: 0,
        error: None,
        blob_key: None,
        content_type: None,
        name: None,
        bytes: None,
        created_at: now(),
        ready_at: None,
        expires_at: None,
    };
    row.into_active_model().reset_all().insert(db.connection()).await.unwrap();
}

on_both! {
    async fn a_transcript_tells_what_was_said_and_what_was_heard(db: Fresh) {
        let tenant = given::tenant(&db, "+14155550199").await;
        let conversation = given::call(&db, &tenant, "CA1").await.conversation.id;
        let tenant = tenant.id;
        say(&db, tenant, conversation, &turn(Prompt::Greeting, "Hello!", None)).await;
        let cut = Turn {
            generated_text: "It is on its way, and will be with you tomorrow.".into(),
            interrupted: true,
            ..turn(Prompt::Speech("Where is my order?".into()), "It is on its way,", Some(4_000))
        };
        say(&db, tenant, conversation, &cut).await;
        say(&db, tenant, conversation, &turn(Prompt::Dtmf("4815".into()), "Thank you.", Some(9_000))).await;
        let times = TurnTimes { first_frame_sent_ms: Some(20_000), ..TurnTimes::default() };
        let idle = Turn { times, ..turn(Prompt::Idle, "Are you still there?", None) };
        say(&db, tenant, conversation, &idle).await;
        assert_eq!(builds_waiting(&db).await, 0, "of what goes on there is nothing to be built");
        let live = transcripts::lines(&db, tenant, conversation).await.unwrap();
        assert!(transcripts::build(&db, tenant, conversation).await.unwrap().is_none());

        conversations::end(&db, tenant, conversation, &EndReason::CallerHungUp).await.unwrap();
        assert_eq!(builds_waiting(&db).await, 1);
        let built = transcripts::build(&db, tenant, conversation).await.unwrap().unwrap();
        assert_eq!(built.lines.0, live);
        assert_eq!(said(&built.lines.0), [
            (Speaker::Agent, "Hello!"),
            (Speaker::Caller, "Where is my order?"),
            (Speaker::Agent, "It is on its way,"),
            (Speaker::Caller, "4815"),
            (Speaker::Agent, "Thank you."),
            (Speaker::Agent, "Are you still there?"),
        ]);
        let cut = &built.lines.0[2];
        assert_eq!(cut.generated_text.as_deref(), Some("It is on its way, and will be with you tomorrow."));
        assert!(cut.interrupted);
        assert_eq!(built.lines.0[3].kind, LineKind::Keys);
        assert_eq!((built.source, built.revision, built.ready_at.is_some()), (Source::Turns, 1, true));
        let again = transcripts::build(&db, tenant, conversation).await.unwrap().unwrap();
        assert_eq!((again.revision, again.built_at), (1, built.built_at), "what changes nothing is not written");
        assert_eq!(transcripts::find(&db, tenant, conversation).await.unwrap(), built);
    }

    async fn a_turn_that_comes_after_the_end_is_in_it_too(db: Fresh) {
        let tenant = given::tenant(&db, "+14155550199").await;
        let begun = given::call(&db, &tenant, "CA1").await;
        let (tenant, conversation) = (tenant.id, begun.conversation.id);
        say(&db, tenant, conversation, &turn(Prompt::Speech("One".into()), "Two", Some(2_000))).await;
        let over = StatusUpdate { status: calls::Status::Completed, sequence_number: None, duration_s: Some(9) };
        assert!(calls::status(&db, tenant, "CA1", over).await.unwrap());
        assert_eq!(builds_waiting(&db).await, 1, "it does not wait for the totals");
        assert_eq!(transcripts::build(&db, tenant, conversation).await.unwrap().unwrap().lines.0.len(), 2);
        say(&db, tenant, conversation, &turn(Prompt::Speech("Three".into()), "", Some(5_000))).await;
        assert_eq!(builds_waiting(&db).await, 2);
        let built = transcripts::build(&db, tenant, conversation).await.unwrap().unwrap();
        assert_eq!(said(&built.lines.0).last(), Some(&(Speaker::Caller, "Three")));
        assert_eq!(built.revision, 2);
    }

    async fn a_conversation_in_which_nobody_spoke_has_none(db: Fresh) {
        let tenant = given::tenant(&db, "+14155550199").await.id;
        let conversation = given::conversation(&db, tenant).await.id;
        conversations::end(&db, tenant, conversation, &EndReason::CallerHungUp).await.unwrap();
        assert_eq!(builds_waiting(&db).await, 0);
        assert!(transcripts::build(&db, tenant, conversation).await.unwrap().is_none());
        assert!(transcripts::find(&db, tenant, conversation).await.is_err());
        assert!(transcripts::lines(&db, tenant, conversation).await.unwrap().is_empty());
    }

    async fn a_recordings_words_take_the_place_of_the_turns_and_stay(db: Fresh) {
        let tenant = given::tenant(&db, "+14155550199").await.id;
        let conversation = given::conversation(&db, tenant).await.id;
        say(&db, tenant, conversation, &turn(Prompt::Speech("where is my order".into()), "On its way.", Some(4_000))).await;
        let recording = domain::testing::recording(&db, &db.recordings(), tenant, conversation).await.unwrap();
        conversations::end(&db, tenant, conversation, &EndReason::CallerHungUp).await.unwrap();
        transcribed(&db, tenant, conversation, recording, transcription::State::Running, &[]).await;
        let draft = transcripts::build(&db, tenant, conversation).await.unwrap().unwrap();
        assert_eq!((draft.source, draft.ready_at, told(&db, tenant).await), (Source::Turns, None, 0));
        assert_eq!(transcripts::order_drafts(&db, now()).await.unwrap(), 0, "its transcription goes on");
        assert_eq!(transcripts::order_drafts(&db, now() + TimeDelta::hours(25)).await.unwrap(), 1, "nobody comes back");

        let segments = [(0, 2_400, 3_450, "Where is my order?"), (1, 4_600, 5_600, "It is"), (0, 8_000, 8_400, "Hello?")];
        transcribed(&db, tenant, conversation, recording, transcription::State::Ready, &segments).await;
        let built = transcripts::build(&db, tenant, conversation).await.unwrap().unwrap();
        assert_eq!(said(&built.lines.0), [
            (Speaker::Caller, "Where is my order?"),
            (Speaker::Agent, "On its way."),
            (Speaker::Caller, "Hello?"),
        ]);
        assert_eq!((built.source, built.revision, built.language.as_deref()), (Source::Recording, 2, Some("en")));
        assert_eq!((built.lines.0[2].turn, built.lines.0[0].end_ms - built.lines.0[0].start_ms), (None, 1_050));
        assert_eq!(told(&db, tenant).await, 1);

        // With the recording its transcription is gone; what was said is not.
        transcription::Entity::delete_of(tenant).exec(db.connection()).await.unwrap();
        assert_eq!(transcripts::build(&db, tenant, conversation).await.unwrap().unwrap(), built);
        assert_eq!(told(&db, tenant).await, 1);
    }

    async fn where_a_transcription_failed_the_turns_words_stand(db: Fresh) {
        let tenant = given::tenant(&db, "+14155550199").await.id;
        let conversation = given::conversation(&db, tenant).await.id;
        say(&db, tenant, conversation, &turn(Prompt::Speech("where is my order".into()), "On its way.", Some(4_000))).await;
        let recording = domain::testing::recording(&db, &db.recordings(), tenant, conversation).await.unwrap();
        conversations::end(&db, tenant, conversation, &EndReason::CallerHungUp).await.unwrap();
        transcribed(&db, tenant, conversation, recording, transcription::State::Queued, &[]).await;
        assert!(transcripts::build(&db, tenant, conversation).await.unwrap().unwrap().ready_at.is_none());
        transcribed(&db, tenant, conversation, recording, transcription::State::Failed, &[]).await;
        assert_eq!(transcripts::order_drafts(&db, now()).await.unwrap(), 1);
        let built = transcripts::build(&db, tenant, conversation).await.unwrap().unwrap();
        assert_eq!(said(&built.lines.0), [(Speaker::Caller, "where is my order"), (Speaker::Agent, "On its way.")]);
        assert_eq!((built.source, built.ready_at.is_some(), told(&db, tenant).await), (Source::Turns, true, 1));
    }
}

use domain::{
    Database, calls,
    calls::StatusUpdate,
    conversations,
    entity::id::{ConversationId, TenantId, TurnId},
    jobs::{self, Kind},
    testing::{Fresh, on_both},
    transcripts::{self, Kind as LineKind, Line, Source, Speaker},
    usage::Served,
};
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
    let due = jobs::due(db, 100, domain::entity::now()).await.unwrap();
    due.iter().filter(|ticket| ticket.kind == Kind::BuildTranscript).count()
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
}

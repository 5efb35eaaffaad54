//! Another tenant's row is not found, whatever the finder.

use domain::access::By;
use domain::api_keys::NewKey;
use std::time::Duration;

use domain::entity::{agent::AgentSettings, id::TurnId};
use domain::{
    Error, agents, api_keys, calls,
    calls::{NextStep, Status, StatusUpdate},
    conversations, customers, jobs,
    page::Paging,
    phone_numbers,
    testing::{Fresh, on_both},
    transcripts,
};
use voice::event::{EndReason, Prompt};

use crate::given;

fn changes_nothing() -> agents::Change<impl FnOnce(&mut AgentSettings)> {
    agents::Change { name: None, revision: None, edit: |_: &mut _| {} }
}

fn not_found<T>(result: Result<T, Error>, what: &str) {
    assert!(matches!(result, Err(Error::NotFound { .. })), "{what} was found");
}

on_both! {
    async fn another_tenants_row_is_not_found(db: Fresh) {
        let ada = given::tenant(&db, "+14155550199").await;
        let bob = given::tenant(&db, "+14155550198").await.id;
        let begun = given::call(&db, &ada, "CA1").await;
        let (call, conversation) = (begun.call.id, begun.conversation.id);
        let key = api_keys::create(&db, ada.id, &By::SYSTEM, NewKey::unlimited("key")).await.unwrap().0.id;

        not_found(agents::find(&db, bob, ada.agent.id).await, "agent");
        not_found(agents::update(&db, bob, &By::SYSTEM, ada.agent.id, changes_nothing()).await, "agent to be changed");
        not_found(agents::publish(&db, bob, &By::SYSTEM, ada.agent.id, None).await, "agent to be published");
        not_found(agents::roll_back(&db, bob, &By::SYSTEM, ada.agent.id, 1).await, "agent to be rolled back");
        not_found(agents::delete(&db, bob, &By::SYSTEM, ada.agent.id).await, "agent to be deleted");
        not_found(agents::versions(&db, bob, ada.agent.id, Paging::first(10)).await, "versions");
        not_found(agents::version(&db, bob, ada.agent.id, 1).await, "version");
        assert!(!agents::list(&db, bob, Paging::first(10)).await.unwrap().items.contains(&ada.agent));
        not_found(phone_numbers::find(&db, bob, ada.number.id).await, "phone number");
        not_found(customers::find(&db, bob, begun.conversation.customer_id.unwrap()).await, "customer");
        not_found(api_keys::find(&db, bob, key).await, "API key");
        not_found(conversations::find(&db, bob, conversation).await, "conversation");
        not_found(conversations::by_session(&db, bob, &begun.conversation.session_id).await, "session");
        not_found(conversations::turns(&db, bob, conversation).await, "turns");
        not_found(conversations::history(&db, bob, conversation).await, "history");
        not_found(conversations::next_turn(&db, bob, conversation).await, "next turn");
        not_found(conversations::reckon_totals(&db, bob, conversation).await, "totals");
        not_found(transcripts::build(&db, bob, conversation).await, "transcript to be built");
        not_found(transcripts::find(&db, bob, conversation).await, "transcript");
        not_found(transcripts::show(&db, bob, conversation).await, "transcript to be shown");
        not_found(calls::find(&db, bob, call).await, "call");
        not_found(calls::find_by_sid(&db, bob, "CA1").await, "call by SID");
        not_found(calls::next_step(&db, bob, "CA1").await, "next step");
        assert!(calls::list(&db, bob, &Default::default(), Paging::first(10)).await.unwrap().items.is_empty());
        assert_eq!(calls::in_progress(&db, bob).await.unwrap(), 0);
        assert_eq!(agents::first(&db, ada.id).await.unwrap(), Some(ada.agent.id));
    }

    async fn another_tenants_row_is_not_changed(db: Fresh) {
        let ada = given::tenant(&db, "+14155550199").await;
        let bob = given::tenant(&db, "+14155550198").await.id;
        let begun = given::call(&db, &ada, "CA1").await;
        let (call, conversation) = (begun.call.id, begun.conversation.id);
        let key = api_keys::create(&db, ada.id, &By::SYSTEM, NewKey::unlimited("key")).await.unwrap().0;
        let over = StatusUpdate { status: Status::Completed, sequence_number: Some(9), duration_s: None };

        not_found(api_keys::revoke(&db, bob, &By::SYSTEM, key.id).await, "API key");
        not_found(calls::set_next_step(&db, bob, call, NextStep::Hangup).await, "call");
        not_found(calls::status(&db, bob, "CA1", over).await, "call");
        not_found(calls::issue_stream_token(&db, bob, call, Duration::from_secs(60)).await, "call");
        not_found(conversations::end(&db, bob, conversation, &EndReason::Failed).await, "conversation");
        not_found(conversations::turn_started(&db, bob, conversation, TurnId::new(), &Prompt::Idle).await, "conversation");

        assert_eq!(api_keys::find(&db, ada.id, key.id).await.unwrap(), key);
        assert_eq!(calls::find(&db, ada.id, call).await.unwrap(), begun.call);
        assert_eq!(conversations::find(&db, ada.id, conversation).await.unwrap(), begun.conversation);
        assert!(conversations::turns(&db, ada.id, conversation).await.unwrap().is_empty());
    }

    async fn another_tenants_job_is_not_found(db: Fresh) {
        let ada = given::tenant(&db, "+14155550199").await.id;
        let bob = given::tenant(&db, "+14155550198").await.id;
        let conversation = given::conversation(&db, ada).await.id;
        conversations::end(&db, ada, conversation, &EndReason::Failed).await.unwrap();
        let job = jobs::due(&db, 1, domain::entity::now()).await.unwrap().tickets[0].id;
        assert_eq!(jobs::find(&db, ada, job).await.unwrap().id, job);
        not_found(jobs::find(&db, bob, job).await, "job");
    }

    async fn the_same_caller_is_another_customer_to_another_tenant(db: Fresh) {
        let ada = given::tenant(&db, "+14155550199").await.id;
        let bob = given::tenant(&db, "+14155550198").await.id;
        let adas = customers::by_phone(&db, ada, "+14155550100").await.unwrap();
        let bobs = customers::by_phone(&db, bob, "+14155550100").await.unwrap();
        assert_ne!(adas.id, bobs.id);
        let adas = customers::by_external_id(&db, ada, "c1").await.unwrap();
        let bobs = customers::by_external_id(&db, bob, "c1").await.unwrap();
        assert_ne!(adas.id, bobs.id);
    }
}

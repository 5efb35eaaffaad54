use chrono::TimeDelta;
use domain::{
    Database,
    calls::{self, Status, StatusUpdate},
    conversations, customers,
    entity::{event, id::TenantId, now},
    events::{self, Event},
    page::Paging,
    testing::{Fresh, on_both},
};
use voice::event::EndReason;

use crate::given;

/// Oldest first.
async fn all(db: &Database, tenant: TenantId) -> Vec<event::Model> {
    let mut events = events::list(db, tenant, &[], Paging::first(100)).await.unwrap().items;
    events.reverse();
    events
}

async fn types(db: &Database, tenant: TenantId) -> Vec<String> {
    all(db, tenant).await.into_iter().map(|event| event.r#type).collect()
}

fn ended(status: Status) -> StatusUpdate {
    StatusUpdate { status, sequence_number: None, duration_s: Some(7) }
}

on_both! {
    async fn a_call_starts_once_and_ends_once_however_often_it_is_said(db: Fresh) {
        let tenant = given::tenant(&db, "+14155550199").await;
        let begun = given::call(&db, &tenant, "CA1").await;
        given::call(&db, &tenant, "CA1").await;
        assert_eq!(types(&db, tenant.id).await, ["call.started"]);
        let id = begun.conversation.id;
        assert!(conversations::end(&db, tenant.id, id, &EndReason::Transferred("+14155550111".to_owned())).await.unwrap());
        assert!(!conversations::end(&db, tenant.id, id, &EndReason::CallerHungUp).await.unwrap());
        calls::status(&db, tenant.id, "CA1", ended(Status::Completed)).await.unwrap();
        assert_eq!(types(&db, tenant.id).await, ["call.started", "call.ended"]);
        let [started, ended] = all(&db, tenant.id).await.try_into().unwrap();
        for event in [&started, &ended] {
            assert_eq!(event.conversation_id, Some(id));
            assert_eq!(event.data["conversation_id"], id.to_string());
            assert_eq!(event.data["call_id"], begun.call.id.to_string());
            assert_eq!(event.data["from"], "+14155550100");
            assert_eq!(event.data["agent_id"], tenant.agent.id.to_string());
        }
        assert_eq!(ended.data["end_reason"], "transferred");
        assert!(ended.data["duration_ms"].is_i64(), "{}", ended.data);
        let known: Vec<_> = events::TYPES.iter().map(|(name, _)| *name).collect();
        assert!(known.contains(&started.r#type.as_str()) && known.contains(&ended.r#type.as_str()));
    }

    async fn a_call_that_nobody_ended_ends_by_the_sweep_with_one_event(db: Fresh) {
        let tenant = given::tenant(&db, "+14155550199").await;
        given::call(&db, &tenant, "CA1").await;
        let late = now() + TimeDelta::hours(5);
        assert_eq!(conversations::end_abandoned(&db, late).await.unwrap(), 1);
        assert_eq!(conversations::end_abandoned(&db, late).await.unwrap(), 0);
        assert_eq!(types(&db, tenant.id).await, ["call.started", "call.ended"]);
        calls::status(&db, tenant.id, "CA1", ended(Status::Completed)).await.unwrap();
        assert_eq!(types(&db, tenant.id).await.len(), 2);
    }

    async fn other_conversations_are_no_calls(db: Fresh) {
        let ada = given::tenant(&db, "+14155550199").await.id;
        let row = given::conversation(&db, ada).await;
        conversations::begin(&db, ada, given::wanted(Some(&row.session_id))).await.unwrap();
        conversations::end(&db, ada, row.id, &EndReason::Silence).await.unwrap();
        assert_eq!(types(&db, ada).await, ["conversation.started", "conversation.ended"]);
        let only = events::list(&db, ada, &["conversation.ended".to_owned()], Paging::first(9)).await.unwrap();
        assert_eq!(only.items.len(), 1);
        events::list(&db, ada, &["no.such".to_owned()], Paging::first(9)).await.unwrap_err();
        let bob = domain::tenants::create(&db, "Bob").await.unwrap().id;
        assert!(types(&db, bob).await.is_empty());
    }

    async fn events_go_after_a_month_and_with_the_customer_they_tell_of(db: Fresh) {
        let tenant = given::tenant(&db, "+14155550199").await;
        let begun = given::call(&db, &tenant, "CA1").await;
        conversations::end(&db, tenant.id, begun.conversation.id, &EndReason::CallerHungUp).await.unwrap();
        let (by, customer) = (domain::access::By::SYSTEM, begun.conversation.customer_id.unwrap());
        customers::erase(&db, tenant.id, &by, customer).await.unwrap();
        customers::remove_erased(&db, &db.recordings(), tenant.id, customer).await.unwrap();
        assert!(types(&db, tenant.id).await.is_empty(), "they went with the customer");
        given::conversation(&db, tenant.id).await;
        assert_eq!(events::forget(&db, now() + events::RETENTION - TimeDelta::hours(1)).await.unwrap(), 0);
        assert_eq!(events::forget(&db, now() + events::RETENTION + TimeDelta::hours(1)).await.unwrap(), 1);
        assert!(types(&db, tenant.id).await.is_empty());
    }

    async fn what_is_not_the_tenants_makes_no_event(db: Fresh) {
        let ada = given::tenant(&db, "+14155550199").await.id;
        let bob = domain::tenants::create(&db, "Bob").await.unwrap().id;
        let conversation = given::conversation(&db, ada).await.id;
        for event in [Event::TranscriptReady { conversation }, Event::ConversationEnded { conversation }] {
            let conn = db.connection();
            events::add(conn, bob, &event, now()).await.unwrap_err();
        }
        assert!(types(&db, bob).await.is_empty());
    }
}

use chrono::TimeDelta;
use domain::{
    Error, calls,
    conversations::{self, Wanted},
    customers,
    entity::{conversation::Status, id::ConversationId},
    jobs::{self, Kind},
    tenants,
    testing::{Fresh, on_both},
};
use voice::event::EndReason;

use crate::given;

on_both! {
    async fn a_session_id_names_one_conversation_of_the_tenant(db: Fresh) {
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        let bob = tenants::create(&db, "Bob").await.unwrap().id;
        let adas = conversations::begin(&db, ada, given::wanted(Some("s1"))).await.unwrap().conversation;
        let again = conversations::begin(&db, ada, given::wanted(Some("s1"))).await.unwrap();
        assert!(!again.is_new && again.conversation == adas);
        let bobs = conversations::begin(&db, bob, given::wanted(Some("s1"))).await.unwrap().conversation;
        assert_ne!(adas.id, bobs.id);
        assert_eq!(conversations::by_session(&db, ada, "s1").await.unwrap(), adas);
        assert_eq!(conversations::by_session(&db, bob, "s1").await.unwrap(), bobs);
        let unknown = conversations::by_session(&db, ada, "s2").await;
        assert!(matches!(unknown, Err(Error::NotFound { .. })));
    }

    async fn without_a_session_id_the_id_serves(db: Fresh) {
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        let started = given::conversation(&db, ada).await;
        assert_eq!(started.session_id, started.id.to_string());
    }

    async fn of_many_that_open_a_session_at_once_all_get_the_same(db: Fresh) {
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        let race = (0..6).map(|_| conversations::begin(&db, ada, given::wanted(Some("s1"))));
        let opened = futures_util::future::join_all(race).await;
        let first = opened[0].as_ref().unwrap().conversation.id;
        assert!(opened.iter().all(|opened| opened.as_ref().unwrap().conversation.id == first));
    }

    async fn a_conversation_that_cannot_be_is_refused(db: Fresh) {
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        let long = "x".repeat(201);
        for bad in ["", &long] {
            let refused = conversations::begin(&db, ada, given::wanted(Some(bad))).await;
            assert!(matches!(refused, Err(Error::Invalid { field: "session_id", .. })));
        }
        let pirate = Wanted { persona: Some("pirate".to_owned()), ..given::wanted(None) };
        let refused = conversations::begin(&db, ada, pirate).await;
        assert!(matches!(refused, Err(Error::Invalid { field: "persona", .. })));
    }

    async fn the_first_reason_of_the_end_stands_and_one_job_follows(db: Fresh) {
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        let id = given::conversation(&db, ada).await.id;
        assert!(conversations::end(&db, ada, id, &EndReason::AgentHungUp).await.unwrap());
        assert_eq!(db.queue().outstanding(Kind::FinishConversation).await.unwrap(), 1, "the workers were not told");
        assert!(!conversations::end(&db, ada, id, &EndReason::CallerHungUp).await.unwrap());
        let ended = conversations::find(&db, ada, id).await.unwrap();
        assert_eq!((ended.status, ended.end_reason.unwrap()["kind"].as_str()), (Status::Ended, Some("agent_hung_up")));
        assert!(ended.ended_at.is_some());
        assert_eq!(jobs::due(&db, 10, domain::entity::now()).await.unwrap().tickets.len(), 1);
        let unknown = conversations::end(&db, ada, ConversationId::new(), &EndReason::Failed).await;
        assert!(matches!(unknown, Err(Error::NotFound { .. })));
    }

    async fn a_customer_is_found_again_by_either_name(db: Fresh) {
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        let race = (0..6).map(|_| customers::by_external_id(&db, ada, "c1"));
        let found = futures_util::future::join_all(race).await;
        let first = found[0].as_ref().unwrap();
        assert!(found.iter().all(|customer| customer.as_ref().unwrap() == first));
        let by_phone = customers::by_phone(&db, ada, "+14155550100").await.unwrap();
        assert_eq!(customers::by_phone(&db, ada, "+14155550100").await.unwrap(), by_phone);
        assert_ne!(by_phone.id, first.id);
        assert!(customers::by_external_id(&db, ada, "").await.is_err());
        assert!(customers::by_phone(&db, ada, "anonymous").await.is_err());
    }

    async fn a_call_whose_process_died_is_ended_after_four_hours(db: Fresh) {
        let tenant = given::tenant(&db, "+14155550199").await;
        let begun = given::call(&db, &tenant, "CA1").await;
        let chat = given::conversation(&db, tenant.id).await;
        let at = |hours, seconds| domain::entity::now() + TimeDelta::hours(hours) + TimeDelta::seconds(seconds);

        assert_eq!(conversations::end_abandoned(&db, at(4, -60)).await.unwrap(), 0);
        assert_eq!(conversations::end_abandoned(&db, at(4, 60)).await.unwrap(), 1);

        let ended = conversations::find(&db, tenant.id, begun.conversation.id).await.unwrap();
        assert_eq!(ended.end_reason.unwrap()["kind"], "line_broken");
        let call = calls::find(&db, tenant.id, begun.call.id).await.unwrap();
        assert_eq!(call.status, calls::Status::Failed);
        // A chat may rest longer: a day.
        assert_eq!(conversations::find(&db, tenant.id, chat.id).await.unwrap().status, Status::Active);
        assert_eq!(conversations::end_abandoned(&db, at(25, 0)).await.unwrap(), 1);
        let left = conversations::find(&db, tenant.id, chat.id).await.unwrap();
        assert_eq!(left.end_reason.unwrap()["kind"], "silence", "nothing failed");
        assert_eq!(conversations::end_abandoned(&db, at(25, 0)).await.unwrap(), 0);
    }
}

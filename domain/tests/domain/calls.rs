use std::collections::HashSet;

use domain::{
    Error, calls,
    calls::{Incoming, NextStep, Status},
    conversations, customers,
    entity::{conversation::Channel, id::CallId},
    page::Paging,
    testing::{Fresh, on_both},
};

use crate::given;

on_both! {
    async fn a_call_begins_with_a_conversation_of_the_numbers_agent(db: Fresh) {
        let tenant = given::tenant(&db, "+14155550199").await;
        let begun = given::call(&db, &tenant, "CA1").await;
        assert!(begun.is_new);
        assert_eq!(begun.call.status, Status::Ringing);
        assert_eq!(begun.call.conversation_id, begun.conversation.id);
        assert_eq!(begun.conversation.agent_id, Some(tenant.agent.id));
        assert_eq!(begun.conversation.channel, Channel::Phone);
        let caller = customers::by_phone(&db, tenant.id, "+14155550100").await.unwrap();
        assert_eq!(begun.conversation.customer_id, Some(caller.id));
        assert_eq!(calls::find_by_sid(&db, tenant.id, "CA1").await.unwrap(), begun.call);
        assert_eq!(conversations::find(&db, tenant.id, begun.conversation.id).await.unwrap(), begun.conversation);
    }

    async fn a_repeated_webhook_begins_nothing(db: Fresh) {
        let tenant = given::tenant(&db, "+14155550199").await;
        let first = given::call(&db, &tenant, "CA1").await;
        let again = given::call(&db, &tenant, "CA1").await;
        assert!(!again.is_new);
        assert_eq!((again.call, again.conversation), (first.call, first.conversation));
        assert_eq!(calls::in_progress(&db, tenant.id).await.unwrap(), 1);
    }

    async fn of_repeated_webhooks_at_once_one_begins_the_call(db: Fresh) {
        let tenant = given::tenant(&db, "+14155550199").await;
        let race = (0..6).map(|_| calls::begin(&db, &tenant.number, given::incoming("CA1")));
        let begun: Vec<_> = futures_util::future::join_all(race).await.into_iter().map(Result::unwrap).collect();
        assert_eq!(begun.iter().filter(|begun| begun.is_new).count(), 1);
        let ids: HashSet<_> = begun.iter().map(|begun| (begun.call.id, begun.conversation.id)).collect();
        assert_eq!(ids.len(), 1);
    }

    async fn a_withheld_number_makes_no_customer(db: Fresh) {
        let tenant = given::tenant(&db, "+14155550199").await;
        let anonymous = Incoming { from: "anonymous".to_owned(), ..given::incoming("CA1") };
        let begun = calls::begin(&db, &tenant.number, anonymous).await.unwrap();
        assert_eq!(begun.conversation.customer_id, None);
    }

    async fn a_caller_is_one_customer_whatever_the_call(db: Fresh) {
        let tenant = given::tenant(&db, "+14155550199").await;
        let first = given::call(&db, &tenant, "CA1").await;
        let second = given::call(&db, &tenant, "CA2").await;
        assert!(first.conversation.customer_id.is_some());
        assert_eq!(first.conversation.customer_id, second.conversation.customer_id);
        assert_ne!(first.conversation.id, second.conversation.id);
    }

    async fn a_call_of_one_number_is_not_taken_over_by_another(db: Fresh) {
        let tenant = given::tenant(&db, "+14155550199").await;
        let other = given::tenant(&db, "+14155550198").await;
        given::call(&db, &tenant, "CA1").await;
        let taken = calls::begin(&db, &other.number, given::incoming("CA1")).await;
        assert!(matches!(taken, Err(Error::Conflict { .. })));
    }

    async fn a_call_goes_on_until_something_else_is_set(db: Fresh) {
        let tenant = given::tenant(&db, "+14155550199").await;
        let call = given::call(&db, &tenant, "CA1").await.call;
        assert_eq!(calls::next_step(&db, tenant.id, "CA1").await.unwrap(), NextStep::Continue);
        for step in [NextStep::Transfer("+14155550123".to_owned()), NextStep::Hangup] {
            calls::set_next_step(&db, tenant.id, call.id, step.clone()).await.unwrap();
            assert_eq!(calls::next_step(&db, tenant.id, "CA1").await.unwrap(), step);
        }
        let unknown = calls::set_next_step(&db, tenant.id, CallId::new(), NextStep::Hangup).await;
        assert!(matches!(unknown, Err(Error::NotFound { .. })));
    }

    async fn calls_are_listed_newest_first_page_by_page(db: Fresh) {
        let tenant = given::tenant(&db, "+14155550199").await;
        let mut sids: Vec<_> = (0..5).map(|n| format!("CA{n}")).collect();
        for sid in &sids {
            given::call(&db, &tenant, sid).await;
        }
        sids.reverse();
        let (mut seen, mut cursor) = (Vec::new(), None);
        loop {
            let page = Paging::new(cursor.as_deref(), 2).unwrap();
            let page = calls::list(&db, tenant.id, &Default::default(), page).await.unwrap();
            assert!((1..=2).contains(&page.items.len()));
            seen.extend(page.items.into_iter().map(|call| call.call_sid));
            cursor = page.next_cursor;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(seen, sids);
    }
}

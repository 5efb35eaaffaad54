use domain::{
    Error, calls,
    calls::{Status, StatusUpdate},
    conversations,
    entity::conversation,
    testing::{Fresh, on_both},
};

use crate::given;

fn update(status: Status, sequence_number: i64) -> StatusUpdate {
    let duration_s = status.is_terminal().then_some(12);
    StatusUpdate { status, sequence_number: Some(sequence_number), duration_s }
}

on_both! {
    async fn statuses_in_order_are_applied(db: Fresh) {
        let tenant = given::tenant(&db, "+14155550199").await;
        given::call(&db, &tenant, "CA1").await;
        for step in [update(Status::Ringing, 0), update(Status::InProgress, 1), update(Status::Completed, 2)] {
            assert!(calls::status(&db, tenant.id, "CA1", step).await.unwrap());
            let call = calls::find_by_sid(&db, tenant.id, "CA1").await.unwrap();
            assert_eq!((call.status, call.sequence_number), (step.status, step.sequence_number));
        }
        let call = calls::find_by_sid(&db, tenant.id, "CA1").await.unwrap();
        assert_eq!(call.duration_s, Some(12));
        assert!(call.ended_at.is_some());
        assert_eq!(calls::in_progress(&db, tenant.id).await.unwrap(), 0);
    }

    async fn a_status_that_comes_late_changes_nothing(db: Fresh) {
        let tenant = given::tenant(&db, "+14155550199").await;
        given::call(&db, &tenant, "CA1").await;
        assert!(calls::status(&db, tenant.id, "CA1", update(Status::InProgress, 2)).await.unwrap());
        for late in [update(Status::Ringing, 1), update(Status::InProgress, 2), update(Status::Ringing, 3)] {
            assert!(!calls::status(&db, tenant.id, "CA1", late).await.unwrap(), "{late:?}");
        }
        let call = calls::find_by_sid(&db, tenant.id, "CA1").await.unwrap();
        assert_eq!((call.status, call.sequence_number), (Status::InProgress, Some(2)));
    }

    async fn a_call_that_is_over_stays_over(db: Fresh) {
        let tenant = given::tenant(&db, "+14155550199").await;
        given::call(&db, &tenant, "CA1").await;
        assert!(calls::status(&db, tenant.id, "CA1", update(Status::Completed, 3)).await.unwrap());
        let over = calls::find_by_sid(&db, tenant.id, "CA1").await.unwrap();
        for late in [update(Status::Ringing, 1), update(Status::InProgress, 4), update(Status::Failed, 5)] {
            assert!(!calls::status(&db, tenant.id, "CA1", late).await.unwrap(), "{late:?}");
        }
        assert_eq!(calls::find_by_sid(&db, tenant.id, "CA1").await.unwrap(), over);
    }

    async fn the_end_of_a_call_ends_its_conversation(db: Fresh) {
        let tenant = given::tenant(&db, "+14155550199").await;
        let begun = given::call(&db, &tenant, "CA1").await;
        let hung_up = StatusUpdate { sequence_number: None, ..update(Status::Completed, 0) };
        calls::status(&db, tenant.id, "CA1", hung_up).await.unwrap();
        let conversation = conversations::find(&db, tenant.id, begun.conversation.id).await.unwrap();
        assert_eq!(conversation.status, conversation::Status::Ended);
        assert_eq!(conversation.end_reason.unwrap()["kind"], "caller_hung_up");
    }

    async fn of_statuses_at_once_the_end_stands(db: Fresh) {
        let tenant = given::tenant(&db, "+14155550199").await;
        given::call(&db, &tenant, "CA1").await;
        let statuses = [update(Status::Ringing, 0), update(Status::InProgress, 1), update(Status::Completed, 2)];
        let race = statuses.map(|status| calls::status(&db, tenant.id, "CA1", status));
        for applied in futures_util::future::join_all(race).await {
            applied.unwrap();
        }
        assert_eq!(calls::find_by_sid(&db, tenant.id, "CA1").await.unwrap().status, Status::Completed);
    }

    async fn a_status_of_an_unknown_call_is_not_found(db: Fresh) {
        let tenant = given::tenant(&db, "+14155550199").await;
        let unknown = calls::status(&db, tenant.id, "CA9", update(Status::Completed, 1)).await;
        assert!(matches!(unknown, Err(Error::NotFound { .. })));
    }
}

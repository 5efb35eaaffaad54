use std::time::Duration;

use domain::{
    calls,
    calls::{Status, StatusUpdate},
    testing::{Fresh, on_both},
};
use secrecy::ExposeSecret;

use crate::given;

const TTL: Duration = Duration::from_secs(60);

on_both! {
    async fn a_token_opens_the_stream_of_its_call(db: Fresh) {
        let tenant = given::tenant(&db, "+14155550199").await;
        let begun = given::call(&db, &tenant, "CA1").await;
        let token = calls::issue_stream_token(&db, tenant.id, begun.call.id, TTL).await.unwrap();
        let grant = calls::redeem_stream_token(&db, token.expose_secret(), "CA1").await.unwrap().unwrap();
        assert_eq!((grant.tenant, grant.call.id), (tenant.id, begun.call.id));
        assert_eq!((grant.conversation.id, grant.conversation.agent_id), (begun.conversation.id, Some(tenant.agent.id)));
        assert_eq!(grant.phone_number, tenant.number);
        assert_eq!((grant.call.status, grant.call.streams), (Status::InProgress, 1));
    }

    async fn a_token_opens_one_stream(db: Fresh) {
        let tenant = given::tenant(&db, "+14155550199").await;
        let call = given::call(&db, &tenant, "CA1").await.call;
        let token = calls::issue_stream_token(&db, tenant.id, call.id, TTL).await.unwrap();
        assert!(calls::redeem_stream_token(&db, token.expose_secret(), "CA1").await.unwrap().is_some());
        assert!(calls::redeem_stream_token(&db, token.expose_secret(), "CA1").await.unwrap().is_none());
        // The call that comes back gets another.
        let token = calls::issue_stream_token(&db, tenant.id, call.id, TTL).await.unwrap();
        let grant = calls::redeem_stream_token(&db, token.expose_secret(), "CA1").await.unwrap().unwrap();
        assert_eq!(grant.call.streams, 2);
    }

    async fn a_token_is_bound_to_its_call(db: Fresh) {
        let tenant = given::tenant(&db, "+14155550199").await;
        let call = given::call(&db, &tenant, "CA1").await.call;
        given::call(&db, &tenant, "CA2").await;
        let token = calls::issue_stream_token(&db, tenant.id, call.id, TTL).await.unwrap();
        for wrong in ["CA2", "CA3", ""] {
            assert!(calls::redeem_stream_token(&db, token.expose_secret(), wrong).await.unwrap().is_none());
        }
        assert!(calls::redeem_stream_token(&db, "guess", "CA1").await.unwrap().is_none());
        assert!(calls::redeem_stream_token(&db, token.expose_secret(), "CA1").await.unwrap().is_some());
    }

    async fn an_expired_token_opens_nothing_and_is_swept(db: Fresh) {
        let tenant = given::tenant(&db, "+14155550199").await;
        let call = given::call(&db, &tenant, "CA1").await.call;
        let expired = calls::issue_stream_token(&db, tenant.id, call.id, Duration::ZERO).await.unwrap();
        let good = calls::issue_stream_token(&db, tenant.id, call.id, TTL).await.unwrap();
        assert!(calls::redeem_stream_token(&db, expired.expose_secret(), "CA1").await.unwrap().is_none());
        assert_eq!(calls::sweep_stream_tokens(&db, domain::entity::now()).await.unwrap(), 1);
        assert!(calls::redeem_stream_token(&db, good.expose_secret(), "CA1").await.unwrap().is_some());
    }

    async fn of_many_that_redeem_at_once_one_wins(db: Fresh) {
        let tenant = given::tenant(&db, "+14155550199").await;
        let call = given::call(&db, &tenant, "CA1").await.call;
        for _ in 0..10 {
            let token = calls::issue_stream_token(&db, tenant.id, call.id, TTL).await.unwrap();
            let race = (0..4).map(|_| calls::redeem_stream_token(&db, token.expose_secret(), "CA1"));
            let grants = futures_util::future::join_all(race).await;
            assert_eq!(grants.into_iter().filter(|grant| grant.as_ref().unwrap().is_some()).count(), 1);
        }
    }

    async fn a_stream_opened_while_the_call_ends_does_not_bring_it_back(db: Fresh) {
        let tenant = given::tenant(&db, "+14155550199").await;
        let over = StatusUpdate { status: Status::Completed, sequence_number: Some(1), duration_s: Some(1) };
        for n in 0..10 {
            let sid = format!("CA{n}");
            let call = given::call(&db, &tenant, &sid).await.call;
            let token = calls::issue_stream_token(&db, tenant.id, call.id, TTL).await.unwrap();
            let (_, ended) = tokio::join!(
                calls::redeem_stream_token(&db, token.expose_secret(), &sid),
                calls::status(&db, tenant.id, &sid, over),
            );
            assert!(ended.unwrap());
            assert_eq!(calls::find(&db, tenant.id, call.id).await.unwrap().status, Status::Completed);
        }
    }

    async fn a_call_that_is_over_gets_no_stream(db: Fresh) {
        let tenant = given::tenant(&db, "+14155550199").await;
        let call = given::call(&db, &tenant, "CA1").await.call;
        let token = calls::issue_stream_token(&db, tenant.id, call.id, TTL).await.unwrap();
        let over = StatusUpdate { status: Status::Completed, sequence_number: Some(1), duration_s: Some(1) };
        calls::status(&db, tenant.id, "CA1", over).await.unwrap();
        assert!(calls::redeem_stream_token(&db, token.expose_secret(), "CA1").await.unwrap().is_none());
    }
}

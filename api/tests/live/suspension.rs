//! What happens on the line when an operator suspends a tenant.

use domain::{
    access::By,
    api_keys::{self, NewKey},
    sessions, tenants,
    testing::{Fresh, on_both},
};

use crate::house::{House, close_code};

on_both! {
    async fn callers_of_a_suspended_tenant_are_told_so_and_served_again_later(database: Fresh) {
        let house = House::new(database).await;
        house.call_webhook("incoming", "CArunning").await;
        tenants::suspend(house.db(), house.tenant, &By::SYSTEM, "unpaid").await.unwrap();
        for (path, call) in [("incoming", "CAnew"), ("continue", "CArunning")] {
            let (status, twiml) = house.call_webhook(path, call).await;
            assert_eq!(status, 200, "{twiml}");
            assert!(twiml.contains("not available") && twiml.contains("<Hangup/>"), "{path} {twiml}");
            assert!(!twiml.contains("<Stream"), "{path} {twiml}");
            let account = house.account.sid();
            let parameters = [("CallSid", call), ("AccountSid", account), ("From", "+1"), ("To", crate::house::NUMBER)];
            assert_eq!(house.webhook_signed(path, &parameters, Some("forged")).await.0, 403, "{path}");
        }
        tenants::reactivate(house.db(), house.tenant, &By::SYSTEM).await.unwrap();
        for (path, call) in [("incoming", "CAnew"), ("continue", "CArunning")] {
            let (_, twiml) = house.call_webhook(path, call).await;
            assert!(twiml.contains("<Stream"), "{path} {twiml}");
        }
        house.stop().await;
    }

    async fn a_voice_socket_of_a_suspended_tenant_is_refused(database: Fresh) {
        let house = House::new(database).await;
        tenants::suspend(house.db(), house.tenant, &By::SYSTEM, "unpaid").await.unwrap();
        match house.voice_as("a", &house.key).await {
            Err(tokio_tungstenite::tungstenite::Error::Http(answer)) => assert_eq!(answer.status(), 403),
            other => panic!("it opened, or failed in another way: {}", other.is_ok()),
        }
        house.stop().await;
    }

    async fn a_voice_socket_ends_with_the_key_that_opened_it(database: Fresh) {
        let house = House::new(database).await;
        let new = NewKey::unlimited("to be revoked");
        let (row, key) = api_keys::create(house.db(), house.tenant, &By::SYSTEM, new).await.unwrap();
        let mut theirs = house.voice_as("a", &key).await.unwrap();
        let mut other = house.voice("b").await;
        theirs.next_of("session").await;
        other.next_of("session").await;
        api_keys::revoke(house.db(), house.tenant, &By::SYSTEM, row.id).await.unwrap();
        assert_eq!(close_code(&mut theirs.0).await, 1000);
        assert_eq!(house.state.live.count(), 1, "the other key's goes on");
        house.stop().await;
    }

    async fn a_voice_socket_ends_with_the_session_that_opened_it(database: Fresh) {
        let house = House::new(database).await;
        let (session, token) = house.signed_up().await;
        let mut socket = house.voice_as("a", &token).await.unwrap();
        socket.next_of("session").await;
        sessions::end(house.db(), &By::SYSTEM, session.user_id, session.id).await.unwrap();
        assert_eq!(close_code(&mut socket.0).await, 1000);
        house.stop().await;
    }

    async fn running_conversations_of_a_suspended_tenant_end_within_seconds(database: Fresh) {
        let house = House::new(database).await;
        let (_, other) = house.another_tenant().await;
        let mut ours = house.voice("a").await;
        let mut theirs = house.voice_as("b", &other).await.unwrap();
        ours.next_of("session").await;
        theirs.next_of("session").await;
        tenants::suspend(house.db(), house.tenant, &By::SYSTEM, "unpaid").await.unwrap();
        assert_eq!(close_code(&mut ours.0).await, 1000);
        assert_eq!(house.state.live.count(), 1, "the other tenant's goes on");
        house.stop().await;
    }
}

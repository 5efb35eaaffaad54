use std::collections::BTreeSet;

use chrono::TimeDelta;
use domain::{
    Database, Error,
    access::By,
    conversations, customers,
    entity::{
        id::{TenantId, WebhookEndpointId},
        now,
        webhook_delivery::{self, State},
    },
    events,
    outbound::Outbound,
    page::Paging,
    tenants,
    testing::{Fresh, on_both},
    vault::Vault,
    webhooks::{self, Change, Filter, Means, NewEndpoint, Wanted},
};
use secrecy::ExposeSecret;
use voice::event::EndReason;

use crate::given;

struct House<'a> {
    db: &'a Database,
    vault: Vault,
    outbound: Outbound,
    tenant: TenantId,
}

impl<'a> House<'a> {
    async fn new(db: &'a Database) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let tenant = given::tenant(db, "+14155550199").await.id;
        Self { db, vault: given::vault(), outbound: Outbound::new(Default::default()), tenant }
    }

    fn means(&self) -> Means<'_> {
        Means { db: self.db, vault: &self.vault, outbound: &self.outbound }
    }

    async fn try_endpoint(&self, url: &str, types: &[&str]) -> domain::Result<WebhookEndpointId> {
        let event_types = types.iter().map(|name| (*name).to_owned()).collect();
        let new = NewEndpoint { url: url.to_owned(), description: None, event_types };
        webhooks::create(self.means(), self.tenant, &By::SYSTEM, new).await.map(|(row, _)| row.id)
    }

    async fn endpoint(&self, types: &[&str]) -> WebhookEndpointId {
        self.try_endpoint("https://hooks.example.com/in", types).await.unwrap()
    }

    async fn deliveries(&self, endpoint: WebhookEndpointId) -> Vec<webhook_delivery::Model> {
        let filter = Filter { endpoint: Some(endpoint), ..Filter::default() };
        webhooks::list_deliveries(self.db, self.tenant, filter, Paging::first(100)).await.unwrap().items
    }

    async fn replay(&self, endpoint: WebhookEndpointId, wanted: Wanted) -> domain::Result<webhooks::Replayed> {
        webhooks::replay_many(self.db, self.tenant, &By::SYSTEM, endpoint, wanted, now()).await
    }
}

on_both! {
    async fn an_endpoint_must_be_a_public_address_and_want_something(db: Fresh) {
        let house = House::new(&db).await;
        for url in ["http://hooks.example.com/in", "https://10.0.0.7/in", "https://[::1]/in", "ftp://a.example", "here",
            "https://user:password@a.example/"] {
            let refused = house.try_endpoint(url, &["*"]).await;
            assert!(matches!(refused, Err(Error::Invalid { field: "url", .. })), "{url}: {refused:?}");
        }
        for types in [&[][..], &["call.begun"], &["ping"]] {
            let refused = house.try_endpoint("https://a.example/", types).await;
            assert!(matches!(refused, Err(Error::Invalid { field: "event_types", .. })), "{types:?}: {refused:?}");
        }
        let id = house.endpoint(&["call.ended", "call.ended", "call.started"]).await;
        let row = webhooks::find(&db, house.tenant, id).await.unwrap();
        assert_eq!(row.event_types.0, ["call.ended", "call.started"]);
        let private = Change { url: Some("https://127.0.0.1/".to_owned()), ..Change::default() };
        webhooks::update(house.means(), house.tenant, &By::SYSTEM, id, private).await.unwrap_err();
        for _ in 1..webhooks::MOST_ENDPOINTS {
            house.endpoint(&["*"]).await;
        }
        let refused = house.try_endpoint("https://a.example/", &["*"]).await;
        assert!(matches!(refused, Err(Error::Blocked { code: "too_many_endpoints", .. })), "{refused:?}");
    }

    async fn whoever_subscribed_is_told_and_nobody_else(db: Fresh) {
        let house = House::new(&db).await;
        let (all, ends) = (house.endpoint(&["*"]).await, house.endpoint(&["conversation.ended"]).await);
        let disabled = house.endpoint(&["*"]).await;
        webhooks::disable(&db, house.tenant, &By::SYSTEM, disabled, now()).await.unwrap();
        let bob = tenants::create(&db, "Bob").await.unwrap().id;
        let row = given::conversation(&db, house.tenant).await;
        given::conversation(&db, bob).await;
        conversations::end(&db, house.tenant, row.id, &EndReason::Silence).await.unwrap();
        let types = |rows: Vec<webhook_delivery::Model>| rows.into_iter().map(|row| row.event_type).collect::<Vec<_>>();
        assert_eq!(types(house.deliveries(all).await), ["conversation.ended", "conversation.started"]);
        assert_eq!(types(house.deliveries(ends).await), ["conversation.ended"]);
        assert!(house.deliveries(disabled).await.is_empty());
    }

    async fn what_waits_for_a_disabled_endpoint_is_a_dead_letter(db: Fresh) {
        let house = House::new(&db).await;
        let id = house.endpoint(&["*"]).await;
        given::conversation(&db, house.tenant).await;
        webhooks::disable(&db, house.tenant, &By::SYSTEM, id, now()).await.unwrap();
        let [row] = house.deliveries(id).await.try_into().unwrap();
        assert_eq!((row.state, row.last_error.as_deref(), row.job_id), (State::Dead, Some("endpoint_disabled"), None));
        let refused = webhooks::replay(&db, house.tenant, &By::SYSTEM, row.id, now()).await;
        assert!(matches!(refused, Err(Error::Blocked { code: "endpoint_disabled", .. })), "{refused:?}");
        webhooks::enable(&db, house.tenant, &By::SYSTEM, id).await.unwrap();
        let row = webhooks::replay(&db, house.tenant, &By::SYSTEM, row.id, now()).await.unwrap();
        assert_eq!((row.state, row.attempts), (State::Pending, 0));
        let job = row.job_id.unwrap();
        let again = webhooks::replay(&db, house.tenant, &By::SYSTEM, row.id, now()).await.unwrap();
        assert_eq!(again.job_id, Some(job), "one that waits has one job");
    }

    async fn a_time_is_replayed_once_and_with_what_was_missed(db: Fresh) {
        let house = House::new(&db).await;
        given::conversation(&db, house.tenant).await;
        let id = house.endpoint(&["conversation.started"]).await;
        given::conversation(&db, house.tenant).await;
        webhooks::disable(&db, house.tenant, &By::SYSTEM, id, now()).await.unwrap();
        let third = given::conversation(&db, house.tenant).await;
        conversations::end(&db, house.tenant, third.id, &EndReason::Silence).await.unwrap();
        webhooks::enable(&db, house.tenant, &By::SYSTEM, id).await.unwrap();
        let dead = Wanted { states: vec![State::Dead], ..Wanted::default() };
        let future = Wanted { from: Some(now() + TimeDelta::hours(1)), ..dead.clone() };
        assert_eq!(house.replay(id, future).await.unwrap().deliveries, 0);
        assert_eq!(house.replay(id, dead.clone()).await.unwrap().deliveries, 1);
        assert_eq!(house.replay(id, dead.clone()).await.unwrap().deliveries, 0, "it is on its way");
        let missed = Wanted { missed: true, ..dead };
        let replayed = house.replay(id, missed.clone()).await.unwrap();
        assert_eq!((replayed.deliveries, replayed.next_cursor), (2, None));
        assert_eq!(house.replay(id, missed).await.unwrap().deliveries, 0);
        let rows = house.deliveries(id).await;
        let events: BTreeSet<_> = rows.iter().map(|row| row.event_id).collect();
        assert_eq!((rows.len(), events.len()), (3, 3));
        assert!(rows.iter().all(|row| row.state == State::Pending));
    }

    async fn deliveries_go_with_the_customer_they_tell_of_and_with_their_endpoint(db: Fresh) {
        let tenant = given::tenant(&db, "+14155550177").await;
        let house = House { tenant: tenant.id, ..House::new(&db).await };
        let id = house.endpoint(&["*"]).await;
        let begun = given::call(&db, &tenant, "CA1").await;
        conversations::end(&db, tenant.id, begun.conversation.id, &EndReason::CallerHungUp).await.unwrap();
        given::conversation(&db, tenant.id).await;
        assert_eq!(house.deliveries(id).await.len(), 3);
        let customer = begun.conversation.customer_id.unwrap();
        customers::erase(&db, tenant.id, &By::SYSTEM, customer).await.unwrap();
        customers::remove_erased(&db, &db.recordings(), tenant.id, customer).await.unwrap();
        assert_eq!(house.deliveries(id).await.len(), 1);
        webhooks::delete(&db, tenant.id, &By::SYSTEM, id).await.unwrap();
        assert!(db.rows_of(tenant.id).await["webhook_deliveries"].is_empty());
        assert_eq!(events::list(&db, tenant.id, &[], Paging::first(9)).await.unwrap().items.len(), 1);
    }

    async fn a_secret_is_sealed_rotated_and_forgotten(db: Fresh) {
        let house = House::new(&db).await;
        let new = NewEndpoint { url: "https://a.example/".to_owned(), description: None, event_types: vec!["*".into()] };
        let (row, first) = webhooks::create(house.means(), house.tenant, &By::SYSTEM, new).await.unwrap();
        assert!(first.expose_secret().starts_with("whsec_"));
        let (_, second) = webhooks::rotate_secret(house.means(), house.tenant, &By::SYSTEM, row.id, now()).await.unwrap();
        assert_ne!(first.expose_secret(), second.expose_secret());
        assert_eq!(webhooks::forget_secrets(&db, now() + webhooks::OVERLAP - TimeDelta::hours(1)).await.unwrap(), 0);
        assert_eq!(webhooks::forget_secrets(&db, now() + webhooks::OVERLAP + TimeDelta::hours(1)).await.unwrap(), 1);
        let row = webhooks::find(&db, house.tenant, row.id).await.unwrap();
        assert_eq!((row.previous_secret, row.previous_secret_until), (None, None));
        let bob = tenants::create(&db, "Bob").await.unwrap().id;
        let stolen = webhooks::rotate_secret(house.means(), bob, &By::SYSTEM, row.id, now()).await;
        assert!(matches!(stolen, Err(Error::NotFound { .. })));
    }
}

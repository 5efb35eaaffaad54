use chrono::TimeDelta;
use domain::{
    Database,
    entity::{job::State, now},
    id::{CustomerId, JobId, TenantId},
    jobs::{self, Failure, Payload},
    tenants,
    testing::{Fresh, on_both},
};
use serde_json::{Value, json};

use crate::{
    house::{House, json as body, problem},
    operators::{FLAGS, operator},
    people,
};

/// A job that was given up.
pub async fn dead(db: &Database, payload: Payload) -> JobId {
    // No worker finds it before.
    let later = now() + TimeDelta::hours(1);
    let ticket = jobs::add(db.connection(), &payload, later).await.unwrap();
    let claimed = jobs::claim(db, ticket.id, "a test", later).await.unwrap().unwrap();
    jobs::fail(db, &claimed, "a test", Failure::Lasting, "no luck", now()).await.unwrap();
    ticket.id
}

async fn waiting(db: &Database, tenant: TenantId) -> JobId {
    let later = now() + TimeDelta::hours(1);
    jobs::add(db.connection(), &Payload::RewrapDataKeys { tenant }, later).await.unwrap().id
}

async fn ids(house: &House, path: &str) -> Vec<String> {
    let page = body(house.get(path).await).await;
    page["items"].as_array().unwrap().iter().map(|job| job["id"].as_str().unwrap().to_owned()).collect()
}

async fn delete(house: &House, id: JobId) -> (u16, Value) {
    let answer = house.client().delete(format!("/jobs/{id}")).header("X-API-Key", house.key()).send().await.0;
    let status = answer.status().as_u16();
    let text = answer.into_body().into_vec().await.unwrap();
    (status, serde_json::from_slice(&text).unwrap_or_default())
}

on_both! {
    async fn a_tenant_sees_its_own_jobs_by_state_and_kind_in_pages(db: Fresh) {
        let house = House::new(db).await;
        let (db, tenant) = (&house.state.database, house.tenant);
        let other = tenants::create(db, "Other").await.unwrap().id;
        let others = dead(db, Payload::ResealSecrets { tenant: other }).await;
        dead(db, Payload::ForgetJobs).await;
        let (given_up, waits) = (dead(db, Payload::ResealSecrets { tenant }).await, waiting(db, tenant).await);
        let (given_up, waits) = (given_up.to_string(), waits.to_string());
        assert_eq!(ids(&house, "/jobs").await, [waits.clone(), given_up.clone()]);
        assert_eq!(ids(&house, "/jobs?state=dead").await, std::slice::from_ref(&given_up));
        assert_eq!(ids(&house, "/jobs?kind=rewrap_data_keys").await, [waits]);
        assert_eq!(problem(house.get("/jobs?kind=nonsense").await).await.0, 422);
        let first = body(house.get("/jobs?limit=1").await).await;
        let next = format!("/jobs?limit=1&cursor={}", first["next_cursor"].as_str().unwrap());
        assert_eq!(ids(&house, &next).await, std::slice::from_ref(&given_up));
        let job = body(house.get(&format!("/jobs/{given_up}")).await).await;
        assert_eq!((&job["state"], &job["last_error"], &job["attempts"]), (&json!("dead"), &json!("no luck"), &json!(1)));
        assert_eq!(job["subject"], json!({}));
        assert_eq!(problem(house.get(&format!("/jobs/{others}")).await).await.0, 404);
    }

    async fn a_dead_job_is_tried_again_and_done(db: Fresh) {
        let house = House::new(db).await;
        let (db, tenant) = (&house.state.database, house.tenant);
        let id = dead(db, Payload::ResealSecrets { tenant }).await;
        let again = body(house.post_json(&format!("/jobs/{id}/retry"), json!({})).await).await;
        assert_eq!((&again["state"], &again["attempts"], &again["finished_at"]), (&json!("ready"), &json!(0), &Value::Null));
        let claimed = jobs::claim(db, id, "w", now()).await.unwrap().expect("it is due");
        assert_eq!(problem(house.post_json(&format!("/jobs/{id}/retry"), json!({})).await).await.0, 409);
        assert!(jobs::finish(db, &claimed, "w", now()).await.unwrap());
        let job = body(house.get(&format!("/jobs/{id}")).await).await;
        assert_eq!((&job["state"], &job["attempts"], &job["last_error"]), (&json!("done"), &json!(1), &Value::Null));
        let event = &body(house.get("/audit-events?action=job.retried").await).await["items"][0];
        assert_eq!((&event["target_id"], &event["details"]), (&json!(id.to_string()), &json!({"kind": "reseal_secrets"})));
    }

    async fn what_is_dead_or_waits_can_be_discarded_and_nothing_else(db: Fresh) {
        let house = House::new(db).await;
        let (db, tenant) = (&house.state.database, house.tenant);
        for id in [dead(db, Payload::ResealSecrets { tenant }).await, waiting(db, tenant).await] {
            assert_eq!(delete(&house, id).await.0, 204);
            assert_eq!(delete(&house, id).await.0, 404);
        }
        let running = jobs::add(db.connection(), &Payload::RewrapDataKeys { tenant }, now()).await.unwrap().id;
        let claimed = jobs::claim(db, running, "w", now()).await.unwrap().unwrap();
        assert_eq!(delete(&house, running).await.0, 409);
        jobs::finish(db, &claimed, "w", now()).await.unwrap();
        assert_eq!(delete(&house, running).await.0, 409);
        let erasure = dead(db, Payload::EraseCustomer { tenant, customer: CustomerId::new() }).await;
        let (status, refused) = delete(&house, erasure).await;
        assert_eq!((status, &refused["code"]), (409, &json!("job_required")));
        assert_eq!(jobs::find(db, tenant, erasure).await.unwrap().state, State::Dead);
        assert_eq!(ids(&house, "/audit-events?action=job.discarded").await.len(), 2);
    }

    async fn an_operator_sees_all_jobs_and_no_content(db: Fresh) {
        let house = House::with(db, &FLAGS).await;
        let boss = operator(&house).await;
        let (db, tenant) = (&house.state.database, house.tenant);
        let (adas, own) = (dead(db, Payload::ResealSecrets { tenant }).await, dead(db, Payload::ForgetJobs).await);
        let page = people::body(boss.get(&house, "/operator/jobs?state=dead").await).await;
        let seen: Vec<_> = page["items"].as_array().unwrap().iter().map(|job| (&job["id"], &job["tenant_id"])).collect();
        let (own_id, adas_id, tenant) = (json!(own.to_string()), json!(adas.to_string()), json!(tenant.to_string()));
        assert_eq!(seen, [(&own_id, &Value::Null), (&adas_id, &tenant)]);
        for id in [own, adas] {
            let path = format!("/operator/jobs/{id}");
            let again = people::body(boss.send(&house, "POST", &format!("{path}/retry"), Value::Null).await).await;
            assert_eq!(again["state"], "ready");
            assert_eq!(boss.delete(&house, &path).await.0.status().as_u16(), 204);
        }
        let event = &body(house.get("/audit-events?action=job.discarded").await).await["items"][0];
        assert_eq!((&event["actor_kind"], &event["target_id"]), (&json!("operator"), &adas_id));
    }
}

//! A walk over every operation of the OpenAPI document: who gets in, and what they find.

mod document;
mod table;
mod world;

use std::collections::BTreeSet;

use domain::{
    access::Permission,
    entity::{api_key::Scope, membership::Role},
    testing::{Fresh, on_both},
};
use poem::test::TestResponse;
use serde_json::Value;

use self::{
    document::{Document, Operation},
    table::{Asks, Rule, TABLE},
    world::{World, named_by},
};

use crate::people::member;

const SCOPES: [(Scope, Permission); 4] = [
    (Scope::Read, Permission::Read),
    (Scope::Calls, Permission::Converse),
    (Scope::Manage, Permission::Configure),
    (Scope::Admin, Permission::Administer),
];

/// Names nothing anywhere.
const NOWHERE: &str = "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b99";

/// The operations with their lines of the table.
fn classified() -> Vec<(Operation, &'static Rule)> {
    let operations = Document::read().operations().into_iter();
    let find = |operation: &Operation| {
        let rule = TABLE.iter().find(|rule| rule.method == operation.method && rule.path == operation.path);
        rule.unwrap_or_else(|| panic!("{} is in no line of walk/table.rs: who may do it?", operation.name()))
    };
    operations
        .map(|operation| {
            let rule = find(&operation);
            (operation, rule)
        })
        .collect()
}

/// Those that want a key, with the permission that it must give.
fn locked() -> Vec<(Operation, &'static Rule, Permission)> {
    let all = classified().into_iter();
    all.filter_map(|(operation, rule)| match rule.asks {
        Asks::Permission(permission) => Some((operation, rule, permission)),
        Asks::Nothing | Asks::Signature | Asks::Session | Asks::Operator => None,
    })
    .collect()
}

/// Status and code; of a list with nothing in it, `nothing`.
async fn told(answer: TestResponse) -> (u16, String) {
    let status = answer.0.status().as_u16();
    // It has no end.
    if answer.0.content_type() == Some("text/event-stream") {
        return (status, String::new());
    }
    let is_problem = answer.0.content_type() == Some("application/problem+json");
    let bytes = answer.0.into_body().into_bytes().await.unwrap();
    let body = serde_json::from_slice::<Value>(&bytes).unwrap_or_default();
    let code = if is_problem { body["code"].as_str().unwrap_or_default() } else { "" };
    let is_empty = body["items"].as_array().is_some_and(Vec::is_empty);
    (status, if is_empty { "nothing".to_owned() } else { code.to_owned() })
}

/// Fails with all of them at once.
fn none(what: &str, failures: &[String]) {
    assert!(failures.is_empty(), "{what}:\n{}", failures.join("\n"));
}

fn nowhere(operation: &Operation) -> String {
    let segments = operation.path.split('/').map(|segment| if segment.starts_with('{') { NOWHERE } else { segment });
    segments.collect::<Vec<_>>().join("/")
}

#[test]
fn every_operation_of_the_document_is_classified_once_and_no_other() {
    let documented: BTreeSet<_> = Document::read().operations().iter().map(Operation::name).collect();
    let lines: Vec<_> = TABLE.iter().map(|rule| format!("{} {}", rule.method, rule.path)).collect();
    let classified: BTreeSet<_> = lines.iter().cloned().collect();
    assert_eq!(lines.len(), classified.len(), "an operation is in two lines");
    none("in no line of walk/table.rs", &documented.difference(&classified).cloned().collect::<Vec<_>>());
    none("in walk/table.rs, but not in the document", &classified.difference(&documented).cloned().collect::<Vec<_>>());
}

#[test]
fn a_mutating_operation_without_an_audit_event_says_why() {
    for rule in TABLE.iter().filter(|rule| rule.unaudited.is_some()) {
        assert!(rule.method != "GET" && !rule.unaudited.unwrap().is_empty(), "{} {}", rule.method, rule.path);
    }
}

#[test]
fn what_makes_something_takes_an_idempotency_key_and_nothing_else_does() {
    for (operation, rule) in classified() {
        let must = operation.creates() && rule.not_idempotent.is_none();
        assert_eq!(operation.takes_header("Idempotency-Key"), must, "{}", operation.name());
    }
}

on_both! {
    async fn nobody_gets_in_without_a_key(db: Fresh) {
        let world = World::new(db).await;
        let key = world.house.key();
        let near_miss = format!("{}{}", &key[..key.len() - 1], if key.ends_with('x') { 'y' } else { 'x' });
        let revoked = world.revoked().await;
        let headers = [
            ("X-Nothing", "at all"),
            ("X-API-Key", "swb_wrong"),
            ("X-API-Key", &near_miss),
            ("X-API-Key", &revoked),
            ("Authorization", "Bearer nonsense"),
            ("Authorization", "Basic dXNlcjpwYXNz"),
        ];
        let (client, mut failures) = (world.house.client(), Vec::new());
        for (operation, _) in classified().into_iter().filter(|(_, rule)| matches!(rule.asks, Asks::Permission(_) | Asks::Session | Asks::Operator)) {
            for (name, value) in headers {
                let request = client.request(operation.method.parse().unwrap(), nowhere(&operation)).header(name, value);
                let answer = request.send().await;
                let challenge = answer.0.header("www-authenticate").map(str::to_owned);
                let told = told(answer).await;
                if told != (401, "unauthorized".to_owned()) || challenge.as_deref() != Some("Bearer") {
                    failures.push(format!("{} with {name}: {value}: {told:?}, {challenge:?}", operation.name()));
                }
            }
        }
        none("not 401", &failures);
    }

    async fn what_is_open_asks_for_no_key(db: Fresh) {
        let world = World::new(db).await;
        for (operation, rule) in classified() {
            if rule.asks == Asks::Nothing {
                let (status, code) = told(world.send(&operation, &nowhere(&operation), None, None).await).await;
                assert!(!["unauthorized", "forbidden"].contains(&&*code), "{}: {status} {code}", operation.name());
            }
        }
    }

    async fn what_serves_a_person_serves_no_key(db: Fresh) {
        let world = World::new(db).await;
        let tenant = world.tenant().await;
        for (operation, rule) in classified() {
            if [Asks::Session, Asks::Operator].contains(&rule.asks) {
                let body = world.body(&operation, &tenant).await;
                let answer = world.send(&operation, &nowhere(&operation), Some(&tenant.key), body.as_ref()).await;
                assert_eq!(told(answer).await, (403, "session_needed".to_owned()), "{}", operation.name());
            }
        }
    }

    async fn what_twilio_signs_is_refused_without_a_signature(db: Fresh) {
        let world = World::new(db).await;
        let number = world.number_of(world.house.tenant).await;
        for (operation, rule) in classified() {
            if rule.asks == Asks::Signature {
                let form = [("CallSid", "CA1"), ("AccountSid", "AC1"), ("From", "+15005550001"), ("To", &number), ("CallStatus", "completed"), ("Nonce", "n1"), ("RecordingSid", "RE1"), ("RecordingStatus", "completed")];
                let answer = world.house.client().post(&operation.path).form(&form).send().await;
                assert_eq!(answer.0.status(), 403, "{}", operation.name());
            }
        }
    }

    async fn what_serves_operators_serves_no_tenants_owner(db: Fresh) {
        let world = World::new(db).await;
        let owner = member(&world.house, Role::Owner).await;
        let mut walked = 0;
        for (operation, _) in classified().into_iter().filter(|(_, rule)| rule.asks == Asks::Operator) {
            let path = operation.path.replace("{id}", &world.house.tenant.to_string());
            let body = operation.body.as_ref().map(|(_, example)| example.clone()).unwrap_or_default();
            let answer = told(owner.send(&world.house, &operation.method, &path, body).await).await;
            assert_eq!(answer, (403, "forbidden".to_owned()), "{}", operation.name());
            walked += 1;
        }
        assert!(walked > 2);
    }

    async fn a_key_lets_in_with_the_permission_asked_for_and_with_no_other(db: Fresh) {
        let world = World::new(db).await;
        let tenant = world.tenant().await;
        let mut failures = Vec::new();
        for (operation, _, permission) in locked() {
            let others = SCOPES.iter().filter(|(_, gives)| *gives != permission).map(|(scope, _)| *scope);
            let others = world.key(tenant.id, &others.collect::<Vec<_>>()).await;
            let body = world.body(&operation, &tenant).await;
            let refused = told(world.send(&operation, &nowhere(&operation), Some(&others), body.as_ref()).await).await;
            if refused != (403, "forbidden".to_owned()) {
                failures.push(format!("{} without `{}`: {refused:?}", operation.name(), permission.name()));
            }
            if let Some((scope, _)) = SCOPES.iter().find(|(_, gives)| *gives == permission) {
                let alone = world.key(tenant.id, &[*scope]).await;
                let admitted = told(world.send(&operation, &nowhere(&operation), Some(&alone), body.as_ref()).await).await;
                if admitted.0 == 401 || admitted == (403, "forbidden".to_owned()) {
                    failures.push(format!("{} with `{}`: {admitted:?}", operation.name(), permission.name()));
                }
            }
        }
        none("not as walk/table.rs says", &failures);
    }

    async fn a_role_lets_in_where_the_documents_say_and_nowhere_else(db: Fresh) {
        let world = World::new(db).await;
        let mut failures = Vec::new();
        for (role, may) in [
            (Role::Viewer, &[Permission::Read][..]),
            (Role::Member, &[Permission::Read, Permission::Converse, Permission::Configure]),
            (Role::Admin, &[Permission::Read, Permission::Converse, Permission::Configure, Permission::Administer]),
            (Role::Owner, &Permission::ALL),
        ] {
            let person = world.person(role).await;
            for (operation, _, permission) in locked() {
                let body = world.body(&operation, &person).await;
                let answer = told(world.send(&operation, &nowhere(&operation), Some(&person.key), body.as_ref()).await).await;
                let is_refused = answer == (403, "forbidden".to_owned());
                if answer.0 == 401 || is_refused == may.contains(&permission) {
                    failures.push(format!("{} as {role:?}: {answer:?}", operation.name()));
                }
            }
        }
        none("not as the roles say", &failures);
    }

    async fn another_tenants_rows_are_not_found_by_any_operation_and_stay_as_they_are(db: Fresh) {
        let world = World::new(db).await;
        // Somebody who may do everything, at home.
        let (owner, stranger) = (world.tenant().await, world.person(Role::Owner).await);
        let (mut failures, mut walked) = (Vec::new(), 0);
        for (operation, _, _) in locked().into_iter().filter(|(operation, _, _)| operation.path.contains('{')) {
            let named = world.named(&owner, &operation).await;
            if !named.is_owned {
                continue;
            }
            let body = world.body(&operation, &stranger).await;
            let before = (world.house.fresh.rows_of(owner.id).await, world.house.state.live.of(owner.id).len());
            let answer = told(world.send(&operation, &named.path, Some(&stranger.key), body.as_ref()).await).await;
            if answer != (404, "not_found".to_owned()) {
                failures.push(format!("{}: {answer:?}", operation.name()));
            }
            let after = (world.house.fresh.rows_of(owner.id).await, world.house.state.live.of(owner.id).len());
            if before != after {
                failures.push(format!("{}: the owner's rows have changed", operation.name()));
            }
            walked += 1;
        }
        none("not 404", &failures);
        assert!(walked > 5, "only {walked} operations name a row");
    }

    async fn an_id_of_another_tenant_in_a_body_or_query_names_nothing(db: Fresh) {
        let world = World::new(db).await;
        let (owner, stranger) = (world.tenant().await, world.tenant().await);
        let (mut failures, mut walked) = (Vec::new(), 0);
        for (operation, _, _) in locked() {
            for field in operation.fields() {
                let Some(kind) = named_by(&field) else { continue };
                let foreign = world.id(&owner, kind).await;
                let named = world.named(&stranger, &operation).await;
                let mut body = world.body(&operation, &stranger).await;
                let in_body = body.as_mut().and_then(|body| body.get_mut(&field)).map(|value| *value = foreign.clone().into());
                let path = if in_body.is_some() { named.path } else { format!("{}?{field}={foreign}", named.path) };
                let before = world.house.fresh.rows_of(owner.id).await;
                let (status, code) = told(world.send(&operation, &path, Some(&stranger.key), body.as_ref()).await).await;
                // What narrows a list finds nothing.
                let is_nothing = [404, 422].contains(&status) || (operation.method == "GET" && code == "nothing");
                if !is_nothing || before != world.house.fresh.rows_of(owner.id).await {
                    failures.push(format!("{} with another tenant's `{field}`: {status} {code}", operation.name()));
                }
                walked += 1;
            }
        }
        none("found", &failures);
        assert!(walked > 0);
    }

    async fn what_changes_something_is_in_the_audit_log(db: Fresh) {
        let world = World::new(db).await;
        let mut failures = Vec::new();
        for (operation, _, _) in locked().into_iter().filter(|(_, rule, _)| rule.is_audited()) {
            // A tenant of its own: nothing in the way. No key would do: some things are the owner's alone.
            let tenant = world.person(Role::Owner).await;
            let named = world.named(&tenant, &operation).await;
            let body = world.body(&operation, &tenant).await;
            let before = world.house.fresh.rows_of(tenant.id).await["audit_events"].len();
            let (status, code) = told(world.send(&operation, &named.path, Some(&tenant.key), body.as_ref()).await).await;
            let written = world.house.fresh.rows_of(tenant.id).await["audit_events"].len() - before;
            if !(200..300).contains(&status) {
                failures.push(format!("{}: {status} {code}", operation.name()));
            } else if written != 1 {
                failures.push(format!("{}: {written} audit events", operation.name()));
            }
        }
        none("should succeed and leave one audit event", &failures);
    }

    async fn what_makes_something_makes_it_once_for_each_idempotency_key(db: Fresh) {
        let world = World::new(db).await;
        let mut failures = Vec::new();
        for (operation, _, _) in locked() {
            if !operation.takes_header("Idempotency-Key") {
                continue;
            }
            let tenant = world.person(Role::Owner).await;
            let named = world.named(&tenant, &operation).await;
            let body = world.body(&operation, &tenant).await.unwrap_or_default();
            let first = world.send_once(&named.path, &tenant.key, &body).await;
            let before = world.house.fresh.rows_of(tenant.id).await;
            let again = world.send_once(&named.path, &tenant.key, &body).await;
            if ![200, 201].contains(&first.0) || first.1 || again != (first.0, true, first.2.clone()) {
                failures.push(format!("{}: first {first:?}, then {again:?}", operation.name()));
            }
            if before != world.house.fresh.rows_of(tenant.id).await {
                failures.push(format!("{} was done twice", operation.name()));
            }
        }
        none("not made once", &failures);
    }
}

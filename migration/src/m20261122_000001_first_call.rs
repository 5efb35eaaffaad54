//! Tenants, keys, agents, numbers, customers, conversations, turns, calls, stream tokens, jobs.
//!
//! A tenant-owned table has `tenant_id` first in its indexes; the exceptions are unique across tenants or serve
//! what has no tenant yet, and say so.

use sea_orm_migration::{prelude::*, schema::*};

use crate::schema::{index, key, owned, time, time_null, unique};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in tables() {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn tables() -> Vec<TableCreateStatement> {
    let tenants = Table::create()
        .table("tenants")
        .col(uuid("id").primary_key())
        .col(text("name"))
        .col(time("created_at"))
        .to_owned();
    let api_keys = owned("api_keys")
        .col(uuid("id").primary_key())
        .col(text("name"))
        .col(text("prefix"))
        .col(text("hash"))
        .col(time("created_at"))
        .col(time_null("last_used_at"))
        .col(time_null("revoked_at"))
        .to_owned();
    let agents = owned("agents")
        .col(uuid("id").primary_key())
        .col(text("name"))
        .col(text("persona"))
        .col(text_null("instructions"))
        .col(text_null("greeting"))
        .col(text_null("voice"))
        .col(float_null("speed"))
        .col(text_null("language"))
        .col(text_null("transfer_to"))
        .col(boolean("may_end_call"))
        .col(json_binary_null("turns"))
        .col(json_binary_null("limits"))
        .col(time("created_at"))
        .col(time("updated_at"))
        .to_owned();
    let phone_numbers = owned("phone_numbers")
        .col(uuid("id").primary_key())
        .col(text("e164"))
        .col(text("account_sid"))
        .col(blob("auth_token"))
        .col(uuid("agent_id"))
        .col(time("created_at"))
        .foreign_key(&mut key("phone_numbers", "agent_id", "agents"))
        .to_owned();
    let customers = owned("customers")
        .col(uuid("id").primary_key())
        .col(text_null("external_id"))
        .col(text_null("phone"))
        .col(text_null("name"))
        .col(time("created_at"))
        .to_owned();
    let conversations = owned("conversations")
        .col(uuid("id").primary_key())
        .col(text("session_id"))
        .col(text("channel"))
        .col(uuid_null("agent_id"))
        .col(text("persona"))
        .col(uuid_null("customer_id"))
        .col(text("status"))
        .col(json_binary_null("end_reason"))
        .col(json_binary_null("totals"))
        .col(time("started_at"))
        .col(time("active_at"))
        .col(time_null("ended_at"))
        .foreign_key(&mut key("conversations", "agent_id", "agents"))
        .foreign_key(&mut key("conversations", "customer_id", "customers"))
        .to_owned();
    let turns = owned("turns")
        .col(uuid("conversation_id"))
        .col(integer("number"))
        .col(text("prompt_kind"))
        .col(text_null("prompt_text"))
        .col(text("generated_text"))
        .col(text("heard_text"))
        .col(boolean("interrupted"))
        .col(json_binary("tool_calls"))
        .col(json_binary("times"))
        .col(json_binary("usage"))
        .col(time("started_at"))
        .col(time_null("ended_at"))
        .primary_key(Index::create().col("tenant_id").col("conversation_id").col("number"))
        .foreign_key(&mut key("turns", "conversation_id", "conversations"))
        .to_owned();
    let calls = owned("calls")
        .col(uuid("id").primary_key())
        .col(uuid("conversation_id"))
        .col(uuid("phone_number_id"))
        .col(text("call_sid"))
        .col(text("account_sid"))
        .col(text("from_number"))
        .col(text("to_number"))
        .col(text("status"))
        .col(big_integer_null("sequence_number"))
        .col(json_binary_null("next_step"))
        .col(integer("streams"))
        .col(time("created_at"))
        .col(time_null("ended_at"))
        .col(big_integer_null("duration_s"))
        .foreign_key(&mut key("calls", "conversation_id", "conversations"))
        .foreign_key(&mut key("calls", "phone_number_id", "phone_numbers"))
        .to_owned();
    let stream_tokens = owned("stream_tokens")
        .col(text("hash").primary_key())
        .col(uuid("call_id"))
        .col(time("expires_at"))
        .col(time_null("used_at"))
        .foreign_key(&mut key("stream_tokens", "call_id", "calls"))
        .to_owned();
    let jobs = owned("jobs")
        .col(uuid("id").primary_key())
        .col(text("kind"))
        .col(json_binary("payload"))
        .col(text("state"))
        .col(integer("attempts"))
        .col(integer("max_attempts"))
        .col(time("run_at"))
        .col(text_null("leased_by"))
        .col(time_null("lease_until"))
        .col(text_null("last_error"))
        .col(time("created_at"))
        .col(time_null("finished_at"))
        .to_owned();
    vec![tenants, api_keys, agents, phone_numbers, customers, conversations, turns, calls, stream_tokens, jobs]
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        index("api_keys", &["tenant_id", "id"]),
        // The key tells the tenant.
        unique("api_keys", &["prefix"]),
        index("agents", &["tenant_id", "id"]),
        index("phone_numbers", &["tenant_id", "id"]),
        // The number tells the tenant.
        unique("phone_numbers", &["e164"]),
        unique("customers", &["tenant_id", "external_id"]),
        unique("customers", &["tenant_id", "phone"]),
        unique("conversations", &["tenant_id", "session_id"]),
        // For the sweeper, which looks for dead processes' conversations of all tenants.
        index("conversations", &["status", "active_at"]),
        index("calls", &["tenant_id", "id"]),
        index("calls", &["tenant_id", "status"]),
        index("calls", &["tenant_id", "conversation_id"]),
        // Twilio's names are unique across accounts.
        unique("calls", &["call_sid"]),
        index("stream_tokens", &["tenant_id", "call_id"]),
        // For the sweeper.
        index("stream_tokens", &["expires_at"]),
        index("jobs", &["tenant_id", "id"]),
        // For the dispatcher and the sweeper, which serve all tenants.
        index("jobs", &["state", "run_at"]),
    ]
}

//! Searching a tenant's transcripts, newest first.
//!
//! Newest and not best first: people look for a call that they remember, pages stay whole while new calls come, and both
//! databases give the same order.

use chrono::{DateTime, Utc};
use entity::{
    TenantScoped,
    conversation::{self, Channel},
    id::{AgentId, CustomerId, TenantId},
    transcript::{self, Line},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, QueryFilter, QuerySelect, QueryTrait, Select, Statement,
    sea_query::{Expr, SimpleExpr},
};

use super::{query::Query, words::words};
use crate::{
    Database, Result,
    database::Backend,
    page::{Page, Paging},
};

/// Lines that are shown of a transcript.
const MOST_SNIPPETS: usize = 3;

/// Characters that are shown of a line before and after what was found.
const AROUND: usize = 70;

/// Of which conversations. `None` asks nothing.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub agent: Option<AgentId>,
    pub customer: Option<CustomerId>,
    pub channel: Option<Channel>,
    /// Begun then or later.
    pub from: Option<DateTime<Utc>>,
    /// Begun before.
    pub to: Option<DateTime<Utc>>,
}

/// A transcript in which it was found.
#[derive(Clone, Debug)]
pub struct Found {
    pub transcript: transcript::Model,
    pub conversation: conversation::Model,
    /// The first lines in which it was found.
    pub snippets: Vec<Snippet>,
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// Its place among the transcript's lines, from 0.
    pub line: usize,
    pub pieces: Vec<Piece>,
}

/// Some text, found or around it. Not escaped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub is_found: bool,
}

/// Transcripts with all that the query asks for, newest conversation first.
pub async fn search(
    db: &Database,
    tenant: TenantId,
    query: &Query,
    filter: &Filter,
    paging: Paging,
) -> Result<Page<Found>> {
    let rows = rows(db.backend(), tenant, query, filter);
    let page = match db.backend() {
        // A transaction would take the one writer's place.
        Backend::Sqlite => paging.newest_first(&db.of(tenant), rows, transcript::Column::ConversationId).await?,
        Backend::Postgres => {
            let tx = db.write(tenant).await?;
            tx.execute_raw(set_search(query.tsquery(tenant))).await?;
            let page = paging.newest_first(&tx, rows, transcript::Column::ConversationId).await?;
            tx.commit().await?;
            page
        }
    };
    let ids: Vec<_> = page.items.iter().map(|row| row.conversation_id).collect();
    let conversations = conversation::Entity::of(tenant).filter(conversation::Column::Id.is_in(ids));
    let conversations = conversations.all(&db.of(tenant)).await?;
    let items = page.items.into_iter().filter_map(|transcript| {
        // Erased between the two statements.
        let conversation = conversations.iter().find(|row| row.id == transcript.conversation_id)?.clone();
        Some(Found { snippets: snippets(query, &transcript.lines.0), transcript, conversation })
    });
    Ok(Page { items: items.collect(), next_cursor: page.next_cursor })
}

/// What the policy of `transcript_words` shows in this transaction.
fn set_search(tsquery: String) -> Statement {
    let sql = "SELECT set_config('switchboard.search', $1, true)";
    Statement::from_sql_and_values(DbBackend::Postgres, sql, [tsquery.into()])
}

fn rows(backend: Backend, tenant: TenantId, query: &Query, filter: &Filter) -> Select<transcript::Entity> {
    let fitting: SimpleExpr = match backend {
        Backend::Sqlite => Expr::cust_with_values(
            "row_id IN (SELECT rowid FROM transcript_words WHERE transcript_words MATCH ?)",
            [query.fts5(tenant)],
        ),
        // Which words, says the transaction: see the migration that made the table.
        Backend::Postgres => Expr::cust_with_values(
            "conversation_id IN (SELECT conversation_id FROM transcript_words WHERE tenant_id = $1)",
            [tenant.uuid()],
        ),
    };
    let rows = transcript::Entity::of(tenant).filter(fitting);
    let Filter { agent, customer, channel, from, to } = filter;
    let mut of_them = conversation::Entity::of(tenant).select_only().column(conversation::Column::Id);
    let conditions = [
        agent.map(|agent| conversation::Column::AgentId.eq(agent)),
        customer.map(|customer| conversation::Column::CustomerId.eq(customer)),
        channel.map(|channel| conversation::Column::Channel.eq(channel)),
        from.map(|from| conversation::Column::StartedAt.gte(from)),
        to.map(|to| conversation::Column::StartedAt.lt(to)),
    ];
    let mut is_filtered = false;
    for condition in conditions.into_iter().flatten() {
        of_them = of_them.filter(condition);
        is_filtered = true;
    }
    match is_filtered {
        true => rows.filter(transcript::Column::ConversationId.in_subquery(of_them.into_query())),
        false => rows,
    }
}

fn snippets(query: &Query, lines: &[Line]) -> Vec<Snippet> {
    let found = lines.iter().enumerate().filter_map(|(place, line)| {
        let places = query.places(&words(&line.text));
        (!places.is_empty()).then(|| Snippet { line: place, pieces: pieces(&line.text, &places) })
    });
    found.take(MOST_SNIPPETS).collect()
}

/// The text around the first place, with all places in it marked.
fn pieces(text: &str, places: &[(usize, usize)]) -> Vec<Piece> {
    let Some((first, end)) = places.first().copied() else { return Vec::new() };
    let from = text[..first].char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
    let to = text[end..].char_indices().nth(AROUND).map_or(text.len(), |(at, _)| end + at);
    let mut pieces = Vec::new();
    let mut push = |text: &str, is_found| {
        if !text.is_empty() {
            pieces.push(Piece { text: text.to_owned(), is_found });
        }
    };
    let before = if from > 0 { "…" } else { "" };
    push(&format!("{before}{}", &text[from..first]), false);
    let mut at = first;
    for (start, end) in places.iter().copied().filter(|(_, end)| *end <= to) {
        push(&text[at..start], false);
        push(&text[start..end], true);
        at = end;
    }
    let after = if to < text.len() { "…" } else { "" };
    push(&format!("{}{after}", &text[at..to]), false);
    pieces
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use sea_orm::{FromQueryResult, QueryOrder};

    use super::*;
    use crate::{tenants, testing};

    #[derive(FromQueryResult)]
    struct Step {
        #[sea_orm(from_alias = "QUERY PLAN")]
        step: String,
    }

    /// The index of words is asked although row-level security is in force, which `@@` in a query could not do.
    #[test]
    fn postgres_finds_words_by_their_index_behind_row_level_security() {
        testing::run(Backend::Postgres, |db| async move {
            let tenant = tenants::create(&db, "Ada").await.unwrap().id;
            // Ten thousand, without their conversations, and without the trigger.
            db.execute(&format!(
                "BEGIN; SET LOCAL session_replication_role = replica; \
                 WITH made AS (INSERT INTO transcripts (tenant_id, conversation_id, lines, search_text, source, \
                 duration_ms, revision, built_at) SELECT '{tenant}'::uuid, gen_random_uuid(), '[]'::jsonb, 'word' || n, 'turns', 0, \
                 1, now() FROM generate_series(1, 10000) n RETURNING *) \
                 INSERT INTO transcript_words SELECT tenant_id, conversation_id, \
                 ('''{own}'':1 ' || search_text || ':2')::tsvector FROM made; COMMIT",
                own = tenant.uuid().simple(),
            ))
            .await;
            db.execute("ANALYZE transcripts; ANALYZE transcript_words").await;
            let query = Query::parse("word77").unwrap();
            let tx = db.write(tenant).await.unwrap();
            tx.execute_raw(set_search(query.tsquery(tenant))).await.unwrap();
            let rows = rows(Backend::Postgres, tenant, &query, &Filter::default());
            let rows = rows.order_by_desc(transcript::Column::ConversationId).limit(21);
            let sql = format!("EXPLAIN ANALYZE {}", rows.build(DbBackend::Postgres));
            let plan = Step::find_by_statement(Statement::from_string(DbBackend::Postgres, sql)).all(&tx).await;
            let plan = plan.unwrap().into_iter().map(|row| row.step).collect::<Vec<_>>().join("\n");
            assert!(plan.contains("Bitmap Index Scan on transcript_words_words"), "{plan}");
            assert!(!plan.contains("Seq Scan"), "{plan}");
        });
    }

    #[test]
    fn a_long_line_is_shown_around_what_was_found() {
        let text = format!("{} Müller {} muller", "é".repeat(200), "x ".repeat(100));
        let query = Query::parse("müller").unwrap();
        let pieces = pieces(&text, &query.places(&words(&text)));
        let found: Vec<_> = pieces.iter().map(|piece| (piece.is_found, piece.text.chars().count())).collect();
        assert_eq!(found, [(false, AROUND + 1), (true, 6), (false, AROUND + 1)]);
        assert_eq!(pieces[1].text, "Müller");
    }
}

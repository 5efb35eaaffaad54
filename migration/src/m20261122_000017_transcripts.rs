//! Transcripts of conversations, and where their words are searched.
//!
//! SQLite searches in an FTS5 table, which triggers keep in step with `transcripts`. PostgreSQL searches in
//! `transcript_words`. There row-level security stands in the way of a full-text index: `@@` is not leakproof, so
//! PostgreSQL would test each row of the tenant against the policy first, and never ask the index. Therefore the search
//! itself is part of that table's policy: it shows the rows of the tenant that is set which fit the query that is set
//! (`switchboard.search`), and nothing to who sets none. Its rows are never changed and go with their transcript's.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

use crate::{
    rls,
    schema::{index, key, owned, time, time_null, unique},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

const SQLITE: &[&str] = &[
    // The words stand in `transcripts` alone. They are folded and separated before they come here: `ascii` leaves every
    // other script as it is.
    "CREATE VIRTUAL TABLE transcript_words USING fts5(search_text, content = 'transcripts', content_rowid = 'row_id', \
     tokenize = 'ascii')",
    // What is removed leaves no trace in the index.
    "INSERT INTO transcript_words (transcript_words, rank) VALUES ('secure-delete', 1)",
    "CREATE TRIGGER transcript_words_insert AFTER INSERT ON transcripts BEGIN \
     INSERT INTO transcript_words (rowid, search_text) VALUES (new.row_id, new.search_text); END",
    "CREATE TRIGGER transcript_words_delete AFTER DELETE ON transcripts BEGIN \
     INSERT INTO transcript_words (transcript_words, rowid, search_text) \
     VALUES ('delete', old.row_id, old.search_text); END",
    "CREATE TRIGGER transcript_words_update AFTER UPDATE OF search_text ON transcripts BEGIN \
     INSERT INTO transcript_words (transcript_words, rowid, search_text) \
     VALUES ('delete', old.row_id, old.search_text); \
     INSERT INTO transcript_words (rowid, search_text) VALUES (new.row_id, new.search_text); END",
];

const POSTGRES: &[&str] = &[
    "CREATE TABLE transcript_words (tenant_id uuid NOT NULL, conversation_id uuid NOT NULL, words tsvector NOT NULL, \
     PRIMARY KEY (tenant_id, conversation_id), \
     FOREIGN KEY (tenant_id, conversation_id) REFERENCES transcripts ON DELETE CASCADE)",
    "CREATE INDEX transcript_words_words ON transcript_words USING gin (words)",
    "ALTER TABLE transcript_words ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE transcript_words FORCE ROW LEVEL SECURITY",
    "CREATE POLICY tenant ON transcript_words FOR INSERT WITH CHECK \
     (current_setting('switchboard.tenant', true) IN (tenant_id::text, 'platform'))",
    "CREATE POLICY search ON transcript_words FOR SELECT USING \
     (current_setting('switchboard.tenant', true) IN (tenant_id::text, 'platform') \
     AND words @@ current_setting('switchboard.search', true)::tsquery)",
    // Word by word as they are, not by PostgreSQL's own parser: it cuts `12e5abc` up, and others by the locale. 16,383 is
    // the last place that a `tsvector` knows.
    "CREATE FUNCTION index_transcript() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
     INSERT INTO transcript_words SELECT new.tenant_id, new.conversation_id, \
     string_agg(quote_literal(word) || ':' || least(place, 16383), ' ')::tsvector \
     FROM unnest(string_to_array(new.search_text, ' ')) WITH ORDINALITY AS of_text (word, place); \
     RETURN NULL; END $$",
    "CREATE TRIGGER transcript_words_insert AFTER INSERT ON transcripts \
     FOR EACH ROW EXECUTE FUNCTION index_transcript()",
    // Searching is possible only for what the policy shows, so a change could not find the row of the old words.
    "CREATE FUNCTION refuse_new_words() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
     RAISE EXCEPTION 'a transcript is replaced, not changed'; END $$",
    "CREATE TRIGGER transcript_words_update BEFORE UPDATE OF search_text ON transcripts \
     FOR EACH ROW EXECUTE FUNCTION refuse_new_words()",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let is_postgres = manager.get_database_backend() == DbBackend::Postgres;
        let mut transcripts = owned("transcripts");
        if !is_postgres {
            // By which FTS5 knows a row; a hidden one would not outlive a VACUUM.
            transcripts.col(integer("row_id").primary_key().auto_increment());
        }
        transcripts
            .col(uuid("conversation_id"))
            .col(json_binary("lines"))
            .col(text("search_text"))
            .col(text_null("language"))
            .col(text("source"))
            .col(big_integer("duration_ms"))
            .col(integer("revision"))
            .col(time("built_at"))
            .col(time_null("ready_at"))
            .foreign_key(&mut key("transcripts", "conversation_id", "conversations"));
        if is_postgres {
            transcripts.primary_key(Index::create().col("tenant_id").col("conversation_id"));
        }
        manager.create_table(transcripts).await?;
        if !is_postgres {
            manager.create_index(unique("transcripts", &["tenant_id", "conversation_id"])).await?;
        }
        // What the removal of a conversation looks for.
        manager.create_index(index("transcripts", &["conversation_id"])).await?;
        // For the sweeper, which looks after all tenants'.
        let drafts = "CREATE INDEX transcripts_drafts ON transcripts (built_at) WHERE ready_at IS NULL";
        manager.get_connection().execute_unprepared(drafts).await?;
        for sql in if is_postgres { POSTGRES } else { SQLITE } {
            manager.get_connection().execute_unprepared(sql).await?;
        }
        rls::protect(manager, &["transcripts"]).await
    }
}

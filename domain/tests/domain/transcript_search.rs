use chrono::TimeDelta;
use domain::{
    Database, Result,
    access::By,
    agents,
    agents::NewAgent,
    conversations,
    conversations::{Caller, Wanted},
    customers,
    entity::{
        conversation::Channel,
        id::{ConversationId, TenantId},
        now,
    },
    page::Paging,
    tenants,
    testing::{Fresh, on_both},
    transcripts::{self, Filter, Query},
};
use voice::event::{EndReason, Prompt};

use crate::transcripts::{say, turn};

/// A conversation that has ended and was transcribed, in which the caller said this and heard "Gladly.".
async fn spoken(db: &Database, tenant: TenantId, wanted: Wanted, words: &str) -> ConversationId {
    let conversation = conversations::begin(db, tenant, wanted).await.unwrap().conversation.id;
    say(db, tenant, conversation, &turn(Prompt::Speech(words.to_owned()), "Gladly.", Some(2_000))).await;
    conversations::end(db, tenant, conversation, &EndReason::CallerHungUp).await.unwrap();
    transcripts::build(db, tenant, conversation).await.unwrap().unwrap();
    conversation
}

async fn said(db: &Database, tenant: TenantId, words: &str) -> ConversationId {
    spoken(db, tenant, Wanted::on(Channel::Http), words).await
}

async fn search(db: &Database, tenant: TenantId, query: &str) -> Result<Vec<ConversationId>> {
    let found = transcripts::search(db, tenant, &Query::parse(query)?, &Filter::default(), Paging::first(100)).await?;
    Ok(found.items.into_iter().map(|found| found.conversation.id).collect())
}

async fn tenant(db: &Database) -> TenantId {
    tenants::create(db, "Ada").await.unwrap().id
}

on_both! {
    async fn words_and_phrases_are_found_whatever_their_case_and_accents(db: Fresh) {
        let ada = tenant(&db).await;
        let order = said(&db, ada, "Hello, Müller here. Where's my order of last week?").await;
        let cafe = said(&db, ada, "I'd like a CAFÉ au lait; my order is small.").await;
        let russian = said(&db, ada, "Здравствуйте! Где мой заказ? Ещё не пришёл.").await;
        let chinese = said(&db, ada, "你好,我的订单号是4815。").await;
        for (query, expected) in [
            ("order", vec![cafe, order]),
            ("ORDER my", vec![cafe, order]),
            ("muller", vec![order]),
            ("MÜLLER", vec![order]),
            ("cafe", vec![cafe]),
            ("café lait", vec![cafe]),
            ("\"my order of\"", vec![order]),
            ("\"order my\"", vec![]),
            ("order -cafe", vec![order]),
            ("order -\"last week\"", vec![cafe]),
            ("order -my", vec![]),
            ("lai*", vec![cafe]),
            ("lai", vec![]),
            ("wheres", vec![order]),
            ("заказ", vec![russian]),
            ("ЕЩЕ", vec![russian]),
            ("订单", vec![chinese]),
            ("单订", vec![]),
            ("4815", vec![chinese]),
            ("481*", vec![chinese]),
            ("nothing", vec![]),
            // The agent's words are found, too; of two lines no phrase is made.
            ("gladly -order -заказ", vec![chinese]),
            ("\"week gladly\"", vec![]),
        ] {
            assert_eq!(search(&db, ada, query).await.unwrap(), expected, "{query}");
        }
    }

    async fn what_was_found_is_marked_in_its_line(db: Fresh) {
        let ada = tenant(&db).await;
        said(&db, ada, "Where is <my> Örder?").await;
        let query = Query::parse("order gladly").unwrap();
        let found = transcripts::search(&db, ada, &query, &Filter::default(), Paging::first(1)).await.unwrap();
        let [found] = &found.items[..] else { panic!("{found:?}") };
        let shown: Vec<Vec<_>> = found
            .snippets
            .iter()
            .map(|snippet| snippet.pieces.iter().map(|piece| (&*piece.text, piece.is_found)).collect())
            .collect();
        assert_eq!(shown, [
            vec![("Where is <my> ", false), ("Örder", true), ("?", false)],
            vec![("Gladly", true), (".", false)],
        ]);
        assert_eq!(found.snippets[1].line, 1);
    }

    async fn another_tenant_finds_nothing(db: Fresh) {
        let (ada, bob) = (tenant(&db).await, tenant(&db).await);
        let adas = said(&db, ada, "A secret order").await;
        let bobs = said(&db, bob, "An order").await;
        assert_eq!(search(&db, ada, "order").await.unwrap(), [adas]);
        assert_eq!(search(&db, bob, "order").await.unwrap(), [bobs]);
        assert!(search(&db, bob, "secret").await.unwrap().is_empty());
        // Nor by the word that stands for the tenant.
        let own = ada.uuid().simple().to_string();
        assert!(search(&db, bob, &own).await.unwrap().is_empty());
        assert!(search(&db, bob, &format!("-{own} secret")).await.unwrap().is_empty());
    }

    async fn a_hostile_query_finds_what_its_words_say_or_is_refused(db: Fresh) {
        let ada = tenant(&db).await;
        let order = said(&db, ada, "my order").await;
        for harmless in [
            "order\"", "\"order", "order*", "(order)", "order' OR '1'='1' --order", "order:*", "order & !order | x",
            "{search_text} : order", "order\0", "NEAR(order order)", "search_text:order", "^order", "order; DROP TABLE turns",
        ] {
            search(&db, ada, harmless).await.unwrap();
        }
        for found in ["order\"", "\"order", "order*", "(order)", "order:*", "order\0", "^order"] {
            assert_eq!(search(&db, ada, found).await.unwrap(), [order], "{found:?}");
        }
        for refused in ["", "\"", "*", "-order", "\0", &"x".repeat(10_000), &"( ".repeat(240)] {
            assert!(matches!(search(&db, ada, refused).await, Err(domain::Error::Invalid { field: "q", .. })), "{refused}");
        }
        // The longest that are let in: very many words, all in or all out.
        let many = "a ".repeat(250);
        assert!(search(&db, ada, &many).await.unwrap().is_empty());
        let many = format!("order {}", "-a ".repeat(164));
        assert_eq!(search(&db, ada, &many).await.unwrap(), [order]);
        assert_eq!(search(&db, ada, "my order").await.unwrap(), [order], "the tables are as they were");
    }

    async fn filters_and_pages_go_through_what_was_found(db: Fresh) {
        let ada = tenant(&db).await;
        let agent = NewAgent { name: "Orders".into(), ..NewAgent::default() };
        let agent = agents::create(&db, ada, &By::SYSTEM, agent).await.unwrap().id;
        let before = now();
        let wanted = Wanted {
            agent: Some(agent),
            caller: Some(Caller::ExternalId("c-1".into())),
            ..Wanted::on(Channel::Socket)
        };
        let first = spoken(&db, ada, wanted, "one order").await;
        let customer = conversations::find(&db, ada, first).await.unwrap().customer_id.unwrap();
        let second = said(&db, ada, "another order").await;
        let third = said(&db, ada, "the last order").await;
        let query = Query::parse("order").unwrap();
        let find = async |filter: Filter| {
            let found = transcripts::search(&db, ada, &query, &filter, Paging::first(100)).await.unwrap();
            found.items.into_iter().map(|found| found.conversation.id).collect::<Vec<_>>()
        };
        assert_eq!(find(Filter { customer: Some(customer), ..Filter::default() }).await, [first]);
        assert_eq!(find(Filter { channel: Some(Channel::Http), ..Filter::default() }).await, [third, second]);
        assert_eq!(find(Filter { agent: Some(agent), ..Filter::default() }).await, [third, second, first]);
        assert!(find(Filter { to: Some(before), ..Filter::default() }).await.is_empty());
        let hour = Filter { from: Some(before), to: Some(before + TimeDelta::hours(1)), ..Filter::default() };
        assert_eq!(find(hour).await.len(), 3);

        let mut pages = Vec::new();
        let mut cursor = None;
        loop {
            let paging = Paging::new(cursor.as_deref(), 2).unwrap();
            let page = transcripts::search(&db, ada, &query, &Filter::default(), paging).await.unwrap();
            pages.push(page.items.iter().map(|found| found.conversation.id).collect::<Vec<_>>());
            cursor = page.next_cursor;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(pages, [vec![third, second], vec![first]]);
    }

    async fn of_who_was_erased_no_word_is_left_where_words_are_searched(db: Fresh) {
        let ada = tenant(&db).await;
        let wanted = Wanted { caller: Some(Caller::ExternalId("c-1".into())), ..Wanted::on(Channel::Http) };
        let erased = spoken(&db, ada, wanted, "the word xylograph").await;
        let kept = said(&db, ada, "the word xenolith").await;
        let customer = conversations::find(&db, ada, erased).await.unwrap().customer_id.unwrap();
        customers::erase(&db, ada, &By::SYSTEM, customer).await.unwrap();
        customers::remove_erased(&db, &db.recordings(), ada, customer).await.unwrap();

        assert!(search(&db, ada, "xylograph").await.unwrap().is_empty());
        assert_eq!(search(&db, ada, "word").await.unwrap(), [kept]);
        assert!(!format!("{:?}", db.rows_of(ada).await).contains("xylograph"));
        // Beginnings may be shared with other words.
        let index = db.index_of_words().await;
        assert!(index.contains("nolith") && !index.contains("lograph"), "{index}");
    }

    async fn words_that_were_replaced_are_found_no_more(db: Fresh) {
        let ada = tenant(&db).await;
        let conversation = said(&db, ada, "first words").await;
        say(&db, ada, conversation, &turn(Prompt::Speech("more words".into()), "", Some(9_000))).await;
        transcripts::build(&db, ada, conversation).await.unwrap();
        assert_eq!(search(&db, ada, "more first").await.unwrap(), [conversation]);
        assert_eq!(search(&db, ada, "words").await.unwrap(), [conversation], "found once");
    }
}

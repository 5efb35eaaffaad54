use domain::{
    conversations,
    entity::id::{ConversationId, TurnId},
    testing::{Fresh, on_both},
    transcripts,
    usage::Served,
};
use poem::test::TestResponse;
use serde_json::json;
use voice::event::{EndReason, Prompt, Turn, TurnTimes, Usage};

use crate::house::{House, json as body, problem};

/// A conversation in which the caller broke into what the agent said of their order.
async fn spoken(house: &House) -> ConversationId {
    let (db, tenant) = (&house.state.database, house.tenant);
    let session = body(house.post("/conversation/start").await).await;
    let id: ConversationId = session["conversation_id"].as_str().unwrap().parse().unwrap();
    let turn = Turn {
        number: 0,
        prompt: Prompt::Speech("Where is my <b>Örder</b>?".into()),
        generated_text: "It is on its way, and near.".into(),
        heard_text: "It is on its way,".into(),
        interrupted: true,
        tool_calls: Vec::new(),
        times: TurnTimes {
            caller_stopped_ms: Some(4_000),
            end_of_turn_ms: Some(4_500),
            first_frame_sent_ms: Some(4_600),
            ..TurnTimes::default()
        },
        usage: Usage::default(),
    };
    conversations::turn_ended(db, tenant, id, TurnId::new(), &turn, &Served::default()).await.unwrap();
    id
}

async fn end(house: &House, id: ConversationId) {
    let (db, tenant) = (&house.state.database, house.tenant);
    conversations::end(db, tenant, id, &EndReason::CallerHungUp).await.unwrap();
    transcripts::build(db, tenant, id).await.unwrap();
}

fn header<'a>(answer: &'a TestResponse, name: &str) -> &'a str {
    answer.0.headers()[name].to_str().unwrap()
}

async fn text(answer: TestResponse) -> String {
    answer.0.into_body().into_string().await.unwrap()
}

on_both! {
    async fn a_transcript_is_there_while_one_speaks_and_final_afterwards(db: Fresh) {
        let house = House::new(db).await;
        let id = spoken(&house).await;
        let path = format!("/conversations/{id}/transcript");
        let live = body(house.get(&path).await).await;
        assert_eq!((&live["state"], &live["revision"], &live["ended_at"]), (&json!("live"), &json!(0), &json!(null)));
        end(&house, id).await;
        let built = body(house.get(&path).await).await;
        assert_eq!((&built["state"], &built["source"], &built["revision"]), (&json!("final"), &json!("turns"), &json!(1)));
        assert_eq!(built["lines"], live["lines"]);
        let line = &built["lines"][1];
        assert_eq!((&line["speaker"], &line["kind"], &line["turn"]), (&json!("agent"), &json!("speech"), &json!(1)));
        assert_eq!((&line["text"], &line["interrupted"]), (&json!("It is on its way,"), &json!(true)));
        assert_eq!(line["generated_text"], "It is on its way, and near.");
        let (from, to) = (line["start_ms"].as_u64().unwrap(), line["end_ms"].as_u64().unwrap());
        assert!(built["lines"][0]["end_ms"].as_u64().unwrap() + 600 == from && from <= to, "{built}");
    }

    async fn a_transcript_comes_in_the_format_that_is_asked_for(db: Fresh) {
        let house = House::new(db).await;
        let id = spoken(&house).await;
        end(&house, id).await;
        let tenant = body(house.get("/tenant").await).await["name"].as_str().unwrap().to_owned();
        for (format, kind, has) in [
            ("json", "application/json; charset=utf-8", "\"lines\""),
            ("txt", "text/plain; charset=utf-8", "Caller: Where is my <b>Örder</b>?"),
            ("srt", "application/x-subrip; charset=utf-8", "00:00:"),
            ("vtt", "text/vtt; charset=utf-8", "<v Caller>Where is my &lt;b&gt;Örder&lt;/b&gt;?"),
            ("html", "text/html; charset=utf-8", "Where is my &lt;b&gt;Örder&lt;/b&gt;?"),
        ] {
            let by_name = house.get(&format!("/conversations/{id}/transcript?format={format}")).await;
            assert_eq!(header(&by_name, "content-type"), kind);
            let name = header(&by_name, "content-disposition");
            assert!(name.contains(&format!("-{id}.{format}\"")), "{name}");
            assert!(header(&by_name, "content-security-policy").starts_with("default-src 'none'"));
            let by_name = text(by_name).await;
            assert!(by_name.contains(has), "{by_name}");
            assert_eq!(by_name.contains(&tenant), ["txt", "html"].contains(&format), "whose it is, where it is read alone");
            let client = house.client();
            let request = client.get(format!("/conversations/{id}/transcript"));
            let wanted = kind.split(';').next().unwrap();
            let by_type = request.header("X-API-Key", house.key()).header("Accept", wanted).send().await;
            assert_eq!(text(by_type).await, by_name);
        }
        let (status, _, _) = problem(house.get(&format!("/conversations/{id}/transcript?format=doc")).await).await;
        assert!([400, 422].contains(&status), "{status}");
    }

    async fn transcripts_are_searched(db: Fresh) {
        let house = House::new(db).await;
        let id = spoken(&house).await;
        end(&house, id).await;
        let found = body(house.get("/transcripts/search?q=order%20-nothing&channel=http&limit=1").await).await;
        assert_eq!((found["items"].as_array().unwrap().len(), &found["next_cursor"]), (1, &json!(null)));
        let item = &found["items"][0];
        assert_eq!((&item["conversation_id"], &item["channel"]), (&json!(id.to_string()), &json!("http")));
        let snippet = &item["snippets"][0];
        assert_eq!((&snippet["line"], &snippet["speaker"]), (&json!(0), &json!("caller")));
        assert_eq!(snippet["pieces"], json!([
            {"text": "Where is my <b>", "is_found": false},
            {"text": "Örder", "is_found": true},
            {"text": "</b>?", "is_found": false},
        ]));
        for nothing in ["q=order&channel=phone", "q=order&to=2020-01-01T00:00:00Z", "q=invoice"] {
            let found = body(house.get(&format!("/transcripts/search?{nothing}")).await).await;
            assert_eq!(found["items"], json!([]), "{nothing}");
        }
        for refused in ["", "q=", "q=-order", "q=%22"] {
            let (status, code, _) = problem(house.get(&format!("/transcripts/search?{refused}")).await).await;
            assert_eq!((status, code.as_str()), (422, "invalid"), "{refused}");
        }
    }
}

//! Uploads that are transcribed in the background, and recordings that are transcribed anew.

use domain::{
    access::By,
    conversations::{self, Wanted},
    entity::{conversation::Channel, now},
    jobs,
    testing::{self, Fresh, on_both},
    transcriptions,
};
use poem::test::{TestForm, TestResponse};
use serde_json::{Value, json};

use crate::house::{House, authorized, file, json as body, problem, wav};

async fn accepted(answer: TestResponse) -> Value {
    assert_eq!(answer.0.status(), 202);
    let address = answer.0.header("location").unwrap().to_owned();
    let made: Value = serde_json::from_slice(&answer.0.into_body().into_bytes().await.unwrap()).unwrap();
    assert_eq!(address, format!("/transcriptions/{}", made["id"].as_str().unwrap()));
    made
}

fn stored(house: &House) -> usize {
    fn files(directory: &std::path::Path) -> usize {
        let entries = std::fs::read_dir(directory).into_iter().flatten().flatten();
        entries.map(|entry| if entry.path().is_dir() { files(&entry.path()) } else { 1 }).sum()
    }
    files(&house.fresh.blobs())
}

on_both! {
    async fn an_upload_is_accepted_stored_and_ordered(db: Fresh) {
        let house = House::new(db).await;
        let form = TestForm::new().field(file("meeting.wav", wav())).text("language", "de").text("channels", "separate");
        let made = accepted(house.post_form("/transcriptions", form).await).await;
        assert_eq!((&made["state"], &made["source"]), (&json!("queued"), &json!("upload")));
        assert_eq!((&made["name"], &made["language"]), (&json!("meeting.wav"), &json!("de")));
        assert_eq!((&made["duration_ms"], &made["done_ms"]), (&json!(500), &json!(0)));
        assert_eq!((&made["bytes"], &made["segments"]), (&json!(wav().len()), &Value::Null));
        assert_eq!(stored(&house), 1);
        let id = made["id"].as_str().unwrap();
        assert_eq!(body(house.get(&format!("/transcriptions/{id}")).await).await, made);
        let kinds = body(house.get("/jobs?kind=transcribe_upload").await).await;
        assert_eq!(kinds["items"][0]["subject"]["transcription"], id);
        let deleted = house.client().delete(format!("/transcriptions/{id}")).header("X-API-Key", house.key()).send().await;
        assert_eq!(deleted.0.status(), 204);
        assert_eq!(stored(&house), 0);
        assert_eq!(problem(house.get(&format!("/transcriptions/{id}")).await).await.0, 404);
    }

    async fn what_is_no_audio_or_in_no_language_is_refused_and_nothing_is_kept(db: Fresh) {
        let house = House::new(db).await;
        let refused = [
            (b"<html><body>502 Bad Gateway</body></html>".repeat(40), "en", 415, "unsupported_media"),
            (voice::audio::wav::encode(16_000, &[]), "en", 422, "invalid"),
            (wav(), "English", 422, "invalid"),
        ];
        for (bytes, language, status, code) in refused {
            let form = TestForm::new().field(file("audio.wav", bytes)).text("language", language);
            let told = problem(house.post_form("/transcriptions", form).await).await;
            assert_eq!((told.0, told.1.as_str()), (status, code), "{}", told.2);
        }
        let form = TestForm::new().field(file("audio.wav", wav())).text("channels", "left");
        assert_eq!(problem(house.post_form("/transcriptions", form).await).await.0, 400);
        assert_eq!(stored(&house), 0);
        assert_eq!(body(house.get("/transcriptions").await).await["items"], json!([]));
    }

    async fn an_upload_whose_row_cannot_be_written_leaves_nothing_in_the_store(db: Fresh) {
        let house = House::new(db).await;
        house.fresh.execute("ALTER TABLE transcriptions RENAME TO elsewhere").await;
        let form = TestForm::new().field(file("audio.wav", wav()));
        assert_eq!(problem(house.post_form("/transcriptions", form).await).await.0, 500);
        assert_eq!(stored(&house), 0);
    }

    async fn a_recording_is_transcribed_by_itself_and_anew_when_asked(db: Fresh) {
        let house = House::new(db).await;
        let (state, tenant) = (&house.state, house.tenant);
        let begun = conversations::begin(&state.database, tenant, Wanted::on(Channel::Http)).await.unwrap();
        let conversation = begun.conversation.id;
        let recording = testing::recording(&state.database, &state.recordings, tenant, conversation).await.unwrap();
        let path = format!("/recordings/{recording}/transcribe");
        let (status, code, _) = problem(house.post_json(&path, json!({})).await).await;
        assert_eq!((status, code.as_str()), (409, "conflict"), "it is ordered already");
        let id = testing::transcribed(&state.database, tenant, recording).await.unwrap();
        let ready = body(house.get(&format!("/transcriptions/{id}")).await).await;
        assert_eq!((&ready["state"], &ready["recording_id"]), (&json!("ready"), &json!(recording.to_string())));
        assert_eq!(ready["segments"][0], json!({"channel": 0, "start_ms": 0, "end_ms": 400, "text": "Hello?"}));
        for (format, content_type, said) in [
            ("txt", "text/plain; charset=utf-8", "[0:00] Caller: Hello?"),
            ("srt", "application/x-subrip; charset=utf-8", "1\n00:00:00,000 --> 00:00:01,000\nCaller: Hello?"),
            ("vtt", "text/vtt; charset=utf-8", "<v Agent>Hello! How can I help?"),
            ("html", "text/html; charset=utf-8", "Hello! How can I help?"),
        ] {
            let answer = house.get(&format!("/transcriptions/{id}?format={format}")).await.0;
            assert_eq!((answer.status().as_u16(), answer.content_type()), (200, Some(content_type)));
            let file = answer.header("content-disposition").unwrap().to_owned();
            assert!(file.ends_with(&format!("filename=\"transcription-{id}.{format}\"")), "{file}");
            let text = answer.into_body().into_string().await.unwrap();
            assert!(text.contains(said), "{text}");
        }
        let list = body(house.get("/transcriptions?source=recording&state=ready").await).await;
        assert_eq!((list["items"].as_array().unwrap().len(), &list["items"][0]["segments"]), (1, &Value::Null));
        assert_eq!(body(house.get("/transcriptions?source=upload").await).await["items"], json!([]));

        let again = accepted(house.post_json(&path, json!({"language": "fr"})).await).await;
        assert_eq!((&again["id"], &again["state"]), (&ready["id"], &json!("queued")));
        assert_eq!((&again["language"], &again["segments"]), (&json!("fr"), &Value::Null));
        let told = problem(house.post_json(&path, json!({"language": "nowhere"})).await).await;
        assert_eq!(told.0, 422, "{}", told.2);
    }

    async fn what_was_said_outlives_the_audio_and_not_the_customer(db: Fresh) {
        let house = House::new(db).await;
        let (state, tenant) = (&house.state, house.tenant);
        let wanted = Wanted {
            caller: Some(conversations::Caller::ExternalId("c1".into())),
            ..Wanted::on(Channel::Http)
        };
        let conversation = conversations::begin(&state.database, tenant, wanted).await.unwrap().conversation;
        let recording = testing::recording(&state.database, &state.recordings, tenant, conversation.id).await.unwrap();
        let id = testing::transcribed(&state.database, tenant, recording).await.unwrap();
        domain::recordings::remove(&state.database, &state.recordings, tenant, &By::SYSTEM, recording).await.unwrap();
        transcriptions::find(&state.database, tenant, id).await.unwrap();
        let customer = conversation.customer_id.unwrap();
        conversations::end(&state.database, tenant, conversation.id, &voice::event::EndReason::CallerHungUp).await.unwrap();
        domain::customers::erase(&state.database, tenant, &By::SYSTEM, customer).await.unwrap();
        domain::customers::remove_erased(&state.database, &state.recordings, tenant, customer).await.unwrap();
        transcriptions::find(&state.database, tenant, id).await.unwrap_err();
    }

    async fn of_two_workers_one_stores_and_both_are_counted(db: Fresh) {
        let house = House::new(db).await;
        let (db, tenant) = (&house.state.database, house.tenant);
        let begun = conversations::begin(db, tenant, Wanted::on(Channel::Http)).await.unwrap();
        let conversation = begun.conversation.id;
        let recording = testing::recording(db, &house.state.recordings, tenant, conversation).await.unwrap();
        let [row] = &transcriptions::list(db, tenant, Default::default(), domain::page::Paging::first(9)).await.unwrap().items[..]
        else {
            panic!("not one")
        };
        assert_eq!(row.recording_id, Some(recording));
        let mut first = transcriptions::begin(db, tenant, row.id).await.unwrap().unwrap();
        let mut second = transcriptions::begin(db, tenant, row.id).await.unwrap().unwrap();
        let heard = transcriptions::Heard {
            segments: Vec::new(),
            reached: vec![320, 0],
            done_ms: 320,
            transcribed_ms: 300,
        };
        let served = domain::usage::Served::default();
        assert!(!transcriptions::store(db, &mut first, &heard, &served, now()).await.unwrap());
        assert!(transcriptions::store(db, &mut second, &heard, &served, now()).await.unwrap());
        assert!(transcriptions::store(db, &mut second, &heard, &served, now()).await.unwrap());
        let used = domain::usage::of_conversation(db, tenant, conversation).await.unwrap();
        assert_eq!(used.transcribed_ms, 900, "the provider was paid three times");
        let blobs = &house.state.recordings.blobs;
        assert!(!transcriptions::finish(db, blobs, &first, 1_000, 2, now()).await.unwrap());
        assert!(transcriptions::finish(db, blobs, &second, 1_000, 2, now()).await.unwrap());
        assert!(transcriptions::begin(db, tenant, row.id).await.unwrap().is_none(), "it is done");
    }

    async fn what_no_job_goes_on_with_is_given_up(db: Fresh) {
        let house = House::new(db).await;
        let form = TestForm::new().field(file("audio.wav", wav()));
        let made = accepted(house.post_form("/transcriptions", form).await).await;
        let path = format!("/transcriptions/{}", made["id"].as_str().unwrap());
        let (db, blobs, later) = (&house.state.database, &house.state.recordings.blobs, now() + chrono::TimeDelta::minutes(2));
        assert_eq!(transcriptions::sweep(db, blobs, later).await.unwrap(), 0, "its job waits");
        let waiting = body(house.get("/jobs?kind=transcribe_upload").await).await;
        let job = waiting["items"][0]["id"].as_str().unwrap().parse().unwrap();
        let claimed = jobs::claim(db, job, "worker", now()).await.unwrap().unwrap();
        jobs::fail(db, &claimed, "worker", jobs::Failure::Lasting, "no", now()).await.unwrap();
        assert_eq!(transcriptions::sweep(db, blobs, later).await.unwrap(), 1);
        let failed = body(house.get(&path).await).await;
        assert_eq!((&failed["state"], &failed["error"]["kind"]), (&json!("failed"), &json!("given_up")));
        assert!(failed["audio_expires_at"].is_string());
    }

    async fn another_tenants_upload_is_not_listed(db: Fresh) {
        let house = House::new(db).await;
        accepted(house.post_form("/transcriptions", TestForm::new().field(file("audio.wav", wav()))).await).await;
        let (_, key) = house.another_tenant().await;
        let client = house.client();
        let list = body(authorized(client.get("/transcriptions"), &key).send().await).await;
        assert_eq!(list["items"], json!([]));
    }
}

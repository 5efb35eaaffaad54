//! What a worker process answers.

use domain::{
    database::Backend,
    entity::job::State,
    testing::{self, Fresh, Redis, on_both},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_util::sync::CancellationToken;
use worker::{Door, Metrics, Terms};

use crate::{
    NOBODY, Running,
    held::{HeldTwilio, Line},
    no_twilio, settled, work,
};

/// Status and text of `GET path`, answered by a door that is open for this.
async fn get(db: &Fresh, metrics: &Metrics, path: &str) -> (u16, String) {
    let door = Door::open("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let (address, closing) = (door.address(), CancellationToken::new());
    let work = work(db, testing::vault(), &no_twilio(), NOBODY);
    let asking = async {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nhost: worker\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        closing.cancel();
        answer
    };
    let (answer, ()) = tokio::join!(asking, door.serve(&work, metrics, &closing));
    let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
    (status, answer.split_once("\r\n\r\n").unwrap().1.to_owned())
}

on_both! {
    with queues;

    async fn figures_tell_of_jobs_by_kind_and_state_and_how_long_they_took(db: Fresh) {
        let (ada, twilio, metrics) = (Line::new(&db, 1).await, HeldTwilio::start().await, Metrics::default());
        let id = ada.check(&db).await;
        let (status, before) = get(&db, &metrics, "/metrics").await;
        assert!(status == 200 && before.contains("# EOF"), "{before}");
        assert!(before.contains(r#"switchboard_jobs{kind="check_phone_number",state="ready"} 1"#), "{before}");
        assert!(before.contains(r#"switchboard_jobs_due_seconds{kind="check_phone_number"} "#), "{before}");
        let terms = Terms { metrics: metrics.clone(), ..Terms::default() };
        let worker = Running::on(&db, testing::vault(), &twilio.twilio(), terms);
        twilio.answer(1);
        settled(&db, ada.0.tenant_id, id, State::Done).await;
        worker.stop().await;
        let (_, after) = get(&db, &metrics, "/metrics").await;
        assert!(!after.contains(r#"switchboard_jobs{kind="check_phone_number""#), "{after}");
        let took = r#"switchboard_job_try_seconds_count{kind="check_phone_number",outcome="done"} 1"#;
        assert!(after.contains(took), "{after}");
    }

    async fn a_worker_is_ready_when_its_database_and_its_queue_answer(db: Fresh) {
        let metrics = Metrics::default();
        assert_eq!(get(&db, &metrics, "/health").await, (200, r#"{"status":"ok"}"#.to_owned()));
        let ready = r#"{"status":"ready","database":"up","queue":"up"}"#;
        assert_eq!(get(&db, &metrics, "/health/ready").await, (200, ready.to_owned()));
        assert_eq!(get(&db, &metrics, "/elsewhere").await.0, 404);
        db.close().await.unwrap();
        let not_ready = r#"{"status":"not_ready","database":"down","queue":"up"}"#;
        assert_eq!(get(&db, &metrics, "/health/ready").await, (503, not_ready.to_owned()));
    }
}

#[test]
fn a_worker_is_not_ready_while_redis_is_away() {
    testing::run(Backend::Postgres, |db| async move {
        let mut redis = Redis::start().await;
        let db = testing::with_redis(db, &redis.url()).await;
        redis.stop();
        let not_ready = r#"{"status":"not_ready","database":"up","queue":"down"}"#;
        assert_eq!(get(&db, &Metrics::default(), "/health/ready").await, (503, not_ready.to_owned()));
        redis.start_again().await;
        assert_eq!(get(&db, &Metrics::default(), "/health/ready").await.0, 200);
    });
}

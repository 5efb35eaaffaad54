//! Recordings that somebody deletes before their jobs have come to them.

use domain::{
    jobs::{Filter, Whose},
    recordings::{self, Announced, Wish},
    transcriptions,
};

use super::*;

/// All jobs of the tenant are done, none is dead.
async fn all_done(db: &Fresh, tenant: TenantId) {
    let wait = async {
        loop {
            let all = jobs::list(db, Whose::Tenant(tenant), Filter::default(), Paging::first(100)).await.unwrap().items;
            assert!(all.iter().all(|job| job.state != State::Dead), "{all:?}");
            if all.iter().all(|job| job.state == State::Done) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(PATIENCE, wait).await.unwrap();
}

on_both! {
    with queues;

    async fn what_twilio_recorded_and_is_deleted_here_before_it_was_fetched_is_deleted_there(db: Fresh) {
        let line = Line::new(&db).await;
        let (tenant, account) = (line.number.tenant_id, &line.account);
        let incoming = calls::Incoming {
            call_sid: "CA1".into(),
            account_sid: account.sid().into(),
            from: "+14155550198".into(),
            to: NUMBER.into(),
        };
        let begun = calls::begin(&db, &line.number, incoming).await.unwrap();
        let sid = format!("RE{}", "0a".repeat(16));
        account.keep_recording(&sid, simulator::audio::stereo_wav(&[0xff; 8_000], &[0xff; 8_000]));
        recordings::announced(&db, tenant, &begun.call, Announced { sid, started_at: None }).await.unwrap();
        let rows = recordings::of_conversation(&db, tenant, begun.conversation.id).await.unwrap();
        recordings::remove(&db, &db.recordings(), tenant, &By::SYSTEM, rows[0].id).await.unwrap();
        let worker = Running::with(&db, testing::vault(), &line.twilio);
        all_done(&db, tenant).await;
        worker.stop().await;
        assert!(account.recordings().is_empty());
        assert!(recordings::of_conversation(&db, tenant, begun.conversation.id).await.unwrap().is_empty());
    }

    async fn what_is_deleted_before_it_was_encoded_or_transcribed_is_done_with(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let talk = conversation(&db, tenant).await;
        let encoded = testing::recording(&db, &db.recordings(), tenant, talk).await.unwrap();
        let row = conversations::find(&db, tenant, talk).await.unwrap();
        let wish = Wish { retention_days: None };
        let mut begun = recordings::begin(&db, &db.recordings(), tenant, &row, wish, 8_000).await.unwrap();
        begun.file.append(&[1; 16_000]).unwrap();
        drop(begun.file);
        recordings::finish(&db, tenant, begun.id).await.unwrap();
        for id in [encoded, begun.id] {
            recordings::remove(&db, &db.recordings(), tenant, &By::SYSTEM, id).await.unwrap();
        }
        let worker = Running::start(&db);
        all_done(&db, tenant).await;
        worker.stop().await;
        let left = transcriptions::list(&db, tenant, Default::default(), Paging::first(9)).await.unwrap().items;
        assert!(left.iter().all(|row| row.error.as_ref().is_some_and(|error| error.kind == "audio_gone")), "{left:?}");
    }
}

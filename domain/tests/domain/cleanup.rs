use chrono::TimeDelta;
use domain::{
    blobs::Key,
    cleanup::{self, Orphans},
    entity::{id::RecordingId, now, recording::State},
    id::TenantId,
    recordings, tenants, testing,
    testing::{Fresh, on_both},
};

use crate::given;

const LATER: TimeDelta = TimeDelta::days(2);

on_both! {
    async fn files_that_no_row_names_go_after_a_day_and_others_stay(db: Fresh) {
        let (store, ada) = (db.recordings(), tenants::create(&db, "Ada").await.unwrap().id);
        let conversation = given::conversation(&db, ada).await.id;
        let kept = testing::recording(&db, &store, ada, conversation).await.unwrap();
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("file");
        std::fs::write(&file, "something").unwrap();
        // Of a tenant that is gone, and of one that is there.
        for tenant in [TenantId::new(), ada] {
            store.blobs.put(&Key::recording(tenant, RecordingId::new(), "flac"), &file).await.unwrap();
        }
        let young = cleanup::sweep_orphans(&db, &store.blobs, now()).await.unwrap();
        assert_eq!((young.files, young.files_without_row), (3, 0), "their rows may be on their way");
        let foreseen = cleanup::preview(&db, &store.blobs, now() + LATER).await.unwrap().orphans;
        assert_eq!(foreseen.files_without_row, 2);
        let swept = cleanup::sweep_orphans(&db, &store.blobs, now() + LATER).await.unwrap();
        assert_eq!(swept, foreseen, "a preview removes nothing");
        let again = cleanup::sweep_orphans(&db, &store.blobs, now() + LATER).await.unwrap();
        assert_eq!(again, Orphans { files: 1, recordings: 1, ..Orphans::default() });
        let row = recordings::find(&db, ada, kept).await.unwrap();
        assert_eq!(row.state, State::Ready);
        assert!(recordings::read(&store, &row, None).await.is_ok());
        let run = cleanup::runs(&db).await.unwrap();
        assert_eq!((run.len(), run[0].counts["files"].as_u64()), (1, Some(1)));
    }

    async fn a_recording_whose_file_is_gone_is_marked_and_a_store_that_is_empty_marks_none(db: Fresh) {
        let (store, ada) = (db.recordings(), tenants::create(&db, "Ada").await.unwrap().id);
        let conversation = given::conversation(&db, ada).await.id;
        let [kept, lost] = [
            testing::recording(&db, &store, ada, conversation).await.unwrap(),
            testing::recording(&db, &store, ada, conversation).await.unwrap(),
        ];
        store.blobs.remove(&Key::recording(ada, lost, "flac")).await.unwrap();
        let swept = cleanup::sweep_orphans(&db, &store.blobs, now()).await.unwrap();
        assert_eq!((swept.recordings, swept.recordings_without_file), (2, 1));
        let state = async |id| recordings::find(&db, ada, id).await.unwrap().state;
        assert_eq!([state(kept).await, state(lost).await], [State::Ready, State::Failed]);
        let mut all = vec![kept];
        for _ in 0..20 {
            all.push(testing::recording(&db, &store, ada, conversation).await.unwrap());
        }
        for id in &all {
            store.blobs.remove(&Key::recording(ada, *id, "flac")).await.unwrap();
        }
        let swept = cleanup::sweep_orphans(&db, &store.blobs, now()).await.unwrap();
        assert_eq!((swept.recordings_in_doubt, swept.recordings_without_file), (21, 0));
        assert_eq!(state(kept).await, State::Ready);
    }
}

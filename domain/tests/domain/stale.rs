use chrono::TimeDelta;
use domain::{
    admission::{self, Held},
    calls::{self, Status, StatusUpdate},
    entity::{conversation::Channel, id::LineId, now},
    jobs::{self, Kind},
    limits::Limits,
    testing::{Fresh, on_both},
};

use crate::given;

const MINUTE: TimeDelta = TimeDelta::minutes(1);

on_both! {
    async fn a_call_that_nobody_holds_is_asked_about_after_ten_minutes_and_again_after_thirty(db: Fresh) {
        let ada = given::tenant(&db, "+14155550199").await;
        let begun = given::call(&db, &ada, "CA1").await;
        let start = now();
        let asked = async |minutes: i32| calls::order_stale(&db, start + MINUTE * minutes).await.unwrap();
        assert_eq!([asked(9).await, asked(11).await, asked(16).await], [0, 1, 0]);
        let due = jobs::due(&db, 100, start + MINUTE * 60).await.unwrap().tickets;
        assert_eq!(due.iter().filter(|job| job.kind == Kind::CloseStaleCall).count(), 1);
        assert_eq!(asked(42).await, 1, "it is not closed yet");
        let over = StatusUpdate { status: Status::Completed, sequence_number: None, duration_s: Some(3) };
        calls::status(&db, ada.id, &begun.call.call_sid, over).await.unwrap();
        assert_eq!(asked(99).await, 0);
    }

    async fn a_call_with_a_line_is_not_asked_about(db: Fresh) {
        let ada = given::tenant(&db, "+14155550199").await;
        let conversation = given::call(&db, &ada, "CA1").await.conversation.id;
        let later = now() + MINUTE * 11;
        let held = Held { tenant: ada.id, conversation, channel: Channel::Phone, line: LineId::new(), seen: later };
        admission::take(&db, &Limits::default(), held, later).await.unwrap();
        assert_eq!(calls::order_stale(&db, later).await.unwrap(), 0);
        assert_eq!(calls::order_stale(&db, later + MINUTE).await.unwrap(), 1, "its line is gone without a word");
    }
}

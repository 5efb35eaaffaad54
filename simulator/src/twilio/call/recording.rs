//! `<Start><Recording>`: kept by the account, and its callback told.

use uuid::Uuid;

use super::Call;
use crate::{audio, twilio::account::sid};

/// Bytes of a second, µ-law.
const SECOND: usize = 8_000;

impl Call<'_> {
    /// Once the call is over. Of its streams alone, one after another: nothing else of a call is simulated sound. Nothing
    /// is trimmed, whatever was wished.
    pub(super) async fn finish_recording(&mut self) {
        let Some((recording, started_at)) = self.recording.take() else { return };
        let said: Vec<u8> = self.streams.iter().flat_map(|stream| stream.said.iter().copied()).collect();
        let heard: Vec<u8> = self.streams.iter().flat_map(|stream| stream.heard.iter().copied()).collect();
        let recording_sid = sid("RE");
        let status = if said.len() < SECOND { "absent" } else { "completed" };
        if status == "completed" {
            let file = audio::stereo_wav(&said, &heard);
            self.caller.account.keep_recording(&recording_sid, file);
        }
        let Some(callback) = recording.status_callback.filter(|_| recording.events.iter().any(|event| event == status))
        else {
            return;
        };
        let account = self.caller.account.sid();
        let params = [
            ("AccountSid", account.to_owned()),
            ("CallSid", self.caller.call_sid.clone()),
            ("RecordingSid", recording_sid.clone()),
            (
                "RecordingUrl",
                format!("https://api.twilio.com/2010-04-01/Accounts/{account}/Recordings/{recording_sid}"),
            ),
            ("RecordingStatus", status.to_owned()),
            ("RecordingDuration", (said.len() / SECOND).to_string()),
            ("RecordingChannels", "2".to_owned()),
            ("RecordingStartTime", started_at.to_rfc2822()),
            ("RecordingSource", "StartCallRecordingTwiML".to_owned()),
            ("RecordingTrack", "both".to_owned()),
        ];
        let params = params.map(|(name, value)| (name.to_owned(), value));
        let answer = self.requester.request(&callback, &params, Uuid::new_v4()).await;
        self.note_webhook(&callback.url, &answer.status, answer.took);
    }
}

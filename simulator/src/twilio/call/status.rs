//! What webhooks say of the call, and what the number's status callback hears.

use uuid::Uuid;

use super::Call;
use crate::twilio::report::EndReason;

impl Call<'_> {
    /// The parameters of every voice webhook.
    pub(super) fn params(&self, extra: &[(&str, String)]) -> Vec<(String, String)> {
        let caller = self.caller;
        let mut params: Vec<(String, String)> = [
            ("AccountSid", caller.account.sid()),
            ("ApiVersion", "2010-04-01"),
            ("CallSid", &caller.call_sid),
            ("CallStatus", self.status),
            ("Direction", "inbound"),
            ("From", &caller.from),
            ("Caller", &caller.from),
            ("To", &caller.to),
            ("Called", &caller.to),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
        for party in ["From", "Caller", "To", "Called"] {
            for (what, value) in [("City", "SAN FRANCISCO"), ("State", "CA"), ("Zip", "94105"), ("Country", "US")] {
                params.push((format!("{party}{what}"), value.to_owned()));
            }
        }
        params.extend(extra.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        params.extend(caller.extra.iter().cloned());
        params
    }

    /// Tells the number's status callback, or keeps it for later.
    pub(super) async fn tell(&mut self, event: &str, status: &str) {
        if !self.caller.status_events.contains(&event) {
            return;
        }
        let mut params = self.params(&[
            ("CallbackSource", "call-progress-events".to_owned()),
            ("Timestamp", chrono::Utc::now().to_rfc2822()),
            ("SequenceNumber", self.sequence.to_string()),
        ]);
        for (name, value) in &mut params {
            if name == "CallStatus" {
                value.replace_range(.., status);
            }
        }
        if event == "completed" {
            let seconds = self.timeline.began.elapsed().as_secs();
            params.push(("CallDuration".to_owned(), seconds.to_string()));
            params.push(("Duration".to_owned(), seconds.div_ceil(60).to_string()));
        }
        self.sequence += 1;
        if self.caller.status_reversed {
            self.held.push(params);
        } else {
            self.send_status(&params).await;
        }
    }

    async fn send_status(&mut self, params: &[(String, String)]) {
        let Some(callback) = self.number.as_ref().and_then(|number| number.status_callback.clone()) else { return };
        let answer = self.requester.request(&callback, params, Uuid::new_v4()).await;
        self.note_webhook(&callback.url, &answer.status, answer.took);
        if let Err(trouble) = answer.outcome {
            self.timeline.trouble(trouble);
        }
    }

    pub(super) async fn finish(&mut self, end: &EndReason) {
        let status = match end {
            EndReason::Rejected(_) => self.status,
            EndReason::ApplicationError if self.status == "ringing" => "failed",
            EndReason::NotInService => return,
            _ => "completed",
        };
        self.tell("completed", status).await;
        for params in std::mem::take(&mut self.held).into_iter().rev() {
            self.send_status(&params).await;
        }
    }
}

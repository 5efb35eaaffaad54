//! `<Connect><Stream>`.

use uuid::Uuid;

use super::{Call, Next};
use crate::twilio::{
    account::{Control, sid},
    report::{EndReason, StreamEnd, StreamReport, Trouble},
    signature::signature,
    stream,
    twiml::{self, Callback},
};

impl Call<'_> {
    /// `<Connect><Stream>`.
    pub(super) async fn connect(&mut self, stream: twiml::Stream, action: Option<Callback>) -> Next {
        let stream_sid = sid("MZ");
        let (report, control) = match self.stream_url(&stream.url) {
            Err(trouble) => {
                self.timeline.trouble(trouble);
                (stream::not_connected(stream_sid.clone(), stream.parameters.clone()), None)
            }
            Ok((url, host)) => Box::pin(self.stream(&stream, stream_sid.clone(), url, host)).await,
        };
        let end = report.end;
        self.streams.push(report);
        let event = match end {
            StreamEnd::NotConnected | StreamEnd::ProtocolError | StreamEnd::Broken => "stream-error",
            _ => "stream-stopped",
        };
        self.stream_status(&stream, &stream_sid, event).await;
        match (end, control) {
            (_, Some(control)) => return self.obey(control).await,
            (StreamEnd::CallerHungUp, _) => return Next::End(EndReason::CallerHungUp),
            (StreamEnd::TimeLimit, _) => return Next::End(EndReason::TimeLimit),
            _ => {}
        }
        match self.rest(self.caller.verb_delay).await {
            Next::Verb => {}
            other => return other,
        }
        match action {
            Some(action) => self.redirect(&action, &[]).await,
            None => Next::Verb,
        }
    }

    async fn stream(
        &mut self,
        stream: &twiml::Stream,
        stream_sid: String,
        url: String,
        host: Option<String>,
    ) -> (StreamReport, Option<Control>) {
        let true_signature = || signature(self.caller.account.auth_token(), &stream.url, &[]);
        let setting = stream::Setting {
            account_sid: self.caller.account.sid(),
            call_sid: &self.caller.call_sid,
            stream_sid: stream_sid.clone(),
            parameters: stream.parameters.clone(),
            url,
            signature: self.caller.forged_stream_signature.clone().unwrap_or_else(true_signature),
            start: self.caller.start.clone(),
            recording: self.caller.recording,
            deadline: self.deadline,
        };
        let socket = match stream::connect(&setting, host.as_deref()).await {
            Ok(socket) => socket,
            Err(trouble) => {
                self.timeline.trouble(trouble);
                return (stream::not_connected(stream_sid, stream.parameters.clone()), None);
            }
        };
        self.stream_status(stream, &stream_sid, "stream-started").await;
        stream::run(socket, setting, &mut self.actor, &mut self.timeline, &mut self.controls).await
    }

    /// Where a stream's URL is reached, and the host to name there.
    fn stream_url(&self, url: &str) -> Result<(String, Option<String>), Trouble> {
        let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
        if scheme != "wss" && !(scheme == "ws" && self.caller.allow_ws) {
            return Err(Trouble::new(31_922, format!("{url}: the scheme must be wss")));
        }
        if rest.contains('?') {
            return Err(Trouble::new(31_920, format!("{url}: a stream URL has no query string, use <Parameter>")));
        }
        let web = format!("{}://{rest}", if scheme == "wss" { "https" } else { "http" });
        let reached = self.requester.reach(&web);
        if reached == web {
            return Ok((url.to_owned(), None));
        }
        let host = rest.split('/').next().map(str::to_owned);
        let (scheme, rest) = reached.split_once("://").unwrap_or(("http", &reached));
        Ok((format!("{}://{rest}", if scheme == "https" { "wss" } else { "ws" }), host))
    }

    async fn stream_status(&mut self, stream: &twiml::Stream, stream_sid: &str, event: &str) {
        let Some(callback) = &stream.status_callback else { return };
        let params = vec![
            ("AccountSid".to_owned(), self.caller.account.sid().to_owned()),
            ("CallSid".to_owned(), self.caller.call_sid.clone()),
            ("StreamSid".to_owned(), stream_sid.to_owned()),
            ("StreamName".to_owned(), stream.name.clone().unwrap_or_else(|| stream_sid.to_owned())),
            ("StreamEvent".to_owned(), event.to_owned()),
            ("Timestamp".to_owned(), chrono::Utc::now().to_rfc3339()),
        ];
        let answer = self.requester.request(callback, &params, Uuid::new_v4()).await;
        self.note_webhook(&callback.url, &answer.status, answer.took);
    }
}

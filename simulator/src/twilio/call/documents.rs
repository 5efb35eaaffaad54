//! TwiML: fetched, or the fallback in its place, and read.

use std::{collections::VecDeque, time::Duration};

use uuid::Uuid;

use super::Call;
use crate::twilio::{
    report::{EndReason, Event, Trouble},
    twiml::{self, Callback, Verb},
};

/// Documents fetched in one call: more is a redirect that goes in circles.
const DOCUMENTS_MAX: usize = 100;

impl Call<'_> {
    /// Gets a document, or the number's fallback in its place.
    pub(super) async fn fetch(
        &mut self,
        callback: &Callback,
        extra: &[(&str, String)],
        token: Uuid,
    ) -> Result<VecDeque<Verb>, EndReason> {
        let trouble = match self.fetch_once(callback, extra, token).await {
            Ok(verbs) => return Ok(verbs),
            Err(trouble) => trouble,
        };
        let fallback = self.number.as_ref().and_then(|number| number.voice_fallback.clone());
        let extra = [("ErrorCode", trouble.code.to_string()), ("ErrorUrl", callback.url.clone())];
        self.timeline.trouble(trouble);
        if let Some(fallback) = fallback.filter(|fallback| fallback != callback) {
            match self.fetch_once(&fallback, &extra, Uuid::new_v4()).await {
                Ok(verbs) => return Ok(verbs),
                Err(trouble) => self.timeline.trouble(trouble),
            }
        }
        Err(EndReason::ApplicationError)
    }

    async fn fetch_once(
        &mut self,
        callback: &Callback,
        extra: &[(&str, String)],
        token: Uuid,
    ) -> Result<VecDeque<Verb>, Trouble> {
        self.documents += 1;
        if self.documents > DOCUMENTS_MAX {
            return Err(Trouble::new(11_200, "redirected more than a hundred times"));
        }
        let params = self.params(extra);
        let answer = self.requester.request(callback, &params, token).await;
        self.note_webhook(&callback.url, &answer.status, answer.took);
        let document = answer.outcome?;
        match document.content_type.as_str() {
            "text/xml" | "application/xml" | "text/html" => self.read(&document.body, &callback.url),
            "text/plain" => Ok(VecDeque::from([Verb::Say { text: document.body }])),
            _ if document.body == "<Response/>" => Ok(VecDeque::new()),
            other => Err(Trouble::new(11_200, format!("{}: content type {other:?}", callback.url))),
        }
    }

    pub(super) fn read(&mut self, text: &str, base: &str) -> Result<VecDeque<Verb>, Trouble> {
        let twiml = twiml::parse(text, base)?;
        for warning in twiml.warnings {
            self.timeline.trouble(warning);
        }
        Ok(twiml.verbs.into())
    }

    pub(super) fn note_webhook(&mut self, url: &str, status: &Option<u16>, took: Duration) {
        self.timeline.note(None, Event::Webhook { url: url.to_owned(), status: *status, took });
    }
}

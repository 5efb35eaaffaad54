use chrono::{DateTime, Utc};
use domain::warnings::{self, Warning};
use poem::web::Data;
use poem_openapi::{Enum, Object, OpenApi, payload::Json, types::Example};

use super::Tag;
use crate::{
    AppState,
    auth::{Can, Read},
    problem::ApiError,
    twilio,
};

pub struct Warnings;

/// What is the matter.
#[derive(Clone, Copy, Enum)]
#[oai(rename_all = "snake_case")]
enum Kind {
    /// A model goes out of service
    ModelShutdown,
    /// Twilio sends a number's calls elsewhere
    NumberDrifted,
    /// Twilio does not take a number's credentials, or does not have it
    NumberFailing,
    /// A webhook endpoint is told nothing any more
    WebhookDisabled,
    /// Jobs were given up
    DeadJobs,
}

/// Something that needs attention.
#[derive(Object)]
#[oai(example)]
struct Attention {
    kind: Kind,
    /// What is the matter and what to do, in a sentence or two.
    message: String,
    /// The number's.
    phone_number_id: Option<String>,
    /// The endpoint's.
    webhook_endpoint_id: Option<String>,
    /// The model's name, as its provider calls it.
    model: Option<String>,
    /// `speech_to_text`, `language_model` or `text_to_speech`.
    stage: Option<String>,
    /// Whether the tenant's own provider serves it, and not the operator's.
    is_own: Option<bool>,
    /// The day from which the model does not answer any more, `2027-01-14`.
    shutdown_date: Option<String>,
    /// When it was last seen; null: it is so now.
    seen_at: Option<DateTime<Utc>>,
}

impl Attention {
    fn of(kind: Kind, message: String) -> Self {
        Self {
            kind,
            message,
            phone_number_id: None,
            webhook_endpoint_id: None,
            model: None,
            stage: None,
            is_own: None,
            shutdown_date: None,
            seen_at: None,
        }
    }
}

impl From<Warning> for Attention {
    fn from(warning: Warning) -> Self {
        match warning {
            Warning::ModelShutdown(row) => {
                let advice = match row.is_own {
                    true => "Choose another with PUT /provider-credentials/{stage}, or for the agents that name it.",
                    false => "Choose another for the agents that name it; the operator chooses the installation's.",
                };
                let message = format!("The model goes out of service on {}. {advice}", row.shutdown_date);
                Self {
                    model: Some(row.model),
                    stage: Some(row.stage),
                    is_own: Some(row.is_own),
                    shutdown_date: Some(row.shutdown_date.to_string()),
                    seen_at: Some(row.seen_at),
                    ..Self::of(Kind::ModelShutdown, message)
                }
            }
            Warning::NumberDrifted { number, settings } => {
                let settings = settings.join(", ");
                let message = format!(
                    "At Twilio these settings are not as they should be: {settings}. POST /phone-numbers/{{id}}/configure \
                     sets them."
                );
                Self {
                    phone_number_id: Some(number.id.to_string()),
                    seen_at: number.checked_at,
                    ..Self::of(Kind::NumberDrifted, message)
                }
            }
            Warning::NumberFailing { number, .. } => {
                let message = "Twilio does not take the number's credentials, or does not have it any more. \
                               POST /phone-numbers/{id}/test says which.";
                Self {
                    phone_number_id: Some(number.id.to_string()),
                    seen_at: number.checked_at,
                    ..Self::of(Kind::NumberFailing, message.to_owned())
                }
            }
            Warning::WebhookDisabled(row) => {
                let why = match row.disabled_reason.as_deref() {
                    Some("gone") => "it says that it is gone",
                    _ => "it took nothing for days",
                };
                let message = format!(
                    "A webhook endpoint is told nothing any more: {why}. POST /webhook-endpoints/{{id}}/enable has it told \
                     again, POST /webhook-endpoints/{{id}}/replay sends what it has missed."
                );
                Self {
                    webhook_endpoint_id: Some(row.id.to_string()),
                    seen_at: row.disabled_at,
                    ..Self::of(Kind::WebhookDisabled, message)
                }
            }
            Warning::DeadJobs { count } => {
                Self::of(Kind::DeadJobs, format!("Jobs were given up: {count}. GET /jobs?state=dead lists them."))
            }
        }
    }
}

impl Example for Attention {
    fn example() -> Self {
        Self {
            model: Some("gpt-4o".into()),
            stage: Some("language_model".into()),
            is_own: Some(true),
            shutdown_date: Some("2027-01-14".into()),
            seen_at: Some("2026-11-23T04:00:07.123456Z".parse().expect("a constant that parses")),
            ..Self::of(Kind::ModelShutdown, "The model goes out of service on 2027-01-14. …".into())
        }
    }
}

/// What needs attention; empty: nothing does.
#[derive(Object)]
#[oai(example)]
struct AttentionList {
    items: Vec<Attention>,
}

impl Example for AttentionList {
    fn example() -> Self {
        Self { items: vec![Attention::example()] }
    }
}

#[OpenApi(tag = "Tag::General")]
impl Warnings {
    /// What needs attention
    ///
    /// Read from what is known: nobody is asked. Numbers are looked at every six hours, models once a day.
    #[oai(path = "/warnings", method = "get")]
    async fn list(&self, caller: Can<Read>, state: Data<&AppState>) -> Result<Json<AttentionList>, ApiError> {
        let webhooks = twilio::webhooks(&state.settings);
        let warnings = warnings::list(&state.database, caller.tenant(), &webhooks).await?;
        Ok(Json(AttentionList { items: warnings.into_iter().map(Attention::from).collect() }))
    }
}

//! What the model answered, held against what was asked.

use entity::analysis::Sentiment;
use serde::Deserialize;
use serde_json::Value;

use crate::tools;

/// An answer that is what was asked for.
#[derive(Debug, PartialEq, Deserialize)]
pub(super) struct Verdict {
    pub summary: String,
    pub outcome: String,
    sentiment: Feeling,
    pub fields: Option<Value>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Feeling {
    Positive,
    Neutral,
    Negative,
    Mixed,
}

impl Verdict {
    pub fn sentiment(&self) -> Sentiment {
        match self.sentiment {
            Feeling::Positive => Sentiment::Positive,
            Feeling::Neutral => Sentiment::Neutral,
            Feeling::Negative => Sentiment::Negative,
            Feeling::Mixed => Sentiment::Mixed,
        }
    }
}

/// Reads the model's words by the schema of [`super::prompt::schema`]. An error says what is wrong, in words for the model
/// that repeat none of its own.
pub(super) fn read(schema: &Value, text: &str) -> Result<Verdict, String> {
    // Models that are asked in words put a fence around it, or a sentence before it.
    let json = text.find('{').zip(text.rfind('}')).and_then(|(first, last)| text.get(first..=last));
    let json = json.ok_or("it is no JSON object")?;
    let mut answer: Value = serde_json::from_str(json).map_err(|error| format!("it is no JSON: {error}"))?;
    prune(schema, &mut answer);
    let faults = tools::schema_faults(schema, &answer);
    if !faults.is_empty() {
        let faults: Vec<_> = faults.iter().map(|fault| fault.replacen("the arguments", "the answer", 1)).collect();
        return Err(faults.join("; "));
    }
    serde_json::from_value(answer).map_err(|error| error.to_string())
}

/// Takes away nulls that stand for what may be left out: strict mode knows no other way to leave it out.
fn prune(schema: &Value, value: &mut Value) {
    match value {
        Value::Object(fields) => {
            let required = schema["required"].as_array().map(Vec::as_slice).unwrap_or_default();
            fields.retain(|name, value| {
                let may_be_null = || tools::schema_faults(&schema["properties"][name], &Value::Null).is_empty();
                !value.is_null() || required.iter().any(|known| known == name) || may_be_null()
            });
            for (name, value) in fields {
                prune(&schema["properties"][name], value);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| prune(&schema["items"], item)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use entity::agent::Analysis;
    use serde_json::json;

    use super::*;
    use crate::analyses::{default_outcomes, prompt};

    fn schema() -> Value {
        let fields = json!({
            "type": "object",
            "properties": {
                "order": {"type": "string"},
                "lines": {"type": "array", "items": {"type": "object", "properties": {"count": {"type": "integer"}}}},
                "note": {"type": ["string", "null"]},
            },
            "required": ["lines"],
            "additionalProperties": false,
        });
        prompt::schema(&Analysis { outcomes: default_outcomes(), fields: Some(fields), ..Analysis::default() })
    }

    fn answer(outcome: &str, fields: Value) -> Value {
        json!({"summary": "Bread was ordered.", "outcome": outcome, "sentiment": "mixed", "fields": fields})
    }

    #[test]
    fn nulls_of_what_may_be_left_out_are_left_out_and_others_stay() {
        let fields = json!({"order": null, "lines": [{"count": null}, {"count": 2}], "note": null});
        let read = read(&schema(), &answer("resolved", fields).to_string());
        let verdict = read.expect("it fits");
        assert_eq!(verdict.fields, Some(json!({"lines": [{}, {"count": 2}], "note": null})));
        assert_eq!((verdict.sentiment(), verdict.outcome.as_str()), (Sentiment::Mixed, "resolved"));
    }

    #[test]
    fn an_object_among_words_is_found() {
        let json = answer("resolved", json!({"lines": []})).to_string();
        for text in [format!("```json\n{json}\n```"), format!("Here it is: {json}"), format!("\n{json} ")] {
            assert!(read(&schema(), &text).is_ok(), "{text}");
        }
    }

    #[test]
    fn what_does_not_fit_is_told_without_a_word_of_it() {
        let whole = answer("resolved", json!({"lines": []})).to_string();
        for (text, told) in [
            ("secret".to_owned(), "no JSON object"),
            ("{secret}".to_owned(), "no JSON"),
            (whole[..whole.len() - 5].to_owned(), "no JSON"),
            (answer("secret", json!({"lines": []})).to_string(), "/outcome: must be one of"),
            (answer("resolved", json!({"lines": null})).to_string(), "/fields/lines: must be of type"),
            (answer("resolved", json!({"lines": [], "secret": 1})).to_string(), "/fields: has a field"),
            (json!({"outcome": "resolved", "sentiment": "secret"}).to_string(), "the answer: summary is missing"),
        ] {
            let error = read(&schema(), &text).expect_err(&text);
            assert!(error.contains(told) && !error.contains("secret"), "{error}");
        }
    }
}

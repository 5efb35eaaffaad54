//! What may be asked of a model.

use std::collections::HashSet;

use entity::agent::Analysis;

use crate::tools;

/// Characters of instructions: a page or two.
const LONGEST_INSTRUCTIONS: usize = 5_000;
/// More than a model, or a reader of a list, can tell apart.
const MOST_OUTCOMES: usize = 20;
const LONGEST_DESCRIPTION: usize = 300;
/// Bytes of a schema.
const LARGEST_SCHEMA: usize = 8_000;

/// What is wrong, and where.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub field: &'static str,
    /// For who wrote it; begins with a JSON pointer where the fault lies deeper.
    pub message: String,
}

fn fault<T>(field: &'static str, message: impl Into<String>) -> Result<T, Fault> {
    Err(Fault { field, message: message.into() })
}

/// Looks at all of it.
pub(crate) fn check(plan: &Analysis) -> Result<(), Fault> {
    let texts = [("instructions", &plan.instructions, LONGEST_INSTRUCTIONS), ("model", &plan.model, 200)];
    for (field, text, longest) in texts {
        if text.as_ref().is_some_and(|text| !is_text(text, longest)) {
            return fault(field, format!("must be 1 to {longest} characters long, none of them NUL"));
        }
    }
    if plan.outcomes.len() > MOST_OUTCOMES {
        return fault("outcomes", format!("must be at most {MOST_OUTCOMES}"));
    }
    let mut names = HashSet::new();
    for (index, outcome) in plan.outcomes.iter().enumerate() {
        if !is_name(&outcome.name) {
            return fault("outcomes", format!("`/{index}/name` must be 1 to 64 small letters, digits, _ and -"));
        }
        if !names.insert(&outcome.name) {
            return fault("outcomes", format!("`/{index}/name` is there twice"));
        }
        if !is_text(&outcome.description, LONGEST_DESCRIPTION) {
            let message = format!("`/{index}/description` must be 1 to {LONGEST_DESCRIPTION} characters long");
            return fault("outcomes", message);
        }
    }
    let Some(schema) = &plan.fields else { return Ok(()) };
    let text = schema.to_string();
    // PostgreSQL keeps no NUL in JSON either.
    if text.len() > LARGEST_SCHEMA || text.contains("\\u0000") {
        return fault("fields", format!("must be at most {LARGEST_SCHEMA} bytes, without NUL"));
    }
    tools::check_schema(schema).or_else(|message| fault("fields", message))
}

fn is_text(text: &str, longest: usize) -> bool {
    !text.trim().is_empty() && text.chars().count() <= longest && !text.contains('\0')
}

fn is_name(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-".contains(&byte);
    (1..=64).contains(&text.len()) && text.bytes().all(is_plain)
}

#[cfg(test)]
mod tests {
    use entity::agent::Outcome;
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let outcome = |name: &str, description: &str| Outcome { name: name.into(), description: description.into() };
        let plan = || Analysis::default();
        let object = |inside| json!({"type": "object", "properties": {"x": inside}});
        for (wrong, field, place) in [
            (Analysis { instructions: Some(" ".into()), ..plan() }, "instructions", ""),
            (Analysis { instructions: Some("a".repeat(5_001)), ..plan() }, "instructions", ""),
            (Analysis { model: Some("a\0".into()), ..plan() }, "model", ""),
            (Analysis { outcomes: vec![outcome("a", "A."), outcome("A b", "B.")], ..plan() }, "outcomes", "/1/name"),
            (Analysis { outcomes: vec![outcome("a", "A."), outcome("a", "B.")], ..plan() }, "outcomes", "/1/name"),
            (Analysis { outcomes: vec![outcome("a", "")], ..plan() }, "outcomes", "/0/description"),
            (Analysis { outcomes: vec![outcome("a", "A."); 21], ..plan() }, "outcomes", "20"),
            (Analysis { fields: Some(json!({"type": "string"})), ..plan() }, "fields", "object"),
            (Analysis { fields: Some(object(json!({"$ref": "#"}))), ..plan() }, "fields", "/properties/x/$ref"),
            (Analysis { fields: Some(object(json!({"const": "a\0"}))), ..plan() }, "fields", "NUL"),
            (Analysis { fields: Some(object(json!({"description": "a".repeat(8_000)}))), ..plan() }, "fields", "8000"),
        ] {
            let found = check(&wrong).expect_err(field);
            assert!(found.field == field && found.message.contains(place), "{found:?}");
        }
        let right = Analysis {
            instructions: Some("Mind the bread.".into()),
            outcomes: vec![outcome("sold", "Bread was sold.")],
            fields: Some(object(json!({"type": "integer"}))),
            ..plan()
        };
        assert_eq!(check(&right), Ok(()));
    }
}

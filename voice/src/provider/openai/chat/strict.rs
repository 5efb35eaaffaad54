//! A schema as strict mode wants it.
//!
//! Every object closed and every property required, an optional one nullable instead; keywords that it does not know
//! left out, as the answer is checked against the schema itself. Source: OpenAI's guide to structured outputs,
//! "Supported schemas".

use serde_json::{Map, Value, json};

/// OpenAI's bounds: properties in all, levels of nesting.
const MOST_PROPERTIES: usize = 5_000;
const DEEPEST: usize = 10;

/// Kept as they are: of strings, numbers and lists.
const KEPT: [&str; 12] = [
    "type",
    "description",
    "enum",
    "const",
    "pattern",
    "format",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minItems",
    "maxItems",
];

/// The formats of strings that are known.
const FORMATS: [&str; 9] = ["date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"];

/// What answers fit that fit `schema`, and no others, but for nulls and keywords left out; `None`: strict mode cannot
/// say it, as of objects with any field, or values of any type.
pub(super) fn strict(schema: &Value) -> Option<Value> {
    let mut properties = 0;
    object(schema.as_object()?, 1, &mut properties)
}

fn any(schema: &Value, depth: usize, properties: &mut usize) -> Option<Value> {
    let schema = schema.as_object().filter(|_| depth <= DEEPEST)?;
    if let Some(choices) = schema.get("anyOf") {
        // Beside it nothing else can be said.
        let is_plain =
            schema.keys().all(|key| ["anyOf", "description", "title", "default", "examples"].contains(&&**key));
        let choices = choices.as_array().filter(|_| is_plain)?;
        let choices: Option<Vec<_>> = choices.iter().map(|choice| any(choice, depth + 1, properties)).collect();
        let mut whole = json!({ "anyOf": choices? });
        if let Some(description) = schema.get("description") {
            whole["description"] = description.clone();
        }
        return Some(whole);
    }
    match types(schema)?.as_slice() {
        ["object"] => object(schema, depth, properties),
        ["array"] => {
            let mut list = kept(schema);
            list.insert("items".to_owned(), any(schema.get("items")?, depth + 1, properties)?);
            Some(list.into())
        }
        // A list of types among which one has an inside: say it with anyOf.
        types if types.iter().any(|name| ["object", "array"].contains(name)) => None,
        types => {
            let mut whole = kept(schema);
            // It cannot be left out beside enum and const.
            whole.insert("type".to_owned(), if let [only] = types { json!(only) } else { json!(types) });
            Some(whole.into())
        }
    }
}

/// Its types, as written or as its values have them.
fn types(schema: &Map<String, Value>) -> Option<Vec<&str>> {
    match schema.get("type") {
        Some(Value::String(only)) => Some(vec![only]),
        Some(Value::Array(list)) => list.iter().map(Value::as_str).collect(),
        Some(_) => None,
        None => {
            let values = schema.get("enum").and_then(Value::as_array).map(Vec::as_slice);
            let values = values.or_else(|| schema.get("const").map(std::slice::from_ref))?;
            values.iter().all(Value::is_string).then(|| vec!["string"])
        }
    }
}

fn object(schema: &Map<String, Value>, depth: usize, properties: &mut usize) -> Option<Value> {
    // A map from any name to a value is beyond it, and so is an object of which nothing is known.
    let is_closed = match schema.get("additionalProperties") {
        None | Some(Value::Bool(false)) => true,
        Some(Value::Bool(true)) => schema.get("properties").is_some(),
        Some(_) => false,
    };
    let known = schema.get("properties").and_then(Value::as_object).filter(|_| is_closed)?;
    let required = schema.get("required").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    *properties += known.len();
    // What is required and nowhere described could not be given.
    let is_described = required.iter().all(|name| name.as_str().is_some_and(|name| known.contains_key(name)));
    if *properties > MOST_PROPERTIES || !is_described {
        return None;
    }
    let mut strict = Map::new();
    for (name, schema) in known {
        let inside = any(schema, depth + 1, properties)?;
        let is_required = required.iter().any(|known| known == name);
        let whole = if is_required { inside } else { json!({ "anyOf": [inside, { "type": "null" }] }) };
        strict.insert(name.clone(), whole);
    }
    let names: Vec<_> = strict.keys().cloned().collect();
    let mut whole = json!({ "type": "object", "properties": strict, "required": names, "additionalProperties": false });
    if let Some(description) = schema.get("description") {
        whole["description"] = description.clone();
    }
    Some(whole)
}

fn kept(schema: &Map<String, Value>) -> Map<String, Value> {
    let is_kept = |key: &str, value: &Value| match key {
        "format" => value.as_str().is_some_and(|format| FORMATS.contains(&format)),
        key => KEPT.contains(&key),
    };
    schema.iter().filter(|(key, value)| is_kept(key, value)).map(|(key, value)| (key.clone(), value.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_closed_and_what_is_optional_may_be_null() {
        let schema = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "properties": {
                "name": {"type": "string", "minLength": 1, "description": "Of the caller."},
                "size": {"enum": ["small", "large"], "default": "small"},
                "lines": {"type": "array", "maxItems": 3, "items": {
                    "type": "object", "title": "A line", "properties": {"count": {"type": ["integer", "null"], "minimum": 1}}
                }},
                "when": {"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "spoken"}]},
            },
            "required": ["name", "lines", "when"],
        });
        let expected = json!({
            "type": "object",
            "properties": {
                "name": {"type": "string", "description": "Of the caller."},
                "size": {"anyOf": [{"type": "string", "enum": ["small", "large"]}, {"type": "null"}]},
                "lines": {"type": "array", "maxItems": 3, "items": {
                    "type": "object",
                    "properties": {"count": {"anyOf": [{"type": ["integer", "null"], "minimum": 1}, {"type": "null"}]}},
                    "required": ["count"],
                    "additionalProperties": false,
                }},
                "when": {"anyOf": [{"type": "string", "format": "date"}, {"type": "string"}]},
            },
            "required": ["name", "size", "lines", "when"],
            "additionalProperties": false,
        });
        let found = strict(&schema).unwrap_or_default();
        let names = |schema: &Value| {
            let mut names: Vec<_> = schema["required"].as_array().into_iter().flatten().cloned().collect();
            names.sort_by_key(Value::to_string);
            names
        };
        assert_eq!(names(&found), names(&expected));
        for part in ["properties", "type", "additionalProperties"] {
            assert_eq!(found[part], expected[part]);
        }
    }

    #[test]
    fn what_strict_mode_cannot_say_is_not_said_in_it() {
        let of = |schema: Value| json!({"type": "object", "properties": {"x": schema}, "required": ["x"]});
        let nested = (0..12).fold(json!({"type": "string"}), |schema, _| json!({"type": "array", "items": schema}));
        for schema in [
            json!({"type": "object"}),
            json!({"type": "object", "properties": {}, "required": ["x"]}),
            of(json!({})),
            of(json!({"type": "array"})),
            of(json!({"type": "object", "additionalProperties": {"type": "string"}})),
            of(json!({"type": ["object", "null"], "properties": {}})),
            of(json!({"type": "string", "anyOf": [{"minLength": 1}]})),
            of(json!({"enum": [1, "one"]})),
            of(nested),
        ] {
            assert_eq!(strict(&schema), None, "{schema}");
        }
    }
}

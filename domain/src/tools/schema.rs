//! The JSON schema of a function's parameters, or of an answer: what models' providers take of it, and no more.
//!
//! A keyword that is not understood is refused when the tool is saved, rather than ignored when it is called. There are
//! no references: a schema that refers to itself can make a check of a few bytes last for ever. What is left costs values
//! times alternatives, which a tenant can make large: a check has a budget.

use std::collections::HashMap;

use regex::Regex;
use serde_json::{Map, Value};

/// Levels of schemas within schemas.
const DEEPEST: usize = 8;
/// Things that are wrong with one call's arguments, as the model is told.
const MOST_FAULTS: usize = 5;
/// Steps of one check: about a millisecond. Honest arguments take some dozens.
const BUDGET: u32 = 10_000;
/// Steps that the first use of a pattern counts for: compiling it takes about a tenth of a millisecond.
const COMPILING: u32 = 200;

/// Looks at a schema; an error says what is wrong with it, and where.
pub(crate) fn check(schema: &Value) -> Result<(), String> {
    if schema["type"] != "object" {
        return Err("`type` must be `object` at the top: arguments have names".to_owned());
    }
    check_at(schema, "", 0)
}

fn check_at(schema: &Value, at: &str, depth: usize) -> Result<(), String> {
    let Some(keywords) = schema.as_object() else { return Err(format!("`{at}` must be a schema, an object")) };
    if depth > DEEPEST {
        return Err(format!("`{at}` lies deeper than {DEEPEST} levels"));
    }
    for (keyword, value) in keywords {
        let here = format!("{at}/{keyword}");
        let wrong = |what: &str| Err(format!("`{here}` must be {what}"));
        match keyword.as_str() {
            "type" => {
                let is_type = |name: &Value| name.as_str().is_some_and(|name| TYPES.contains(&name));
                let is_list = value.as_array().is_some_and(|names| !names.is_empty() && names.iter().all(is_type));
                if !is_type(value) && !is_list {
                    return wrong("one of JSON's types, or a list of them");
                }
            }
            "properties" => {
                let Some(properties) = value.as_object() else { return wrong("an object of schemas") };
                for (name, schema) in properties {
                    check_at(schema, &format!("{here}/{name}"), depth + 1)?;
                }
            }
            "items" => check_at(value, &here, depth + 1)?,
            "additionalProperties" if value.is_boolean() => {}
            "additionalProperties" => check_at(value, &here, depth + 1)?,
            "anyOf" => {
                let Some(schemas) = value.as_array().filter(|schemas| !schemas.is_empty()) else {
                    return wrong("a list of schemas");
                };
                for (index, schema) in schemas.iter().enumerate() {
                    check_at(schema, &format!("{here}/{index}"), depth + 1)?;
                }
            }
            "required" if !value.as_array().is_some_and(|names| names.iter().all(Value::is_string)) => {
                return wrong("a list of names");
            }
            "enum" if value.as_array().is_none_or(Vec::is_empty) => return wrong("a list of values"),
            "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" if !value.is_number() => {
                return wrong("a number");
            }
            "minLength" | "maxLength" | "minItems" | "maxItems" if !value.is_u64() => return wrong("a whole number"),
            "pattern" if value.as_str().and_then(pattern).is_none() => {
                return wrong("a regular expression without look-around and back-references");
            }
            "required" | "enum" | "const" | "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum"
            | "minLength" | "maxLength" | "minItems" | "maxItems" | "pattern" => {}
            "title" | "description" | "default" | "examples" | "format" | "$schema" => {}
            _ => return Err(format!("`{here}` is not understood here; write the schema without it")),
        }
    }
    Ok(())
}

const TYPES: [&str; 7] = ["object", "array", "string", "number", "integer", "boolean", "null"];

/// What is wrong with a value, empty: nothing. The schema has passed [`check`]. None of it repeats the value.
pub(crate) fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    Look { left: BUDGET, patterns: HashMap::new() }.find(schema, value, "", &mut faults);
    faults.truncate(MOST_FAULTS);
    faults
}

/// One look at one value.
struct Look<'s> {
    /// Steps that it may still take.
    left: u32,
    patterns: HashMap<&'s str, Option<Regex>>,
}

impl<'s> Look<'s> {
    fn find(&mut self, schema: &'s Value, value: &Value, at: &str, faults: &mut Vec<String>) {
        let Some(keywords) = schema.as_object() else { return };
        if faults.len() >= MOST_FAULTS {
            return;
        }
        let place = if at.is_empty() { "the arguments" } else { at };
        let allowed = keywords.get("enum").and_then(Value::as_array);
        if !self.spend(1 + allowed.map_or(0, |allowed| allowed.len() as u32 / 16)) {
            return faults.push(format!("{place}: too much to be checked"));
        }
        let mut fault = |what: String| faults.push(format!("{place}: {what}"));
        if let Some(kind) = keywords.get("type").filter(|kind| !is_of(kind, value)) {
            return fault(format!("must be of type {kind}"));
        }
        if let Some(allowed) = allowed.filter(|allowed| !allowed.contains(value)) {
            fault(format!("must be one of {}", Value::from(allowed.clone())));
        }
        if let Some(only) = keywords.get("const").filter(|only| *only != value) {
            fault(format!("must be {only}"));
        }
        match value {
            Value::Number(number) => {
                number.as_f64().into_iter().for_each(|number| number_faults(keywords, number, &mut fault))
            }
            Value::String(text) => self.text_faults(keywords, text, &mut fault),
            Value::Array(items) => length_faults(keywords, "Items", items.len(), "items", &mut fault),
            _ => {}
        }
        match value {
            Value::Array(items) => {
                let schema = keywords.get("items").unwrap_or(&Value::Null);
                for (index, item) in items.iter().enumerate() {
                    self.find(schema, item, &format!("{at}/{index}"), faults);
                }
            }
            Value::Object(fields) => self.object_faults(keywords, fields, at, faults),
            _ => {}
        }
        if let Some(schemas) = keywords.get("anyOf").and_then(Value::as_array)
            && !schemas.iter().any(|schema| self.fits(schema, value))
        {
            faults.push(format!("{place}: fits none of the schemas of anyOf"));
        }
    }

    fn fits(&mut self, schema: &'s Value, value: &Value) -> bool {
        let mut faults = Vec::new();
        self.find(schema, value, "", &mut faults);
        faults.is_empty()
    }

    /// `false`: it may not go on.
    fn spend(&mut self, steps: u32) -> bool {
        let left = self.left.checked_sub(steps);
        self.left = left.unwrap_or(0);
        left.is_some()
    }

    fn text_faults(&mut self, keywords: &'s Map<String, Value>, text: &str, fault: &mut impl FnMut(String)) {
        length_faults(keywords, "Length", text.chars().count(), "characters", fault);
        let Some(wanted) = keywords.get("pattern").and_then(Value::as_str) else { return };
        if !self.patterns.contains_key(wanted) && !self.spend(COMPILING) {
            return fault("too much to be checked".to_owned());
        }
        let known = self.patterns.entry(wanted).or_insert_with(|| pattern(wanted));
        if known.as_ref().is_some_and(|pattern| !pattern.is_match(text)) {
            fault(format!("must fit the pattern {wanted}"));
        }
    }

    fn object_faults(
        &mut self,
        keywords: &'s Map<String, Value>,
        fields: &Map<String, Value>,
        at: &str,
        faults: &mut Vec<String>,
    ) {
        let place = if at.is_empty() { "the arguments" } else { at };
        let required = keywords.get("required").and_then(Value::as_array);
        let required = required.into_iter().flatten().filter_map(Value::as_str);
        for name in required.filter(|name| !fields.contains_key(*name)) {
            faults.push(format!("{place}: {name} is missing"));
        }
        let known = keywords.get("properties").and_then(Value::as_object);
        for (name, value) in fields {
            match (known.and_then(|known| known.get(name)), keywords.get("additionalProperties")) {
                (Some(schema), _) => self.find(schema, value, &format!("{at}/{name}"), faults),
                (None, Some(Value::Bool(false))) => {
                    faults.push(format!("{place}: has a field that is not known; allowed are {}", names(known)));
                }
                (None, Some(schema)) => self.find(schema, value, &format!("{at}/{name}"), faults),
                (None, None) => {}
            }
        }
    }
}

fn is_of(kind: &Value, value: &Value) -> bool {
    let is = |name: &str| match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "boolean" => value.is_boolean(),
        _ => value.is_null(),
    };
    match kind {
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).any(is),
        kind => kind.as_str().is_some_and(is),
    }
}

fn number_faults(keywords: &Map<String, Value>, number: f64, fault: &mut impl FnMut(String)) {
    let mut check = |keyword, holds: fn(&f64, &f64) -> bool, words| {
        let bound = keywords.get(keyword).and_then(Value::as_f64);
        if let Some(bound) = bound.filter(|bound| !holds(&number, bound)) {
            fault(format!("must be {words} {bound}"));
        }
    };
    check("minimum", f64::ge, "at least");
    check("maximum", f64::le, "at most");
    check("exclusiveMinimum", f64::gt, "more than");
    check("exclusiveMaximum", f64::lt, "less than");
}

fn length_faults(
    keywords: &Map<String, Value>,
    what: &str,
    length: usize,
    words: &str,
    fault: &mut impl FnMut(String),
) {
    let bound = |side: &str| keywords.get(&format!("{side}{what}")).and_then(Value::as_u64);
    if let Some(least) = bound("min").filter(|least| (length as u64) < *least) {
        fault(format!("must have at least {least} {words}"));
    }
    if let Some(most) = bound("max").filter(|most| (length as u64) > *most) {
        fault(format!("must have at most {most} {words}"));
    }
}

fn names(known: Option<&Map<String, Value>>) -> String {
    let names: Vec<_> = known.into_iter().flat_map(Map::keys).map(String::as_str).collect();
    names.join(", ")
}

/// A pattern that costs little: bounded in size, and linear in time.
fn pattern(text: &str) -> Option<Regex> {
    regex::RegexBuilder::new(text).size_limit(1 << 16).dfa_size_limit(1 << 16).nest_limit(20).build().ok()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use serde_json::json;

    use super::*;

    fn object(properties: Value) -> Value {
        json!({"type": "object", "properties": properties, "required": ["x"], "additionalProperties": false})
    }

    #[test]
    fn a_check_of_many_values_against_many_alternatives_is_given_up_soon() {
        let mut alternatives: Vec<_> = (0..650).map(|n| json!({"pattern": format!("^{n}$")})).collect();
        alternatives.push(json!({}));
        let schema = object(json!({"x": {"type": "array", "items": {"anyOf": alternatives}}}));
        check(&schema).unwrap();
        let faults = faults(&schema, &json!({"x": vec![""; 5_000]}));
        assert!(faults.iter().any(|fault| fault.contains("too much to be checked")), "{faults:?}");
        // What a budget is for, not what it is against.
        let honest = object(json!({"x": {"type": "array", "items": {"type": "string", "pattern": "^[a-z]+$"}}}));
        assert!(super::faults(&honest, &json!({"x": vec!["word"; 2_000]})).is_empty());
    }

    #[test]
    fn what_is_not_understood_is_refused_when_it_is_saved() {
        let nested = (0..20).fold(json!({"type": "string"}), |schema, _| json!({"type": "array", "items": schema}));
        for (schema, place) in [
            (json!({}), "type"),
            (json!({"type": "string"}), "type"),
            (json!("object"), "type"),
            (object(json!({"x": {"$ref": "#"}})), "/properties/x/$ref"),
            (object(json!({"x": {"$ref": "https://example.com/schema.json"}})), "/properties/x/$ref"),
            (json!({"type": "object", "allOf": []}), "/allOf"),
            (object(json!({"x": true})), "/properties/x"),
            (object(json!({"x": {"type": "text"}})), "/properties/x/type"),
            (object(json!({"x": {"type": []}})), "/properties/x/type"),
            (object(json!({"x": {"enum": []}})), "/properties/x/enum"),
            (object(json!({"x": {"minimum": "1"}})), "/properties/x/minimum"),
            (object(json!({"x": {"maxLength": -1}})), "/properties/x/maxLength"),
            (object(json!({"x": {"pattern": "("}})), "/properties/x/pattern"),
            (object(json!({"x": {"pattern": "(?=a)"}})), "/properties/x/pattern"),
            (object(json!({"x": {"pattern": "(a{1000}){1000}"}})), "/properties/x/pattern"),
            (object(json!({"x": {"anyOf": [1]}})), "/properties/x/anyOf/0"),
            (object(json!({"x": nested})), "items"),
            (json!({"type": "object", "required": "x"}), "/required"),
        ] {
            let error = check(&schema).expect_err(&schema.to_string());
            assert!(error.contains(place), "{schema}: {error}");
        }
    }

    #[test]
    fn arguments_are_held_against_every_keyword_that_is_understood() {
        let cases = [
            (json!({"type": "string"}), json!("a"), json!(1)),
            (json!({"type": "number"}), json!(1.5), json!("1.5")),
            (json!({"type": "integer"}), json!(2.0), json!(1.5)),
            (json!({"type": "boolean"}), json!(true), json!("true")),
            (json!({"type": "null"}), json!(null), json!(0)),
            (json!({"type": ["string", "null"]}), json!(null), json!(1)),
            (json!({"type": "array", "items": {"type": "string"}}), json!(["a"]), json!(["a", 1])),
            (json!({"enum": ["small", 2]}), json!(2), json!("large")),
            (json!({"const": "yes"}), json!("yes"), json!("no")),
            (json!({"minimum": 1, "maximum": 3}), json!(3), json!(4)),
            (json!({"exclusiveMinimum": 1}), json!(1.1), json!(1)),
            (json!({"exclusiveMaximum": 3}), json!(2), json!(3)),
            (json!({"minLength": 2, "maxLength": 3}), json!("éé"), json!("é")),
            (json!({"minItems": 1, "maxItems": 1}), json!([1]), json!([1, 2])),
            (json!({"pattern": "^[0-9]{4}$"}), json!("2026"), json!("x2026")),
            (json!({"anyOf": [{"type": "string"}, {"minimum": 5}]}), json!(5), json!(4)),
            (object(json!({"x": {"type": "string"}})), json!({"x": "a"}), json!({})),
            (object(json!({"x": {}})), json!({"x": 1}), json!({"x": 1, "y": 2})),
            (json!({"type": "object", "additionalProperties": {"type": "string"}}), json!({"a": "b"}), json!({"a": 1})),
        ];
        for (schema, right, wrong) in cases {
            let whole = object(json!({ "x": schema }));
            check(&whole).expect("a schema that is understood");
            assert_eq!(faults(&whole, &json!({ "x": right })), [] as [&str; 0], "{schema}");
            let found = faults(&whole, &json!({ "x": wrong }));
            assert!(!found.is_empty() && found.iter().all(|fault| fault.starts_with("/x")), "{schema}: {found:?}");
        }
        assert_eq!(faults(&object(json!({})), &json!({})), ["the arguments: x is missing"]);
        assert_eq!(faults(&object(json!({})), &json!([])), ["the arguments: must be of type \"object\""]);
    }

    #[test]
    fn only_so_many_faults_are_told() {
        let schema = object(json!({"x": {"type": "array", "items": {"type": "string"}}}));
        assert_eq!(faults(&schema, &json!({"x": vec![1; 1_000]})).len(), MOST_FAULTS);
    }
}

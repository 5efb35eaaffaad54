//! The OpenAPI document, read as a caller would who has nothing else.

use serde_json::{Map, Value, json};

/// The document as it is served.
pub struct Document(Value);

/// One of its operations.
pub struct Operation {
    pub method: String,
    /// With its parameters in braces.
    pub path: String,
    /// The body it takes by its media type; JSON where it takes several.
    pub body: Option<(String, Value)>,
    value: Value,
}

impl Document {
    pub fn read() -> Self {
        Self(serde_json::from_str(&api::openapi()).unwrap())
    }

    pub fn operations(&self) -> Vec<Operation> {
        let mut operations = Vec::new();
        for (path, methods) in self.0["paths"].as_object().unwrap() {
            for (method, value) in methods.as_object().unwrap() {
                let (method, path) = (method.to_uppercase(), path.clone());
                operations.push(Operation { method, path, body: self.body(value), value: value.clone() });
            }
        }
        operations
    }

    fn body(&self, operation: &Value) -> Option<(String, Value)> {
        let content = operation["requestBody"]["content"].as_object()?;
        let json = content.iter().find(|(kind, _)| kind.starts_with("application/json"));
        let (kind, described) = json.or_else(|| content.iter().next())?;
        Some((kind.clone(), self.example(&described["schema"])))
    }

    /// The schema's own example, or the least that fits it.
    fn example(&self, schema: &Value) -> Value {
        if let Some(reference) = schema["$ref"].as_str() {
            return self.example(self.0.pointer(reference.trim_start_matches('#')).unwrap());
        }
        for given in ["example", "default"] {
            if let Some(value) = schema.get(given) {
                return value.clone();
            }
        }
        if let Some(first) = schema["enum"].as_array().and_then(|values| values.first()) {
            return first.clone();
        }
        for combined in ["allOf", "anyOf", "oneOf"] {
            if let Some(first) = schema[combined].as_array().and_then(|schemas| schemas.first()) {
                return self.example(first);
            }
        }
        match schema["type"].as_str() {
            Some("object") => {
                let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
                let fields = required.map(|name| (name.to_owned(), self.example(&schema["properties"][name])));
                Value::Object(fields.collect::<Map<_, _>>())
            }
            Some("array") => json!([]),
            Some("boolean") => json!(true),
            Some("integer" | "number") => schema.get("minimum").cloned().unwrap_or(json!(1)),
            _ => json!("text"),
        }
    }
}

impl Operation {
    /// `GET /agents/{id}`
    pub fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// Names of the fields that its JSON body and its query may have.
    pub fn fields(&self) -> Vec<String> {
        let in_body = self.body.iter().filter_map(|(_, example)| example.as_object()).flat_map(Map::keys);
        let in_query = self.value["parameters"].as_array().into_iter().flatten();
        let in_query = in_query.filter(|parameter| parameter["in"] == "query").filter_map(|it| it["name"].as_str());
        in_body.cloned().chain(in_query.map(str::to_owned)).collect()
    }

    /// Whether it makes something.
    pub fn creates(&self) -> bool {
        let makes_a_session = ["/conversation/start", "/tools/conversation/start"].contains(&&*self.path);
        self.method == "POST" && (makes_a_session || self.value["responses"].get("201").is_some())
    }

    /// Whether it documents a header of this name.
    pub fn takes_header(&self, name: &str) -> bool {
        let mut parameters = self.value["parameters"].as_array().into_iter().flatten();
        parameters.any(|parameter| parameter["in"] == "header" && parameter["name"] == name)
    }
}

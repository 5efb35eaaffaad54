//! What is true of many operations, said once: added to the document, and put around the routes.

use std::collections::{HashMap, HashSet};

use poem::{
    endpoint::BoxEndpoint,
    http::{HeaderValue, Method},
};
use poem_openapi::{
    ApiResponse, OpenApi,
    registry::{
        MetaApi, MetaHeader, MetaOperation, MetaOperationParam, MetaParamIn, MetaSchema, MetaSchemaRef, Registry,
    },
    types::Type,
};

use crate::{idempotency, problem::ApiError};

/// The operations, with what the document does not learn from their handlers.
pub struct Documented<T>(pub T);

impl<T: OpenApi> OpenApi for Documented<T> {
    fn meta() -> Vec<MetaApi> {
        let mut apis = T::meta();
        for path in apis.iter_mut().flat_map(|api| &mut api.paths) {
            for operation in &mut path.operations {
                let creates = creates(&path.path, operation);
                if creates {
                    operation.params.push(idempotency_key());
                    for response in &mut operation.responses.responses {
                        response.headers.push(replayed());
                    }
                }
                complete(operation, creates);
            }
        }
        apis
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
        ApiError::register(registry);
        for schema in registry.schemas.values_mut() {
            allow_null(schema);
        }
    }

    fn add_routes(self, routes: &mut HashMap<String, HashMap<Method, BoxEndpoint<'static>>>) {
        let mut own = HashMap::new();
        self.0.add_routes(&mut own);
        // As the document says.
        let takes_key = |operation: &MetaOperation| operation.params.iter().any(|it| it.name == idempotency::HEADER);
        let creating: HashSet<_> = Self::meta()
            .into_iter()
            .flat_map(|api| api.paths)
            .filter(|path| path.operations.iter().any(takes_key))
            .map(|path| shape(&path.path))
            .collect();
        for (path, methods) in own {
            let is_creating = creating.contains(&shape(&path));
            let methods = methods.into_iter().map(|(method, endpoint)| match is_creating && method == Method::POST {
                true => (method, idempotency::once(endpoint)),
                false => (method, endpoint),
            });
            routes.entry(path).or_default().extend(methods);
        }
    }
}

impl<T: OpenApi> Documented<T> {
    /// The methods that each path answers to, as the header `Allow` says it; by [`shape`].
    pub fn allowed() -> HashMap<String, HeaderValue> {
        let mut methods: HashMap<_, Vec<_>> = HashMap::new();
        for path in T::meta().into_iter().flat_map(|api| api.paths) {
            let own = path.operations.iter().map(|operation| operation.method.to_string());
            methods.entry(shape(&path.path)).or_default().extend(own);
        }
        let allow = |methods: Vec<String>| methods.join(", ").try_into().expect("names of methods are plain letters");
        methods.into_iter().map(|(shape, methods)| (shape, allow(methods))).collect()
    }
}

/// A field that may be left out may as well be null, in requests and in answers; poem-openapi does not say so.
fn allow_null(schema: &mut MetaSchema) {
    let required = schema.required.clone();
    for (_, field) in schema.properties.iter_mut().filter(|(name, _)| !required.contains(name)) {
        match field {
            MetaSchemaRef::Inline(inline) => inline.nullable = true,
            // Beside a reference nothing else counts.
            MetaSchemaRef::Reference(_) => {
                let all_of = vec![std::mem::replace(field, MetaSchemaRef::Reference(String::new()))];
                *field = MetaSchemaRef::Inline(Box::new(MetaSchema { nullable: true, all_of, ..MetaSchema::ANY }));
            }
        }
    }
}

/// Adds what an operation may answer beside what its handler says.
fn complete(operation: &mut MetaOperation, creates: bool) {
    let told: HashSet<_> = operation.responses.responses.iter().filter_map(|response| response.status).collect();
    let may_answer = |status: u16| match status {
        // What stands before and around every handler: unreadable requests, bounds, our own failures.
        400 | 413 | 429 | 500 | 504 => true,
        401 | 403 => !operation.security.is_empty(),
        409 => creates,
        415 => operation.request.is_some(),
        422 => operation.request.is_some() || !operation.params.is_empty(),
        _ => false,
    };
    let problems = ApiError::meta().responses.into_iter();
    let missing =
        problems.filter(|problem| problem.status.is_some_and(|status| may_answer(status) && !told.contains(&status)));
    let missing: Vec<_> = missing.collect();
    operation.responses.responses.extend(missing);
}

/// These answer 200, as clients have long known them, and make a session all the same.
const MAKE_SESSIONS: [&str; 2] = ["/conversation/start", "/tools/conversation/start"];

/// Whether it makes something for a tenant, which a second try would make again.
fn creates(path: &str, operation: &MetaOperation) -> bool {
    let is_created = operation.responses.responses.iter().any(|response| response.status == Some(201));
    let makes = is_created || MAKE_SESSIONS.contains(&path);
    operation.method == Method::POST && makes && !operation.security.is_empty()
}

/// The path without the names of its parameters: the document and the router write them differently.
pub fn shape(path: &str) -> String {
    let segments = path
        .split('/')
        .filter(|segment| !segment.is_empty())
        .map(|segment| if segment.starts_with(['{', ':']) { "{}" } else { segment });
    segments.collect::<Vec<_>>().join("/")
}

fn replayed() -> MetaHeader {
    MetaHeader {
        name: "Idempotency-Replayed".to_owned(),
        description: Some("`true`: what this key's first request was answered".to_owned()),
        required: false,
        deprecated: false,
        schema: bool::schema_ref(),
    }
}

fn idempotency_key() -> MetaOperationParam {
    MetaOperationParam {
        name: idempotency::HEADER.to_owned(),
        schema: MetaSchemaRef::Inline(Box::new(MetaSchema {
            min_length: Some(1),
            max_length: Some(domain::idempotency::MAX_LENGTH),
            // Blanks at either end are not part of a header's value.
            pattern: Some("^[!-~]([ -~]*[!-~])?$".to_owned()),
            ..MetaSchema::new("string")
        })),
        in_type: MetaParamIn::Header,
        description: Some(
            "1 to 255 printable ASCII characters of your choice, new for each thing to be made. The same request with \
             the same key, within 24 hours, is not done again: it gets the first one's answer, with \
             `Idempotency-Replayed: true`. Another request with it: 409 `idempotency_mismatch`; the first one still at \
             work: 409 `idempotency_in_progress`. Answers of 429 and 5xx are not kept."
                .to_owned(),
        ),
        required: false,
        deprecated: false,
        explode: true,
        style: None,
    }
}

//! What is true of many operations, said once: added to the document, and put around the routes.

use std::collections::{HashMap, HashSet};

use poem::{endpoint::BoxEndpoint, http::Method};
use poem_openapi::{
    OpenApi,
    registry::{MetaApi, MetaOperation, MetaOperationParam, MetaParamIn, Registry},
    types::Type,
};

use crate::idempotency;

/// The operations, with what the document does not learn from their handlers.
pub struct Documented<T>(pub T);

impl<T: OpenApi> OpenApi for Documented<T> {
    fn meta() -> Vec<MetaApi> {
        let mut apis = T::meta();
        for operation in apis.iter_mut().flat_map(|api| &mut api.paths).flat_map(|path| &mut path.operations) {
            if creates(operation) {
                operation.params.push(idempotency_key());
            }
        }
        apis
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }

    fn add_routes(self, routes: &mut HashMap<String, HashMap<Method, BoxEndpoint<'static>>>) {
        let mut own = HashMap::new();
        self.0.add_routes(&mut own);
        let creating: HashSet<_> = T::meta()
            .into_iter()
            .flat_map(|api| api.paths)
            .filter(|path| path.operations.iter().any(creates))
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

/// Whether it makes something for a tenant, which a second try would make again.
fn creates(operation: &MetaOperation) -> bool {
    let makes = operation.responses.responses.iter().any(|response| response.status == Some(201));
    operation.method == Method::POST && makes && !operation.security.is_empty()
}

/// The path without the names of its parameters: the document and the router write them differently.
fn shape(path: &str) -> String {
    let segments = path.split('/').map(|segment| if segment.starts_with(['{', ':']) { "{}" } else { segment });
    segments.collect::<Vec<_>>().join("/")
}

fn idempotency_key() -> MetaOperationParam {
    MetaOperationParam {
        name: idempotency::HEADER.to_owned(),
        schema: String::schema_ref(),
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

use poem_openapi::{OpenApi, payload::Json};

/// Who the agent can be.
pub struct Personas;

#[OpenApi(tag = "super::Tag::Personas")]
impl Personas {
    /// Personas
    #[oai(path = "/personas", method = "get")]
    async fn list(&self) -> Json<Vec<String>> {
        Json(Vec::new())
    }
}

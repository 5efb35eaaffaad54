//! One flat object, sent the way that an HTTP client finds easiest: JSON, a form (url-encoded or multipart), or the
//! query of a request without a body. It is documented and checked the same for all of them.

use poem::{FromRequest, Request, RequestBody, Result, web::Multipart};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions,
    error::{ContentTypeError, ParseMultipartError, ParseRequestPayloadError},
    payload::{Form, Json, ParsePayload, Payload},
    registry::{MetaMediaType, MetaRequest, Registry},
    types::{ParseFromJSON, ToJSON, Type},
};
use serde::de::DeserializeOwned;

/// See the module.
pub struct Fields<T>(pub T);

impl<'a, T: Type + ParseFromJSON + ToJSON + DeserializeOwned> ApiExtractor<'a> for Fields<T> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];
    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        T::register(registry);
    }

    fn request_meta() -> Option<MetaRequest> {
        let as_type = |content_type| MetaMediaType { content_type, schema: T::schema_ref() };
        Some(MetaRequest {
            description: Some("Also accepted as multipart form, or as the query of a request without a body."),
            content: vec![as_type(Json::<T>::CONTENT_TYPE), as_type(Form::<T>::CONTENT_TYPE)],
            required: true,
        })
    }

    async fn from_request(request: &'a Request, body: &mut RequestBody, _: ExtractParamOptions<()>) -> Result<Self> {
        let Some(content_type) = request.content_type() else {
            return from_pairs(request.uri().query().unwrap_or_default()).map(Self);
        };
        if Json::<T>::check_content_type(content_type) {
            return Ok(Self(<Json<T> as ParsePayload>::from_request(request, body).await?.0));
        }
        match content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
            "application/x-www-form-urlencoded" => {
                from_pairs(&<String as FromRequest>::from_request(request, body).await?).map(Self)
            }
            "multipart/form-data" => from_pairs(&multipart(request, body).await?).map(Self),
            _ => Err(ContentTypeError::NotSupported { content_type: content_type.to_owned() }.into()),
        }
    }
}

/// Text as pairs knows no types: serde finds them, then the JSON way checks the ranges.
fn from_pairs<T: ParseFromJSON + ToJSON + DeserializeOwned>(pairs: &str) -> Result<T> {
    let refused = |reason: String| ParseRequestPayloadError { reason: format!("verification failed. {reason}") };
    let loose: T = serde_urlencoded::from_str(pairs).map_err(|error| refused(error.to_string()))?;
    T::parse_from_json(loose.to_json()).map_err(|error| refused(error.into_message()).into())
}

/// The text fields of a multipart form as url-encoded pairs.
async fn multipart(request: &Request, body: &mut RequestBody) -> Result<String> {
    let unreadable = |error: &dyn std::error::Error| ParseMultipartError { reason: error.to_string() };
    let mut form = <Multipart as FromRequest>::from_request(request, body).await?;
    let mut pairs = Vec::new();
    while let Some(field) = form.next_field().await.map_err(|error| unreadable(&error))? {
        let Some(name) = field.name().map(ToOwned::to_owned) else { continue };
        pairs.push((name, field.text().await.map_err(|error| unreadable(&error))?));
    }
    serde_urlencoded::to_string(pairs).map_err(|error| unreadable(&error).into())
}

/// A JSON body that may be left out.
pub struct Perhaps<T>(pub Option<T>);

impl<'a, T: Type + ParseFromJSON> ApiExtractor<'a> for Perhaps<T> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];
    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        T::register(registry);
    }

    fn request_meta() -> Option<MetaRequest> {
        let json = MetaMediaType { content_type: Json::<T>::CONTENT_TYPE, schema: T::schema_ref() };
        Some(MetaRequest { description: None, content: vec![json], required: false })
    }

    async fn from_request(request: &'a Request, body: &mut RequestBody, _: ExtractParamOptions<()>) -> Result<Self> {
        let bytes = <Vec<u8> as FromRequest>::from_request(request, body).await?;
        if bytes.is_empty() {
            return Ok(Self(None));
        }
        match request.content_type() {
            Some(content_type) if Json::<T>::check_content_type(content_type) => {
                let mut body = RequestBody::new(bytes.into());
                Ok(Self(Some(<Json<T> as ParsePayload>::from_request(request, &mut body).await?.0)))
            }
            Some(content_type) => Err(ContentTypeError::NotSupported { content_type: content_type.to_owned() }.into()),
            None => Err(ContentTypeError::ExpectContentType.into()),
        }
    }
}

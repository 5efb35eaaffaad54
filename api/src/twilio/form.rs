//! A form as Twilio posts it: typed for the handler, whole for the signature, described for the document.

use bytes::Bytes;
use poem::{FromRequest, Request, RequestBody, Result};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions,
    error::{ContentTypeError, ParseRequestPayloadError},
    payload::Payload,
    registry::{MetaMediaType, MetaRequest, MetaSchemaRef, Registry},
    types::Type,
};
use serde::de::DeserializeOwned;

/// An `application/x-www-form-urlencoded` body.
///
/// poem-openapi's own form wants the content type without parameters, and Twilio sends `; charset=UTF-8`; it also
/// drops the fields it does not know, and those are signed too.
#[derive(Debug)]
pub struct TwilioForm<T> {
    /// Every parameter, decoded, in the order sent.
    pub parameters: Vec<(String, String)>,
    /// Those that we read.
    pub fields: T,
}

impl<T: Type> Payload for TwilioForm<T> {
    const CONTENT_TYPE: &'static str = "application/x-www-form-urlencoded";

    fn check_content_type(content_type: &str) -> bool {
        content_type.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case(Self::CONTENT_TYPE))
    }

    fn schema_ref() -> MetaSchemaRef {
        T::schema_ref()
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}

impl<'a, T: DeserializeOwned + Type> ApiExtractor<'a> for TwilioForm<T> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];
    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        <Self as Payload>::register(registry);
    }

    fn request_meta() -> Option<MetaRequest> {
        let content = vec![MetaMediaType { content_type: Self::CONTENT_TYPE, schema: Self::schema_ref() }];
        Some(MetaRequest { description: None, content, required: true })
    }

    async fn from_request(request: &'a Request, body: &mut RequestBody, _: ExtractParamOptions<()>) -> Result<Self> {
        match request.content_type() {
            Some(content_type) if Self::check_content_type(content_type) => {}
            Some(content_type) => {
                return Err(ContentTypeError::NotSupported { content_type: content_type.into() }.into());
            }
            None => return Err(ContentTypeError::ExpectContentType.into()),
        }
        let raw = <Bytes as FromRequest>::from_request(request, body).await?;
        Self::read(&raw).map_err(|reason| ParseRequestPayloadError { reason }.into())
    }
}

impl<T: DeserializeOwned> TwilioForm<T> {
    fn read(raw: &[u8]) -> Result<Self, String> {
        // The messages of the parser name fields, never values.
        let parameters = serde_urlencoded::from_bytes(raw).map_err(|error| error.to_string())?;
        let fields = serde_urlencoded::from_bytes(raw).map_err(|error| error.to_string())?;
        Ok(Self { parameters, fields })
    }
}

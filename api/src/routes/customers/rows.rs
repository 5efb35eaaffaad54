//! The body of an import: lines of text.

use domain::customers::Format;
use poem::{FromRequest, Request, RequestBody, Result};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions,
    error::{ContentTypeError, ParseRequestPayloadError},
    registry::{MetaMediaType, MetaRequest, MetaSchema, MetaSchemaRef},
};

const CSV: &str = "text/csv";
const JSON_LINES: &str = "application/x-ndjson";

/// CSV or JSON lines, as the content type says.
pub struct Rows {
    pub format: Format,
    pub text: String,
}

impl<'a> ApiExtractor<'a> for Rows {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];
    type ParamType = ();
    type ParamRawType = ();

    fn request_meta() -> Option<MetaRequest> {
        let text = |content_type, example: &str| MetaMediaType {
            content_type,
            schema: MetaSchemaRef::Inline(Box::new(MetaSchema {
                example: Some(example.into()),
                ..MetaSchema::new("string")
            })),
        };
        let csv = "external_id,phone,name,metadata.plan\nc-17,+14155550100,Ann Lee,gold\n";
        let json_lines = "{\"external_id\": \"c-17\", \"name\": \"Ann Lee\", \"metadata\": {\"plan\": \"gold\"}}\n";
        Some(MetaRequest {
            description: Some("UTF-8; at most 10,000 customers and 8 MiB."),
            content: vec![text(CSV, csv), text(JSON_LINES, json_lines)],
            required: true,
        })
    }

    async fn from_request(request: &'a Request, body: &mut RequestBody, _: ExtractParamOptions<()>) -> Result<Self> {
        let content_type = request.content_type().ok_or(ContentTypeError::ExpectContentType)?;
        let format = match content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
            CSV => Format::Csv,
            JSON_LINES => Format::JsonLines,
            _ => return Err(ContentTypeError::NotSupported { content_type: content_type.to_owned() }.into()),
        };
        let bytes = <Vec<u8> as FromRequest>::from_request(request, body).await?;
        let unreadable = |_| ParseRequestPayloadError { reason: "is not UTF-8".to_owned() };
        Ok(Self { format, text: String::from_utf8(bytes).map_err(unreadable)? })
    }
}

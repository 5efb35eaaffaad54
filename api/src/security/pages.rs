//! The two pages with programs in them: the documentation.

use base64::{Engine, engine::general_purpose::STANDARD};
use poem::{Endpoint, EndpointExt, endpoint::make_sync, http::header, web::Html};
use sha2::{Digest, Sha256};

/// Serves this page and lets it run its own scripts, each named by its hash, and nothing else. It may ask this server
/// alone.
pub fn page(html: String) -> impl Endpoint {
    let hashes = scripts(&html).map(|script| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(script))));
    let hashes = hashes.collect::<Vec<_>>().join(" ");
    let policy = format!(
        // Styles: both programs write them into elements as they go. Workers: ReDoc searches in one of its own making.
        "default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src 'self' data:; font-src data:; \
         connect-src 'self'; worker-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    make_sync(move |_| Html(html.clone()))
        .with(poem::middleware::SetHeader::new().overriding(header::CONTENT_SECURITY_POLICY, policy))
}

/// What stands between `<script …>` and `</script>`, as a browser sees it.
fn scripts(html: &str) -> impl Iterator<Item = &str> {
    let elements = html.split("</script>").filter_map(|before| before.split_once("<script"));
    elements.filter_map(|(_, element)| element.split_once('>')).map(|(_, script)| script)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_script_of_a_page_is_found_whole() {
        let html = "<p>a</p><script charset=\"UTF-8\">let a = '<b>' > 1;</script><p/><script>\n 2 </script></html>";
        assert_eq!(scripts(html).collect::<Vec<_>>(), ["let a = '<b>' > 1;", "\n 2 "]);
    }
}

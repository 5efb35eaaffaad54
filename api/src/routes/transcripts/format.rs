//! In which format a transcript is wanted.

use poem_openapi::Enum;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename = "TranscriptFormat", rename_all = "snake_case")]
pub enum Format {
    Json,
    /// Plain text.
    Txt,
    /// SubRip subtitles.
    Srt,
    /// WebVTT subtitles.
    Vtt,
    /// A page to be printed.
    Html,
}

impl Format {
    /// The one that was asked for by name, otherwise the one that is liked best, otherwise JSON.
    pub fn wanted(named: Option<Self>, accept: Option<&str>) -> Self {
        named.or_else(|| liked_best(accept?)).unwrap_or(Self::Json)
    }

    /// How a browser is to treat it, and how its file's name ends.
    pub const fn file(self) -> (&'static str, &'static str) {
        match self {
            Self::Json => ("inline", "json"),
            Self::Txt => ("attachment", "txt"),
            Self::Srt => ("attachment", "srt"),
            Self::Vtt => ("attachment", "vtt"),
            Self::Html => ("inline", "html"),
        }
    }
}

/// RFC 9110 §12.5.1: the highest weight, of equal ones the first. `None`: there is no format of ours, or any will do.
fn liked_best(accept: &str) -> Option<Format> {
    let mut best: Option<(f32, Format)> = None;
    for range in accept.split(',') {
        let mut parts = range.split(';').map(str::trim);
        let format = match parts.next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "application/json" => Format::Json,
            "text/plain" => Format::Txt,
            "application/x-subrip" | "text/srt" => Format::Srt,
            "text/vtt" => Format::Vtt,
            "text/html" => Format::Html,
            _ => continue,
        };
        let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(Some(1.0), |weight| weight.parse().ok());
        let weight: f32 = weight.unwrap_or(0.0);
        if weight > best.map_or(0.0, |(best, _)| best) {
            best = Some((weight, format));
        }
    }
    best.map(|(_, format)| format)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_goes_before_what_is_accepted_and_json_after() {
        for (named, accept, expected) in [
            (None, None, Format::Json),
            (None, Some("*/*"), Format::Json),
            (None, Some("image/png"), Format::Json),
            (None, Some("text/vtt"), Format::Vtt),
            (None, Some("TEXT/PLAIN; charset=utf-8"), Format::Txt),
            (None, Some("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"), Format::Html),
            (None, Some("text/html;q=0.2, application/x-subrip;q=0.5, application/json;q=0.1"), Format::Srt),
            (None, Some("text/html;q=0"), Format::Json),
            (None, Some("text/html;q=much, text/vtt;q=0.1"), Format::Vtt),
            (Some(Format::Txt), Some("text/vtt"), Format::Txt),
        ] {
            assert_eq!(Format::wanted(named, accept), expected, "{accept:?}");
        }
    }
}

//! A tool's address: a URL with `{parameter}` in its path.

use url::{Url, form_urlencoded::byte_serialize};

/// The placeholders of an address; `None`: it has some outside of its path, or unreadable ones.
pub(super) fn placeholders(url: &Url) -> Option<Vec<String>> {
    let mut names = Vec::new();
    let mut rest = url.path();
    while let Some((_, after)) = rest.split_once(OPEN) {
        let (name, after) = after.split_once(CLOSE)?;
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte)) {
            return None;
        }
        names.push(name.to_owned());
        rest = after;
    }
    let elsewhere = [url.host_str(), url.query(), url.fragment()];
    let is_plain = |text: &str| !text.contains(['{', '}']) && !text.contains(OPEN) && !text.contains(CLOSE);
    (is_plain(rest) && elsewhere.into_iter().flatten().all(is_plain)).then_some(names)
}

/// Puts a value into the path; `false`: it would change what the path names.
pub(super) fn fill(url: &mut Url, name: &str, value: &str) -> bool {
    // A form's encoding writes a blank as `+`, and a `+` as `%2B`.
    let encoded = byte_serialize(value.as_bytes()).collect::<String>().replace('+', "%20");
    let filled = |segment: &str| segment.replace(&format!("{OPEN}{name}{CLOSE}"), &encoded);
    let segments: Vec<_> = url.path().split('/').map(|segment| (filled(segment), filled(segment) != segment)).collect();
    // `.` and `..` are steps; an empty segment would name the list instead of the thing.
    if segments.iter().any(|(segment, is_filled)| *is_filled && matches!(segment.as_str(), "" | "." | "..")) {
        return false;
    }
    let path: Vec<_> = segments.into_iter().map(|(segment, _)| segment).collect();
    url.set_path(&path.join("/"));
    url.path().split('/').count() == path.len()
}

/// Braces as the `url` crate writes them in a path.
const OPEN: &str = "%7B";
const CLOSE: &str = "%7D";

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).expect("a URL")
    }

    #[test]
    fn placeholders_stand_in_the_path_alone() {
        let names = |text| placeholders(&url(text));
        assert_eq!(names("https://a.example/x"), Some(vec![]));
        assert_eq!(names("https://a.example/{id}/y-{n_1}.json?z=1"), Some(vec!["id".to_owned(), "n_1".to_owned()]));
        for text in [
            "https://{host}.example/",
            "https://a.example/?q={id}",
            "https://a.example/#{id}",
            "https://a.example/{}",
            "https://a.example/{id",
            "https://a.example/id}",
            "https://a.example/{a{b}}",
            "https://a.example/{a b}",
        ] {
            assert_eq!(names(text), None, "{text}");
        }
    }

    #[test]
    fn a_value_stays_within_its_segment() {
        let filled = |value: &str| {
            let mut url = url("https://a.example/orders/{id}/lines?x=1");
            fill(&mut url, "id", value).then(|| url.to_string())
        };
        let to = |segment: &str| Some(format!("https://a.example/orders/{segment}/lines?x=1"));
        assert_eq!(filled("42"), to("42"));
        assert_eq!(filled("a b+c"), to("a%20b%2Bc"));
        assert_eq!(filled("../../admin"), to("..%2F..%2Fadmin"));
        assert_eq!(filled("a?b#c"), to("a%3Fb%23c"));
        assert_eq!(filled("@evil.example\\x"), to("%40evil.example%5Cx"));
        assert_eq!(filled("é"), to("%C3%A9"));
        assert_eq!(filled("%2e%2e"), to("%252e%252e"));
        for (template, step) in
            [("/orders/{id}/lines", ".."), ("/orders/{id}", "."), ("/a//{id}", "."), ("/a/{id}/", "..")]
        {
            for value in [step, ""] {
                let mut url = url(&format!("https://a.example{template}"));
                assert!(!fill(&mut url, "id", value), "{template}: {value:?}");
            }
        }
    }
}

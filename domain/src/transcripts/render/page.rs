//! One page of HTML: no script, nothing from elsewhere, made to be printed.

use html_escape::{encode_double_quoted_attribute, encode_text};

use super::{Head, Part, Side, clock, one_line};

/// For A4 and Letter: no size is asked for, only margins that both have.
const STYLE: &str = "\
@page { margin: 18mm 16mm }
body { font: 11pt/1.45 system-ui, sans-serif; color: #1a1a1a; max-width: 44rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.4rem; margin: 0 0 .6rem }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: 0 0 1.6rem; font-size: .9rem }
dt { color: #595959 }
dd { margin: 0; overflow-wrap: anywhere }
ol { list-style: none; margin: 0; padding: 0 }
li { display: grid; grid-template-columns: 4rem 1fr; gap: .8rem; padding: .45rem 0; border-top: 1px solid #e3e3e3; break-inside: avoid }
time { color: #595959; font-variant-numeric: tabular-nums; font-size: .85rem; padding-top: .1rem }
b { display: block; font-size: .85rem }
p { margin: 0; overflow-wrap: anywhere }
.right b { color: #1d4f91 }
.aside { color: #595959; font-size: .9rem }
.unheard { color: #595959; font-size: .85rem }
@media print { body { margin: 0; max-width: none; padding: 0 } }
";

/// A page that stands by itself.
pub fn html(head: &Head, parts: &[Part]) -> String {
    let title = one_line(&head.title);
    let language =
        head.language.as_deref().map(|language| format!(" lang=\"{}\"", encode_double_quoted_attribute(language)));
    let mut page = format!(
        "<!doctype html>\n<html{}>\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n\
         </head>\n<body>\n<h1>{title}</h1>\n<dl>\n",
        language.unwrap_or_default(),
        title = encode_text(&title),
    );
    for (name, value) in &head.facts {
        page += &format!("<dt>{}</dt><dd>{}</dd>\n", encode_text(name), encode_text(&one_line(value)));
    }
    page += "</dl>\n<ol>\n";
    for part in parts {
        let class = match part.side {
            Side::Left => "left",
            Side::Right => "right",
            Side::Aside => "aside",
        };
        page += &format!("<li class=\"{class}\"><time>{}</time><div>", clock(part.start_ms));
        if !part.speaker.is_empty() {
            page += &format!("<b>{}</b>", encode_text(&one_line(&part.speaker)));
        }
        let cut = if part.interrupted { " —" } else { "" };
        page += &format!("<p dir=\"auto\">{}{cut}</p>", encode_text(&one_line(&part.text)));
        if let Some(generated) = &part.generated_text {
            let generated = one_line(generated);
            page += &format!("<p class=\"unheard\" dir=\"auto\">Was about to say: {}</p>", encode_text(&generated));
        }
        page += "</div></li>\n";
    }
    page += "</ol>\n</body>\n</html>\n";
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_is_never_markup() {
        let evil = "</title></style><script>alert(1)</script> & \" '";
        let head = Head {
            title: evil.into(),
            language: Some("en\" onload=\"alert(1)".into()),
            facts: vec![("Agent", evil.into())],
        };
        let part = Part {
            speaker: evil.into(),
            text: evil.into(),
            generated_text: Some(evil.into()),
            interrupted: true,
            ..Part::default()
        };
        let page = html(&head, &[part]);
        assert!(!page.contains("<script") && !page.contains("\" onload"), "{page}");
        assert_eq!(page.matches("&lt;script&gt;alert(1)").count(), 6, "{page}");
        assert_eq!((page.matches("</title>").count(), page.matches("</style>").count()), (1, 1));
    }
}

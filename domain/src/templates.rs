//! Templates: text with variables, filled in before a model or a caller gets it.
//!
//! `{{customer.name}}` stands for a value, `{{customer.name|there}}` for a value or, where there is none, the words
//! after the bar. What is filled in is data: it is never looked at for variables again.

/// A piece of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece<'a> {
    Text(&'a str),
    Variable { path: &'a str, default: Option<&'a str> },
}

/// Where a template cannot be read, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, character {column}: {why}")]
pub struct Malformed {
    /// From 1.
    pub line: usize,
    /// From 1, in its line.
    pub column: usize,
    pub why: &'static str,
}

/// Whether a template can be read and names no variable that cannot be. Names of the tenant's own are all good: their
/// values come with each conversation.
pub fn check(template: &str) -> Result<(), Malformed> {
    let mut rest = template;
    while let Some((piece, after)) = next(rest) {
        let problem = match piece {
            Ok(Piece::Variable { path, .. }) if !is_known(path) => Some("there is no such variable"),
            Ok(_) => None,
            Err(why) => Some(why),
        };
        if let Some(why) = problem {
            let before = &template[..template.len() - rest.len()];
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            return Err(Malformed { line, column, why });
        }
        rest = after;
    }
    Ok(())
}

/// The template with `value(path, default)` in place of its variables. What cannot be read is left out: nobody is to
/// hear curly brackets.
pub fn fill(template: &str, value: impl Fn(&str, Option<&str>) -> String) -> String {
    let (mut filled, mut rest) = (String::with_capacity(template.len()), template);
    while let Some((piece, after)) = next(rest) {
        match piece {
            Ok(Piece::Text(text)) => filled.push_str(text),
            Ok(Piece::Variable { path, default }) => filled.push_str(&value(path, default)),
            Err(_) => {}
        }
        rest = after;
    }
    filled
}

/// Whether it has variables at all.
pub fn has_variables(template: &str) -> bool {
    template.contains("{{")
}

/// A name, or several with dots between: letters, digits, `_` and `-`, the first of all a letter; at most 100
/// characters.
pub fn is_path(path: &str) -> bool {
    let is_name = |name: &str| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
    };
    path.len() <= 100 && path.starts_with(|first: char| first.is_ascii_alphabetic()) && path.split('.').all(is_name)
}

/// Whether the name is one of ours: [`VARIABLES`], or what would be beside them.
pub fn is_reserved(path: &str) -> bool {
    ["customer", "call", "agent", "now"].contains(&path.split('.').next().unwrap_or_default())
}

/// The variables that need not be given. `customer.metadata.…` comes beside them: what the tenant keeps of the
/// customer.
pub const VARIABLES: [&str; 7] =
    ["customer.name", "customer.external_id", "customer.phone", "call.from", "call.to", "agent.name", "now"];

fn is_known(path: &str) -> bool {
    !is_reserved(path) || VARIABLES.contains(&path) || path.starts_with("customer.metadata.")
}

type Read<'a> = (Result<Piece<'a>, &'static str>, &'a str);

/// The first piece and what comes after it.
fn next(template: &str) -> Option<Read<'_>> {
    if template.is_empty() {
        return None;
    }
    let Some(inside) = template.strip_prefix("{{") else {
        let (text, rest) = template.split_at(template.find("{{").unwrap_or(template.len()));
        return Some((Ok(Piece::Text(text)), rest));
    };
    let Some((inside, rest)) = inside.split_once("}}") else {
        return Some((Err("`{{` without `}}`"), ""));
    };
    if inside.contains("{{") {
        return Some((Err("`{{` within `{{ }}`"), rest));
    }
    let (path, default) = match inside.split_once('|') {
        Some((path, default)) => (path.trim(), Some(default.trim())),
        None => (inside.trim(), None),
    };
    match is_path(path) {
        true => Some((Ok(Piece::Variable { path, default }), rest)),
        false => Some((Err("between `{{` and `}}` stands a name, as in {{customer.name}}"), rest)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_filled_in_once_and_nothing_in_brackets_is_ever_heard() {
        let value = |path: &str, default: Option<&str>| match path {
            "customer.name" => "Ann".to_owned(),
            "evil" => "{{customer.name}}".to_owned(),
            _ => default.unwrap_or_default().to_owned(),
        };
        let table = [
            ("", ""),
            ("Hello.", "Hello."),
            ("Hi {{customer.name}}!", "Hi Ann!"),
            ("Hi {{ customer.name }}!", "Hi Ann!"),
            ("{{customer.name}}{{customer.name}}", "AnnAnn"),
            ("Hi {{customer.name|there}}!", "Hi Ann!"),
            ("Hi {{nobody|there}}!", "Hi there!"),
            ("Hi {{nobody | my dear friend }}!", "Hi my dear friend!"),
            ("Hi {{nobody|}}!", "Hi !"),
            ("Hi {{nobody}}!", "Hi !"),
            ("Hi {{nobody|a|b}}!", "Hi a|b!"),
            ("{{evil}}", "{{customer.name}}"),
            // What cannot be read.
            ("Hi {{customer.name", "Hi "),
            ("Hi {{}}!", "Hi !"),
            ("Hi {{ | there}}!", "Hi !"),
            ("Hi {{a b}}!", "Hi !"),
            ("Hi {{a {{customer.name}}!", "Hi !"),
            ("Hi {{{customer.name}}}!", "Hi }!"),
            // No variable, so no business of ours.
            ("{\"a\": {\"b\": 1}} { } }}", "{\"a\": {\"b\": 1}} { } }}"),
            ("é{{customer.name}}é", "éAnné"),
        ];
        for (template, filled) in table {
            assert_eq!(fill(template, value), filled, "{template}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_template_has_a_place_and_a_reason() {
        let at = |line, column, why| Err(Malformed { line, column, why });
        let name = "between `{{` and `}}` stands a name, as in {{customer.name}}";
        let unknown = "there is no such variable";
        let table = [
            ("Hi {{customer.name|there}}, it is {{now}}. {{order-2.size_eu}} {{customer.metadata.plan}}", Ok(())),
            ("{\"a\": {\"b\": 1}}", Ok(())),
            ("Hi {{customer.name", at(1, 4, "`{{` without `}}`")),
            ("é\né{{x {{y}}", at(2, 2, "`{{` within `{{ }}`")),
            ("{{}}", at(1, 1, name)),
            ("{{a}} {{1a}}", at(1, 7, name)),
            ("{{a..b}}", at(1, 1, name)),
            ("{{customer.nmae}}", at(1, 1, unknown)),
            ("{{customer}}", at(1, 1, unknown)),
            ("{{now.date}}", at(1, 1, unknown)),
            ("{{call.sid}}", at(1, 1, unknown)),
        ];
        for (template, expected) in table {
            assert_eq!(check(template), expected, "{template}");
        }
    }
}

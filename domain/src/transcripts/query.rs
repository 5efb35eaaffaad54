//! What is searched for: words that must all be there, `"phrases"`, `beginnings*`, and `-words` that must not be.
//!
//! What somebody types is never given to a database's own language of searching: it is made anew from folded words.

use entity::id::TenantId;

use super::words::{Word, of_tenant, words};
use crate::{Error, Result};

/// Characters of the longest query: two sentences.
pub const LONGEST_QUERY: usize = 500;

/// A query of at least one word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    terms: Vec<Term>,
}

/// Words that stand side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    /// At least one, folded.
    words: Vec<String>,
    /// Of the last word this is the beginning.
    is_beginning: bool,
    is_excluded: bool,
}

impl Query {
    /// [`Error::Invalid`]: it is too long, or there is no word in it that is to be found.
    pub fn parse(text: &str) -> Result<Self> {
        if text.chars().count() > LONGEST_QUERY {
            return Err(Error::invalid("q", format!("must be at most {LONGEST_QUERY} characters long")));
        }
        let mut terms = Vec::new();
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            let is_excluded = rest.starts_with('-');
            rest = rest.trim_start_matches('-');
            let quoted = rest.strip_prefix('"');
            let (part, after) = match quoted {
                // A quote that is not closed goes to the end.
                Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
                None => rest.split_at(rest.find(|c: char| c.is_whitespace() || c == '"').unwrap_or(rest.len())),
            };
            let words: Vec<String> = words(part).into_iter().map(|word| word.folded).collect();
            if !words.is_empty() {
                terms.push(Term { words, is_beginning: quoted.is_none() && part.ends_with('*'), is_excluded });
            }
            rest = after.trim_start();
        }
        if terms.iter().all(|term| term.is_excluded) {
            return Err(Error::invalid("q", "has no word that is to be found"));
        }
        Ok(Self { terms })
    }

    /// For FTS5's `MATCH`.
    pub(super) fn fts5(&self, tenant: TenantId) -> String {
        let mut wanted = format!("\"{}\"", of_tenant(tenant));
        let mut unwanted = String::new();
        for term in &self.terms {
            let phrase = format!("\"{}\"{}", term.words.join(" "), if term.is_beginning { " *" } else { "" });
            match term.is_excluded {
                true => unwanted += &format!(" NOT {phrase}"),
                false => wanted += &format!(" AND {phrase}"),
            }
        }
        format!("({wanted}){unwanted}")
    }

    /// For PostgreSQL's type `tsquery`.
    pub(super) fn tsquery(&self, tenant: TenantId) -> String {
        let mut query = format!("'{}'", of_tenant(tenant));
        for term in &self.terms {
            let words: Vec<String> = term.words.iter().map(|word| format!("'{word}'")).collect();
            let beginning = if term.is_beginning { ":*" } else { "" };
            let not = if term.is_excluded { "!" } else { "" };
            query += &format!(" & {not}({}{beginning})", words.join(" <-> "));
        }
        query
    }

    /// Where in these words of a text it is to be found: bytes from and to, in their order, none overlapping.
    pub(super) fn places(&self, words: &[Word]) -> Vec<(usize, usize)> {
        let mut found: Vec<(usize, usize)> = Vec::new();
        for term in self.terms.iter().filter(|term| !term.is_excluded) {
            let fitting = words.windows(term.words.len()).filter(|window| term.fits(window));
            found.extend(fitting.map(|window| (window[0].start, window[window.len() - 1].end)));
        }
        found.sort_unstable();
        let mut places: Vec<(usize, usize)> = Vec::new();
        for (start, end) in found {
            match places.last_mut() {
                Some(last) if start < last.1 => last.1 = last.1.max(end),
                _ => places.push((start, end)),
            }
        }
        places
    }
}

impl Term {
    fn fits(&self, window: &[Word]) -> bool {
        let last = self.words.len() - 1;
        self.words.iter().zip(window).enumerate().all(|(at, (wanted, word))| {
            *wanted == word.folded || (at == last && self.is_beginning && word.folded.starts_with(&**wanted))
        })
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_made_anew_for_each_database() {
        let tenant = TenantId::new();
        let own = of_tenant(tenant);
        for (typed, fts5, tsquery) in [
            ("Müller", "AND \"muller\")", "& ('muller')"),
            ("lost  order", "AND \"lost\" AND \"order\")", "& ('lost') & ('order')"),
            ("\"lost order\"", "AND \"lost order\")", "& ('lost' <-> 'order')"),
            ("\"lost order", "AND \"lost order\")", "& ('lost' <-> 'order')"),
            ("check-in", "AND \"check in\")", "& ('check' <-> 'in')"),
            ("order -lost", "AND \"order\") NOT \"lost\"", "& ('order') & !('lost')"),
            ("order -\"lost it\"", "AND \"order\") NOT \"lost it\"", "& ('order') & !('lost' <-> 'it')"),
            ("deliv*", "AND \"deliv\" *)", "& ('deliv':*)"),
            ("订单", "AND \"订 单\")", "& ('订' <-> '单')"),
            ("NEAR(a b) OR", "AND \"near a\" AND \"b\" AND \"or\")", "& ('near' <-> 'a') & ('b') & ('or')"),
            ("a\0b' \\ :* & | ! x", "AND \"a b\" AND \"x\")", "& ('a' <-> 'b') & ('x')"),
        ] {
            let query = Query::parse(typed).unwrap();
            let (in_fts5, in_tsquery) = (query.fts5(tenant), query.tsquery(tenant));
            assert_eq!(in_fts5.strip_prefix(&format!("(\"{own}\" ")).unwrap(), fts5, "{typed}");
            assert_eq!(in_tsquery.strip_prefix(&format!("'{own}' ")).unwrap(), tsquery, "{typed}");
        }
    }

    #[test]
    fn a_query_without_a_word_is_none() {
        for empty in ["", " ", "\"", "\"\"", "*", "-", "- -", "-lost", "-\"lost order\"", "\0", "…!?", "()"] {
            assert!(Query::parse(empty).is_err(), "{empty:?}");
        }
        assert!(Query::parse(&"é".repeat(LONGEST_QUERY)).is_ok());
        assert!(Query::parse(&"é".repeat(LONGEST_QUERY + 1)).is_err());
    }

    #[test]
    fn places_are_marked_in_the_text_as_it_was_said() {
        for (query, text, marked) in [
            ("muller", "Herr Müller, Frau Müller", "Herr [Müller], Frau [Müller]"),
            ("\"my order\" order", "Is my order an order?", "Is [my order] an [order]?"),
            ("deliv* -x", "x delivered deliver", "x [delivered] [deliver]"),
            ("订单", "我的订单号", "我的[订单]号"),
            ("a", "b", "b"),
        ] {
            let mut shown = text.to_owned();
            for (start, end) in Query::parse(query).unwrap().places(&words(text)).into_iter().rev() {
                shown.insert(end, ']');
                shown.insert(start, '[');
            }
            assert_eq!(shown, marked, "{query}");
        }
    }
}

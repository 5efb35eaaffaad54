//! What the variables of an agent's templates stand for in one conversation.

use std::{borrow::Cow, collections::BTreeMap, fmt};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use entity::customer;
use serde_json::Value;

use crate::{Error, Result, templates};

/// Characters of a value: a long sentence.
const LONGEST_VALUE: usize = 500;

/// Variables that one session, or one agent, may bring.
const MOST: usize = 50;

/// Where values come from.
#[derive(Clone, PartialEq)]
pub(crate) struct Values {
    /// The session's own.
    pub own: BTreeMap<String, String>,
    /// The agent's, for what has no value.
    pub defaults: BTreeMap<String, String>,
    pub customer: Option<customer::Model>,
    /// The numbers that call, if it is not withheld, and are called.
    pub call: Option<(Option<String>, String)>,
    pub agent_name: Option<String>,
    pub now: DateTime<Utc>,
    pub time_zone: Option<Tz>,
}

/// Of people nothing is said: this may come into a log.
impl fmt::Debug for Values {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Values").finish_non_exhaustive()
    }
}

impl Values {
    /// The template, filled in.
    pub fn fill(&self, template: &str) -> String {
        templates::fill(template, |path, default| self.value(path, default))
    }

    /// A variable's value; without one the words beside it, the agent's default, nothing.
    fn value(&self, path: &str, default: Option<&str>) -> String {
        let own = self.own.get(path).map(String::as_str);
        let known = self.known(path);
        let candidates = [known.as_deref(), own, default, self.defaults.get(path).map(String::as_str)];
        candidates.into_iter().flatten().map(plain).find(|value| !value.is_empty()).unwrap_or_default()
    }

    /// What the platform knows by itself.
    fn known(&self, path: &str) -> Option<Cow<'_, str>> {
        let customer = self.customer.as_ref();
        let text = |text: Option<&'_ String>| text.map(|text| Cow::Owned(text.clone()));
        match path {
            "now" => Some(self.now().into()),
            "agent.name" => text(self.agent_name.as_ref()),
            "call.from" => text(self.call.as_ref()?.0.as_ref()),
            "call.to" => text(self.call.as_ref().map(|(_, to)| to)),
            "customer.name" => text(customer?.name.as_ref()),
            "customer.external_id" => text(customer?.external_id.as_ref()),
            "customer.phone" => text(customer?.phone.as_ref()),
            _ => {
                let path = path.strip_prefix("customer.metadata.")?;
                scalar(path.split('.').try_fold(&customer?.metadata, |value, name| value.get(name))?)
            }
        }
    }

    fn now(&self) -> String {
        const FORMAT: &str = "%A, %-d %B %Y, %H:%M";
        match self.time_zone {
            Some(zone) => self.now.with_timezone(&zone).format(FORMAT).to_string(),
            None => format!("{} UTC", self.now.format(FORMAT)),
        }
    }
}

/// A value that can be said; `None`: null, or a thing of several values.
fn scalar(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(text.into()),
        Value::Number(number) => Some(number.to_string().into()),
        Value::Bool(true) => Some("yes".into()),
        Value::Bool(false) => Some("no".into()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A value as one line of plain words: it comes from anybody.
fn plain(value: &str) -> String {
    let spaced = value.chars().map(|c| if c.is_whitespace() { ' ' } else { c });
    let plain: String = spaced.filter(|c| !c.is_control()).take(LONGEST_VALUE).collect();
    plain.trim().to_owned()
}

/// Looks at variables that a session or an agent brings. A session's may not stand in for what the platform knows.
pub(crate) fn check(variables: &BTreeMap<String, String>, may_be_reserved: bool) -> Result<()> {
    if variables.len() > MOST {
        return Err(Error::invalid("variables", format!("must be at most {MOST}")));
    }
    for (name, value) in variables {
        if !templates::is_path(name) {
            return Err(Error::invalid("variables", "a name is made of letters, digits, `_`, `-` and dots"));
        }
        if !may_be_reserved && templates::is_reserved(name) {
            let roots = "customer, call, agent and now are the platform's: give yours another name";
            return Err(Error::invalid("variables", roots));
        }
        if value.chars().count() > LONGEST_VALUE || value.contains('\0') {
            let bound = format!("a value must be at most {LONGEST_VALUE} characters long, none of them NUL");
            return Err(Error::invalid("variables", bound));
        }
    }
    Ok(())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use entity::id::{CustomerId, TenantId};
    use serde_json::json;

    use super::*;

    fn values() -> Values {
        let customer = customer::Model {
            id: CustomerId::new(),
            tenant_id: TenantId::new(),
            external_id: Some("c-1".to_owned()),
            phone: Some("+14155550100".to_owned()),
            name: Some(" Ann\u{0}\u{7} \nLee ".to_owned()),
            created_at: entity::now(),
            metadata: json!({
                "plan": "gold", "visits": 3, "vip": true, "none": null, "list": [1], "deep": {"er": "x"},
                "evil": "{{call.from}}\u{1b}[0m", "long": "é".repeat(600), "empty": " ",
            }),
            erased_at: None,
        };
        let map = |pairs: &[(&str, &str)]| pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        Values {
            own: map(&[("order.size", "large"), ("blank", " ")]),
            defaults: map(&[("shop", "Corner Bakery"), ("order.size", "small"), ("customer.metadata.none", "nothing")]),
            customer: Some(customer),
            call: Some((Some("+14155550100".to_owned()), "+14155550199".to_owned())),
            agent_name: Some("Ada".to_owned()),
            now: "2026-11-22T23:04:05Z".parse().unwrap(),
            time_zone: Some("Europe/Berlin".parse().unwrap()),
        }
    }

    #[test]
    fn each_variable_stands_for_its_value_a_default_or_nothing() {
        let long = "é".repeat(LONGEST_VALUE);
        let table = [
            ("{{customer.name}}", "Ann  Lee"),
            ("{{customer.external_id}}", "c-1"),
            ("{{customer.phone}}", "+14155550100"),
            ("{{customer.metadata.plan}}", "gold"),
            ("{{customer.metadata.visits}}", "3"),
            ("{{customer.metadata.vip}}", "yes"),
            ("{{customer.metadata.deep.er}}", "x"),
            ("{{customer.metadata.none}}", "nothing"),
            ("{{customer.metadata.none|inline}}", "inline"),
            ("{{customer.metadata.list|no list}}", "no list"),
            ("{{customer.metadata.deep|no thing}}", "no thing"),
            ("{{customer.metadata.empty|nothing}}", "nothing"),
            ("{{customer.metadata.evil}}", "{{call.from}}[0m"),
            ("{{customer.metadata.long}}", &long),
            ("{{call.from}} {{call.to}}", "+14155550100 +14155550199"),
            ("{{agent.name}}", "Ada"),
            ("{{now}}", "Monday, 23 November 2026, 00:04"),
            ("{{order.size}}", "large"),
            ("{{shop}}", "Corner Bakery"),
            ("{{shop|inline}}", "inline"),
            ("{{blank|filled}}", "filled"),
            ("[{{unknown}}]", "[]"),
        ];
        for (template, filled) in table {
            assert_eq!(values().fill(template), filled, "{template}");
        }
    }

    #[test]
    fn without_anything_known_nothing_odd_is_said() {
        let nobody = Values {
            customer: None,
            call: None,
            agent_name: None,
            time_zone: None,
            own: BTreeMap::new(),
            defaults: BTreeMap::new(),
            ..values()
        };
        let all = templates::VARIABLES.iter().filter(|name| **name != "now");
        for name in all.chain(&["customer.metadata.plan", "own"]) {
            assert_eq!(nobody.fill(&format!("{{{{{name}}}}}")), "", "{name}");
            assert_eq!(nobody.fill(&format!("{{{{{name}|there}}}}")), "there", "{name}");
        }
        assert_eq!(nobody.fill("{{now}}"), "Sunday, 22 November 2026, 23:04 UTC");
    }

    #[test]
    fn a_sessions_variables_are_bounded_and_do_not_stand_in_for_the_platforms() {
        let map = |name: &str, value: &str| BTreeMap::from([(name.to_owned(), value.to_owned())]);
        for bad in ["", "1", "a b", "{{x}}", "now", "customer.name", "call.x", &"x".repeat(101)] {
            assert!(check(&map(bad, "x"), false).is_err(), "{bad}");
        }
        assert!(check(&map("customer.name", "there"), true).is_ok());
        assert!(check(&map("order.size", &"é".repeat(LONGEST_VALUE)), false).is_ok());
        assert!(check(&map("order.size", &"é".repeat(LONGEST_VALUE + 1)), false).is_err());
        assert!(check(&map("order.size", "a\0b"), false).is_err());
        let many = (0..=MOST).map(|n| (format!("v{n}"), String::new())).collect();
        assert!(check(&many, false).is_err());
    }
}

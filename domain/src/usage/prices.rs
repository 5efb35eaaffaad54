//! What providers cost, as far as it is known: an estimate, not a bill.

use std::{collections::HashMap, str::FromStr};

use uuid::Uuid;
use voice::event::Usage;

/// What is priced without `PRICES`: the default of speech-to-text, 0.0045 US dollars a minute (source:
/// <https://www.developersdigest.tech/blog/whisper-1-gpt-4o-transcribe-deprecation>, read in November 2026). For the
/// other defaults no price was found that could be relied on; what an operator pays is theirs to say.
const LIST: &[(&str, Price)] = &[("openai:gpt-transcribe", Price::One(0.0045))];

/// A price in US dollars.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Price {
    /// Speech-to-text: a minute. Text-to-speech: a million characters.
    One(f64),
    /// A language model: a million tokens read, a million tokens written.
    InOut(f64, f64),
}

/// For every stage: see [`Price::one`] and [`Price::in_out`].
const FREE: Price = Price::One(0.0);

/// Prices by provider and model: [`LIST`], and what the operator says instead.
#[derive(Clone, Debug, Default)]
pub struct Prices(HashMap<String, Price>);

/// Who serves a stage, and at what price.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Service {
    /// `openai:gpt-transcribe`; `None`: nobody knows.
    pub name: Option<String>,
    /// `None`: not known.
    pub price: Option<Price>,
}

/// Who serves the three stages of a conversation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Served {
    pub stt: Service,
    pub model: Service,
    pub tts: Service,
}

impl Prices {
    /// Who serves, by the names that providers give themselves.
    pub fn served(&self, stt: &str, model: &str, tts: &str) -> Served {
        Served { stt: self.service(stt), model: self.service(model), tts: self.service(tts) }
    }

    /// Who serves where a language model alone is asked.
    pub fn of_model(&self, name: &str) -> Served {
        Served { model: self.service(name), ..Served::default() }
    }

    /// Where one stands in for another (`a, then b`), the first is taken to have served.
    fn service(&self, name: &str) -> Service {
        let name = name.split(", then ").next().unwrap_or(name);
        let own = self.0.get(name).copied();
        let listed = || LIST.iter().find(|(listed, _)| *listed == name).map(|(_, price)| *price);
        let price = by_tenant(name).or(own).or_else(listed).or_else(|| built_in(name));
        Service { name: Some(name.to_owned()), price }
    }
}

/// What a tenant's own credential serves (`openai:gpt-6-luna#ID`) is paid for by the tenant: its use is counted, and
/// costs the operator nothing, whatever the list says of that model.
fn by_tenant(name: &str) -> Option<Price> {
    let (_, owner) = name.rsplit_once('#')?;
    owner.parse::<Uuid>().is_ok().then_some(FREE)
}

fn built_in(name: &str) -> Option<Price> {
    name.starts_with("built-in:").then_some(FREE)
}

/// `openai:gpt-6-luna=0.25/2,openai@localhost:8090:whisper-tiny=0`
impl FromStr for Prices {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let entries = text.split(',').map(str::trim).filter(|entry| !entry.is_empty());
        let prices = entries.map(|entry| {
            let (name, price) = entry.rsplit_once('=').ok_or_else(|| format!("`{entry}` is not name=price"))?;
            let number = |text: &str| text.trim().parse().ok().filter(|price| (0.0..=1e6).contains(price));
            let price = match price.split_once('/') {
                Some((read, written)) => number(read).zip(number(written)).map(|(r, w)| Price::InOut(r, w)),
                None => number(price).map(Price::One),
            };
            let price = price.ok_or_else(|| format!("`{entry}`: a price is a number of US dollars, or two: in/out"))?;
            Ok((name.trim().to_owned(), price))
        });
        prices.collect::<Result<_, String>>().map(Self)
    }
}

impl Price {
    /// For each unit; `None`: it is a price of another stage.
    const fn one(self) -> Option<f64> {
        match self {
            Self::One(price) => Some(price),
            Self::InOut(..) => None,
        }
    }

    fn in_out(self) -> Option<(f64, f64)> {
        match self {
            Self::InOut(read, written) => Some((read, written)),
            Self::One(price) => (price == 0.0).then_some((0.0, 0.0)),
        }
    }
}

impl Served {
    /// The names of those whose cost is in no estimate, because a price that fits the stage is not known.
    pub fn unpriced(&self) -> impl Iterator<Item = &str> {
        let Self { stt, model, tts } = self;
        let is_known = [
            stt.price.and_then(Price::one).is_some(),
            model.price.and_then(Price::in_out).is_some(),
            tts.price.and_then(Price::one).is_some(),
        ];
        let names = [stt, model, tts].into_iter().zip(is_known).filter(|(_, is_known)| !is_known);
        names.filter_map(|(service, _)| service.name.as_deref())
    }

    /// Millionths of a US dollar, here and below; `None`: the price is not known. Nothing used costs nothing.
    pub(super) fn transcription_cost(&self, used: &Usage) -> Option<i64> {
        let minutes = used.transcribed_ms as f64 / 60_000.0;
        cost(minutes == 0.0, self.stt.price.and_then(Price::one).map(|price| minutes * price * 1e6))
    }

    pub(crate) fn model_cost(&self, used: &Usage) -> Option<i64> {
        let (read, written) = (used.prompt_tokens as f64, used.completion_tokens as f64);
        // Dollars a million are millionths of a dollar each.
        let price = self.model.price.and_then(Price::in_out);
        cost(read + written == 0.0, price.map(|(in_, out)| read * in_ + written * out))
    }

    pub(super) fn speech_cost(&self, used: &Usage) -> Option<i64> {
        let characters = used.spoken_characters as f64;
        cost(characters == 0.0, self.tts.price.and_then(Price::one).map(|price| characters * price))
    }
}

fn cost(is_nothing: bool, micro_dollars: Option<f64>) -> Option<i64> {
    // Far below what an i64 holds; what is not goes to its largest.
    if is_nothing { Some(0) } else { micro_dollars.map(|cost| cost.round() as i64) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const USED: Usage =
        Usage { transcribed_ms: 30_000, prompt_tokens: 2_000, completion_tokens: 100, spoken_characters: 400 };

    fn costs(served: &Served) -> [Option<i64>; 3] {
        [served.transcription_cost(&USED), served.model_cost(&USED), served.speech_cost(&USED)]
    }

    #[test]
    fn a_listed_model_costs_what_the_list_says() {
        let served =
            Prices::default().served("openai:gpt-transcribe, then built-in:x", "openai:gpt-6-luna", "openai:a");
        assert_eq!(costs(&served), [Some(2_250), None, None]);
        assert_eq!(served.stt.name.as_deref(), Some("openai:gpt-transcribe"));
        let unpriced: Vec<_> = served.unpriced().collect();
        assert_eq!(unpriced, ["openai:gpt-6-luna", "openai:a"]);
    }

    #[test]
    fn what_is_built_in_costs_nothing_and_what_is_unknown_is_not_known() {
        let served = Prices::default().served("built-in:a", "built-in:b", "built-in:c");
        assert_eq!(costs(&served), [Some(0); 3]);
        let served = Prices::default().served("openai:new", "openai@localhost:1:new", "openai:new");
        assert_eq!(costs(&served), [None; 3]);
        assert_eq!(served.model_cost(&Usage::default()), Some(0), "nothing used costs nothing");
        assert_eq!(costs(&Served::default()), [None; 3]);
    }

    #[test]
    fn what_a_tenants_own_credential_serves_costs_the_operator_nothing() {
        let prices: Prices = "openai:gpt-transcribe=1,openai:a#b=2".parse().expect("they are right");
        let own = format!("openai:gpt-transcribe#{}", Uuid::nil());
        let served = prices.served(&own, &own, "openai:a#b");
        assert_eq!(costs(&served), [Some(0), Some(0), Some(800)]);
        assert_eq!(served.unpriced().count(), 0);
    }

    #[test]
    fn the_operators_price_comes_first() {
        let prices: Prices =
            "openai:gpt-transcribe=1, openai:new = 2/3,openai@h:1:a=0".parse().expect("they are right");
        let served = prices.served("openai:gpt-transcribe", "openai:new", "openai:new");
        // A price of a model says nothing of a voice.
        assert_eq!(costs(&served), [Some(500_000), Some(4_300), None]);
        for wrong in ["a", "a=", "a=b", "a=-1", "a=1/", "a=1/2/3", "a=inf", "a=NaN"] {
            assert!(wrong.parse::<Prices>().is_err(), "{wrong}");
        }
    }
}

//! A number as Twilio has it, and what we want it to say.

use entity::phone_number::Settings;
use serde::Deserialize;

/// A number of an account.
#[derive(Clone, Deserialize)]
pub struct Number {
    /// `PN` and 32 hexadecimal digits.
    pub sid: String,
    /// E.164.
    pub phone_number: String,
    #[serde(default)]
    capabilities: Capabilities,
    #[serde(flatten)]
    settings: Settings,
}

#[derive(Clone, Default, Deserialize)]
struct Capabilities {
    #[serde(default)]
    voice: bool,
}

impl Number {
    /// Whether calls can come in at all.
    pub const fn has_voice(&self) -> bool {
        self.capabilities.voice
    }

    /// What it does with a call; nothing is said by an empty text.
    pub fn settings(&self) -> Settings {
        let said = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        let all = &self.settings;
        Settings {
            voice_url: said(&all.voice_url),
            voice_method: said(&all.voice_method),
            voice_fallback_url: said(&all.voice_fallback_url),
            voice_fallback_method: said(&all.voice_fallback_method),
            status_callback: said(&all.status_callback),
            status_callback_method: said(&all.status_callback_method),
            voice_application_sid: said(&all.voice_application_sid),
            trunk_sid: said(&all.trunk_sid),
        }
    }

    /// Whether its SID can stand in a path.
    pub(super) fn is_well_named(&self) -> bool {
        let digits = self.sid.strip_prefix("PN").unwrap_or_default();
        digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    }
}

/// Where Twilio is to call us, each by POST.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhooks {
    /// *A call comes in*
    pub voice_url: String,
    /// *Primary handler fails*
    pub voice_fallback_url: String,
    /// *Call status changes*
    pub status_callback: String,
}

impl Webhooks {
    /// Of a server that Twilio reaches at this address.
    pub fn at(base: &str) -> Self {
        let webhook = |name: &str| format!("{}/webhooks/twilio/{name}", base.trim_end_matches('/'));
        Self {
            voice_url: webhook("incoming"),
            voice_fallback_url: webhook("fallback"),
            status_callback: webhook("status"),
        }
    }

    pub(super) fn form(&self) -> [(&'static str, &str); 6] {
        [
            ("VoiceUrl", &self.voice_url),
            ("VoiceMethod", "POST"),
            ("VoiceFallbackUrl", &self.voice_fallback_url),
            ("VoiceFallbackMethod", "POST"),
            ("StatusCallback", &self.status_callback),
            ("StatusCallbackMethod", "POST"),
        ]
    }
}

/// A setting that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drift {
    /// Its name in Twilio's API.
    pub setting: &'static str,
    /// `None`: nothing should stand there.
    pub wanted: Option<String>,
    /// `None`: nothing stands there.
    pub found: Option<String>,
}

/// All that keeps calls from coming to us as they should, what overrules the rest first.
pub fn drift(found: &Settings, wanted: &Webhooks) -> Vec<Drift> {
    // With nothing to request, its method does not matter.
    let settings = [
        ("trunk_sid", None, &found.trunk_sid),
        ("voice_application_sid", None, &found.voice_application_sid),
        ("voice_url", Some(wanted.voice_url.as_str()), &found.voice_url),
        ("voice_method", found.voice_url.is_some().then_some("POST"), &found.voice_method),
        ("voice_fallback_url", Some(&wanted.voice_fallback_url), &found.voice_fallback_url),
        ("status_callback", Some(&wanted.status_callback), &found.status_callback),
        ("status_callback_method", found.status_callback.is_some().then_some("POST"), &found.status_callback_method),
    ];
    let differs = |name: &str, wanted: Option<&str>, found: Option<&str>| match (wanted, found) {
        (None, Some(_)) => !name.ends_with("_method"),
        // What stands behind `#` tells Twilio how to connect and is not sent.
        (Some(wanted), Some(found)) => wanted != found.split('#').next().unwrap_or_default(),
        (wanted, found) => wanted != found,
    };
    let drifted = settings.into_iter().filter(|(name, wanted, found)| differs(name, *wanted, found.as_deref()));
    let drifted = drifted.map(|(setting, wanted, found)| Drift {
        setting,
        wanted: wanted.map(str::to_owned),
        found: found.clone(),
    });
    drifted.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted() -> Webhooks {
        let url = |name: &str| format!("https://a.example/{name}");
        Webhooks { voice_url: url("in"), voice_fallback_url: url("fallback"), status_callback: url("status") }
    }

    fn as_wanted() -> Settings {
        let (wanted, post) = (wanted(), || Some("POST".to_owned()));
        Settings {
            voice_url: Some(wanted.voice_url),
            voice_method: post(),
            voice_fallback_url: Some(wanted.voice_fallback_url),
            // The fallback answers to both.
            voice_fallback_method: Some("GET".to_owned()),
            status_callback: Some(wanted.status_callback),
            status_callback_method: post(),
            voice_application_sid: None,
            trunk_sid: None,
        }
    }

    fn names(found: &Settings) -> Vec<&'static str> {
        drift(found, &wanted()).into_iter().map(|drift| drift.setting).collect()
    }

    #[test]
    fn what_is_as_wanted_does_not_drift() {
        assert!(names(&as_wanted()).is_empty());
        let overridden = Settings { voice_url: Some("https://a.example/in#rc=3".to_owned()), ..as_wanted() };
        assert!(names(&overridden).is_empty(), "connection overrides are the owner's business");
    }

    #[test]
    fn each_setting_that_keeps_calls_away_is_named() {
        assert_eq!(names(&Settings::default()), ["voice_url", "voice_fallback_url", "status_callback"]);
        let by_get = Settings { voice_method: Some("GET".to_owned()), ..as_wanted() };
        assert_eq!(names(&by_get), ["voice_method"]);
        let trunk = Settings { trunk_sid: Some("TK1".to_owned()), ..as_wanted() };
        assert_eq!(names(&trunk), ["trunk_sid"]);
        let application = Settings { voice_application_sid: Some("AP1".to_owned()), ..as_wanted() };
        assert_eq!(names(&application), ["voice_application_sid"]);
        let elsewhere = Settings { voice_url: Some("https://b.example/in".to_owned()), ..as_wanted() };
        let drift = drift(&elsewhere, &wanted());
        assert_eq!(drift[0].wanted.as_deref(), Some("https://a.example/in"));
        assert_eq!(drift[0].found.as_deref(), Some("https://b.example/in"));
    }
}

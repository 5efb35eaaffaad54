//! TwiML: what a webhook answers and what Twilio makes of it.

use std::time::Duration;

use roxmltree::{Document, Node};

use super::report::Trouble;

/// A verb as read. Relative URLs are already resolved.
#[derive(Clone, Debug, PartialEq)]
pub enum Verb {
    Say {
        text: String,
    },
    Play {
        url: String,
    },
    Pause {
        length: Duration,
    },
    /// `<Connect><Stream>`: both ways, and the verbs after it wait for its end.
    Connect {
        stream: Stream,
        action: Option<Callback>,
    },
    /// `<Start><Recording>`: from here to the end of the call.
    StartRecording(Recording),
    /// `<Start>` of anything else: asked for, not simulated; the names of what was to be started.
    Start {
        what: Vec<String>,
    },
    /// Asked for, not simulated.
    Record {
        action: Option<Callback>,
    },
    Redirect(Callback),
    Dial {
        targets: Vec<String>,
        action: Option<Callback>,
    },
    Hangup,
    Reject {
        reason: String,
    },
}

/// `<Stream>` inside `<Connect>`.
#[derive(Clone, Debug, PartialEq)]
pub struct Stream {
    pub url: String,
    pub name: Option<String>,
    pub parameters: Vec<(String, String)>,
    pub status_callback: Option<Callback>,
}

/// `<Recording>` inside `<Start>`: of both sides, the caller left.
#[derive(Clone, Debug, PartialEq)]
pub struct Recording {
    pub status_callback: Option<Callback>,
    /// `in-progress`, `completed`, `absent`.
    pub events: Vec<String>,
    /// Silence at both ends is cut off, as Twilio does unless told otherwise.
    pub is_trimmed: bool,
}

/// A URL to be requested, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Callback {
    pub url: String,
    pub method: Method,
}

/// The two methods that Twilio knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Method {
    Get,
    #[default]
    Post,
}

impl Method {
    /// The method of this name; anything else is `None`.
    pub fn parse(name: &str) -> Option<Self> {
        match name.to_ascii_uppercase().as_str() {
            "GET" => Some(Self::Get),
            "POST" => Some(Self::Post),
            _ => None,
        }
    }

    /// As written in an HTTP request.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

/// A document as read: the verbs to follow, and what Twilio would note in its debugger.
#[derive(Debug, Default, PartialEq)]
pub struct Twiml {
    pub verbs: Vec<Verb>,
    pub warnings: Vec<Trouble>,
}

/// Reads TwiML that came from `base`. What is no XML, or no `<Response>`, is error 12100; an element or attribute that
/// is unknown or out of place is skipped with warning 12200.
pub fn parse(text: &str, base: &str) -> Result<Twiml, Trouble> {
    let document = Document::parse(text).map_err(|error| Trouble::new(12_100, format!("no XML: {error}")))?;
    let root = document.root_element();
    if root.tag_name().name() != "Response" {
        return Err(Trouble::new(12_100, format!("root element is <{}>, not <Response>", root.tag_name().name())));
    }
    let mut reader = Reader { base, warnings: Vec::new() };
    let mut verbs = Vec::new();
    for node in root.children() {
        if node.is_element() {
            verbs.extend(reader.verb(node)?);
        } else if node.is_text() && !node.text().unwrap_or_default().trim().is_empty() {
            reader.warn("text outside of a verb");
        }
    }
    Ok(Twiml { verbs, warnings: reader.warnings })
}

struct Reader<'a> {
    base: &'a str,
    warnings: Vec<Trouble>,
}

impl Reader<'_> {
    fn warn(&mut self, message: impl Into<String>) {
        self.warnings.push(Trouble::new(12_200, message));
    }

    fn verb(&mut self, node: Node<'_, '_>) -> Result<Option<Verb>, Trouble> {
        let verb = match node.tag_name().name() {
            "Say" => {
                self.known(node, &["voice", "language", "loop"]);
                Verb::Say { text: text_of(node) }
            }
            "Play" => {
                self.known(node, &["loop", "digits"]);
                Verb::Play { url: self.resolve(&text_of(node))? }
            }
            "Pause" => {
                self.known(node, &["length"]);
                let seconds = node.attribute("length").and_then(|length| length.parse().ok()).unwrap_or(1);
                Verb::Pause { length: Duration::from_secs(seconds) }
            }
            "Connect" => {
                self.known(node, &["action", "method"]);
                let action = self.callback(node, "action", "method")?;
                let Some(stream) = self.stream(node)? else { return Ok(None) };
                Verb::Connect { stream, action }
            }
            "Start" => match elements(node).find(|child| child.tag_name().name() == "Recording") {
                Some(recording) => Verb::StartRecording(self.recording(recording)?),
                None => Verb::Start { what: elements(node).map(|child| child.tag_name().name().to_owned()).collect() },
            },
            "Record" => Verb::Record { action: self.callback(node, "action", "method")? },
            "Redirect" => {
                self.known(node, &["method"]);
                Verb::Redirect(Callback { url: self.resolve(&text_of(node))?, method: method_of(node, "method") })
            }
            "Dial" => {
                let targets: Vec<String> = elements(node).map(text_of).collect();
                for child in elements(node) {
                    if !["Number", "Sip", "Client"].contains(&child.tag_name().name()) {
                        self.warn(format!("<{}> in <Dial> is not simulated", child.tag_name().name()));
                    }
                }
                let targets = if targets.is_empty() { vec![text_of(node)] } else { targets };
                Verb::Dial { targets, action: self.callback(node, "action", "method")? }
            }
            "Hangup" => Verb::Hangup,
            "Reject" => {
                self.known(node, &["reason"]);
                Verb::Reject { reason: node.attribute("reason").unwrap_or("rejected").to_owned() }
            }
            other => {
                self.warn(format!("<{other}> is unknown or not simulated"));
                return Ok(None);
            }
        };
        Ok(Some(verb))
    }

    fn recording(&mut self, node: Node<'_, '_>) -> Result<Recording, Trouble> {
        let callback = "recordingStatusCallback";
        self.known(
            node,
            &["channels", "trim", "track", callback, "recordingStatusCallbackMethod", "recordingStatusCallbackEvent"],
        );
        if node.attribute("channels").is_some_and(|channels| channels != "dual") {
            self.warn("<Recording> with one channel is not simulated");
        }
        let events = node.attribute("recordingStatusCallbackEvent").unwrap_or("completed");
        Ok(Recording {
            status_callback: self.callback(node, callback, "recordingStatusCallbackMethod")?,
            events: events.split_whitespace().map(str::to_owned).collect(),
            is_trimmed: node.attribute("trim").is_none_or(|trim| trim == "trim-silence"),
        })
    }

    fn stream(&mut self, connect: Node<'_, '_>) -> Result<Option<Stream>, Trouble> {
        let Some(node) = elements(connect).find(|child| child.tag_name().name() == "Stream") else {
            self.warn("<Connect> without a <Stream>: nothing else is simulated");
            return Ok(None);
        };
        self.known(node, &["url", "name", "track", "statusCallback", "statusCallbackMethod"]);
        if let Some(track) = node.attribute("track").filter(|track| *track != "inbound_track") {
            return Err(Trouble::new(31_941, format!("a bidirectional stream has no track {track:?}")));
        }
        let mut parameters = Vec::new();
        for child in elements(node) {
            match (child.tag_name().name(), child.attribute("name"), child.attribute("value")) {
                ("Parameter", Some(name), Some(value)) => {
                    if name.len() + value.len() >= 500 {
                        self.warn(format!("<Parameter name={name:?}> is longer than 500 characters"));
                    }
                    parameters.push((name.to_owned(), value.to_owned()));
                }
                ("Parameter", ..) => self.warn("<Parameter> without name or value"),
                (other, ..) => self.warn(format!("<{other}> in <Stream>")),
            }
        }
        Ok(Some(Stream {
            url: node.attribute("url").unwrap_or_default().trim().to_owned(),
            name: node.attribute("name").map(str::to_owned),
            parameters,
            status_callback: self.callback(node, "statusCallback", "statusCallbackMethod")?,
        }))
    }

    fn callback(&mut self, node: Node<'_, '_>, url: &str, method: &str) -> Result<Option<Callback>, Trouble> {
        node.attribute(url)
            .map(|text| Ok(Callback { url: self.resolve(text)?, method: method_of(node, method) }))
            .transpose()
    }

    fn known(&mut self, node: Node<'_, '_>, names: &[&str]) {
        for attribute in node.attributes() {
            if !names.contains(&attribute.name()) {
                self.warn(format!("attribute {} of <{}>", attribute.name(), node.tag_name().name()));
            }
        }
    }

    fn resolve(&self, url: &str) -> Result<String, Trouble> {
        resolve(self.base, url)
    }
}

/// `url` as seen from the document at `base`; one that is absolute stays letter for letter as it is written.
pub fn resolve(base: &str, url: &str) -> Result<String, Trouble> {
    let url = url.trim();
    if url.contains("://") {
        return Ok(url.to_owned());
    }
    url::Url::parse(base)
        .and_then(|base| base.join(url))
        .map(String::from)
        .map_err(|error| Trouble::new(11_100, format!("{url:?} is no URL: {error}")))
}

fn elements<'a, 'i>(node: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(Node::is_element)
}

fn text_of(node: Node<'_, '_>) -> String {
    node.children().filter_map(|child| child.text()).collect::<String>().trim().to_owned()
}

fn method_of(node: Node<'_, '_>, attribute: &str) -> Method {
    node.attribute(attribute).and_then(Method::parse).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    const BASE: &str = "https://voice.example.com/webhooks/twilio/incoming";

    #[test]
    fn a_stream_with_parameters_and_what_follows_is_read() {
        let twiml = parse(
            r#"<?xml version="1.0" encoding="UTF-8"?>
            <Response><Connect><Stream url="wss://voice.example.com/s"><Parameter name="token" value="a&amp;b"/></Stream>
            </Connect><Redirect>/webhooks/twilio/continue?x=1&amp;y=2</Redirect></Response>"#,
            BASE,
        )
        .unwrap();
        assert_eq!(twiml.warnings, []);
        let stream = Stream {
            url: "wss://voice.example.com/s".into(),
            name: None,
            parameters: vec![("token".into(), "a&b".into())],
            status_callback: None,
        };
        let url = "https://voice.example.com/webhooks/twilio/continue?x=1&y=2".to_owned();
        assert_eq!(
            twiml.verbs,
            [Verb::Connect { stream, action: None }, Verb::Redirect(Callback { url, method: Method::Post })]
        );
    }

    #[test]
    fn a_recording_is_started_with_its_callback() {
        let twiml = parse(
            r#"<Response><Start><Recording channels="dual" trim="do-not-trim" recordingStatusCallback="/r"
               recordingStatusCallbackEvent="completed absent"/></Start></Response>"#,
            BASE,
        )
        .unwrap();
        let recording = Recording {
            status_callback: Some(Callback { url: "https://voice.example.com/r".into(), method: Method::Post }),
            events: vec!["completed".into(), "absent".into()],
            is_trimmed: false,
        };
        assert_eq!((twiml.verbs, twiml.warnings), (vec![Verb::StartRecording(recording)], vec![]));
    }

    #[test]
    fn garbage_is_error_12100() {
        for text in [
            "",
            "hello",
            "<Response>",
            "<Response></Respons>",
            "<response/>",
            r#"{"a":1}"#,
            "<Response>&nope;</Response>",
        ] {
            assert_eq!(parse(text, BASE).unwrap_err().code, 12_100, "{text}");
        }
    }

    #[test]
    fn an_unknown_verb_is_skipped_with_a_warning() {
        let twiml = parse("<Response><Sing/><Hangup/></Response>", BASE).unwrap();
        assert_eq!(twiml.verbs, [Verb::Hangup]);
        assert_eq!(twiml.warnings[0].code, 12_200);
    }

    #[test]
    fn a_dial_names_its_targets_nested_or_plain() {
        let twiml = parse(
            r#"<Response><Dial action="done" method="GET"><Number>+15550100</Number><Sip>sip:a@b</Sip></Dial>
               <Dial>+15550101</Dial></Response>"#,
            BASE,
        )
        .unwrap();
        let done = Callback { url: "https://voice.example.com/webhooks/twilio/done".into(), method: Method::Get };
        assert_eq!(
            twiml.verbs,
            [
                Verb::Dial { targets: vec!["+15550100".into(), "sip:a@b".into()], action: Some(done) },
                Verb::Dial { targets: vec!["+15550101".into()], action: None },
            ]
        );
    }

    #[test]
    fn only_the_inbound_track_can_be_had() {
        let text = r#"<Response><Connect><Stream url="wss://a/b" track="both_tracks"/></Connect></Response>"#;
        assert_eq!(parse(text, BASE).unwrap_err().code, 31_941);
    }
}

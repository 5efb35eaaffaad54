//! The few TwiML documents that we answer with.

use std::fmt::Write as _;

/// What Twilio is to do next, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verb<'a> {
    /// Opens a bidirectional stream; what follows runs when our side closes it. `token` arrives in its `start`.
    Stream {
        url: &'a str,
        token: &'a str,
    },
    /// Fetches the rest of the document from there.
    Redirect {
        url: &'a str,
    },
    /// Records the whole call at Twilio, each side on a channel; what follows runs at once.
    Record {
        status_callback: &'a str,
    },
    /// Speaks, with Twilio's own voice.
    Say(&'a str),
    /// Rings there: an E.164 number or a SIP URI.
    Dial(&'a str),
    Hangup,
    /// Answers nothing: the caller hears the busy signal and pays nothing.
    RejectBusy,
}

/// The document.
pub fn response(verbs: &[Verb<'_>]) -> String {
    let mut out = String::from(r#"<?xml version="1.0" encoding="UTF-8"?><Response>"#);
    for verb in verbs {
        write(&mut out, verb);
    }
    out.push_str("</Response>");
    out
}

fn write(out: &mut String, verb: &Verb<'_>) {
    let written = match verb {
        Verb::Stream { url, token } => write!(
            out,
            r#"<Connect><Stream url="{}"><Parameter name="token" value="{}"/></Stream></Connect>"#,
            Escaped(url),
            Escaped(token)
        ),
        Verb::Redirect { url } => write!(out, r#"<Redirect method="POST">{}</Redirect>"#, Escaped(url)),
        // Trimmed silence would move everything after it.
        Verb::Record { status_callback } => write!(
            out,
            r#"<Start><Recording channels="dual" trim="do-not-trim" recordingStatusCallback="{}" recordingStatusCallbackEvent="completed absent"/></Start>"#,
            Escaped(status_callback)
        ),
        Verb::Say(text) => write!(out, "<Say>{}</Say>", Escaped(text)),
        Verb::Dial(to) if to.starts_with("sip:") || to.starts_with("sips:") => {
            write!(out, "<Dial><Sip>{}</Sip></Dial>", Escaped(to))
        }
        Verb::Dial(to) => write!(out, "<Dial><Number>{}</Number></Dial>", Escaped(to)),
        Verb::Hangup => out.write_str("<Hangup/>"),
        Verb::RejectBusy => out.write_str(r#"<Reject reason="busy"/>"#),
    };
    written.expect("writing to a String cannot fail");
}

/// Text as it may stand in an element or a quoted attribute. Characters that XML 1.0 knows no way to write are
/// left out.
struct Escaped<'a>(&'a str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for character in self.0.chars() {
            match character {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&apos;")?,
                '\t' | '\n' | '\r' => write!(f, "&#{};", character as u32)?,
                '\0'..='\x1f' | '\u{fffe}' | '\u{ffff}' => {}
                other => f.write_char(other)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_connected_and_then_continued() {
        let verbs = [
            Verb::Stream { url: "wss://example.com/stream", token: "t" },
            Verb::Redirect { url: "https://example.com/continue#rc=5&rp=all" },
        ];
        assert_eq!(
            response(&verbs),
            r#"<?xml version="1.0" encoding="UTF-8"?><Response><Connect><Stream url="wss://example.com/stream"><Parameter name="token" value="t"/></Stream></Connect><Redirect method="POST">https://example.com/continue#rc=5&amp;rp=all</Redirect></Response>"#
        );
    }

    #[test]
    fn a_transfer_rings_a_number_or_a_sip_address() {
        assert!(
            response(&[Verb::Dial("+15550100"), Verb::Hangup])
                .contains("<Dial><Number>+15550100</Number></Dial><Hangup/>")
        );
        assert!(response(&[Verb::Dial("sip:a@b.example")]).contains("<Dial><Sip>sip:a@b.example</Sip></Dial>"));
    }

    #[test]
    fn nothing_breaks_out_of_the_document() {
        let document = response(&[Verb::Say("\"><Hangup/>&'\0\u{b}\n"), Verb::RejectBusy]);
        assert!(
            document.contains("<Say>&quot;&gt;&lt;Hangup/&gt;&amp;&apos;&#10;</Say><Reject reason=\"busy\"/>"),
            "{document}"
        );
    }
}

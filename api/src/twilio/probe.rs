//! Whether Twilio would reach us, found out as Twilio would: through our public address, with a signed webhook. The
//! address is the operator's, so nobody else can choose whom we ask.

use std::{net::IpAddr, time::Duration};

use domain::{
    entity::phone_number,
    phone_numbers::{self, Finding},
};
use reqwest::Response;
use secrecy::SecretString;
use serde::Deserialize;
use url::{Host, Url};

use super::{address, signature, webhooks::proof};
use crate::AppState;

/// For one of the two requests: Twilio's own patience for a connection.
const PATIENCE: Duration = Duration::from_secs(5);
/// What comes back is some bytes; of anything else the beginning will do.
const MAX_ANSWER: usize = 64 * 1024;

/// `public_url`, `reachable` and `signature`.
pub(crate) async fn probe(state: &AppState, number: &phone_number::Model) -> domain::Result<Vec<Finding>> {
    let token = phone_numbers::auth_token(&state.database, &state.vault, number).await?;
    let public_url = public_url(state.settings.calls.public_url.as_ref());
    let reachable = reachable(state).await;
    let signature = match &reachable {
        Ok(_) => signed(state, number, &token).await.unwrap_or_else(|what| Finding::failed("signature", what)),
        Err(_) => Finding::skipped("signature", "Our public address has to be reached for this."),
    };
    let reachable = reachable.unwrap_or_else(|what| Finding::failed("reachable", what));
    Ok(vec![public_url, reachable, signature])
}

/// Whether the address could be Twilio's way to us at all.
fn public_url(url: Option<&Url>) -> Finding {
    let failed = |what: &str| Finding::failed("public_url", what);
    let Some(url) = url else {
        return failed(
            "PUBLIC_URL is not set, so Twilio has no way here. The operator sets it to this server's https:// address \
             on the internet (a tunnel such as ngrok gives one).",
        );
    };
    if url.scheme() != "https" {
        return failed(
            "PUBLIC_URL is not https://: Twilio opens media streams over TLS alone. The operator changes it.",
        );
    }
    let is_private = match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost") || name.ends_with(".local"),
        Some(Host::Ipv4(address)) => is_private(address.into()),
        Some(Host::Ipv6(address)) => is_private(address.into()),
        None => true,
    };
    if is_private {
        return failed(
            "PUBLIC_URL names this machine or a private network, which Twilio cannot reach. The operator changes it.",
        );
    }
    Finding::ok("public_url", "Our public address is https:// and of no private network.")
}

fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => v4.is_private() || v4.is_loopback() || v4.is_link_local() || v4.is_unspecified(),
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unspecified() || v6.is_unique_local() || v6.is_unicast_link_local(),
    }
}

/// Whether a server like ours answers there, behind a certificate that is valid.
async fn reachable(state: &AppState) -> Result<Finding, String> {
    #[derive(Deserialize)]
    struct Health {
        status: String,
    }
    let url = format!("{}/health", address::base(&state.settings));
    let answer = state.twilio.http().get(&url).timeout(PATIENCE).send().await;
    let answer = answer.map_err(|error| unreachable(&url, error))?;
    let status = answer.status();
    if status.is_redirection() {
        return Err(format!("{url} redirects ({status}): PUBLIC_URL must be the address that answers itself."));
    }
    let health = serde_json::from_slice::<Health>(&body(answer).await);
    match health {
        Ok(health) if status.is_success() && health.status == "healthy" => {
            Ok(Finding::ok("reachable", "Our public address answers, and its certificate is valid where it has one."))
        }
        _ => Err(format!(
            "{url} answers {status}, and not as this server does: PUBLIC_URL, or the proxy or tunnel behind it, leads \
             somewhere else."
        )),
    }
}

/// Whether a webhook arrives as it was signed, and at us.
async fn signed(state: &AppState, number: &phone_number::Model, token: &SecretString) -> Result<Finding, String> {
    #[derive(Deserialize)]
    struct Problem {
        code: String,
    }
    let nonce = uuid::Uuid::new_v4().simple().to_string();
    let form = [("To".to_owned(), number.e164.clone()), ("Nonce".to_owned(), nonce.clone())];
    let url = address::webhook(&state.settings, "test");
    let request = state.twilio.http().post(&url).timeout(PATIENCE).form(&form);
    let request = request.header("X-Twilio-Signature", signature::sign(token, &url, &form));
    let answer = request.send().await.map_err(|error| unreachable(&url, error))?;
    let status = answer.status();
    let body = body(answer).await;
    if status.is_success() && body == proof(token, &nonce).as_bytes() {
        return Ok(Finding::ok("signature", "A signed webhook arrives here as it was sent."));
    }
    let problem = serde_json::from_slice::<Problem>(&body);
    Err(match problem {
        Ok(problem) if problem.code == "bad_signature" => {
            "A webhook signed for our public address arrives with a wrong signature: a proxy or tunnel changes its path, \
             its query or its body on the way, or PUBLIC_URL has another path than the one that Twilio asks for."
                .to_owned()
        }
        _ if status.is_redirection() => format!("{url} redirects ({status}), which Twilio does not follow."),
        _ => format!(
            "{url} answers {status}, and not as this server does: a proxy keeps webhooks back, or PUBLIC_URL leads to \
             another installation."
        ),
    })
}

fn unreachable(url: &str, error: reqwest::Error) -> String {
    let cause = crate::problem::chain(&error.without_url());
    let what = match cause.contains("certificate") {
        true => "its certificate is not valid, and Twilio takes none that is not",
        false => "it cannot be reached from here",
    };
    format!(
        "{url}: {what} ({cause}). The operator looks at PUBLIC_URL, its DNS name, and the proxy or tunnel behind it."
    )
}

/// As much of the body as matters.
async fn body(mut answer: Response) -> Vec<u8> {
    let mut body = Vec::new();
    while let Ok(Some(chunk)) = answer.chunk().await {
        body.extend_from_slice(&chunk);
        if body.len() > MAX_ANSWER {
            break;
        }
    }
    body
}

#[cfg(test)]
mod tests {
    use domain::phone_numbers::Verdict;

    use super::*;

    #[test]
    fn an_address_that_twilio_cannot_reach_is_told() {
        let verdict = |url: &str| public_url(Some(&Url::parse(url).expect("a URL"))).verdict;
        for url in [
            "http://voice.example.com",
            "https://localhost",
            "https://127.0.0.1:4000",
            "https://10.1.2.3",
            "https://192.168.1.2",
            "https://[::1]",
            "https://[fd00::1]",
            "https://box.local",
        ] {
            assert_eq!(verdict(url), Verdict::Failed, "{url}");
        }
        assert_eq!(public_url(None).verdict, Verdict::Failed);
        for url in ["https://voice.example.com", "https://example.ngrok.app/switchboard", "https://203.0.113.7"] {
            assert_eq!(verdict(url), Verdict::Ok, "{url}");
        }
    }
}

//! `simulator twilio` and `simulator openai`: the fakes as servers.

use std::time::Duration;

use anyhow::Context;
use clap::Args;
use simulator::{
    openai::{Delays, Endpoint, Fake, Reply},
    twilio::{Account, Number, Status, rest::Rest},
};

#[derive(Args)]
pub struct Twilio {
    /// Address to listen on
    #[arg(long, default_value = "127.0.0.1:4010", value_name = "ADDRESS:PORT")]
    bind: String,
    /// `AC` and 32 hex digits
    #[arg(long, default_value = "AC00000000000000000000000000000001")]
    account_sid: String,
    #[arg(long, env = "TWILIO_AUTH_TOKEN", hide_env_values = true, default_value = "simulated-auth-token")]
    auth_token: String,
    /// A number of the account, E.164; may be repeated
    #[arg(long = "number", default_value = "+14155550100")]
    numbers: Vec<String>,
    /// How the account stands with Twilio
    #[arg(long, value_enum, default_value = "active")]
    status: Standing,
    /// SID of a SIP trunk that has the numbers: what is configured is ignored then
    #[arg(long, value_name = "SID")]
    trunk: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Standing {
    Active,
    Suspended,
    Closed,
}

/// Serves the REST API until the end of the process.
pub async fn twilio(arguments: Twilio) -> anyhow::Result<()> {
    let account = Account::new(arguments.account_sid, arguments.auth_token);
    for number in arguments.numbers {
        account.add(Number { trunk_sid: arguments.trunk.clone(), ..Number::new(number) });
    }
    account.set_status(match arguments.status {
        Standing::Active => Status::Active,
        Standing::Suspended => Status::Suspended,
        Standing::Closed => Status::Closed,
    });
    let rest = Rest::start_at(arguments.bind.as_str(), [account.clone()]).await.context("cannot listen")?;
    let numbers: Vec<_> = account.numbers().into_iter().map(|number| number.number).collect();
    println!("in place of https://api.twilio.com: {} (TWILIO_API_URL)", rest.base_url());
    println!("account {} with {}", account.sid(), numbers.join(", "));
    rest.ended().await;
    Ok(())
}

#[derive(Args)]
pub struct Openai {
    /// Address to listen on
    #[arg(long, default_value = "127.0.0.1:4011", value_name = "ADDRESS:PORT")]
    bind: String,
    /// Take only this key
    #[arg(long)]
    key: Option<String>,
    /// What is heard, one after another; the last one again and again
    #[arg(long = "transcript", default_value = "hello")]
    transcripts: Vec<String>,
    /// What is replied, one after another; then, what the user said
    #[arg(long = "reply")]
    replies: Vec<String>,
    /// Milliseconds to a transcript
    #[arg(long, default_value_t = 300, value_name = "MS")]
    transcript_delay: u64,
    /// Milliseconds to the first token
    #[arg(long, default_value_t = 250, value_name = "MS")]
    token_delay: u64,
    /// Milliseconds between two tokens
    #[arg(long, default_value_t = 15, value_name = "MS")]
    token_interval: u64,
    /// Milliseconds to the first byte of speech
    #[arg(long, default_value_t = 200, value_name = "MS")]
    speech_delay: u64,
}

/// Serves until the end of the process.
pub async fn openai(arguments: Openai) -> anyhow::Result<()> {
    let last = arguments.transcripts.last().cloned().unwrap_or_default();
    let mut fake = Fake::builder()
        .transcripts(arguments.transcripts)
        .transcript(last)
        .replies(arguments.replies.into_iter().map(Reply::say))
        .delay(Endpoint::Transcriptions, Delays::first(arguments.transcript_delay))
        .delay(Endpoint::Chat, Delays::first(arguments.token_delay).between(arguments.token_interval))
        .delay(Endpoint::Speech, Delays::first(arguments.speech_delay))
        .without_bodies();
    if let Some(key) = arguments.key {
        fake = fake.key(key);
    }
    let fake = fake.start_at(arguments.bind.as_str()).await.context("cannot listen")?;
    println!("in place of https://api.openai.com/v1: {}", fake.base_url());
    // A server that runs for days must not remember every request.
    let mut tidy = tokio::time::interval(Duration::from_secs(60));
    loop {
        tokio::select! {
            _ = tidy.tick() => fake.forget_requests(),
            () = fake.ended() => return Ok(()),
        }
    }
}

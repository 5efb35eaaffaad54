//! `simulator call`: one call with recorded speech, printed turn by turn.

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use clap::Args;
use serde::Deserialize;
use simulator::{
    audio::Clip,
    twilio::{Account, CallReport, Caller, EndReason, Event, Number, Script, StreamReport, Utterance, rest::Rest},
};

use crate::{demo::Demo, words::Errors};

/// Said unless clips are named: real voices, short and long, clean and over babble.
const DEFAULT_CLIPS: [&str; 5] = [
    "16_go_somewhere_real",
    "15_forever_real",
    "17_seven_of_clubs_real",
    "08_long_sentence_real",
    "11_speech_over_babble_10db_real",
];

#[derive(Args)]
pub struct Arguments {
    /// The running server
    #[arg(long, default_value = "http://127.0.0.1:4000", value_name = "URL")]
    server: String,
    /// Its PUBLIC_URL, where it has one: webhooks are signed for it and sent to the server all the same
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// Where the server wrote the demo call's credentials
    #[arg(long, default_value = "data/demo.json", value_name = "FILE")]
    demo: PathBuf,
    /// Called number, instead of the demo's
    #[arg(long)]
    number: Option<String>,
    /// Instead of the demo's
    #[arg(long)]
    account_sid: Option<String>,
    /// Instead of the demo's
    #[arg(long, env = "TWILIO_AUTH_TOKEN", hide_env_values = true)]
    auth_token: Option<String>,
    /// Key for reading what the server made of the call, instead of the demo's
    #[arg(long, env = "SWITCHBOARD_API_KEY", hide_env_values = true)]
    api_key: Option<String>,
    /// The caller's number
    #[arg(long, default_value = "+14155550198")]
    from: String,
    /// A clip to say: a file, or a name in the clips' directory; may be repeated
    #[arg(long = "clip", value_name = "CLIP")]
    clips: Vec<String>,
    /// Say every clip of the directory
    #[arg(long, conflicts_with = "clips")]
    all: bool,
    /// Directory of the clips
    #[arg(long, default_value = "caller-audio", value_name = "DIR")]
    clips_dir: PathBuf,
    /// Write both sides as a stereo WAV file: the caller left, the agent right
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
    /// Seconds to wait for each reply
    #[arg(long, default_value_t = 30, value_name = "SECONDS")]
    patience: u64,
    /// Serve the account's REST API here during the call
    #[arg(long, value_name = "ADDRESS:PORT")]
    rest: Option<String>,
}

/// A turn as the server's API shows it.
#[derive(Clone, Debug, Deserialize)]
pub struct Turn {
    pub prompt_kind: String,
    pub prompt_text: Option<String>,
    pub generated_text: String,
    pub heard_text: String,
    pub interrupted: bool,
    pub times: Times,
}

/// Milliseconds on the media clock.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Times {
    pub caller_stopped_ms: Option<u64>,
    pub end_of_turn_ms: Option<u64>,
    pub transcript_final_ms: Option<u64>,
    pub first_token_ms: Option<u64>,
    pub first_speech_byte_ms: Option<u64>,
    pub first_frame_sent_ms: Option<u64>,
}

pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let demo = Demo::read(&arguments.demo)?;
    let missing = |what: &str| format!("no {what}: start the server once, or give --{what}");
    let number = arguments.number.clone().or(demo.number).with_context(|| missing("number"))?;
    let account_sid = arguments.account_sid.clone().or(demo.account_sid).with_context(|| missing("account-sid"))?;
    let auth_token = arguments.auth_token.clone().or(demo.auth_token).with_context(|| missing("auth-token"))?;
    let api_key = arguments.api_key.clone().or(demo.api_key);
    let clips = load_clips(&arguments)?;

    let server = Server::new(&arguments.server, api_key);
    println!("calling {number} at {}", arguments.server);
    server.print_who_serves().await?;

    let account = Account::new(account_sid, auth_token);
    let public = arguments.public_url.as_deref().unwrap_or(&arguments.server).trim_end_matches('/');
    account.add(
        Number::new(&number)
            .voice_url(format!("{public}/webhooks/twilio/incoming"))
            .status_callback(format!("{public}/webhooks/twilio/status")),
    );
    let _rest = match &arguments.rest {
        Some(address) => Some(Rest::start_at(address.as_str(), [account.clone()]).await?),
        None => None,
    };
    let mut total = Total::default();
    let mut left = clips.as_slice();
    for call in 1.. {
        let report = place(&arguments, &account, &number, public, left).await;
        if report.streams.is_empty() {
            print_end(&report);
            bail!("the call was not connected to a media stream");
        }
        let turns = server.turns(&report.call_sid, said(&report, left)).await?;
        print_conversation(&report, left, &turns, &mut total);
        print_end(&report);
        if let Some(path) = &arguments.save {
            let path = if call == 1 { path.clone() } else { numbered(path, call) };
            report.write_wav(&path).with_context(|| format!("{} cannot be written", path.display()))?;
            println!("both sides are in {}", path.display());
        }
        if !report.faults().is_empty() {
            bail!("the call was not without faults");
        }
        let done = said(&report, left).len();
        left = &left[done..];
        if left.is_empty() || done == 0 || report.end == EndReason::CallerHungUp {
            break;
        }
        println!("\nthe agent ended the call before everything was said: calling again\n");
    }
    total.print();
    Ok(())
}

async fn place(arguments: &Arguments, account: &Account, number: &str, public: &str, clips: &[Clip]) -> CallReport {
    let mut script = Script::new().settle(1_200).patience(arguments.patience * 1_000).wait_for_agent();
    for clip in clips {
        script = script.say(clip).wait_for_agent();
    }
    let most = clips.iter().map(Clip::ms).sum::<u64>() / 1_000 + (arguments.patience + 30) * (clips.len() as u64 + 1);
    Caller::new(account, number)
        .from(&arguments.from)
        .allow_ws()
        .tunnel(public, &arguments.server)
        .script(script.hang_up())
        .time_limit(Duration::from_secs(most))
        .place()
        .await
}

/// The clips up to the last one that was spoken on this call.
fn said<'a>(report: &CallReport, clips: &'a [Clip]) -> &'a [Clip] {
    if report.end == EndReason::CallerHungUp {
        return clips;
    }
    let last = clips.iter().rposition(|clip| report.utterances().any(|utterance| utterance.clip == clip.name()));
    &clips[..last.map_or(0, |last| last + 1)]
}

fn numbered(path: &Path, call: usize) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!("{stem}-{call}.{extension}"))
}

/// Over all calls.
#[derive(Default)]
struct Total {
    errors: Errors,
    replies_ms: Vec<u128>,
}

impl Total {
    fn print(mut self) {
        if self.errors.words > 0 {
            let Errors { words, errors } = self.errors;
            println!("\nword error rate over all clips: {errors} of {words} words, {:.1} %", self.errors.percent());
        }
        self.replies_ms.sort_unstable();
        if let (Some(first), Some(last)) = (self.replies_ms.first(), self.replies_ms.last()) {
            println!("reply latency: median {} ms, {first} to {last} ms", self.replies_ms[self.replies_ms.len() / 2]);
        }
    }
}

fn load_clips(arguments: &Arguments) -> anyhow::Result<Vec<Clip>> {
    let dir = &arguments.clips_dir;
    let names: Vec<PathBuf> = if arguments.all {
        clips_in(dir)?
    } else if arguments.clips.is_empty() {
        DEFAULT_CLIPS.iter().map(|name| dir.join(format!("{name}.ulaw"))).collect()
    } else {
        arguments.clips.iter().map(|name| find_clip(dir, name)).collect()
    };
    names.iter().map(|path| Clip::load(path).map_err(Into::into)).collect()
}

/// Every clip of the directory, by name.
pub fn clips_in(dir: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(dir).with_context(|| format!("no clips in {}", dir.display()))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "ulaw"));
    paths.sort();
    Ok(paths)
}

fn find_clip(dir: &Path, name: &str) -> PathBuf {
    let path = PathBuf::from(name);
    if path.extension().is_some() { path } else { dir.join(format!("{name}.ulaw")) }
}

/// The server's own API: what it made of the call.
pub struct Server {
    base: String,
    api_key: Option<String>,
    client: reqwest::Client,
}

impl Server {
    pub fn new(base: &str, api_key: Option<String>) -> Self {
        Self { base: base.trim_end_matches('/').to_owned(), api_key, client: reqwest::Client::new() }
    }

    async fn get(&self, path: &str) -> anyhow::Result<serde_json::Value> {
        let mut request = self.client.get(format!("{}{path}", self.base)).timeout(Duration::from_secs(10));
        if let Some(key) = &self.api_key {
            request = request.bearer_auth(key);
        }
        let response = request.send().await.with_context(|| format!("{} does not answer", self.base))?;
        let status = response.status();
        response.json().await.with_context(|| format!("{path} answered {status} without JSON"))
    }

    async fn print_who_serves(&self) -> anyhow::Result<()> {
        let ready = self.get("/health/ready").await?;
        for (part, label) in [
            ("speech_to_text", "speech-to-text"),
            ("language_model", "language model"),
            ("text_to_speech", "text-to-speech"),
            ("voice_activity_detection", "voice activity"),
        ] {
            let (by, status) = (&ready[part]["served_by"], &ready[part]["status"]);
            let note = if status == "up" { String::new() } else { format!("   ({})", status.as_str().unwrap_or("?")) };
            println!("  {label:<15} {}{note}", by.as_str().unwrap_or("?"));
        }
        println!();
        Ok(())
    }

    /// The turns of a call that is over. The last ones may still be on their way to the database.
    async fn turns(&self, call_sid: &str, clips: &[Clip]) -> anyhow::Result<Vec<Turn>> {
        if self.api_key.is_none() {
            println!("(no API key: what the server made of the call is not shown)");
            return Ok(Vec::new());
        }
        let deadline = Instant::now() + Duration::from_secs(5);
        let spoken = clips.iter().filter(|clip| clip.speech().is_some()).count();
        loop {
            let turns = self.turns_now(call_sid).await?;
            let heard = turns.iter().filter(|turn| turn.prompt_kind == "speech").count();
            if heard >= spoken || Instant::now() > deadline {
                return Ok(turns);
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    pub async fn turns_now(&self, call_sid: &str) -> anyhow::Result<Vec<Turn>> {
        let calls = self.get(&format!("/calls?call_sid={call_sid}")).await?;
        let id = calls["items"][0]["id"].as_str().context("the server knows no call of this name")?;
        let mut turns = self.get(&format!("/calls/{id}/turns")).await?;
        serde_json::from_value(turns["items"].take()).context("the server's turns cannot be read")
    }
}

fn print_conversation(report: &CallReport, clips: &[Clip], turns: &[Turn], total: &mut Total) {
    for stream in &report.streams {
        if let Some(greeting) = stream.greeting {
            println!("agent    {}", greeting_text(turns));
            println!("         first audible {} ms after the stream began", greeting.as_millis());
        }
        for (n, utterance) in stream.utterances.iter().enumerate() {
            let words = clips.iter().find(|clip| clip.name() == utterance.clip).and_then(Clip::words);
            let until = stream.utterances.get(n + 1).map_or(u64::MAX, |next| next.started_ms);
            let is_answer = |turn: &&Turn| {
                let at = turn.times.caller_stopped_ms;
                turn.prompt_kind == "speech" && at.is_some_and(|at| at > utterance.started_ms && at <= until)
            };
            let answers: Vec<&Turn> = turns.iter().filter(is_answer).collect();
            print_exchange(utterance, words, &answers, &mut total.errors);
        }
        print_stream(stream);
    }
    total.replies_ms.extend(report.reply_latencies().iter().map(Duration::as_millis));
}

fn greeting_text(turns: &[Turn]) -> String {
    let greeting = turns.iter().find(|turn| turn.prompt_kind == "greeting");
    greeting.map_or_else(|| "(speaks)".to_owned(), |turn| format!("“{}”", turn.heard_text))
}

fn print_exchange(utterance: &Utterance, words: Option<&str>, answers: &[&Turn], total: &mut Errors) {
    println!("\ncaller   “{}”   [{}]", words.unwrap_or("?"), utterance.clip);
    let heard: Vec<&str> = answers.iter().filter_map(|turn| turn.prompt_text.as_deref()).collect();
    let heard = heard.join(" ");
    match words {
        Some(words) if !answers.is_empty() => {
            let errors = Errors::between(words, &heard);
            *total += errors;
            println!("heard    “{heard}”   word error rate {:.0} %", errors.percent());
        }
        Some(words) => {
            *total += Errors::between(words, "");
            println!("heard    nothing");
        }
        None => println!("heard    “{heard}”"),
    }
    for turn in answers {
        let cut = if turn.interrupted { "   (interrupted)" } else { "" };
        println!("agent    “{}”{cut}", turn.heard_text);
        if turn.heard_text != turn.generated_text && !turn.interrupted {
            println!("         of “{}”", turn.generated_text);
        }
        println!("         {}", stages(&turn.times));
    }
    match (utterance.reply, utterance.reply_heard_ms) {
        (Some(reply), Some(heard_ms)) => println!(
            "         on the line: first audible frame {} ms after the caller's last speech, heard at {heard_ms} ms",
            reply.as_millis()
        ),
        (Some(reply), None) => println!("         on the line: first audible frame after {} ms", reply.as_millis()),
        (None, _) => println!("         on the line: no reply"),
    }
    if utterance.talked_over {
        println!("         the agent began to speak before the caller had finished");
    }
}

/// Each stage, in milliseconds after the caller stopped as the server saw it.
fn stages(times: &Times) -> String {
    let Some(stopped) = times.caller_stopped_ms else { return "no times".to_owned() };
    [
        ("end of turn", times.end_of_turn_ms),
        ("transcript", times.transcript_final_ms),
        ("first token", times.first_token_ms),
        ("first speech", times.first_speech_byte_ms),
        ("first frame", times.first_frame_sent_ms),
    ]
    .iter()
    .filter_map(|(what, at)| at.map(|at| format!("{what} {:+} ms", at as i64 - stopped as i64)))
    .collect::<Vec<_>>()
    .join(", ")
}

fn print_stream(stream: &StreamReport) {
    println!(
        "\nstream of {:.1} s: {} underruns, {} of {} frames sent late by more than 10 ms (at most {} ms)",
        stream.length_ms as f64 / 1_000.0,
        stream.underruns.len(),
        stream.lateness.late,
        stream.lateness.frames,
        stream.lateness.max.as_millis()
    );
    for gap in &stream.underruns {
        let place = if gap.within_sentence { "within a sentence" } else { "between two sentences" };
        println!("  underrun at {} ms: {} ms {place}", gap.at_ms, gap.ms);
    }
}

fn print_end(report: &CallReport) {
    for timed in &report.events {
        if let Event::GaveUpWaiting { step } = &timed.event {
            println!("gave up waiting after {:.1} s: {step}", timed.at.as_secs_f64());
        }
    }
    for trouble in report.faults() {
        println!("Twilio would log error {}: {}", trouble.code, trouble.message);
    }
    let end = match &report.end {
        EndReason::CallerHungUp => "the caller hung up",
        EndReason::HungUp => "the server hung up",
        EndReason::OutOfVerbs => "the TwiML ended",
        EndReason::Rejected(_) => "the call was rejected",
        EndReason::CompletedByRest => "the server ended the call over REST",
        EndReason::ApplicationError => "an application error has occurred",
        EndReason::NotInService => "the number is not in service",
        EndReason::TimeLimit => "the call took too long",
    };
    println!("call over after {:.1} s: {end}", report.duration.as_secs_f64());
    if !report.dialled.is_empty() {
        println!("dialled: {}", report.dialled.join(", "));
    }
}

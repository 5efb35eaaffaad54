//! One level: so many calls at once, and what they measured.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use anyhow::Context;
use simulator::{
    audio::Clip,
    openai::{Delays, Endpoint, Fake, Reply},
    twilio::{Account, CallReport, Caller, Number, Script},
};
use tokio::task::JoinSet;

use super::{
    Arguments, percentile,
    server::{Server, own_cpu_s},
    share::{self, Requests, Share},
};
use crate::call::{self, Turn, clips_in};

/// A frame of the load generator may be later than 20 ms once in a hundred; beyond that it measured itself.
const LATE_SHARE_MAX: f64 = 0.01;

/// What callers say.
pub struct Clips {
    /// Real voices.
    talk: Vec<Clip>,
    /// Short ones, to break in with.
    interrupt: Vec<Clip>,
}

/// Real recordings only, those with clear speech.
pub fn clips(directory: &Path) -> anyhow::Result<Clips> {
    let mut talk = Vec::new();
    for path in clips_in(directory)? {
        let clip = Clip::load(&path)?;
        if clip.name().ends_with("_real") && clip.speech().is_some() {
            talk.push(clip);
        }
    }
    // Over babble nobody can say by energy where the speech begins.
    let is_clear = |clip: &&Clip| clip.ms() < 4_500 && !clip.name().contains("babble");
    let interrupt: Vec<Clip> = talk.iter().filter(is_clear).cloned().collect();
    anyhow::ensure!(!interrupt.is_empty(), "no recorded speech in {}", directory.display());
    Ok(Clips { talk, interrupt })
}

/// What one level came to. Times in milliseconds.
pub struct Level {
    pub calls: usize,
    replies: Vec<f64>,
    shares: Vec<Share>,
    barge_ins: Vec<f64>,
    /// The same by the clip that broke in.
    barge_ins_by_clip: BTreeMap<String, Vec<f64>>,
    missed_barge_ins: usize,
    greetings: Vec<f64>,
    underruns: usize,
    underrun_ms: u64,
    minutes: f64,
    server_cpu_s: f64,
    own_cpu_s: f64,
    mib_per_call: f64,
    frames: u64,
    very_late: u64,
    latest_ms: f64,
    pub notes: Vec<String>,
}

impl Level {
    pub const HEAD: &str = "| calls | reply p50 / p95 (n) | of it waiting p50 | provider p50 | own p50 / p95 (n) | \
        barge-in p50 / p95 (n, missed) | greeting p50 / p95 | underruns (ms) | CPU s per call-minute | MiB per call | \
        load generator: CPU s per call-minute, frames > 20 ms late | valid |\n\
        |---|---|---|---|---|---|---|---|---|---|---|---|";

    /// A line of the table.
    pub fn row(&self) -> String {
        let pair = |values: &[f64]| format!("{:.0} / {:.0}", percentile(values, 0.5), percentile(values, 0.95));
        let fine = |values: &[f64]| format!("{:.1} / {:.1}", percentile(values, 0.5), percentile(values, 0.95));
        let part = |part: fn(&Share) -> f64| self.shares.iter().map(part).collect::<Vec<_>>();
        let late = self.very_late as f64 / self.frames.max(1) as f64;
        format!(
            "| {} | {} ({}) | {:.0} | {:.0} | {} ({}) | {} ({}, {}) | {} | {} ({}) | {:.3} | {:.2} | {:.3}, {:.2} % (at most {:.0} ms) | {} |",
            self.calls,
            pair(&self.replies),
            self.replies.len(),
            percentile(&part(|share| share.waiting), 0.5),
            percentile(&part(|share| share.provider), 0.5),
            fine(&part(|share| share.own)),
            self.shares.len(),
            pair(&self.barge_ins),
            self.barge_ins.len(),
            self.missed_barge_ins,
            fine(&self.greetings),
            self.underruns,
            self.underrun_ms,
            self.server_cpu_s / self.minutes,
            self.mib_per_call,
            self.own_cpu_s / self.minutes,
            late * 100.0,
            self.latest_ms,
            if late <= LATE_SHARE_MAX { "yes" } else { "NO: the load generator was late" },
        )
    }
}

pub async fn run(arguments: &Arguments, binary: &Path, calls: usize, clips: &Clips) -> anyhow::Result<Level> {
    let fake = fake(arguments).await?;
    let server = Server::start(
        binary,
        &arguments.models_dir,
        &[("OPENAI_BASE_URL".to_owned(), fake.base_url()), ("MAX_CALLS".to_owned(), (calls + 10).to_string())],
    )
    .await?;
    let demo = server.demo()?;
    let account = Account::new(demo.account_sid.context("no account")?, demo.auth_token.context("no token")?);
    let number = demo.number.context("no number")?;
    account.add(
        Number::new(&number)
            .voice_url(format!("{}/webhooks/twilio/incoming", server.base))
            .status_callback(format!("{}/webhooks/twilio/status", server.base)),
    );
    let caller = Caller::new(&account, &number).allow_ws().without_recording();
    // What is loaded, opened and rendered once is not the share of any call.
    caller.clone().script(script(clips, 0, 12)).time_limit(Duration::from_secs(12)).place().await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    fake.forget_requests();

    let before_mib = server.rss_mib()?;
    let (server_before, own_before) = (server.cpu_s()?, own_cpu_s()?);
    let mut tasks = JoinSet::new();
    let live = Arc::new(AtomicUsize::new(0));
    let is_full = Arc::new(AtomicBool::new(false));
    for n in 0..calls {
        let (live, is_full) = (Arc::clone(&live), Arc::clone(&is_full));
        let caller = caller
            .clone()
            .call_sid(format!("CA{:032x}", n + 1))
            .script(script(clips, n, arguments.seconds))
            .time_limit(Duration::from_secs(arguments.seconds));
        let begin = Duration::from_secs_f64(n as f64 / arguments.arrivals);
        tasks.spawn(async move {
            tokio::time::sleep(begin).await;
            if live.fetch_add(1, Ordering::Relaxed) + 1 == calls {
                is_full.store(true, Ordering::Relaxed);
            }
            let report = caller.place().await;
            live.fetch_sub(1, Ordering::Relaxed);
            report
        });
    }
    let mut most_mib = before_mib;
    let mut reports = Vec::with_capacity(calls);
    let mut look = tokio::time::interval(Duration::from_millis(500));
    while reports.len() < calls {
        tokio::select! {
            report = tasks.join_next() => reports.extend(report.transpose()?),
            _ = look.tick() => most_mib = most_mib.max(server.rss_mib()?),
        }
    }
    let (server_cpu_s, own_cpu_s) = (server.cpu_s()? - server_before, own_cpu_s()? - own_before);
    let after_mib = server.rss_mib()?;

    let mut level = Level {
        calls,
        replies: Vec::new(),
        shares: Vec::new(),
        barge_ins: Vec::new(),
        barge_ins_by_clip: BTreeMap::new(),
        missed_barge_ins: 0,
        greetings: Vec::new(),
        underruns: 0,
        underrun_ms: 0,
        minutes: 0.0,
        server_cpu_s,
        own_cpu_s,
        mib_per_call: (most_mib - before_mib) / calls as f64,
        frames: 0,
        very_late: 0,
        latest_ms: 0.0,
        notes: Vec::new(),
    };
    let requests = fake.requests();
    let api = call::Server::new(&server.base, demo.api_key);
    // The last turns are still on their way to the database.
    tokio::time::sleep(Duration::from_secs(2)).await;
    for report in &reports {
        let turns = api.turns_now(&report.call_sid).await.unwrap_or_default();
        level.add(report, &turns, &Requests(&requests), arguments.turns);
    }
    level.note_faults(&reports);
    if !is_full.load(Ordering::Relaxed) {
        level.notes.push("the calls did not all overlap: make them longer (--seconds)".to_owned());
    }
    level.notes.push(format!("server memory {before_mib:.1} MiB before, {most_mib:.1} at most, {after_mib:.1} after"));
    let complaints = server.complaints();
    if let Some(first) = complaints.first() {
        level.notes.push(format!("{} warnings in the server's log, the first: {first}", complaints.len()));
    }
    let by_clip = level.barge_ins_by_clip.iter().map(|(clip, values)| {
        format!("{clip} {:.0} / {:.0} ({})", percentile(values, 0.5), percentile(values, 0.95), values.len())
    });
    level.notes.push(format!("barge-in p50 / p95 (n) by clip: {}", by_clip.collect::<Vec<_>>().join(", ")));
    if let Some(directory) = &arguments.keep {
        server.keep_log(directory, calls)?;
    }
    server.stop().await?;
    Ok(level)
}

/// A provider whose answers can be told apart.
async fn fake(arguments: &Arguments) -> anyhow::Result<Fake> {
    let reply = |text: &str| {
        let key = share::key(text).unwrap_or("ref0");
        Reply::say(format!(
            "Of course, I can look into {key} for you. It will take a moment until all of it is ready. Is there \
             anything else that you would like to know?"
        ))
    };
    let fake = Fake::builder()
        .transcribe_with(|heard| format!("Could you look into ref{} for me, please?", heard.n))
        .reply_with(move |chat| reply(chat.last_user()))
        .delay(Endpoint::Transcriptions, Delays::first(arguments.transcript_delay))
        .delay(Endpoint::Chat, Delays::first(arguments.token_delay).between(arguments.token_interval))
        .delay(Endpoint::Speech, Delays::first(arguments.speech_delay))
        .without_bodies()
        .start()
        .await?;
    Ok(fake)
}

/// Enough talk for so many seconds; every third reply is broken into after a second. Each call says the clips in
/// another order.
fn script(clips: &Clips, call: usize, seconds: u64) -> Script {
    let mut script = Script::new().settle(700).patience(10_000).wait_for_agent();
    // No exchange is shorter than three seconds.
    for turn in 0..(seconds / 3 + 1) as usize {
        let talk = &clips.talk[(call * 3 + turn) % clips.talk.len()];
        script = script.say(talk);
        if turn % 3 == 2 {
            let interrupt = &clips.interrupt[(call + turn) % clips.interrupt.len()];
            script = script.interrupt_after(1_000, interrupt);
        }
        script = script.wait_for_agent();
    }
    script
}

impl Level {
    fn add(&mut self, report: &CallReport, turns: &[Turn], requests: &Requests<'_>, print: bool) {
        for stream in &report.streams {
            self.minutes += stream.length_ms as f64 / 60_000.0;
            self.greetings.extend(stream.greeting.map(|greeting| greeting.as_secs_f64() * 1_000.0));
            self.underruns += stream.underruns.len();
            self.underrun_ms += stream.underruns.iter().map(|gap| gap.ms).sum::<u64>();
            self.frames += stream.lateness.frames;
            self.very_late += stream.lateness.very_late;
            self.latest_ms = self.latest_ms.max(stream.lateness.max.as_secs_f64() * 1_000.0);
            for (n, utterance) in stream.utterances.iter().enumerate() {
                if utterance.over_agent {
                    match utterance.cleared {
                        Some(cleared) => {
                            let ms = cleared.as_secs_f64() * 1_000.0;
                            self.barge_ins.push(ms);
                            self.barge_ins_by_clip.entry(utterance.clip.clone()).or_default().push(ms);
                        }
                        // At the very end of a call there may have been no time for it.
                        None if utterance.stopped.is_some() => self.missed_barge_ins += 1,
                        None => {}
                    }
                }
                let Some(reply) = utterance.reply.filter(|_| !utterance.talked_over) else { continue };
                self.replies.push(reply.as_secs_f64() * 1_000.0);
                let until = stream.utterances.get(n + 1).map_or(u64::MAX, |next| next.started_ms);
                let mut answers = turns.iter().filter(|turn| {
                    let at = turn.times.caller_stopped_ms;
                    turn.prompt_kind == "speech" && at.is_some_and(|at| at > utterance.started_ms && at <= until)
                });
                // An utterance that was taken for two is a reply, but cannot be taken apart.
                let (Some(turn), None) = (answers.next(), answers.next()) else { continue };
                let share = share::of(stream, utterance, turn, requests);
                if print {
                    println!("{} {utterance:?} {turn:?} {share:?}", report.call_sid);
                }
                self.shares.extend(share);
            }
        }
    }

    fn note_faults(&mut self, reports: &[CallReport]) {
        let faults: Vec<_> = reports.iter().flat_map(CallReport::faults).collect();
        if let Some(first) = faults.first() {
            self.notes.push(format!("{} faults, the first: {} {}", faults.len(), first.code, first.message));
        }
        let unconnected = reports.iter().filter(|report| report.streams.is_empty()).count();
        if unconnected > 0 {
            self.notes.push(format!("{unconnected} calls never got a stream"));
        }
    }
}

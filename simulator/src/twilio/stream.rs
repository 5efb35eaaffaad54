//! One media stream: the socket, the clock, the playback buffer and the caller, put together.

use std::time::{Duration, Instant};

use futures_util::{FutureExt, SinkExt, StreamExt};
use tokio::{net::TcpStream, sync::mpsc, time};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, client_async_tls_with_config,
    tungstenite::{
        self, Message,
        client::IntoClientRequest,
        http::{HeaderValue, Uri},
        protocol::WebSocketConfig,
    },
};

use super::{
    account::Control,
    actor::{Act, Actor, Heard, Sound},
    call::Timeline,
    caller::Start,
    message::{self, FromServer, Writer},
    playback::Playback,
    report::{Event, Lateness, StreamEnd, StreamReport, Trouble, Utterance},
    script::Misbehaviour,
};
use crate::audio::{self, FRAME, FRAME_MS, Frame};

/// Twilio gives up on a handshake after this long (31901).
const HANDSHAKE: Duration = Duration::from_secs(10);
/// A server that takes nothing for so long is gone.
const WRITE: Duration = Duration::from_secs(5);
/// How long a server may take to answer a close.
const CLOSE: Duration = Duration::from_secs(1);
/// Messages taken before a frame that is due: enough for whatever arrived meanwhile, too few to starve the clock.
const DRAIN_MAX: usize = 64;
/// Agent audio within this time before the caller stopped belongs to what the agent was saying, not to the reply.
const CARRY_MS: u64 = 300;

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// What a stream needs to know of its call.
pub(super) struct Setting<'a> {
    pub account_sid: &'a str,
    pub call_sid: &'a str,
    pub stream_sid: String,
    pub parameters: Vec<(String, String)>,
    /// The URL as connected to.
    pub url: String,
    /// The header for the URL as in the TwiML.
    pub signature: String,
    pub start: Start,
    pub recording: bool,
    pub deadline: Instant,
}

/// Opens the socket.
pub(super) async fn connect(setting: &Setting<'_>, host: Option<&str>) -> Result<Socket, Trouble> {
    let failed = |code, message: String| Trouble::new(code, format!("{}: {message}", setting.url));
    let open = async {
        let uri: Uri = setting.url.parse().map_err(|error| failed(31_920, format!("no URL: {error}")))?;
        let name = uri.host().ok_or_else(|| failed(31_920, "no host".to_owned()))?.trim_matches(['[', ']']).to_owned();
        let port = uri.port_u16().unwrap_or(if uri.scheme_str() == Some("ws") { 80 } else { 443 });
        let tcp = TcpStream::connect((name.as_str(), port)).await.map_err(|error| failed(31_902, error.to_string()))?;
        // 20 ms frames must not wait for each other's acknowledgement.
        tcp.set_nodelay(true).map_err(|error| failed(31_902, error.to_string()))?;
        let mut request = uri.into_client_request().map_err(|error| failed(31_920, error.to_string()))?;
        let headers = request.headers_mut();
        if let Ok(signature) = HeaderValue::from_str(&setting.signature) {
            headers.insert("x-twilio-signature", signature);
        }
        if let Some(host) = host.and_then(|host| HeaderValue::from_str(host).ok()) {
            headers.insert("host", host);
        }
        headers.insert("user-agent", HeaderValue::from_static("twilio-media-streams"));
        // Small buffers: hundreds of calls run side by side, each message is well below 1 KiB on the way out and
        // some tens of KiB on the way in.
        let config = WebSocketConfig::default().read_buffer_size(8 * 1024).write_buffer_size(0);
        let upgrade = client_async_tls_with_config(request, tcp, Some(config), None).await;
        upgrade.map(|(socket, _)| socket).map_err(|error| match error {
            tungstenite::Error::Http(response) => {
                failed(31_920, format!("answered {} to the upgrade", response.status()))
            }
            tungstenite::Error::Tls(error) => failed(31_910, error.to_string()),
            error => failed(31_920, error.to_string()),
        })
    };
    time::timeout(HANDSHAKE, open).await.unwrap_or_else(|_| Err(failed(31_901, "no upgrade within 10 s".to_owned())))
}

/// A stream that never came to be.
pub(super) fn not_connected(stream_sid: String, parameters: Vec<(String, String)>) -> StreamReport {
    StreamReport {
        stream_sid,
        parameters,
        started: Instant::now(),
        greeting: None,
        utterances: Vec::new(),
        underruns: Vec::new(),
        messages: 0,
        ragged: 0,
        buffered_max_ms: 0,
        said: Vec::new(),
        heard: Vec::new(),
        lateness: Lateness::default(),
        length_ms: 0,
        end: StreamEnd::NotConnected,
    }
}

/// Runs the stream to its end. `Some(control)`: REST ended it, and that is what it wants.
pub(super) async fn run(
    socket: Socket,
    setting: Setting<'_>,
    actor: &mut Actor,
    timeline: &mut Timeline,
    controls: &mut mpsc::Receiver<Control>,
) -> (StreamReport, Option<Control>) {
    let mut report = not_connected(setting.stream_sid.clone(), setting.parameters.clone());
    report.end = StreamEnd::Broken;
    let mut live = Live {
        socket,
        writer: Writer::new(setting.stream_sid.clone()),
        playback: Playback::default(),
        silence: Frame::silence(),
        agent_speaking: false,
        quiet_ms: 0,
        carry: false,
        awaiting_heard: false,
        ticks: 0,
        report,
        setting,
        actor,
        timeline,
    };
    let mut wanted = None;
    let end = match live.talk(controls, &mut wanted).await {
        Ok(()) => StreamEnd::ServerClosed,
        Err(end) => end,
    };
    live.finish(end).await;
    (live.report, wanted)
}

struct Live<'a> {
    socket: Socket,
    writer: Writer,
    playback: Playback,
    silence: Frame,
    agent_speaking: bool,
    quiet_ms: u64,
    /// Audio that arrives still belongs to what the agent was saying when the caller stopped.
    carry: bool,
    /// The reply has been received and not yet been heard.
    awaiting_heard: bool,
    ticks: u64,
    report: StreamReport,
    setting: Setting<'a>,
    actor: &'a mut Actor,
    timeline: &'a mut Timeline,
}

impl Live<'_> {
    /// Ends with an error as soon as there is a reason to; `Ok`: the server closed.
    async fn talk(
        &mut self,
        controls: &mut mpsc::Receiver<Control>,
        wanted: &mut Option<Control>,
    ) -> Result<(), StreamEnd> {
        self.send(self.writer.connected()).await?;
        if self.setting.start != Start::Never {
            let call_sid = match &self.setting.start {
                Start::OfCall(call_sid) => call_sid.as_str(),
                Start::AsUsual | Start::Never => self.setting.call_sid,
            };
            let text = self.writer.start(self.setting.account_sid, call_sid, &self.setting.parameters);
            self.send(text).await?;
        }
        self.report.started = Instant::now();
        self.note(Event::StreamStarted { stream_sid: self.report.stream_sid.clone() });
        loop {
            // The frame of tick n is complete, and sent, when its 20 ms are over.
            let due = self.report.started + Duration::from_millis((self.ticks + 1) * FRAME_MS);
            let now = Instant::now();
            if now >= self.setting.deadline {
                return Err(StreamEnd::TimeLimit);
            }
            if now >= due {
                // What has arrived by now was there before the frame, however late we are.
                for _ in 0..DRAIN_MAX {
                    let Some(message) = self.socket.next().now_or_never() else { break };
                    if self.take(message).await?.is_break() {
                        return Ok(());
                    }
                }
                self.report.lateness.note(Instant::now() - due);
                self.tick().await?;
                continue;
            }
            tokio::select! {
                biased;
                Some(control) = controls.recv() => {
                    *wanted = Some(control);
                    return Err(StreamEnd::Rest);
                }
                message = self.socket.next() => {
                    if self.take(message).await?.is_break() {
                        return Ok(());
                    }
                }
                () = time::sleep_until(due.into()) => {}
            }
        }
    }

    fn since_start(&self) -> Duration {
        self.report.started.elapsed()
    }

    fn note(&mut self, event: Event) {
        let media_ms = self.ticks * FRAME_MS;
        self.timeline.note(Some(media_ms), event);
    }

    async fn send(&mut self, text: String) -> Result<(), StreamEnd> {
        self.send_message(Message::text(text)).await
    }

    async fn send_message(&mut self, message: Message) -> Result<(), StreamEnd> {
        match time::timeout(WRITE, self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => {
                self.timeline.trouble(Trouble::new(31_903, format!("writing to the socket: {error}")));
                Err(StreamEnd::Broken)
            }
            Err(_) => {
                self.timeline.trouble(Trouble::new(31_903, "the server took nothing for 5 s"));
                Err(StreamEnd::Broken)
            }
        }
    }

    /// Takes one thing from the socket. `Break`: the server closed.
    async fn take(
        &mut self,
        message: Option<Result<Message, tungstenite::Error>>,
    ) -> Result<std::ops::ControlFlow<()>, StreamEnd> {
        let parsed = match message {
            Some(Ok(Message::Text(text))) => message::parse(&text, &self.report.stream_sid),
            Some(Ok(Message::Binary(_))) => Err("binary message".to_owned()),
            Some(Ok(Message::Close(frame))) => {
                let reason = frame.map_or_else(String::new, |frame| format!(": {} {}", frame.code, frame.reason));
                self.timeline.trouble(Trouble::new(31_921, format!("the server closed the socket{reason}")));
                return Ok(std::ops::ControlFlow::Break(()));
            }
            Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => {
                return Ok(std::ops::ControlFlow::Continue(()));
            }
            Some(Err(error)) => {
                self.timeline.trouble(Trouble::new(31_903, format!("reading from the socket: {error}")));
                return Err(StreamEnd::Broken);
            }
            None => {
                self.timeline.trouble(Trouble::new(31_903, "the connection ended without a close"));
                return Err(StreamEnd::Broken);
            }
        };
        match parsed {
            Ok(FromServer::Media(bytes)) => self.media(bytes),
            Ok(FromServer::Mark(name)) => {
                if let Some(name) = self.playback.mark(name) {
                    self.echo_mark(name, true).await?;
                }
            }
            Ok(FromServer::Clear) => self.clear().await?,
            Err(message) => {
                self.timeline.trouble(Trouble::new(31_924, message));
                return Err(StreamEnd::ProtocolError);
            }
        }
        Ok(std::ops::ControlFlow::Continue(()))
    }

    fn media(&mut self, bytes: bytes::Bytes) {
        self.report.messages += 1;
        self.report.ragged += u64::from(!bytes.len().is_multiple_of(FRAME));
        let at = self.since_start();
        if self.awaits_reply() && audio::audible(&bytes) {
            match self.report.utterances.last_mut() {
                None => self.report.greeting = Some(at),
                Some(utterance) => match utterance.stopped {
                    Some(stopped) => {
                        utterance.reply = Some(at.saturating_sub(stopped));
                        self.awaiting_heard = true;
                    }
                    None => utterance.talked_over = true,
                },
            }
        }
        self.playback.audio(bytes);
        self.report.buffered_max_ms = self.report.buffered_max_ms.max(self.playback.buffered_ms());
    }

    /// Whether the next audible frame means anything: it is the greeting, a reply or an interruption.
    fn awaits_reply(&self) -> bool {
        match self.report.utterances.last() {
            None => self.report.greeting.is_none(),
            Some(utterance) if utterance.stopped.is_some() => utterance.reply.is_none() && !self.carry,
            Some(utterance) => !utterance.talked_over && (!utterance.over_agent || utterance.cleared.is_some()),
        }
    }

    async fn clear(&mut self) -> Result<(), StreamEnd> {
        let (dropped_ms, marks) = self.playback.clear();
        let at = self.since_start();
        if let Some(utterance) = self.report.utterances.last_mut() {
            utterance.cleared.get_or_insert(at.saturating_sub(utterance.started));
        }
        self.carry = false;
        self.quiet_ms = self.quiet_ms.max(CARRY_MS);
        self.actor.forget_agent();
        self.note(Event::Cleared { dropped_ms });
        for name in marks {
            self.echo_mark(name, false).await?;
        }
        Ok(())
    }

    async fn echo_mark(&mut self, name: String, reached: bool) -> Result<(), StreamEnd> {
        let text = self.writer.mark(&name);
        self.note(if reached { Event::Mark(name) } else { Event::MarkDropped(name) });
        self.send(text).await
    }

    /// 20 ms on both sides of the line.
    async fn tick(&mut self) -> Result<(), StreamEnd> {
        let at_ms = self.ticks * FRAME_MS;
        let played = self.playback.tick(at_ms);
        for name in played.marks {
            self.echo_mark(name, true).await?;
        }
        if let Some(underrun) = played.underrun {
            self.report.underruns.push(underrun.clone());
            self.note(Event::Underrun(underrun));
        }
        let audible = played.frame.is_some_and(|frame| audio::audible(&frame));
        self.hear(audible, at_ms);
        let heard =
            Heard { frame: played.frame.as_ref(), audible, quiet_ms: self.quiet_ms, idle: self.playback.is_idle() };
        let did = self.actor.tick(&heard);
        let frame = match &did.sound {
            Sound::Silence => &self.silence,
            Sound::Clip(clip, n) => &clip.frames()[*n],
            Sound::Mixed(frame) => frame,
        };
        if self.setting.recording {
            self.report.said.extend(frame.mulaw);
            self.report.heard.extend(played.frame.unwrap_or(self.silence.mulaw));
        }
        let text = self.writer.media(at_ms, &frame.base64);
        self.send(text).await?;
        if let Some(clip) = did.speech_starts {
            self.caller_starts(clip.name(), at_ms);
        }
        if let Some(clip) = did.speech_stops {
            self.caller_stops(clip.name(), at_ms);
        }
        self.ticks += 1;
        for act in did.acts {
            self.act(act).await?;
        }
        Ok(())
    }

    fn hear(&mut self, audible: bool, at_ms: u64) {
        if !audible {
            self.quiet_ms += FRAME_MS;
            if self.playback.is_idle() {
                self.carry &= self.quiet_ms < CARRY_MS;
                if self.agent_speaking && self.quiet_ms >= self.actor.settle_ms() {
                    self.agent_speaking = false;
                    self.note(Event::AgentStops);
                }
            }
            return;
        }
        self.quiet_ms = 0;
        if !self.agent_speaking {
            self.agent_speaking = true;
            self.note(Event::AgentSpeaks);
        }
        if self.awaiting_heard {
            self.awaiting_heard = false;
            if let Some(utterance) = self.report.utterances.last_mut() {
                utterance.reply_heard_ms = utterance.stopped_ms.map(|stopped_ms| at_ms.saturating_sub(stopped_ms));
            }
        }
    }

    fn is_agent_on(&self) -> bool {
        self.playback.buffered_ms() > 0 || (self.agent_speaking && self.quiet_ms < CARRY_MS)
    }

    fn caller_starts(&mut self, clip: &str, at_ms: u64) {
        self.report.utterances.push(Utterance {
            clip: clip.to_owned(),
            started_ms: at_ms,
            started: self.since_start(),
            over_agent: self.is_agent_on(),
            ..Utterance::default()
        });
        self.awaiting_heard = false;
        self.playback.caller_spoke();
        self.note(Event::CallerSpeaks { clip: clip.to_owned() });
    }

    fn caller_stops(&mut self, clip: &str, at_ms: u64) {
        let now = self.since_start();
        self.carry = self.is_agent_on();
        // A clip that began in the stream before this one has no beginning here.
        if let Some(utterance) = self.report.utterances.last_mut().filter(|utterance| utterance.clip == clip) {
            utterance.stopped_ms = Some(at_ms + FRAME_MS);
            utterance.stopped = Some(now);
        }
        self.note(Event::CallerStops { clip: clip.to_owned() });
    }

    async fn act(&mut self, act: Act) -> Result<(), StreamEnd> {
        match act {
            Act::Press(key) => {
                let text = self.writer.dtmf(key);
                self.note(Event::Pressed(key));
                self.send(text).await
            }
            Act::GaveUpWaiting(step) => {
                self.note(Event::GaveUpWaiting { step });
                Ok(())
            }
            Act::Misbehave(how) => {
                let message = self.misbehave(how);
                self.send_message(message).await
            }
            Act::HangUp => Err(StreamEnd::CallerHungUp),
            Act::DropSocket => Err(StreamEnd::Dropped),
        }
    }

    fn misbehave(&mut self, how: Misbehaviour) -> Message {
        let at_ms = self.ticks * FRAME_MS;
        Message::text(match how {
            Misbehaviour::MalformedJson => r#"{"event":"media","#.to_owned(),
            Misbehaviour::UnknownEvent => r#"{"event":"sing","sequenceNumber":"7","streamSid":"x"}"#.to_owned(),
            Misbehaviour::BadBase64 => self.writer.media(at_ms, "this is no base64!"),
            Misbehaviour::Payload { bytes } => {
                use base64::{Engine, engine::general_purpose::STANDARD};
                self.writer.media(at_ms, &STANDARD.encode(vec![0xFF; bytes]))
            }
            Misbehaviour::Timestamp(timestamp) => {
                let usual = format!(r#""timestamp":"{at_ms}""#);
                let absurd = format!(r#""timestamp":{}"#, serde_json::Value::from(timestamp));
                self.writer.media(at_ms, &self.silence.base64).replace(&usual, &absurd)
            }
            Misbehaviour::OutOfOrder => Writer::new(self.report.stream_sid.clone()).media(0, &self.silence.base64),
            Misbehaviour::StartAgain => {
                self.writer.start(self.setting.account_sid, self.setting.call_sid, &self.setting.parameters)
            }
            Misbehaviour::Raw(text) => text,
            Misbehaviour::Binary => return Message::binary(vec![0u8; FRAME]),
        })
    }

    /// Says goodbye as the end demands.
    async fn finish(&mut self, end: StreamEnd) {
        self.report.end = end;
        self.report.length_ms = self.ticks * FRAME_MS;
        self.note(Event::StreamEnded(end));
        if matches!(end, StreamEnd::Broken | StreamEnd::Dropped | StreamEnd::NotConnected) {
            return;
        }
        let close = async {
            if end != StreamEnd::ServerClosed {
                let stop = self.writer.stop(self.setting.account_sid, self.setting.call_sid);
                self.socket.send(Message::text(stop)).await?;
            }
            self.socket.close(None).await?;
            while let Some(message) = self.socket.next().await {
                message?;
            }
            Ok::<_, tungstenite::Error>(())
        };
        // Whatever is wrong with the socket now, it is over.
        let _ = time::timeout(CLOSE, close).await;
    }
}

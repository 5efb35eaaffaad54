//! What a second of a call's audio costs in processor time, piece by piece:
//! `cargo run --release -p voice --example audio_cost`
#![expect(clippy::unwrap_used, reason = "it stops by panicking")]

use std::{fs, hint::black_box, path::Path, time::Instant};

use voice::{
    audio::{Encoder, Resampler, mulaw, pcm16_bytes},
    line::AudioFormat,
    vad::{Listener, Vad},
};

/// Seconds of audio that each piece is given.
const SECONDS: usize = 60;
/// How often.
const RUNS: u64 = 5;

fn main() {
    // A caller who talks 2 s of every 5: one of the recorded clips, then silence.
    let clip = Path::new(env!("CARGO_MANIFEST_DIR")).join("../caller-audio/17_seven_of_clubs_real.ulaw");
    let mut turn = fs::read(clip).unwrap();
    turn.resize(5 * 8_000, mulaw::SILENCE);
    let call: Vec<u8> = turn.iter().copied().cycle().take(SECONDS * 8_000).collect();
    let talk: Vec<u8> = turn[4_000..16_000].iter().copied().cycle().take(SECONDS * 8_000).collect();
    let narrow = mulaw::decode(&call);
    let wide = resample(&narrow);
    let spoken = resample(&mulaw::decode(&talk));
    let reply: Vec<u8> = pcm16_bytes(&{
        let (mut resampler, mut pcm) = (Resampler::new(8_000, 24_000), Vec::new());
        resampler.process(&narrow, &mut pcm);
        pcm
    });

    let mut samples = Vec::new();
    cost("µ-law decoded", || call.chunks(160).for_each(|frame| decode(frame, &mut samples)));
    let mut bytes = Vec::new();
    cost("µ-law encoded", || {
        narrow.chunks(160).for_each(|frame| {
            bytes.clear();
            mulaw::encode_into(black_box(frame), &mut bytes);
        });
    });
    cost("8 to 16 kHz", || drop(black_box(resample(&narrow))));
    cost("reply 24 kHz PCM to µ-law frames", || {
        let mut encoder = Encoder::new(24_000, AudioFormat::Mulaw8k);
        reply.chunks(4_800).for_each(|chunk| drop(black_box(encoder.push(chunk))));
        black_box(encoder.finish());
    });
    for (name, vad) in [("neural", Vad::load(None)), ("cheap alone", Vad::default())] {
        for (what, pcm) in [("talking without a pause", &spoken), ("a call, 2 s of 5 spoken", &wide)] {
            let mut listener = vad.listener();
            cost(&format!("VAD {name}, {what}"), || listen(&mut listener, pcm));
            if vad.is_neural() {
                println!("{:>14} of {} windows looked at", listener.neural_runs() / RUNS, pcm.len() / 512);
            }
        }
    }
    cost("the whole ear: µ-law, 16 kHz, VAD on that call", || {
        let (mut resampler, mut listener) = (Resampler::new(8_000, 16_000), Vad::load(None).listener());
        let (mut narrow, mut wide) = (Vec::new(), Vec::new());
        for frame in call.chunks(160) {
            decode(frame, &mut narrow);
            wide.clear();
            resampler.process(&narrow, &mut wide);
            black_box(listener.push(&wide));
        }
    });

    let before = resident();
    let calls: Vec<(Resampler, Resampler, Listener)> = {
        let vad = Vad::load(None);
        (0..2_000).map(|_| (Resampler::new(8_000, 16_000), Resampler::new(24_000, 8_000), vad.listener())).collect()
    };
    println!(
        "{:>10.1} kB a call: two resamplers and a listener",
        (resident() - before) as f64 / calls.len() as f64 / 1e3
    );
}

fn decode(frame: &[u8], samples: &mut Vec<i16>) {
    samples.clear();
    mulaw::decode_into(black_box(frame), samples);
}

fn resample(narrow: &[i16]) -> Vec<i16> {
    let (mut resampler, mut wide) = (Resampler::new(8_000, 16_000), Vec::new());
    narrow.chunks(160).for_each(|frame| resampler.process(frame, &mut wide));
    wide
}

fn listen(listener: &mut Listener, pcm: &[i16]) {
    pcm.chunks(320).for_each(|frame| drop(black_box(listener.push(frame))));
}

/// The best of its runs: the others were interrupted.
fn cost(what: &str, mut run: impl FnMut()) {
    let best = (0..RUNS).map(|_| {
        let begun = Instant::now();
        run();
        begun.elapsed()
    });
    let per_second = best.min().unwrap().as_secs_f64() * 1e6 / SECONDS as f64;
    println!("{per_second:>10.1} µs a second, {:.4} CPU-s a call-minute: {what}", per_second * 60.0 / 1e6);
}

/// Bytes of this process in memory.
fn resident() -> u64 {
    let statm = fs::read_to_string("/proc/self/statm").unwrap();
    statm.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() * 4_096
}

//! Uploaded audio files, decoded within bounds.

use std::{
    io::{self, Read, Seek, SeekFrom},
    panic::{AssertUnwindSafe, catch_unwind},
    time::Duration,
};

use opus_decoder::OpusDecoder;
use symphonia::core::{
    codecs::audio::{AudioCodecParameters, AudioDecoder, AudioDecoderOptions, well_known::CODEC_ID_OPUS},
    errors::Error,
    formats::{FormatOptions, FormatReader, TrackType, probe::Hint},
    io::{MediaSource, MediaSourceStream},
    meta::MetadataOptions,
    packet::Packet,
};

use super::Resampler;
use crate::provider::Speech;

/// Why an upload gave no speech. The texts are for whoever sent it.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    #[error("the file is not audio that can be read here: wav, mp3, m4a, aac, ogg, webm and flac can ({0})")]
    Unsupported(&'static str),
    #[error("the file is damaged: {0}")]
    Garbled(String),
    #[error("the audio is longer than {} s", .0.as_secs())]
    TooLong(Duration),
    #[error("the file holds no sound")]
    Empty,
    /// Not the sender's fault.
    #[error("the file cannot be read")]
    Io(#[source] io::Error),
}

/// Channels of the most that are read apart from each other.
pub const MOST_CHANNELS: usize = 8;

/// What becomes of a file's channels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channels {
    /// Averaged.
    Mixed,
    /// Each for itself, up to [`MOST_CHANNELS`].
    Separate,
}

/// Decodes a whole file to 16 kHz mono, channels averaged: see [`AudioFile`].
///
/// Memory stays within the samples of `longest` and a few hundred kilobytes of decoder.
///
/// # Errors
/// See [`DecodeError`]; [`DecodeError::TooLong`] comes as soon as `longest` is passed, not at the end.
pub fn decode_file<R>(file: R, longest: Duration) -> Result<Vec<i16>, DecodeError>
where
    R: Read + Seek + Send + Sync + 'static,
{
    let mut pcm = Vec::new();
    AudioFile::open(file, Channels::Mixed)?.read(longest, &mut |channels| {
        pcm.extend_from_slice(&channels[0]);
        true
    })?;
    Ok(pcm)
}

/// An audio file, identified and ready to be read.
///
/// It may be WAV (PCM, float, µ-law, A-law), MP3, M4A and ADTS (AAC-LC), Ogg and WebM (Opus, Vorbis) and FLAC. The
/// content alone decides which it is, whatever its name claims. A file cut short gives what is there (but
/// not MP4, nor WebM that was not recorded live: their boxes then contradict it).
///
/// It is work for the processor (some 1 to 10 ms per second of audio): call it inside `spawn_blocking`. A decoder that
/// panics is caught, and the file called damaged.
pub struct AudioFile {
    container: Box<dyn FormatReader>,
    track: u32,
    decoder: Decoder,
    claimed: Option<Duration>,
}

impl AudioFile {
    /// Looks at the head of a file.
    pub fn open<R>(file: R, channels: Channels) -> Result<Self, DecodeError>
    where
        R: Read + Seek + Send + Sync + 'static,
    {
        caught(|| open(file, channels))
    }

    /// How long the file says it is; `None`: it does not.
    pub fn claimed(&self) -> Option<Duration> {
        self.claimed
    }

    /// Gives what a file holds piece by piece, a slice of 16 kHz samples for each channel, all of the same length, until
    /// `heard` says `false`. Memory stays within a few hundred kilobytes, however long it is.
    ///
    /// # Errors
    /// See [`DecodeError`]; [`DecodeError::TooLong`] comes as soon as `longest` is passed, not at the end.
    pub fn read(self, longest: Duration, heard: &mut dyn FnMut(&[Vec<i16>]) -> bool) -> Result<(), DecodeError> {
        caught(|| read(self, longest, heard))
    }
}

fn caught<T>(work: impl FnOnce() -> Result<T, DecodeError>) -> Result<T, DecodeError> {
    let given_up = |_| Err(DecodeError::Garbled("its decoder gave up".to_owned()));
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(given_up)
}

fn open<R>(mut file: R, channels: Channels) -> Result<AudioFile, DecodeError>
where
    R: Read + Seek + Send + Sync + 'static,
{
    let length = sniff(&mut file)?;
    let source = MediaSourceStream::new(Box::new(Source { file, length }), Default::default());
    let container = symphonia::default::get_probe()
        .probe(&Hint::new(), source, FormatOptions::default(), MetadataOptions::default())
        .map_err(refused)?;
    let track = container.default_track(TrackType::Audio).ok_or(DecodeError::Unsupported("it has no audio track"))?;
    let codec = track.codec_params.as_ref().and_then(|params| params.audio());
    let codec = codec.ok_or(DecodeError::Unsupported("its codec is not named"))?;
    let seconds = track.num_frames.zip(codec.sample_rate).map(|(frames, rate)| frames as f64 / f64::from(rate.max(1)));
    let claimed = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    let (track, decoder) = (track.id, Decoder::new(codec, channels)?);
    Ok(AudioFile { container, track, decoder, claimed })
}

fn read(file: AudioFile, longest: Duration, heard: &mut dyn FnMut(&[Vec<i16>]) -> bool) -> Result<(), DecodeError> {
    let AudioFile { mut container, track, mut decoder, .. } = file;
    let bound = longest.as_secs_f64() * f64::from(Speech::RATE);
    // The shortest packets are Opus' of 2.5 ms and Vorbis' of 64 samples: under 1,000 a second. More of them than
    // this hold nothing, and a few header bytes can claim four thousand million such.
    let mut packets = longest.as_secs().saturating_mul(1_000) + 1_000;
    let (mut pcm, mut samples, mut good, mut bad) = (Vec::<Vec<i16>>::new(), 0, 0_u64, 0_u64);
    loop {
        let packet = match container.next_packet() {
            Ok(Some(packet)) => packet,
            // Also the end of a file cut short, of a chained stream's first part, and of what can be followed.
            Ok(None) => break,
            Err(Error::IoError(cause)) if cause.kind() != io::ErrorKind::UnexpectedEof => {
                return Err(DecodeError::Io(cause));
            }
            Err(_) if good > 0 => break,
            Err(cause) => return Err(refused(cause)),
        };
        packets = packets.checked_sub(1).ok_or(DecodeError::TooLong(longest))?;
        if packet.track_id != track {
            continue;
        }
        match decoder.decode(&packet, &mut pcm) {
            Ok(()) => good += 1,
            Err(Undecodable::Packet) => bad += 1,
            Err(Undecodable::Stream(error)) => return Err(error),
        }
        if !give(&mut pcm, &mut samples, heard) {
            return Ok(());
        }
        if samples as f64 > bound {
            return Err(DecodeError::TooLong(longest));
        }
    }
    decoder.finish(&mut pcm);
    give(&mut pcm, &mut samples, heard);
    if bad > good {
        return Err(DecodeError::Garbled(format!("{bad} of its {} packets make no sense", bad + good)));
    }
    if samples == 0 { Err(DecodeError::Empty) } else { Ok(()) }
}

/// `false`: no more is wanted.
fn give(pcm: &mut [Vec<i16>], samples: &mut usize, heard: &mut dyn FnMut(&[Vec<i16>]) -> bool) -> bool {
    let some = pcm.first().map_or(0, Vec::len);
    *samples += some;
    let goes_on = some == 0 || heard(pcm);
    pcm.iter_mut().for_each(Vec::clear);
    goes_on
}

/// Looks at the first bytes, and gives the file's length. Without this the prober would search any file's first megabyte for
/// two bytes that could begin an MP3 frame, and find them in pictures.
fn sniff(file: &mut (impl Read + Seek)) -> Result<u64, DecodeError> {
    let length = file.seek(SeekFrom::End(0)).map_err(DecodeError::Io)?;
    file.rewind().map_err(DecodeError::Io)?;
    if length == 0 {
        return Err(DecodeError::Empty);
    }
    let mut head = Vec::with_capacity(12);
    file.by_ref().take(12).read_to_end(&mut head).map_err(DecodeError::Io)?;
    file.rewind().map_err(DecodeError::Io)?;
    match head[..] {
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E']
        | [b'O', b'g', b'g', b'S', ..]
        | [b'f', b'L', b'a', b'C', ..]
        | [b'I', b'D', b'3', ..]
        | [0x1A, 0x45, 0xDF, 0xA3, ..]
        | [_, _, _, _, b'f', b't', b'y', b'p', ..]
        // MPEG audio and ADTS begin with eleven set bits.
        | [0xFF, 0xE0..=0xFF, ..] => Ok(length),
        [0x89, b'P', b'N', b'G', ..] | [0xFF, 0xD8, ..] | [b'G', b'I', b'F', ..] => {
            Err(DecodeError::Unsupported("it is a picture"))
        }
        [b'%', b'P', b'D', b'F', ..] => Err(DecodeError::Unsupported("it is a PDF")),
        _ => Err(DecodeError::Unsupported("its first bytes are of none of them")),
    }
}

fn refused(cause: Error) -> DecodeError {
    match cause {
        Error::IoError(cause) if cause.kind() != io::ErrorKind::UnexpectedEof => DecodeError::Io(cause),
        Error::IoError(_) => DecodeError::Garbled("it ends before its audio begins".to_owned()),
        Error::Unsupported(feature) => DecodeError::Unsupported(feature),
        other => DecodeError::Garbled(other.to_string()),
    }
}

struct Source<R> {
    file: R,
    length: u64,
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.file.read(buffer)
    }
}

impl<R: Seek> Seek for Source<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

impl<R: Read + Seek + Send + Sync> MediaSource for Source<R> {
    fn is_seekable(&self) -> bool {
        true
    }

    fn byte_len(&self) -> Option<u64> {
        Some(self.length)
    }
}

/// Samples a second inside Opus.
const OPUS_RATE: u32 = 48_000;

/// What one packet failed with.
enum Undecodable {
    /// This packet alone.
    Packet,
    Stream(DecodeError),
}

/// From packets to 16 kHz.
struct Decoder {
    codec: Codec,
    channels: Channels,
    interleaved: Vec<f32>,
    /// One channel of a packet.
    mono: Vec<i16>,
    /// The rate of the packets so far, with one resampler for each channel that is given.
    resamplers: Option<(u32, Vec<Resampler>)>,
}

enum Codec {
    Opus { decoder: Box<OpusDecoder>, channels: usize, buffer: Vec<i16>, skip: usize },
    Other(Box<dyn AudioDecoder>),
}

impl Decoder {
    fn new(codec: &AudioCodecParameters, channels: Channels) -> Result<Self, DecodeError> {
        let codec = match codec.codec {
            CODEC_ID_OPUS => Codec::opus(codec, channels)?,
            _ => {
                let made = symphonia::default::get_codecs().make_audio_decoder(codec, &AudioDecoderOptions::default());
                Codec::Other(made.map_err(refused)?)
            }
        };
        Ok(Self { codec, channels, interleaved: Vec::new(), mono: Vec::new(), resamplers: None })
    }

    /// Appends what a packet holds to each channel's samples; makes the channels at the first.
    fn decode(&mut self, packet: &Packet, pcm: &mut Vec<Vec<i16>>) -> Result<(), Undecodable> {
        let (rate, channels) = self.codec.decode(packet, &mut self.interleaved)?;
        if !(4_000..=192_000).contains(&rate) || channels == 0 {
            return Err(Undecodable::Stream(DecodeError::Unsupported("its sample rate or channel count")));
        }
        let given = match self.channels {
            Channels::Mixed => 1,
            Channels::Separate if channels > MOST_CHANNELS => {
                return Err(Undecodable::Stream(DecodeError::Unsupported("it has more than eight channels")));
            }
            Channels::Separate => channels,
        };
        if pcm.is_empty() {
            pcm.resize_with(given, Vec::new);
        }
        if pcm.len() != given {
            return Err(Undecodable::Stream(DecodeError::Unsupported("its number of channels changes")));
        }
        if self.resamplers.as_ref().is_none_or(|(of, _)| *of != rate) {
            self.resamplers = Some((rate, (0..given).map(|_| Resampler::new(rate, Speech::RATE)).collect()));
        }
        let Some((_, resamplers)) = &mut self.resamplers else { return Ok(()) };
        for (channel, (resampler, pcm)) in resamplers.iter_mut().zip(pcm).enumerate() {
            self.mono.clear();
            let frames = self.interleaved.chunks_exact(channels);
            match self.channels {
                Channels::Mixed => {
                    let scale = 32_768.0 / channels as f32;
                    self.mono.extend(frames.map(|frame| (frame.iter().sum::<f32>() * scale) as i16));
                }
                Channels::Separate => self.mono.extend(frames.map(|frame| (frame[channel] * 32_768.0) as i16)),
            }
            resampler.process(&self.mono, pcm);
        }
        Ok(())
    }

    fn finish(self, pcm: &mut [Vec<i16>]) {
        for (mut resampler, pcm) in self.resamplers.into_iter().flat_map(|(_, resamplers)| resamplers).zip(pcm) {
            resampler.flush(pcm);
        }
    }
}

impl Codec {
    fn opus(codec: &AudioCodecParameters, wanted: Channels) -> Result<Self, DecodeError> {
        let channels = codec.channels.as_ref().map_or(1, |channels| channels.count());
        if channels > 2 {
            return Err(DecodeError::Unsupported("Opus with more than two channels"));
        }
        // Its decoder mixes better than we do.
        let channels = if wanted == Channels::Mixed { 1 } else { channels.max(1) };
        // The samples to drop at the start, at 48 kHz: RFC 7845 §5.1, little-endian; in MP4, which counts its
        // versions from 0, big-endian.
        let skip = match codec.extra_data.as_deref() {
            Some([_, _, _, _, _, _, _, _, 0, _, high, low, ..]) => u16::from_be_bytes([*high, *low]),
            Some([_, _, _, _, _, _, _, _, _, _, low, high, ..]) => u16::from_le_bytes([*low, *high]),
            _ => 0,
        };
        // This decoder is right at 48 kHz; its narrower outputs garble speech coded at yet another rate.
        let decoder = OpusDecoder::new(OPUS_RATE, channels).expect("Opus decodes to 48 kHz mono and stereo");
        // A packet holds at most 120 ms.
        let buffer = vec![0; OPUS_RATE as usize * 120 / 1_000 * channels];
        Ok(Self::Opus { decoder: Box::new(decoder), channels, buffer, skip: usize::from(skip) })
    }

    /// The packet's samples, its rate and its channels.
    fn decode(&mut self, packet: &Packet, interleaved: &mut Vec<f32>) -> Result<(u32, usize), Undecodable> {
        interleaved.clear();
        match self {
            Self::Opus { decoder, channels, buffer, skip } => {
                let made = decoder.decode(&packet.data, buffer, false).map_err(|_| Undecodable::Packet)?;
                let cut = made.min(*skip);
                *skip -= cut;
                let samples = &buffer[cut * *channels..made * *channels];
                interleaved.extend(samples.iter().map(|&sample| f32::from(sample) / 32_768.0));
                Ok((OPUS_RATE, *channels))
            }
            Self::Other(decoder) => {
                let samples = match decoder.decode(packet) {
                    Ok(samples) => samples,
                    Err(Error::DecodeError(_) | Error::IoError(_)) => return Err(Undecodable::Packet),
                    Err(cause) => return Err(Undecodable::Stream(refused(cause))),
                };
                let (rate, channels) = (samples.spec().rate(), samples.spec().channels().count());
                samples.copy_to_vec_interleaved(interleaved);
                Ok((rate, channels))
            }
        }
    }
}

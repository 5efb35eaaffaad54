//! FLAC files of 16-bit stereo: written as a stream, and read back to see that they are whole.

use std::io::{self, Read, Seek, SeekFrom, Write};

use flacenc::{
    bitsink::MemSink,
    component::{BitRepr, StreamInfo},
    config,
    error::{Verified, Verify},
    source::{Context, Fill, FrameBuf},
};
use symphonia::core::{
    codecs::audio::AudioDecoderOptions,
    errors::Error,
    formats::{FormatOptions, TrackType, probe::Hint},
    io::{MediaSource, MediaSourceStream},
    meta::MetadataOptions,
};

/// Samples of each channel in a frame: half a second of a telephone call, and what the reference encoder takes.
const BLOCK: usize = 4_096;
const CHANNELS: usize = 2;
const BITS: usize = 16;

/// Writes one file. Memory stays within a few hundred kilobytes, however long it becomes.
///
/// Work for the processor: call it inside `spawn_blocking`.
pub struct Encoder<W> {
    file: W,
    config: Verified<config::Encoder>,
    info: StreamInfo,
    context: Context,
    frame: FrameBuf,
    /// Interleaved samples that wait for a whole block.
    waiting: Vec<i32>,
    frames: usize,
    /// Of one channel.
    samples: u64,
}

impl<W: Write + Seek> Encoder<W> {
    /// A file of `rate` samples a second, 1 to 655,350; `file` is empty.
    pub fn new(mut file: W, rate: u32) -> io::Result<Self> {
        let mut config = config::Encoder::default();
        // Two people who take turns have nothing in common that a middle channel could save.
        config.stereo_coding.use_leftside = false;
        config.stereo_coding.use_rightside = false;
        config.stereo_coding.use_midside = false;
        let config = config.into_verified().map_err(|(_, error)| io::Error::other(error.to_string()))?;
        let mut info = StreamInfo::new(rate as usize, CHANNELS, BITS).map_err(failed)?;
        info.set_block_sizes(BLOCK, BLOCK).map_err(failed)?;
        // Written again at the end, when it is known.
        write_head(&mut file, &info)?;
        Ok(Self {
            file,
            config,
            info,
            context: Context::new(BITS, CHANNELS),
            frame: FrameBuf::with_size(CHANNELS, BLOCK).map_err(failed)?,
            waiting: Vec::with_capacity(BLOCK * CHANNELS),
            frames: 0,
            samples: 0,
        })
    }

    /// Takes interleaved samples, left and right.
    pub fn push(&mut self, interleaved: &[i16]) -> io::Result<()> {
        for &sample in interleaved {
            self.waiting.push(sample.into());
            if self.waiting.len() == BLOCK * CHANNELS {
                self.write_frame()?;
            }
        }
        Ok(())
    }

    /// Completes the file and gives it back with the samples of one channel.
    pub fn finish(mut self) -> io::Result<(W, u64)> {
        if !self.waiting.is_empty() {
            self.write_frame()?;
        }
        self.info.set_md5_digest(&self.context.md5_digest());
        self.info.set_total_samples(usize::try_from(self.samples).map_err(io::Error::other)?);
        self.file.seek(SeekFrom::Start(0))?;
        write_head(&mut self.file, &self.info)?;
        self.file.flush()?;
        Ok((self.file, self.samples))
    }

    fn write_frame(&mut self) -> io::Result<()> {
        self.context.fill_interleaved(&self.waiting).map_err(failed)?;
        if self.waiting.len() < BLOCK * CHANNELS {
            self.frame.resize(self.waiting.len() / CHANNELS);
        }
        self.frame.fill_interleaved(&self.waiting).map_err(failed)?;
        let frame = flacenc::encode_fixed_size_frame(&self.config, &self.frame, self.frames, &self.info);
        let mut bits = MemSink::<u8>::with_capacity(BLOCK * CHANNELS * BITS);
        frame.map_err(failed)?.write(&mut bits).map_err(failed)?;
        self.file.write_all(bits.as_slice())?;
        self.samples += (self.waiting.len() / CHANNELS) as u64;
        self.frames += 1;
        self.waiting.clear();
        Ok(())
    }
}

/// The signature, and the one metadata block there is: RFC 9639 §8.1 and §8.2.
fn write_head(file: &mut impl Write, info: &StreamInfo) -> io::Result<()> {
    let mut bits = MemSink::<u8>::new();
    info.write(&mut bits).map_err(failed)?;
    let block = bits.as_slice();
    // The last block, of type STREAMINFO, of 34 bytes.
    file.write_all(b"fLaC\x80\0\0")?;
    file.write_all(&[u8::try_from(block.len()).map_err(io::Error::other)?])?;
    file.write_all(block)
}

fn failed(error: impl std::fmt::Display) -> io::Error {
    io::Error::other(error.to_string())
}

/// Decodes a whole file and holds it against the checksum in its head; gives the samples of one channel.
///
/// Memory stays within a few hundred kilobytes. Work for the processor: call it inside `spawn_blocking`.
///
/// # Errors
/// [`io::ErrorKind::InvalidData`]: it is no FLAC file, it is damaged, or it ends before its end.
pub fn verify<R: MediaSource + 'static>(file: R) -> io::Result<u64> {
    let source = MediaSourceStream::new(Box::new(file), Default::default());
    let mut container = symphonia::default::get_probe()
        .probe(&Hint::new(), source, FormatOptions::default(), MetadataOptions::default())
        .map_err(damaged)?;
    let track = container.default_track(TrackType::Audio).ok_or(io::ErrorKind::InvalidData)?;
    let claimed = track.num_frames;
    let codec = track.codec_params.as_ref().and_then(|params| params.audio()).ok_or(io::ErrorKind::InvalidData)?;
    let mut options = AudioDecoderOptions::default();
    options.verify = true;
    let mut decoder = symphonia::default::get_codecs().make_audio_decoder(codec, &options).map_err(damaged)?;
    let mut samples = 0;
    while let Some(packet) = container.next_packet().map_err(damaged)? {
        samples += decoder.decode(&packet).map_err(damaged)?.frames() as u64;
    }
    let is_as_claimed = claimed.is_none_or(|claimed| claimed == samples);
    if !is_as_claimed || decoder.finalize().verify_ok == Some(false) {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "it does not hold what its head says"));
    }
    Ok(samples)
}

fn damaged(error: Error) -> io::Error {
    match error {
        Error::IoError(error) if error.kind() != io::ErrorKind::UnexpectedEof => error,
        other => io::Error::new(io::ErrorKind::InvalidData, other.to_string()),
    }
}

/// All samples of a short file, interleaved: for tests and for tools that look into one.
pub fn decode(mut file: impl Read) -> io::Result<Vec<i16>> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    let source = MediaSourceStream::new(Box::new(io::Cursor::new(bytes)), Default::default());
    let mut container = symphonia::default::get_probe()
        .probe(&Hint::new(), source, FormatOptions::default(), MetadataOptions::default())
        .map_err(damaged)?;
    let track = container.default_track(TrackType::Audio).ok_or(io::ErrorKind::InvalidData)?;
    let codec = track.codec_params.as_ref().and_then(|params| params.audio()).ok_or(io::ErrorKind::InvalidData)?;
    let options = AudioDecoderOptions::default();
    let mut decoder = symphonia::default::get_codecs().make_audio_decoder(codec, &options).map_err(damaged)?;
    let (mut all, mut some) = (Vec::new(), Vec::<i16>::new());
    while let Some(packet) = container.next_packet().map_err(damaged)? {
        decoder.decode(&packet).map_err(damaged)?.copy_to_vec_interleaved(&mut some);
        all.extend_from_slice(&some);
    }
    Ok(all)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::io::Cursor;

    use super::*;

    /// A tone to the left, and to the right something that changes every second.
    fn samples(count: usize) -> Vec<i16> {
        let sample = |n: usize| [((n as f32 * 0.3).sin() * 12_000.0) as i16, ((n / 8_000 * 7_919) % 30_000) as i16];
        (0..count).flat_map(sample).collect()
    }

    fn encoded(samples: &[i16], chunk: usize) -> Vec<u8> {
        let mut encoder = Encoder::new(Cursor::new(Vec::new()), 8_000).unwrap();
        samples.chunks(chunk).for_each(|chunk| encoder.push(chunk).unwrap());
        let (file, count) = encoder.finish().unwrap();
        assert_eq!(count, samples.len() as u64 / 2);
        file.into_inner()
    }

    #[test]
    fn every_sample_comes_back() {
        for count in [0, 1, 15, 16, 100, BLOCK, BLOCK + 1, 50_000] {
            let samples = samples(count);
            let file = encoded(&samples, 318);
            if count > 0 {
                assert_eq!(verify(Cursor::new(file.clone())).unwrap(), count as u64, "{count}");
                assert_eq!(decode(&*file).unwrap(), samples, "{count}");
            }
        }
    }

    #[test]
    fn a_damaged_file_and_one_cut_short_are_found_out() {
        let file = encoded(&samples(50_000), 1_000);
        let mut damaged = file.clone();
        damaged[file.len() / 2] ^= 0x55;
        verify(Cursor::new(damaged)).unwrap_err();
        verify(Cursor::new(file[..file.len() - 100].to_vec())).unwrap_err();
        verify(Cursor::new(file[..file.len() / 3].to_vec())).unwrap_err();
        verify(Cursor::new(b"no music".to_vec())).unwrap_err();
    }
}

//! WAV files, written. Reading is [`decode_file`](super::decode_file)'s work.

use std::io::Cursor;

use hound::{SampleFormat, WavSpec, WavWriter};

/// A mono 16-bit PCM WAV file of `pcm`.
pub fn encode(rate: u32, pcm: &[i16]) -> Vec<u8> {
    let spec = WavSpec { channels: 1, sample_rate: rate, bits_per_sample: 16, sample_format: SampleFormat::Int };
    let mut file = Cursor::new(Vec::with_capacity(44 + pcm.len() * 2));
    let written = WavWriter::new(&mut file, spec).and_then(|mut writer| {
        pcm.iter().try_for_each(|&sample| writer.write_sample(sample))?;
        writer.finalize()
    });
    written.expect("16-bit samples fit a 16-bit file, and memory takes every write");
    file.into_inner()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_written_file_reads_back_as_it_was() {
        let pcm: Vec<i16> = (-500..500).map(|i| i * 60).collect();
        let bytes = encode(16_000, &pcm);
        let mut reader = hound::WavReader::new(Cursor::new(bytes)).unwrap();
        assert_eq!(reader.spec().sample_rate, 16_000);
        assert_eq!(reader.spec().channels, 1);
        assert_eq!(reader.samples::<i16>().collect::<Result<Vec<_>, _>>().unwrap(), pcm);
    }
}

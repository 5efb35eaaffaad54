//! Signed 16-bit little-endian PCM as bytes.

/// Turns PCM bytes into samples; a sample split between two chunks is put together.
#[derive(Clone, Debug, Default)]
pub struct Pcm16Decoder {
    low: Option<u8>,
}

impl Pcm16Decoder {
    /// Appends the samples completed by `bytes`.
    pub fn push(&mut self, bytes: &[u8], pcm: &mut Vec<i16>) {
        let mut rest = bytes;
        if let (Some(low), Some((&high, after))) = (self.low, rest.split_first()) {
            pcm.push(i16::from_le_bytes([low, high]));
            self.low = None;
            rest = after;
        }
        let (pairs, odd) = rest.as_chunks::<2>();
        pcm.extend(pairs.iter().map(|&pair| i16::from_le_bytes(pair)));
        if let [low] = odd {
            self.low = Some(*low);
        }
    }
}

/// The bytes of `pcm`.
pub fn pcm16_bytes(pcm: &[i16]) -> Vec<u8> {
    pcm.iter().flat_map(|sample| sample.to_le_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_survive_any_split_of_their_bytes() {
        let pcm: Vec<i16> = (0..200_i32).map(|i| (i * 310 - 31_000) as i16).collect();
        let bytes = pcm16_bytes(&pcm);
        for size in 1..9 {
            let (mut decoder, mut back) = (Pcm16Decoder::default(), Vec::new());
            for chunk in bytes.chunks(size) {
                decoder.push(chunk, &mut back);
                decoder.push(&[], &mut back);
            }
            assert_eq!(back, pcm, "chunks of {size} bytes");
        }
    }
}

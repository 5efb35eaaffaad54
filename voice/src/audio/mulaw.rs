//! G.711 µ-law, bit for bit as the ITU's reference: one byte a sample.

use audio_codec_algorithms::{decode_ulaw, encode_ulaw};

/// The byte of silence: it decodes to 0.
pub const SILENCE: u8 = 0xFF;

/// Appends the samples of `mulaw`.
pub fn decode_into(mulaw: &[u8], pcm: &mut Vec<i16>) {
    pcm.extend(mulaw.iter().map(|&byte| decode_ulaw(byte)));
}

/// The samples of `mulaw`.
pub fn decode(mulaw: &[u8]) -> Vec<i16> {
    mulaw.iter().map(|&byte| decode_ulaw(byte)).collect()
}

/// Appends `pcm` as µ-law.
pub fn encode_into(pcm: &[i16], mulaw: &mut Vec<u8>) {
    mulaw.extend(pcm.iter().map(|&sample| encode_ulaw(sample)));
}

/// `pcm` as µ-law.
pub fn encode(pcm: &[i16]) -> Vec<u8> {
    pcm.iter().map(|&sample| encode_ulaw(sample)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_but_negative_zero_survives_a_round_trip() {
        let all: Vec<u8> = (0..=255).collect();
        let back = encode(&decode(&all));
        for (byte, back) in all.into_iter().zip(back) {
            // 0x7F is "minus nothing": it decodes to 0, and 0 is encoded as 0xFF.
            assert_eq!(back, if byte == 0x7F { SILENCE } else { byte });
        }
        assert_eq!(decode(&[SILENCE]), [0]);
    }

    #[test]
    fn every_sample_comes_back_within_half_a_step_of_its_segment() {
        for sample in i16::MIN..=i16::MAX {
            let back = i32::from(decode(&encode(&[sample]))[0]);
            let magnitude = i32::from(sample).abs();
            // Steps double from 8 to 1,024 (G.711 in 16-bit scale: segments end at 31·4, 95·4, 223·4, …); beyond
            // 32,635 the code clips at 32,124.
            let segment = ((magnitude.min(32_635) + 132) as u32).ilog2() as i32 - 7;
            let step = 8 << segment;
            let error = (back - i32::from(sample).clamp(-32_635, 32_635)).abs();
            assert!(error <= step / 2 + 4, "{sample} came back as {back}");
        }
    }

    #[test]
    fn louder_is_never_decoded_as_softer() {
        let all: Vec<i16> = (i16::MIN..=i16::MAX).collect();
        assert!(decode(&encode(&all)).is_sorted());
    }

    #[test]
    fn the_reference_values_of_the_standard_hold() {
        // ITU-T G.711 table 2a/2b, end and segment values, in 16-bit scale.
        assert_eq!(decode(&[0x00, 0x80, 0x8F, 0xF0, 0x70]), [-32_124, 32_124, 16_764, 120, -120]);
        assert_eq!(encode(&[i16::MAX, i16::MIN, 0, -1, 8, -8]), [0x80, 0x00, 0xFF, 0x7F, 0xFE, 0x7E]);
    }
}

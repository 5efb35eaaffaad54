//! Random text for keys and tokens, and the hashes they are kept as.

use rand::{TryRng, rngs::SysRng};
use sha2::{Digest, Sha256};

const BASE62: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// `length` characters, each worth 5.95 bits, from the operating system's generator.
pub(crate) fn random_base62(length: usize) -> String {
    let mut text = String::with_capacity(length);
    while text.len() < length {
        let mut bytes = [0; 64];
        SysRng.try_fill_bytes(&mut bytes).expect("the operating system gives random bytes once it is up");
        // Bytes from 248 up would favour the first letters.
        let letters = bytes.iter().filter(|byte| **byte < 248).map(|byte| char::from(BASE62[usize::from(byte % 62)]));
        text.extend(letters.take(length - text.len()));
    }
    text
}

/// Six characters that change with any other of `text`: tells a mistyped key from a wrong one without the database.
pub(crate) fn checksum(text: &str) -> String {
    let digest = Sha256::digest(text);
    let mut rest = u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]);
    let mut letters = [0; 6];
    for letter in letters.iter_mut().rev() {
        *letter = BASE62[(rest % 62) as usize];
        rest /= 62;
    }
    letters.iter().map(|byte| char::from(*byte)).collect()
}

/// SHA-256, hexadecimal. Right for text of 128 random bits and more, which needs no slow hash.
pub(crate) fn sha256(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

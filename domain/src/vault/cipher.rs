//! AES-256-GCM under a random nonce: `nonce (12) ‖ ciphertext and tag`.

use aes_gcm::{
    Aes256Gcm, Nonce,
    aead::{Aead, KeyInit, Payload},
};
use rand::{TryRng, rngs::SysRng};
use zeroize::Zeroizing;

pub(super) const KEY_LENGTH: usize = 32;
const NONCE_LENGTH: usize = 12;

/// One key, wiped when dropped.
pub(super) struct Cipher(Aes256Gcm);

impl Cipher {
    /// `None`: the key is not [`KEY_LENGTH`] bytes long.
    pub(super) fn new(key: &[u8]) -> Option<Self> {
        Aes256Gcm::new_from_slice(key).ok().map(Self)
    }

    /// Appends what opens for `place` alone.
    pub(super) fn seal(&self, place: &[u8], plain: &[u8], to: &mut Vec<u8>) {
        let mut nonce = [0; NONCE_LENGTH];
        SysRng.try_fill_bytes(&mut nonce).expect("the operating system gives random bytes once it is up");
        let payload = Payload { msg: plain, aad: place };
        let ciphertext = self.0.encrypt(&Nonce::from(nonce), payload).expect("fails only beyond 64 GiB of plain text");
        to.extend(nonce);
        to.extend(ciphertext);
    }

    /// `None`: another key, another place, or damaged.
    pub(super) fn open(&self, place: &[u8], boxed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, ciphertext) = boxed.split_first_chunk::<NONCE_LENGTH>()?;
        let payload = Payload { msg: ciphertext, aad: place };
        self.0.decrypt(&Nonce::from(*nonce), payload).ok().map(Zeroizing::new)
    }
}

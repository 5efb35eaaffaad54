//! Passwords: what is taken for one, and what is kept of it.
//!
//! Length and not composition makes one strong (NIST SP 800-63B-4, 3.1.1.2), so nothing else is asked for but that
//! it is not among the first to be guessed.

use std::{fmt, sync::LazyLock, thread::available_parallelism, time::Duration};

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version, password_hash::phc::PasswordHash};
use secrecy::{ExposeSecret, SecretString};
use tokio::{sync::Semaphore, time::timeout};

use crate::{Error, Result, users::Email};

/// Characters. 12: a guesser who has the hashes needs years for a random one; 128: room for any sentence, and no work
/// for us on megabytes.
const LENGTH: std::ops::RangeInclusive<usize> = 12..=128;

/// Argon2id as OWASP's Password Storage Cheat Sheet asks for at least: 19 MiB, two passes, one lane. That is 27 ms of
/// one core here, and 19 MiB for so long; half the passes would want 47 MiB, which a burst of sign-ins on a small
/// machine has no room for.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// How many are hashed at once: half of the cores, for the other half is in calls, and at most 8, which is 152 MiB.
static PLACES: LazyLock<Semaphore> =
    LazyLock::new(|| Semaphore::new(available_parallelism().map_or(1, |cores| cores.get() / 2).clamp(1, 8)));

/// For a place. Longer, and who waits has gone: 180 were before them.
const PATIENCE: Duration = Duration::from_secs(5);

/// Verified against where there is no account, so that it takes as long. Nobody knows a password to it: the digits
/// were not computed from one.
static NOBODYS: LazyLock<String> = LazyLock::new(|| {
    let (salt, digest) = ("bm9ib2R5IGhhcyB0aGlz", "c3dpdGNoYm9hcmQ6IG5vIHBhc3N3b3JkIGdpdmVzIG0");
    format!("$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}${salt}${digest}")
});

/// Of the usual lists, what is long enough to pass; and what our own name suggests.
const OBVIOUS: [&str; 12] = [
    "password",
    "passw0rd",
    "qwerty",
    "qwertz",
    "azerty",
    "letmein",
    "iloveyou",
    "1234567890",
    "1q2w3e4r",
    "abcdefgh",
    "switchboard",
    "administrator",
];

/// A password as it is kept: Argon2id in PHC form, parameters and salt included.
#[derive(Clone, PartialEq, Eq)]
pub struct Hashed(String);

impl Hashed {
    pub(crate) fn into_text(self) -> String {
        self.0
    }
}

/// Not the hash: this may come into a log.
impl fmt::Debug for Hashed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hashed(…)")
    }
}

/// The hash of a password that `owner` chose; [`Error::Invalid`]: it is too short, too long or too easily guessed.
pub async fn hash(owner: &Email, password: &SecretString) -> Result<Hashed> {
    check(owner, password.expose_secret())?;
    rehash(password).await
}

/// [`hash`] of a password that was taken before.
pub(crate) async fn rehash(password: &SecretString) -> Result<Hashed> {
    let password = password.clone();
    with_a_place(move || {
        let hashed: PasswordHash = hasher()
            .hash_password(password.expose_secret().as_bytes())
            .expect("fails on parameters alone, and they are constants");
        Hashed(hashed.to_string())
    })
    .await
}

/// Whether `hash` was made of this password; `None`: there is none, which takes the same time to say no.
pub async fn verify(password: &SecretString, hash: Option<&str>) -> Result<bool> {
    let (password, hash) = (password.clone(), hash.unwrap_or(&NOBODYS).to_owned());
    with_a_place(move || hasher().verify_password(password.expose_secret().as_bytes(), hash.as_str()).is_ok()).await
}

/// Whether it was made with other parameters than today's.
pub(crate) fn is_outdated(hash: &str) -> bool {
    let params = PasswordHash::new(hash).ok().and_then(|hash| Params::try_from(&hash).ok());
    params.is_none_or(|params| (params.m_cost(), params.t_cost(), params.p_cost()) != (MEMORY_KIB, PASSES, LANES))
}

fn hasher() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).expect("constants within the algorithm's bounds");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn check(owner: &Email, password: &str) -> Result<()> {
    if !LENGTH.contains(&password.chars().count()) || password.contains('\0') {
        let message = format!("must be {} to {} characters long", LENGTH.start(), LENGTH.end());
        return Err(Error::invalid("password", message));
    }
    let small = password.to_lowercase();
    let is_one_character = small.chars().all(|c| small.starts_with(c));
    // The obvious with a few characters before or after: `password1234`, `!!switchboard`.
    let is_obvious = OBVIOUS.iter().any(|word| small.contains(word) && small.len() < word.len() + 6);
    if is_one_character || is_obvious || small.contains(owner.as_str()) || owner.as_str().contains(&small) {
        return Err(Error::invalid("password", "is among the first that would be guessed"));
    }
    Ok(())
}

/// Runs it on a thread where it holds up no other request, as one of few.
async fn with_a_place<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let Ok(place) = timeout(PATIENCE, PLACES.acquire()).await else {
        return Err(Error::Throttled { retry_after: PATIENCE });
    };
    let place = place.expect("the semaphore is never closed");
    // Held to the work's end, not to the future's: a client that goes away does not stop the thread.
    let hashing = tokio::task::spawn_blocking(move || {
        let _place = place;
        work()
    });
    Ok(hashing.await.expect("hashing does not panic and is not aborted"))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    fn ada() -> Email {
        Email::parse("ada.lovelace@example.com").unwrap()
    }

    #[test]
    fn length_is_all_that_is_asked_for() {
        for good in ["aaaabbbbcccc", "correct horse battery staple", "пароль из слов", &"word ".repeat(25)]
        {
            check(&ada(), good).unwrap_or_else(|_| panic!("{good}"));
        }
        for bad in ["", "elevenchars", &"x y".repeat(50), "twelve chars\0"] {
            assert!(check(&ada(), bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_is_guessed_first_is_refused() {
        for bad in [
            "password1234",
            "Switchboard!",
            "switchboard2026",
            "123456789012",
            "aaaaaaaaaaaaaaaa",
            "ada.lovelace@example.com",
            "ada.lovelace",
            "ADA.LOVELACE@EXAMPLE.COM1",
        ] {
            assert!(check(&ada(), bad).is_err(), "{bad}");
        }
        check(&ada(), "the password of my neighbour's switchboard").unwrap();
    }

    #[tokio::test]
    async fn a_hash_tells_its_password_and_no_other() {
        let (password, other) = (SecretString::from("correct horse battery"), SecretString::from("correct horse"));
        let hashed = hash(&ada(), &password).await.unwrap().into_text();
        assert!(hashed.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hashed}");
        assert!(verify(&password, Some(&hashed)).await.unwrap());
        assert!(!verify(&other, Some(&hashed)).await.unwrap());
        assert!(!is_outdated(&hashed));
        assert!(is_outdated(&hashed.replace("t=2", "t=1")));
    }

    #[tokio::test]
    async fn nobodys_hash_costs_the_same_and_opens_to_nobody() {
        // Malformed, it would be refused at once.
        let params = Params::try_from(&PasswordHash::new(&NOBODYS).unwrap()).unwrap();
        assert_eq!((params.m_cost(), params.t_cost(), params.p_cost()), (MEMORY_KIB, PASSES, LANES));
        assert_eq!(params.output_len(), Some(Params::DEFAULT_OUTPUT_LEN));
        assert!(!verify(&SecretString::from("correct horse battery"), None).await.unwrap());
    }
}

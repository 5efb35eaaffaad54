//! Access tokens: JWTs of ten minutes, told to be ours without the database.

use chrono::{DateTime, TimeDelta, Utc};
use entity::id::{SessionId, TenantId, UserId};
use hmac::{Hmac, KeyInit, Mac};
use jsonwebtoken::{
    Algorithm, DecodingKey, EncodingKey, Header, Validation,
    crypto::{CryptoProvider, JwtSigner, JwtVerifier, KeyUtils},
    decode, decode_header, encode,
    errors::{ErrorKind, Result},
    signature::{self, Signer, Verifier},
};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::vault::Vault;

/// Short, for one that was stolen stays good until a request of it finds its session ended; long enough that a client
/// seldom refreshes.
const LIFETIME: TimeDelta = TimeDelta::minutes(10);

const ISSUER: &str = "switchboard";

/// What a token says. The role is not in it: it is read with the session, so that a change holds at once.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Claims {
    pub sub: UserId,
    pub sid: SessionId,
    pub tid: TenantId,
    iat: i64,
    exp: i64,
    iss: String,
}

/// Signs and verifies access tokens with keys from the vault's ring: the active one signs, all verify.
pub struct AccessTokens {
    keys: Vec<Key>,
    validation: Validation,
}

struct Key {
    id: String,
    signs: EncodingKey,
    verifies: DecodingKey,
}

impl AccessTokens {
    pub fn new(vault: &Vault) -> Self {
        // Another call was first: it installed the same.
        let _ = HMAC_ALONE.install_default();
        let keys = vault.derive("access tokens, HS256").into_iter().map(|derived| Key {
            signs: EncodingKey::from_secret(&*derived.key),
            verifies: DecodingKey::from_secret(&*derived.key),
            id: derived.id,
        });
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[ISSUER]);
        validation.set_required_spec_claims(&["exp", "iss", "sub"]);
        // By the caller's clock, below.
        validation.validate_exp = false;
        Self { keys: keys.collect(), validation }
    }

    /// A token for the session, and how long it is good.
    pub fn issue(
        &self,
        tenant: TenantId,
        user: UserId,
        session: SessionId,
        now: DateTime<Utc>,
    ) -> (SecretString, TimeDelta) {
        let key = self.keys.first().expect("a ring has at least one key");
        let header = Header { kid: Some(key.id.clone()), ..Header::new(Algorithm::HS256) };
        let claims = Claims {
            sub: user,
            sid: session,
            tid: tenant,
            iat: now.timestamp(),
            exp: (now + LIFETIME).timestamp(),
            iss: ISSUER.to_owned(),
        };
        let token = encode(&header, &claims, &key.signs).expect("ids and numbers can be written as JSON");
        (token.into(), LIFETIME)
    }

    /// `None`: malformed, not signed by a key of ours, or expired.
    pub(super) fn verify(&self, token: &str, now: DateTime<Utc>) -> Option<Claims> {
        let kid = decode_header(token).ok()?.kid?;
        let key = self.keys.iter().find(|key| key.id == kid)?;
        let claims = decode::<Claims>(token, &key.verifies, &self.validation).ok()?.claims;
        (claims.exp > now.timestamp()).then_some(claims)
    }
}

/// All the cryptography that `jsonwebtoken` gets: HMAC-SHA256, of the crates that we have anyway.
static HMAC_ALONE: CryptoProvider = CryptoProvider {
    signer_factory: |algorithm, key| Ok(Box::new(HmacSha256::new(*algorithm, key.as_bytes())?)),
    verifier_factory: |algorithm, key| Ok(Box::new(HmacSha256::new(*algorithm, key.try_get_as_bytes()?)?)),
    key_utils: KeyUtils::new_unimplemented(),
};

struct HmacSha256(Hmac<Sha256>);

impl HmacSha256 {
    fn new(algorithm: Algorithm, key: &[u8]) -> Result<Self> {
        match algorithm {
            Algorithm::HS256 => Ok(Self(Hmac::new_from_slice(key).expect("any length is a key"))),
            _ => Err(ErrorKind::InvalidAlgorithm.into()),
        }
    }

    fn over(&self, message: &[u8]) -> Hmac<Sha256> {
        self.0.clone().chain_update(message)
    }
}

impl Signer<Vec<u8>> for HmacSha256 {
    fn try_sign(&self, message: &[u8]) -> std::result::Result<Vec<u8>, signature::Error> {
        Ok(self.over(message).finalize().into_bytes().to_vec())
    }
}

impl Verifier<Vec<u8>> for HmacSha256 {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> std::result::Result<(), signature::Error> {
        // In constant time.
        self.over(message).verify_slice(signature).map_err(|_| signature::Error::new())
    }
}

impl JwtSigner for HmacSha256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}

impl JwtVerifier for HmacSha256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}

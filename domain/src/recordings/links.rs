//! Addresses that play one recording for a while, for players that send no key.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    id::{RecordingId, TenantId},
    recording::{self, State},
};
use hmac::{Hmac, KeyInit, Mac};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use sha2::Sha256;

use super::find_in;
use crate::{
    Database, Error, Result,
    access::By,
    audit,
    vault::{Derived, Vault},
};

/// Long enough to begin to listen; a player that is playing asks for further ranges within it.
pub const LINK_LIFETIME: TimeDelta = TimeDelta::minutes(15);

/// What makes an address good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Seconds since 1970.
    pub expires: i64,
    pub signature: String,
}

/// An address for a recording that is ready, good for [`LINK_LIFETIME`] from `now`. Who asked for it is in the audit log.
pub async fn link(
    db: &Database,
    vault: &Vault,
    tenant: TenantId,
    by: &By,
    id: RecordingId,
    now: DateTime<Utc>,
) -> Result<Link> {
    let tx = db.write(tenant).await?;
    if find_in(&tx, tenant, id).await?.state != State::Ready {
        return Err(Error::Conflict { what: "the recording is not ready" });
    }
    audit::record(&tx, tenant, by, "recording.linked", id, None).await?;
    tx.commit().await?;
    Ok(sign(vault, id, now))
}

/// The recording that a good address plays; `None`: the address is not good, or no longer.
#[expect(
    clippy::disallowed_methods,
    reason = "whoever has the address says not who they are; its signature says what it plays"
)]
pub async fn linked(
    db: &Database,
    vault: &Vault,
    id: RecordingId,
    link: &Link,
    now: DateTime<Utc>,
) -> Result<Option<recording::Model>> {
    if !is_good(vault, id, link, now) {
        return Ok(None);
    }
    let row = recording::Entity::find().filter(recording::Column::Id.eq(id)).one(&db.platform()).await?;
    row.map(Some).ok_or(Error::NotFound { what: "recording" })
}

/// Signs with the active key of the vault's ring.
fn sign(vault: &Vault, id: RecordingId, now: DateTime<Utc>) -> Link {
    let expires = (now + LINK_LIFETIME).timestamp();
    let keys = vault.derive(PURPOSE);
    let active = keys.first().expect("a ring has at least one key");
    let signature = URL_SAFE_NO_PAD.encode(mac(active, id, expires).finalize().into_bytes());
    Link { expires, signature }
}

/// Whether a key of ours signed it and its time has not passed.
fn is_good(vault: &Vault, id: RecordingId, link: &Link, now: DateTime<Utc>) -> bool {
    let Ok(signature) = URL_SAFE_NO_PAD.decode(&link.signature) else { return false };
    // In constant time.
    let is_ours = |key| mac(key, id, link.expires).verify_slice(&signature).is_ok();
    now.timestamp() < link.expires && vault.derive(PURPOSE).iter().any(is_ours)
}

const PURPOSE: &str = "links to recordings, HMAC-SHA256";

fn mac(key: &Derived, id: RecordingId, expires: i64) -> Hmac<Sha256> {
    let mac = Hmac::<Sha256>::new_from_slice(&*key.key).expect("any length is a key");
    mac.chain_update(format!("{id} until {expires}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    #[test]
    fn a_link_is_good_for_its_recording_and_its_time() {
        let (vault, id, now) = (testing::vault(), RecordingId::new(), entity::now());
        let link = sign(&vault, id, now);
        assert!(is_good(&vault, id, &link, now + LINK_LIFETIME - TimeDelta::seconds(1)));
        assert!(!is_good(&vault, id, &link, now + LINK_LIFETIME));
        assert!(!is_good(&vault, RecordingId::new(), &link, now));
        let longer = Link { expires: link.expires + 1, ..link.clone() };
        assert!(!is_good(&vault, id, &longer, now));
        assert!(!is_good(&vault, id, &Link { signature: "?".to_owned(), ..link.clone() }, now));
        assert!(!is_good(&vault, id, &Link { signature: String::new(), ..link }, now));
    }
}

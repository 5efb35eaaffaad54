//! Requests a second: of a tenant, and of an address with keys that are none.
//!
//! In memory, for this process alone: with n processes behind a load balancer a tenant has n times its limit.

use std::{
    collections::HashMap,
    hash::Hash,
    net::{IpAddr, Ipv6Addr},
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
    time::{Duration, Instant},
};

use domain::{id::TenantId, limits};
use poem::{
    Endpoint, Request, Response,
    http::{HeaderName, HeaderValue, StatusCode, header},
};

use crate::{
    auth, client,
    problem::{ApiError, Problem},
};

/// How long a tenant's limit is taken for what it was: a change holds after this.
const LOOKED_UP: Duration = Duration::from_secs(10);
/// Buckets of each kind, some 100 bytes each. Beyond, those that are full again are forgotten, then all: who is
/// forgotten begins with a full one.
const MOST: usize = 10_000;
/// Requests with a wrong key, or none, that an address may make at once and then in a second.
const STRANGERS: Quota = Quota { most: 100, per_second: 10 };

/// The buckets; shared by cloning.
#[derive(Clone, Default)]
pub struct Rates(Arc<Inner>);

#[derive(Default)]
struct Inner {
    tenants: Mutex<HashMap<TenantId, Known>>,
    strangers: Mutex<HashMap<IpAddr, Bucket>>,
}

/// A tenant, and what it may do.
#[derive(Clone, Copy)]
struct Known {
    /// `None`: unlimited.
    limit: Option<u64>,
    looked_up: Instant,
    bucket: Bucket,
}

/// A bucket's size, and how fast it fills.
#[derive(Clone, Copy, Debug)]
struct Quota {
    most: u64,
    per_second: u64,
}

/// What is left of a quota.
#[derive(Clone, Copy)]
struct Bucket {
    /// Missing to a full one.
    taken: f64,
    at: Instant,
}

impl Bucket {
    fn full(now: Instant) -> Self {
        Self { taken: 0.0, at: now }
    }

    fn refill(&mut self, quota: Quota, now: Instant) {
        let elapsed = now.saturating_duration_since(self.at).as_secs_f64();
        *self = Self { taken: (self.taken - elapsed * quota.per_second as f64).max(0.0), at: now };
    }

    /// Takes one and gives how many are left; `None`: there is none.
    fn take(&mut self, quota: Quota, now: Instant) -> Option<u64> {
        self.refill(quota, now);
        let left = quota.most as f64 - self.taken;
        (left >= 1.0).then(|| {
            self.taken += 1.0;
            (left - 1.0) as u64
        })
    }
}

/// Where the headers of an answer are left on the way in.
type Headers = Arc<OnceLock<[(HeaderName, HeaderValue); 2]>>;

/// Puts `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers) on answers to a tenant with a limit.
pub(crate) async fn headers<E: Endpoint<Output = Response>>(
    next: Arc<E>,
    mut request: Request,
) -> poem::Result<Response> {
    let headers = Headers::default();
    request.set_data(headers.clone());
    let mut response = next.call(request).await?;
    for (name, value) in headers.get().into_iter().flatten() {
        response.headers_mut().insert(name, value.clone());
    }
    Ok(response)
}

/// Counts a request that a tenant's key or session came with. 429 (`rate_limited`): one too many.
pub(crate) async fn admit(request: &Request, tenant: TenantId) -> poem::Result<()> {
    let state = auth::state(request);
    let known = state.rates.tenants().get(&tenant).copied().filter(|known| known.looked_up.elapsed() < LOOKED_UP);
    let limit = match known {
        Some(known) => known.limit,
        None => {
            let defaults = state.settings.limits.defaults();
            let standing = limits::of(&state.database, &defaults, tenant).await.map_err(ApiError::from)?;
            standing.effective.requests_per_second
        }
    };
    let Some((limit, left)) = state.rates.take(tenant, limit, known.is_none(), Instant::now()) else { return Ok(()) };
    if let Some(headers) = request.data::<Headers>() {
        let text = |text: String| HeaderValue::from_str(&text).expect("letters, digits and quotes");
        let policy = text(format!(r#""default";q={limit};w=1"#));
        let remaining = text(format!(r#""default";r={};t=1"#, left.unwrap_or(0)));
        let names = [HeaderName::from_static("ratelimit-policy"), HeaderName::from_static("ratelimit")];
        let _ = headers.set([(names[0].clone(), policy), (names[1].clone(), remaining)]);
    }
    left.map(|_| ()).ok_or_else(|| too_many(&format!("the tenant may make {limit} requests a second")))
}

/// 429 where this address has come with too many wrong keys to have another looked at.
pub(crate) fn check_stranger(request: &Request) -> poem::Result<()> {
    let now = Instant::now();
    let is_over = client::address(request).is_some_and(|address| {
        let mut strangers = auth::state(request).rates.strangers();
        strangers.get_mut(&network(address)).is_some_and(|bucket| {
            bucket.refill(STRANGERS, now);
            bucket.taken > STRANGERS.most as f64 - 1.0
        })
    });
    if is_over { Err(too_many("too many requests without a valid key from this address")) } else { Ok(()) }
}

/// Counts a wrong key of this address.
pub(crate) fn count_stranger(request: &Request) {
    let now = Instant::now();
    if let Some(address) = client::address(request) {
        let mut strangers = auth::state(request).rates.strangers();
        make_room(&mut strangers, |bucket| {
            bucket.refill(STRANGERS, now);
            bucket.taken > 0.0
        });
        strangers.entry(network(address)).or_insert_with(|| Bucket::full(now)).take(STRANGERS, now);
    }
}

fn too_many(detail: &str) -> poem::Error {
    let mut response = Problem::new(StatusCode::TOO_MANY_REQUESTS, "rate_limited", detail).into_http();
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    poem::Error::from_response(response)
}

/// A network of IPv6 is one customer's: 64 bits of an address are theirs to choose.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
        address => address,
    }
}

fn make_room<K: Eq + Hash, B>(buckets: &mut HashMap<K, B>, mut is_used: impl FnMut(&mut B) -> bool) {
    if buckets.len() >= MOST {
        buckets.retain(|_, bucket| is_used(bucket));
        if buckets.len() >= MOST {
            buckets.clear();
        }
    }
}

impl Rates {
    /// The limit and what is left (`None`: nothing was); `None`: there is no limit.
    fn take(&self, tenant: TenantId, limit: Option<u64>, is_new: bool, now: Instant) -> Option<(u64, Option<u64>)> {
        let mut tenants = self.tenants();
        make_room(&mut tenants, |known| now.saturating_duration_since(known.bucket.at) < LOOKED_UP);
        let fresh = || Known { limit, looked_up: now, bucket: Bucket::full(now) };
        let known = tenants.entry(tenant).or_insert_with(fresh);
        if is_new {
            *known = Known { bucket: known.bucket, ..fresh() };
        }
        let limit = limit?;
        Some((limit, known.bucket.take(Quota { most: limit, per_second: limit }, now)))
    }

    fn tenants(&self) -> MutexGuard<'_, HashMap<TenantId, Known>> {
        // Nothing in here panics half-way, so what a poisoned lock guards is whole; below, too.
        self.0.tenants.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn strangers(&self) -> MutexGuard<'_, HashMap<IpAddr, Bucket>> {
        self.0.strangers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_gives_back_what_a_second_may_take() {
        let (rates, tenant, now) = (Rates::default(), TenantId::new(), Instant::now());
        let take = |at| rates.take(tenant, Some(2), false, at);
        assert_eq!([take(now), take(now), take(now)], [Some((2, Some(1))), Some((2, Some(0))), Some((2, None))]);
        let later = now + Duration::from_millis(500);
        assert_eq!([take(later), take(later)], [Some((2, Some(0))), Some((2, None))]);
        // A long rest saves up one second's worth and no more.
        let much_later = now + Duration::from_secs(600);
        assert_eq!(
            [take(much_later), take(much_later), take(much_later)].map(|taken| taken.unwrap_or_default().1),
            [Some(1), Some(0), None]
        );
    }

    #[test]
    fn a_tenant_without_a_limit_is_not_counted_and_another_has_its_own() {
        let (rates, now) = (Rates::default(), Instant::now());
        let (one, other) = (TenantId::new(), TenantId::new());
        assert_eq!(rates.take(one, None, false, now), None);
        assert_eq!(rates.take(other, Some(1), false, now), Some((1, Some(0))));
        assert_eq!(rates.take(other, Some(1), false, now), Some((1, None)));
        assert_eq!(rates.take(one, Some(1), true, now), Some((1, Some(0))));
    }

    #[test]
    fn buckets_do_not_grow_without_bound() {
        let (rates, now) = (Rates::default(), Instant::now());
        for _ in 0..3 * MOST {
            rates.take(TenantId::new(), Some(1), false, now);
        }
        assert!(rates.tenants().len() <= MOST);
    }

    #[test]
    fn the_addresses_of_one_network_are_one() {
        let network_of = |text: &str| text.parse().map(network).ok();
        assert_eq!(network_of("2001:db8::1"), network_of("2001:db8::ffff:1"));
        assert_ne!(network_of("2001:db8::1"), network_of("2001:db8:0:1::1"));
        assert_eq!(network_of("::ffff:192.0.2.1"), network_of("192.0.2.1"));
        assert_ne!(network_of("192.0.2.1"), network_of("192.0.2.2"));
    }
}

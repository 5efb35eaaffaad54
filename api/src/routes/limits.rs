use domain::{
    admission,
    entity::now,
    limits::{self, Change},
};
use poem::web::Data;
use poem_openapi::{
    Object, OpenApi,
    payload::Json,
    types::{Example, MaybeUndefined},
};

use super::{Tag, wish};
use crate::{
    AppState,
    auth::{Administer, Can, Read},
    problem::ApiError,
};

pub struct Limits;

/// What the tenant may use at most, and what it has used.
#[derive(Object)]
#[oai(example)]
pub struct TenantLimits {
    /// Phone calls and voice sockets at once.
    concurrent_calls: Count,
    /// Minutes of calls and sockets in this month (UTC), running ones included.
    minutes_per_month: Count,
    /// Estimated cost of providers today (UTC).
    spend_per_day_usd: Dollars,
    /// HTTP requests in a second; what is left of them is in the header `RateLimit` of every answer.
    requests_per_second: Count,
}

/// A limit that is counted.
#[derive(Object)]
struct Count {
    /// What holds; null: unlimited.
    limit: Option<u64>,
    /// What the operator allows; null: unlimited.
    ceiling: Option<u64>,
    /// What the tenant has set below that; null: nothing.
    own: Option<u64>,
    /// Null: not told.
    used: Option<u64>,
    /// Null: unlimited, or not told.
    remaining: Option<u64>,
}

/// A limit in US dollars.
#[derive(Object)]
struct Dollars {
    /// What holds; null: unlimited.
    limit: Option<f64>,
    /// What the operator allows; null: unlimited.
    ceiling: Option<f64>,
    /// What the tenant has set below that; null: nothing.
    own: Option<f64>,
    used: f64,
    /// Null: unlimited.
    remaining: Option<f64>,
}

/// What shall be different: a field left out stays as it is, null takes the limit back.
#[derive(Object)]
#[oai(example)]
pub struct LimitChange {
    /// At least 1.
    pub(super) concurrent_calls: MaybeUndefined<u64>,
    /// At least 1.
    pub(super) minutes_per_month: MaybeUndefined<u64>,
    /// At least a millionth.
    pub(super) spend_per_day_usd: MaybeUndefined<f64>,
    /// At least 1.
    pub(super) requests_per_second: MaybeUndefined<u64>,
}

impl LimitChange {
    /// As the domain counts. 422: no amount of money.
    pub fn parse(self) -> Result<Change, ApiError> {
        let spend = match wish(self.spend_per_day_usd) {
            Some(Some(dollars)) if !(0.0..=1e6).contains(&dollars) => {
                return Err(ApiError::invalid("spend_per_day_usd", "must be from 0 to 1000000"));
            }
            spend => spend.map(|spend| spend.map(|dollars| (dollars * 1e6).round() as u64)),
        };
        Ok(Change {
            concurrent_calls: wish(self.concurrent_calls),
            minutes_per_month: wish(self.minutes_per_month),
            spend_per_day: spend,
            requests_per_second: wish(self.requests_per_second),
        })
    }
}

impl Example for LimitChange {
    fn example() -> Self {
        Self {
            concurrent_calls: MaybeUndefined::Value(5),
            minutes_per_month: MaybeUndefined::Undefined,
            spend_per_day_usd: MaybeUndefined::Value(20.0),
            requests_per_second: MaybeUndefined::Null,
        }
    }
}

impl TenantLimits {
    pub fn new(standing: limits::Standing, used: admission::Used) -> Self {
        let limits::Standing { effective, ceiling, own } = standing;
        let count = |limit: Option<u64>, ceiling, own, used: Option<u64>| {
            let remaining = limit.zip(used).map(|(limit, used)| limit.saturating_sub(used));
            Count { limit, ceiling, own, used, remaining }
        };
        let dollars = |micro: Option<u64>| micro.map(|micro| micro as f64 / 1e6);
        Self {
            concurrent_calls: count(
                effective.concurrent_calls,
                ceiling.concurrent_calls,
                own.concurrent_calls,
                Some(used.concurrent_calls),
            ),
            minutes_per_month: count(
                effective.minutes_per_month,
                ceiling.minutes_per_month,
                own.minutes_per_month,
                Some(used.ms_of_month.div_ceil(60_000)),
            ),
            spend_per_day_usd: Dollars {
                limit: dollars(effective.spend_per_day),
                ceiling: dollars(ceiling.spend_per_day),
                own: dollars(own.spend_per_day),
                used: used.spend_of_day as f64 / 1e6,
                remaining: dollars(effective.spend_per_day.map(|limit| limit.saturating_sub(used.spend_of_day))),
            },
            requests_per_second: count(
                effective.requests_per_second,
                ceiling.requests_per_second,
                own.requests_per_second,
                None,
            ),
        }
    }
}

impl Example for TenantLimits {
    fn example() -> Self {
        let effective = limits::Limits {
            concurrent_calls: Some(5),
            minutes_per_month: None,
            spend_per_day: Some(20_000_000),
            requests_per_second: Some(100),
        };
        let ceiling =
            limits::Limits { concurrent_calls: Some(100), requests_per_second: Some(100), ..limits::Limits::default() };
        let own = limits::Limits { requests_per_second: None, ..effective };
        let used = admission::Used { concurrent_calls: 2, ms_of_month: 754_200, spend_of_day: 1_250_000 };
        Self::new(limits::Standing { effective, ceiling, own }, used)
    }
}

#[OpenApi(tag = "Tag::Usage")]
impl Limits {
    /// The tenant's limits, and what is left of them
    ///
    /// A call that a limit leaves no room for is told that all lines are busy, or transferred where the agent can; a
    /// socket or a request is answered with 429 (`limit_reached`). What is going on when a limit is reached may come
    /// to its end.
    #[oai(path = "/limits", method = "get")]
    async fn show(&self, caller: Can<Read>, state: Data<&AppState>) -> Result<Json<TenantLimits>, ApiError> {
        let (db, tenant) = (&state.database, caller.tenant());
        let standing = limits::of(db, &state.settings.limits.defaults(), tenant).await?;
        Ok(Json(TenantLimits::new(standing, admission::used(db, tenant, now()).await?)))
    }

    /// Set the tenant's own limits, below what the operator allows
    #[oai(path = "/limits", method = "patch")]
    async fn change(
        &self,
        caller: Can<Administer>,
        state: Data<&AppState>,
        change: Json<LimitChange>,
    ) -> Result<Json<TenantLimits>, ApiError> {
        let (db, tenant) = (&state.database, caller.tenant());
        let defaults = state.settings.limits.defaults();
        let standing = limits::change(db, &defaults, tenant, caller.by(), change.0.parse()?).await?;
        Ok(Json(TenantLimits::new(standing, admission::used(db, tenant, now()).await?)))
    }
}

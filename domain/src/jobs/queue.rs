//! What carries ids of due jobs to the workers: a short list for each kind, in this process or in Redis.
//!
//! It may lose and double ids at will. The ledger knows which jobs are due, and puts the lists in order again every
//! second ([`Queue::refill`]); who takes an id still has to [`claim`](super::claim) its job.

mod memory;
mod redis;

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use entity::id::JobId;
use futures_util::{StreamExt, stream, stream::BoxStream};
use secrecy::SecretString;
use tokio::sync::Notify;

use super::{Due, Kind, Ticket};

/// The longest list: enough for a second's work, few enough that its order is soon renewed.
pub const WINDOW: usize = 256;

/// Fewer ids than this are soon gone.
const LOW: usize = WINDOW / 4;

/// The transport; cheap to clone.
#[derive(Clone)]
pub struct Queue(Arc<Inner>);

struct Inner {
    transport: Transport,
    /// Of each kind, whether the ledger has more than the list held.
    has_more: Vec<AtomicBool>,
    runs_low: Notify,
}

enum Transport {
    Memory(Vec<memory::List>),
    Redis(Box<redis::Lists>),
}

/// Redis does not answer, or not as it should.
#[derive(Debug, thiserror::Error)]
#[error("Redis")]
pub struct QueueError(#[from] ::redis::RedisError);

/// The address of a Redis, as it is configured. It is a secret, for it may carry a password: no error repeats it.
pub fn redis_url(text: &str) -> Result<SecretString, String> {
    let is_known = ["redis://", "rediss://", "redis+unix://", "unix://"].iter().any(|scheme| text.starts_with(scheme));
    match is_known && ::redis::Client::open(text).is_ok() {
        true => Ok(SecretString::from(text)),
        false => Err("must be a URL such as redis://localhost:6379 or rediss://:password@example.com".to_owned()),
    }
}

impl Queue {
    pub(crate) fn in_memory() -> Self {
        Self::on(Transport::Memory(Kind::ALL.iter().map(|_| memory::List::default()).collect()))
    }

    /// Lists in Redis for all processes with this `name`; fails when it cannot be reached.
    pub(crate) async fn in_redis(url: &SecretString, name: &str) -> Result<Self, QueueError> {
        Ok(Self::on(Transport::Redis(Box::new(redis::Lists::connect(url, name).await?))))
    }

    fn on(transport: Transport) -> Self {
        let has_more = Kind::ALL.iter().map(|_| AtomicBool::new(false)).collect();
        Self(Arc::new(Inner { transport, has_more, runs_low: Notify::new() }))
    }

    /// Who carries: `memory` or `redis`.
    pub fn name(&self) -> &'static str {
        match &self.0.transport {
            Transport::Memory(_) => "memory",
            Transport::Redis(_) => "redis",
        }
    }

    /// Tells the workers of a job, after the commit that made it. Never waits and never fails: the ledger knows
    /// the job anyway.
    pub fn push(&self, ticket: Ticket) {
        match &self.0.transport {
            Transport::Memory(lists) => lists[ticket.kind as usize].push(ticket.id),
            Transport::Redis(lists) => lists.push(ticket),
        }
    }

    /// [`push`](Self::push) of several.
    pub fn push_all(&self, tickets: impl IntoIterator<Item = Ticket>) {
        tickets.into_iter().for_each(|ticket| self.push(ticket));
    }

    /// Carries what is pushed to Redis, for as long as it is awaited. Never ends.
    pub async fn carry(&self) {
        match &self.0.transport {
            Transport::Memory(_) => std::future::pending().await,
            Transport::Redis(lists) => lists.carry().await,
        }
    }

    /// The ids of a kind, each for one taker. Never ends; what a dropped stream has taken is found again by the
    /// ledger.
    pub fn ids(&self, kind: Kind) -> BoxStream<'static, JobId> {
        let next = move |(queue, mut connection): (Self, redis::Connection)| async move {
            let (id, left) = match &queue.0.transport {
                Transport::Memory(lists) => lists[kind as usize].pop().await,
                Transport::Redis(lists) => lists.pop(kind, &mut connection).await,
            };
            if left < LOW && queue.0.has_more[kind as usize].swap(false, Ordering::Relaxed) {
                queue.0.runs_low.notify_one();
            }
            Some((id, (queue, connection)))
        };
        stream::unfold((self.clone(), redis::Connection::default()), next).boxed()
    }

    /// Puts these, at most [`WINDOW`] of a kind, in place of what was on the lists of their kinds.
    pub async fn refill(&self, due: &Due) -> Result<(), QueueError> {
        for kind in Kind::ALL {
            let ids: Vec<_> =
                due.tickets.iter().filter(|ticket| ticket.kind == *kind).map(|ticket| ticket.id).collect();
            if ids.is_empty() {
                continue;
            }
            // First: takers may be through with the list before this goes on.
            self.0.has_more[*kind as usize].store(due.more.contains(kind), Ordering::Relaxed);
            match &self.0.transport {
                Transport::Memory(lists) => lists[*kind as usize].replace(&ids),
                Transport::Redis(lists) => lists.replace(*kind, &ids).await?,
            }
        }
        Ok(())
    }

    /// Waits until takers have emptied a list for which the ledger has more.
    pub async fn runs_low(&self) {
        self.0.runs_low.notified().await;
    }

    /// Ids that nobody has taken yet.
    pub async fn outstanding(&self, kind: Kind) -> Result<usize, QueueError> {
        match &self.0.transport {
            Transport::Memory(lists) => Ok(lists[kind as usize].len()),
            Transport::Redis(lists) => lists.len(kind).await,
        }
    }

    /// Whether it answers now.
    pub async fn ping(&self) -> Result<(), QueueError> {
        match &self.0.transport {
            Transport::Memory(_) => Ok(()),
            Transport::Redis(lists) => lists.ping().await,
        }
    }
}

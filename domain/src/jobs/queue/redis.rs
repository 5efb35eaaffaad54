//! Lists in Redis: one sorted set a kind. Adding an id that is there changes nothing, and taking one is atomic.
//!
//! Why not `apalis-redis`: it keeps a job's state a second time, with leases, retries and leftovers of its own that
//! the ledger would have to hold in check (all its workers fail for good at 8,000 due jobs, and what is done stays
//! in Redis). Here nothing is left behind, and nothing in Redis is worth keeping.

use std::{sync::Mutex, time::Duration};

use entity::id::JobId;
use redis::{
    AsyncConnectionConfig, Client, RedisError, RedisResult,
    aio::{ConnectionManager, ConnectionManagerConfig, MultiplexedConnection},
};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::mpsc;

use super::{Kind, QueueError, Ticket, WINDOW};

/// Pushed ids on their way to Redis. What finds it full stays due in the ledger.
const ON_THE_WAY: usize = 1_024;

/// Longest wait for Redis, with which this process shares a network.
const PATIENCE: Duration = Duration::from_secs(2);

/// How long a taker waits in Redis before it asks again: a connection that died without a word is noticed by then.
const BLOCK: Duration = Duration::from_secs(5);

/// Between tries while Redis is away.
const RETRY: Duration = Duration::from_secs(1);

pub(super) struct Lists {
    client: Client,
    /// For commands that answer at once.
    commands: ConnectionManager,
    keys: Vec<String>,
    pushed: mpsc::Sender<Ticket>,
    on_the_way: Mutex<Option<mpsc::Receiver<Ticket>>>,
}

/// A taker's own: it waits in Redis, where everything behind it would wait too. Empty: not connected.
pub(super) type Connection = Option<MultiplexedConnection>;

impl Lists {
    pub(super) async fn connect(url: &SecretString, name: &str) -> RedisResult<Self> {
        let client = Client::open(url.expose_secret())?;
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(PATIENCE))
            .set_response_timeout(Some(PATIENCE))
            .set_number_of_retries(1);
        let mut commands = client.get_connection_manager_with_config(config).await?;
        redis::cmd("PING").query_async::<()>(&mut commands).await?;
        let keys = Kind::ALL.iter().map(|kind| format!("switchboard:{name}:jobs:{}", kind.as_str())).collect();
        let (pushed, on_the_way) = mpsc::channel(ON_THE_WAY);
        Ok(Self { client, commands, keys, pushed, on_the_way: Mutex::new(Some(on_the_way)) })
    }

    pub(super) fn push(&self, ticket: Ticket) {
        if self.pushed.try_send(ticket).is_err() {
            tracing::debug!(job.id = %ticket.id, "queue full, left to the dispatcher");
        }
    }

    /// The first who comes carries; another waits for ever.
    pub(super) async fn carry(&self) {
        let taken = self.on_the_way.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
        let Some(mut on_the_way) = taken else { return std::future::pending().await };
        let mut tickets = Vec::with_capacity(WINDOW);
        while on_the_way.recv_many(&mut tickets, WINDOW).await > 0 {
            if let Err(error) = self.append(&tickets).await {
                // Whoever dispatches says in the log that Redis is away.
                tracing::debug!(error = %error, "ids not pushed, left to the dispatcher");
            }
            tickets.clear();
        }
    }

    async fn append(&self, tickets: &[Ticket]) -> RedisResult<()> {
        let mut pipe = redis::pipe();
        for ticket in tickets {
            // Behind what the dispatcher has put in order, whose scores are places.
            let score = chrono::Utc::now().timestamp_millis();
            let (key, id) = (self.key(ticket.kind), ticket.id.to_string());
            pipe.cmd("ZADD").arg(key).arg("NX").arg(score).arg(id).ignore();
            pipe.cmd("ZREMRANGEBYRANK").arg(key).arg(WINDOW).arg(-1).ignore();
        }
        pipe.query_async(&mut self.commands.clone()).await
    }

    pub(super) async fn replace(&self, kind: Kind, ids: &[JobId]) -> Result<(), QueueError> {
        let key = self.key(kind);
        let mut pipe = redis::pipe();
        pipe.atomic().cmd("DEL").arg(key).ignore();
        let add = pipe.cmd("ZADD").arg(key);
        for (place, id) in ids.iter().take(WINDOW).enumerate() {
            add.arg(place).arg(id.to_string());
        }
        add.ignore();
        Ok(pipe.query_async(&mut self.commands.clone()).await?)
    }

    /// The first id, as soon as there is one, and how many are left. Waits for Redis while it is away.
    pub(super) async fn pop(&self, kind: Kind, connection: &mut Connection) -> (JobId, usize) {
        loop {
            match self.try_pop(kind, connection).await {
                Ok(Some(taken)) => return taken,
                Ok(None) => {}
                Err(error) => {
                    if connection.take().is_some() {
                        tracing::warn!(error = %error, job.kind = kind.as_str(), "no connection to Redis");
                    }
                    tokio::time::sleep(RETRY).await;
                }
            }
        }
    }

    async fn try_pop(&self, kind: Kind, connection: &mut Connection) -> RedisResult<Option<(JobId, usize)>> {
        let connection = match connection {
            Some(connection) => connection,
            None => {
                let config = AsyncConnectionConfig::new()
                    .set_connection_timeout(Some(PATIENCE))
                    .set_response_timeout(Some(BLOCK + PATIENCE));
                connection.insert(self.client.get_multiplexed_async_connection_with_config(&config).await?)
            }
        };
        let key = self.key(kind);
        let mut pipe = redis::pipe();
        pipe.cmd("BZPOPMIN").arg(key).arg(BLOCK.as_secs()).cmd("ZCARD").arg(key);
        let (taken, left): (Option<(String, String, f64)>, usize) = pipe.query_async(connection).await?;
        // What is no id is not ours, and is gone now.
        Ok(taken.and_then(|(_, id, _)| id.parse().ok()).map(|id| (id, left)))
    }

    pub(super) async fn len(&self, kind: Kind) -> Result<usize, QueueError> {
        Ok(redis::cmd("ZCARD").arg(self.key(kind)).query_async(&mut self.commands.clone()).await?)
    }

    pub(super) async fn ping(&self) -> Result<(), QueueError> {
        redis::cmd("PING").query_async::<()>(&mut self.commands.clone()).await.map_err(RedisError::into)
    }

    fn key(&self, kind: Kind) -> &str {
        &self.keys[kind as usize]
    }
}

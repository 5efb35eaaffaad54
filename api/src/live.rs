//! What is going on in this process now: conversations with a line, places in the house, and their ends.

mod over;
mod recorder;
mod recording;
mod slots;
mod talk;
mod writer;

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use domain::{
    access::Opener,
    admission::Held,
    entity::{
        conversation::Channel,
        id::{ConversationId, LineId, TenantId},
    },
};
use tokio_util::sync::CancellationToken;

pub(crate) use over::end_over;
pub(crate) use recorder::{Recorder, persist};
pub(crate) use recording::Recording;
pub(crate) use slots::{release_slot, renew_slots};
pub(crate) use talk::{Configured, configure};
pub(crate) use writer::Writer;

/// How long a place is kept for a call that has been answered and whose stream has not come: Twilio needs a second
/// or two. Where several processes share a number the stream may reach another one, and the place is free again.
const RESERVED_FOR: Duration = Duration::from_secs(10);

/// How long a conversation waits for the line that it is taken over from to be gone.
const TAKEOVER: Duration = Duration::from_secs(2);

/// The registry; shared by cloning.
#[derive(Clone, Default)]
pub struct Live(Arc<Inner>);

#[derive(Default)]
struct Inner {
    table: Mutex<Table>,
    /// Sockets whose first message has not come.
    waiting: Mutex<Crowd>,
    /// Calls for which things are being warmed.
    warming: AtomicUsize,
}

#[derive(Default)]
struct Crowd {
    serial: u64,
    /// By serial: the first has waited longest.
    sockets: BTreeMap<u64, CancellationToken>,
}

#[derive(Default)]
struct Table {
    serial: u64,
    talks: HashMap<u64, Talk>,
    /// By CallSid.
    reserved: HashMap<String, Reserved>,
}

struct Reserved {
    since: Instant,
    /// How often it was reserved without a stream that came.
    tries: u32,
}

struct Talk {
    who: Who,
    since: chrono::DateTime<chrono::Utc>,
    /// Up to when its slot is known to have been renewed.
    seen: chrono::DateTime<chrono::Utc>,
    leave: Arc<Mutex<Option<Leave>>>,
    stop: CancellationToken,
    gone: CancellationToken,
}

/// Whose conversation it is, and over which line.
#[derive(Clone, Debug)]
pub struct Who {
    pub tenant: TenantId,
    pub conversation: ConversationId,
    pub session_id: String,
    pub channel: Channel,
    pub line: LineId,
    /// Twilio's name for the call, where it is one.
    pub call_sid: Option<String>,
    /// What its socket was opened with; `None`: a telephone.
    pub opener: Option<Opener>,
}

impl Who {
    /// For its slot, last renewed when it was `seen`.
    pub(crate) fn held(&self, seen: chrono::DateTime<chrono::Utc>) -> Held {
        let Self { tenant, conversation, channel, line, .. } = *self;
        Held { tenant, conversation, channel, line, seen }
    }
}

/// A running conversation, for a list.
#[derive(Clone, Debug)]
pub struct Running {
    pub conversation: ConversationId,
    pub session_id: String,
    pub channel: Channel,
    pub since: chrono::DateTime<chrono::Utc>,
}

/// Why a conversation is asked to leave its line, beside the end of the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leave {
    /// The tenant ended it or hung up, or was suspended; or what opened its socket was revoked, signed out or has expired.
    Disconnected,
    /// The same conversation came in over a new line: a reconnect that overtook the end of the old one.
    TakenOver,
}

/// There is no place for one more.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the house is full")]
pub struct Full;

impl Live {
    /// Conversations and calls about to start.
    pub fn count(&self) -> usize {
        let mut table = self.lock();
        table.forget_stale();
        table.taken()
    }

    /// Running conversations of this tenant, the oldest first.
    pub fn of(&self, tenant: TenantId) -> Vec<Running> {
        let table = self.lock();
        let mut running: Vec<_> = table
            .talks
            .values()
            .filter(|talk| talk.who.tenant == tenant)
            .map(|Talk { who, since, .. }| Running {
                conversation: who.conversation,
                session_id: who.session_id.clone(),
                channel: who.channel,
                since: *since,
            })
            .collect();
        running.sort_by_key(|talk| talk.since);
        running
    }

    /// All that have a line, for their slots.
    pub(crate) fn held(&self) -> Vec<Held> {
        self.lock().talks.values().map(|talk| talk.who.held(talk.seen)).collect()
    }

    /// The slots of these lines were renewed.
    pub(crate) fn renewed(&self, lines: &HashSet<LineId>, now: chrono::DateTime<chrono::Utc>) {
        let mut table = self.lock();
        table.talks.values_mut().filter(|talk| lines.contains(&talk.who.line)).for_each(|talk| talk.seen = now);
    }

    /// Gives back the place kept for a call that is not answered after all.
    pub(crate) fn unreserve(&self, call_sid: &str) {
        self.lock().reserved.remove(call_sid);
    }

    /// Ends the tenant's conversation of that name. `false`: there is none in this process.
    pub fn disconnect(&self, tenant: TenantId, session_id: &str) -> bool {
        let table = self.lock();
        let found = table.talks.values().filter(|talk| talk.who.tenant == tenant && talk.who.session_id == session_id);
        found.map(|talk| talk.ask(Leave::Disconnected)).count() > 0
    }

    /// Whose conversations run.
    pub(crate) fn tenants(&self) -> HashSet<TenantId> {
        self.lock().talks.values().map(|talk| talk.who.tenant).collect()
    }

    /// What the running sockets were opened with.
    pub(crate) fn openers(&self) -> HashSet<Opener> {
        self.lock().talks.values().filter_map(|talk| talk.who.opener).collect()
    }

    /// Ends all conversations on sockets that were opened with it.
    pub(crate) fn end_opened_with(&self, opener: Opener) {
        let table = self.lock();
        let theirs = table.talks.values().filter(|talk| talk.who.opener == Some(opener));
        theirs.for_each(|talk| talk.ask(Leave::Disconnected));
    }

    /// What is talked about on telephones.
    pub(crate) fn calls(&self) -> Vec<ConversationId> {
        let table = self.lock();
        let calls = table.talks.values().filter(|talk| talk.who.channel == Channel::Phone);
        calls.map(|talk| talk.who.conversation).collect()
    }

    /// Ends this conversation, if it runs in this process.
    pub(crate) fn end_conversation(&self, conversation: ConversationId) {
        let table = self.lock();
        let this = table.talks.values().filter(|talk| talk.who.conversation == conversation);
        this.for_each(|talk| talk.ask(Leave::Disconnected));
    }

    /// Ends all conversations of the tenant.
    pub(crate) fn end_of(&self, tenant: TenantId) {
        let table = self.lock();
        table.talks.values().filter(|talk| talk.who.tenant == tenant).for_each(|talk| talk.ask(Leave::Disconnected));
    }

    /// Keeps a place for a call that is being answered; a second time for the same call keeps the same place. Gives
    /// how often that has been done since its last stream.
    pub(crate) fn reserve(&self, call_sid: &str, max: u32) -> Result<u32, Full> {
        let mut table = self.lock();
        table.forget_stale();
        let is_here = table.talks.values().any(|talk| talk.who.call_sid.as_deref() == Some(call_sid));
        let is_full = table.taken() >= max as usize;
        let since = Instant::now();
        match table.reserved.get_mut(call_sid) {
            Some(reserved) => {
                *reserved = Reserved { since, tries: reserved.tries + 1 };
                Ok(reserved.tries)
            }
            None if is_full && !is_here => Err(Full),
            None => {
                table.reserved.insert(call_sid.to_owned(), Reserved { since, tries: 1 });
                Ok(1)
            }
        }
    }

    /// Enters a conversation, in the place kept for its call if there is one. The same conversation on another
    /// line is asked to leave: [`Place::alone`] waits for that. `stop` is the token that ends all conversations.
    pub(crate) fn enter(&self, who: Who, max: u32, stop: &CancellationToken) -> Result<Place, Full> {
        let mut table = self.lock();
        table.forget_stale();
        let was_reserved = who.call_sid.as_ref().is_some_and(|call| table.reserved.remove(call).is_some());
        let earlier: Vec<_> = table
            .talks
            .values()
            .filter(|talk| talk.who.conversation == who.conversation)
            .map(|talk| {
                talk.ask(Leave::TakenOver);
                talk.gone.clone()
            })
            .collect();
        if !was_reserved && earlier.is_empty() && table.taken() >= max as usize {
            return Err(Full);
        }
        table.serial += 1;
        let serial = table.serial;
        let now = chrono::Utc::now();
        let talk = Talk {
            who,
            since: now,
            seen: now,
            leave: Arc::default(),
            stop: stop.child_token(),
            gone: CancellationToken::new(),
        };
        let place = Place { live: self.clone(), serial, stop: talk.stop.clone(), leave: talk.leave.clone(), earlier };
        table.talks.insert(serial, talk);
        Ok(place)
    }

    /// Enters a socket that has said nothing yet. Where `max` others wait already, the one that has waited longest is
    /// sent away: a caller's socket says `start` at once, those that say nothing must not keep it out.
    pub(crate) fn wait(&self, max: usize) -> Waiting {
        let mut waiting = self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.serial += 1;
        let (serial, sent_away) = (waiting.serial, CancellationToken::new());
        waiting.sockets.insert(serial, sent_away.clone());
        if waiting.sockets.len() > max
            && let Some((_, longest)) = waiting.sockets.pop_first()
        {
            longest.cancel();
        }
        Waiting { live: self.clone(), serial, sent_away }
    }

    /// Counts a call for which things are being warmed; `None`: eight others are, and what they warm serves all.
    pub(crate) fn warm_up(&self) -> Option<Counted> {
        let counted = Counted(self.clone());
        // Counted before it is looked at: the guard takes it back.
        (self.0.warming.fetch_add(1, Ordering::Relaxed) < 8).then_some(counted)
    }

    fn lock(&self) -> MutexGuard<'_, Table> {
        // Nothing in here panics half-way, so what a poisoned lock guards is whole.
        self.0.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Table {
    fn taken(&self) -> usize {
        self.talks.len() + self.reserved.len()
    }

    fn forget_stale(&mut self) {
        self.reserved.retain(|_, reserved| reserved.since.elapsed() < RESERVED_FOR);
    }
}

impl Talk {
    fn ask(&self, leave: Leave) {
        self.leave.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(leave);
        self.stop.cancel();
    }
}

/// A running conversation's entry in the registry; it is out when this is dropped.
pub(crate) struct Place {
    live: Live,
    serial: u64,
    stop: CancellationToken,
    leave: Arc<Mutex<Option<Leave>>>,
    earlier: Vec<CancellationToken>,
}

impl Place {
    /// Fires when the conversation is to end.
    pub fn stop(&self) -> CancellationToken {
        self.stop.clone()
    }

    /// Why it was asked to; `None`: it was not, or the process ends.
    pub fn leave(&self) -> Option<Leave> {
        *self.leave.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until the same conversation has left its earlier line and written its last turn, two seconds at most.
    pub async fn alone(&self) {
        let all = async {
            for gone in &self.earlier {
                gone.cancelled().await;
            }
        };
        if tokio::time::timeout(TAKEOVER, all).await.is_err() {
            tracing::warn!("a conversation goes on before its earlier line has ended");
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(talk) = self.live.lock().talks.remove(&self.serial) {
            talk.gone.cancel();
        }
    }
}

/// A socket that has said nothing yet; dropped, it waits no longer.
pub(crate) struct Waiting {
    live: Live,
    serial: u64,
    sent_away: CancellationToken,
}

impl Waiting {
    /// Resolves when it has to make room.
    pub async fn sent_away(&self) {
        self.sent_away.cancelled().await;
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.live.0.waiting.lock().unwrap_or_else(PoisonError::into_inner).sockets.remove(&self.serial);
    }
}

/// One of a bounded number; dropped, another may come.
pub(crate) struct Counted(Live);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.0.warming.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn who(tenant: TenantId, session_id: &str) -> Who {
        let conversation = ConversationId::new();
        Who {
            tenant,
            conversation,
            line: LineId::new(),
            session_id: session_id.to_owned(),
            channel: Channel::Socket,
            call_sid: None,
            opener: None,
        }
    }

    #[test]
    fn a_full_house_takes_nobody_until_somebody_leaves() {
        let (live, stop, tenant) = (Live::default(), CancellationToken::new(), TenantId::new());
        assert_eq!(live.reserve("CA1", 2).unwrap(), 1);
        assert_eq!(live.reserve("CA1", 2).unwrap(), 2);
        let first = live.enter(who(tenant, "a"), 2, &stop).unwrap();
        assert!(live.enter(who(tenant, "b"), 2, &stop).is_err());
        assert!(live.reserve("CA2", 2).is_err());
        let called = live.enter(Who { call_sid: Some("CA1".to_owned()), ..who(tenant, "c") }, 2, &stop).unwrap();
        assert_eq!(live.count(), 2);
        drop((first, called));
        assert_eq!(live.count(), 0);
    }

    #[test]
    fn a_tenant_sees_and_ends_only_its_own() {
        let (live, stop) = (Live::default(), CancellationToken::new());
        let (ours, theirs) = (TenantId::new(), TenantId::new());
        let place = live.enter(who(theirs, "same"), 9, &stop).unwrap();
        assert!(live.of(ours).is_empty());
        assert!(!live.disconnect(ours, "same"));
        assert!(!place.stop().is_cancelled());
        assert!(live.disconnect(theirs, "same"));
        assert!(place.stop().is_cancelled());
        assert_eq!(place.leave(), Some(Leave::Disconnected));
    }

    #[tokio::test]
    async fn a_new_line_takes_the_conversation_over_when_the_old_one_is_gone() {
        let (live, stop) = (Live::default(), CancellationToken::new());
        let who = who(TenantId::new(), "a");
        let old = live.enter(who.clone(), 1, &stop).unwrap();
        let new = live.enter(who, 1, &stop).unwrap();
        assert_eq!(old.leave(), Some(Leave::TakenOver));
        assert!(tokio::time::timeout(Duration::from_millis(50), new.alone()).await.is_err());
        drop(old);
        new.alone().await;
        assert!(!new.stop().is_cancelled());
    }

    #[test]
    fn who_has_said_nothing_for_longest_makes_room() {
        let live = Live::default();
        let (first, second) = (live.wait(2), live.wait(2));
        let third = live.wait(2);
        assert!(first.sent_away.is_cancelled());
        drop(second);
        let fourth = live.wait(2);
        assert!(!third.sent_away.is_cancelled() && !fourth.sent_away.is_cancelled());
    }
}

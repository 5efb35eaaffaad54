//! Conversations and streams of events that are not to go on, wherever that was said: their tenant was suspended, the call hung
//! up, the key that opened the socket revoked, its session ended.

use std::time::Duration;

use domain::{access::Opener, api_keys, calls, entity::now, sessions, tenants};
use tokio::time::{MissedTickBehavior, interval};

use crate::{AppState, problem::chain};

/// Such a conversation ends within this, in every process. Four short queries each time there are any.
const EVERY: Duration = Duration::from_secs(3);

/// Ends them until the process stops: a phone call is told good-bye by `continue`, a socket is closed.
pub(crate) async fn end_over(state: AppState) {
    let mut ticks = interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while state.shutdown.run_until_cancelled(ticks.tick()).await.is_some() {
        if let Err(error) = end(&state).await {
            tracing::warn!(error = %chain(&error), "not known which conversations may go on");
        }
    }
}

async fn end(state: &AppState) -> domain::Result<()> {
    let (db, live, feed) = (&state.database, &state.live, &state.feed);
    let tenants: Vec<_> = live.tenants().union(&feed.tenants()).copied().collect();
    if !tenants.is_empty() {
        let suspended = tenants::suspended_among(db, &tenants).await?;
        suspended.into_iter().for_each(|tenant| {
            live.end_of(tenant);
            feed.end_of(tenant);
        });
    }
    let on_the_telephone = live.calls();
    if !on_the_telephone.is_empty() {
        let hung_up = calls::hung_up_among(db, &on_the_telephone).await?;
        hung_up.into_iter().for_each(|conversation| live.end_conversation(conversation));
    }
    let (mut keys, mut people) = (Vec::new(), Vec::new());
    for opener in live.openers().union(&feed.openers()) {
        match *opener {
            Opener::Key(key) => keys.push(key),
            Opener::Session(session, tenant) => people.push((session, tenant)),
        }
    }
    let end_opened_with = |opener| {
        live.end_opened_with(opener);
        feed.end_opened_with(opener);
    };
    if !keys.is_empty() {
        let void = api_keys::void_among(db, &keys, now()).await?;
        void.into_iter().for_each(|key| end_opened_with(Opener::Key(key)));
    }
    if !people.is_empty() {
        let over = sessions::over_among(db, &people, now()).await?;
        over.into_iter().for_each(|(session, tenant)| end_opened_with(Opener::Session(session, tenant)));
    }
    Ok(())
}

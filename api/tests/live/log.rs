//! All that the tests' servers log with the most talkative filter.

use std::{
    io,
    sync::{Mutex, Once, PoisonError},
};

use api::config::log_filter;
use tracing_subscriber::{layer::SubscriberExt, util::SubscriberInitExt};

static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// Begins to keep it.
pub fn start() {
    static START: Once = Once::new();
    START.call_once(|| {
        // Named ones too: a directive for a library is more specific than one for all.
        let filter = log_filter("trace,tungstenite=trace,hyper=trace,sqlx=trace");
        let lines = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(|| Keeper);
        let log = tracing_subscriber::registry().with(filter).with(lines);
        log.try_init().expect("nobody else logs in this process");
    });
}

/// So far.
pub fn text() -> String {
    String::from_utf8_lossy(&LOG.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
}

/// Lines so far with all of these in them.
pub fn lines(parts: &[&str]) -> usize {
    text().lines().filter(|line| parts.iter().all(|part| line.contains(part))).count()
}

/// The first line so far with this in it.
pub fn first(part: &str) -> Option<String> {
    text().lines().find(|line| line.contains(part)).map(str::to_owned)
}

struct Keeper;

impl io::Write for Keeper {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

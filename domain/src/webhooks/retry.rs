//! What becomes of a delivery after a try: decided from what came back.

use chrono::{DateTime, TimeDelta, Utc};

/// Waits after the first failed try, the second, …, in seconds: about a day in all, as the specification advises.
pub const WAITS_S: [i64; 7] = [5, 300, 1_800, 2 * 3_600, 5 * 3_600, 8 * 3_600, 10 * 3_600];

/// The longest wait that an endpoint may ask for.
const LONGEST_ASKED: TimeDelta = TimeDelta::hours(6);

/// What one try came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    pub(super) status: Option<u16>,
    /// A [`Failure::kind`](crate::outbound::Failure::kind), where there was no answer.
    pub(super) failure: Option<&'static str>,
    /// The header's text.
    pub(super) retry_after: Option<String>,
}

impl Outcome {
    /// What was wrong, by a stable name; `None`: the message was taken.
    pub(super) fn error(&self) -> Option<&'static str> {
        match self.status {
            None => Some(self.failure.unwrap_or("unreadable")),
            Some(200..=299) => None,
            Some(300..=399) => Some("redirect"),
            Some(410) => Some("gone"),
            Some(_) => Some("status"),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Delivered,
    /// To be tried again after this wait.
    Again(TimeDelta),
    Dead,
    /// The endpoint wants nothing any more.
    Gone,
}

/// `tries`: this one included. `jitter`: from 0 to 1, adds up to a tenth, so that what failed together does not come back
/// together.
pub(super) fn verdict(outcome: &Outcome, tries: i32, jitter: f64, now: DateTime<Utc>) -> Verdict {
    match outcome.error() {
        None => return Verdict::Delivered,
        Some("gone") => return Verdict::Gone,
        Some(_) => {}
    }
    let Some(wait) = usize::try_from(tries - 1).ok().and_then(|place| WAITS_S.get(place)) else {
        return Verdict::Dead;
    };
    let wait = TimeDelta::milliseconds((*wait as f64 * 1_000.0 * (1.0 + jitter / 10.0)) as i64);
    let asked = outcome.retry_after.as_deref().and_then(|text| asked(text, now));
    Verdict::Again(asked.map_or(wait, |asked| wait.max(asked.min(LONGEST_ASKED))))
}

/// `Retry-After` (RFC 9110 §10.2.3): seconds or a date.
fn asked(text: &str, now: DateTime<Utc>) -> Option<TimeDelta> {
    let text = text.trim();
    match text.parse::<u32>() {
        Ok(seconds) => Some(TimeDelta::seconds(seconds.into())),
        Err(_) => Some(DateTime::parse_from_rfc2822(text).ok()?.with_timezone(&Utc) - now),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(status: u16, retry_after: Option<&str>) -> Outcome {
        Outcome { status: Some(status), failure: None, retry_after: retry_after.map(str::to_owned) }
    }

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).expect("a time")
    }

    #[test]
    fn what_is_not_taken_is_tried_for_about_a_day_and_then_given_up() {
        let refused = answered(500, None);
        let mut total = TimeDelta::zero();
        for (place, expected) in WAITS_S.iter().enumerate() {
            let tries = i32::try_from(place).expect("few") + 1;
            assert_eq!(verdict(&refused, tries, 0.0, now()), Verdict::Again(TimeDelta::seconds(*expected)));
            total += TimeDelta::seconds(*expected);
        }
        assert_eq!(verdict(&refused, 8, 0.0, now()), Verdict::Dead);
        assert!((24..=30).contains(&total.num_hours()), "{total}");
        assert_eq!(verdict(&refused, 2, 1.0, now()), Verdict::Again(TimeDelta::seconds(330)));
    }

    #[test]
    fn only_a_2xx_takes_the_message_and_410_ends_it_all() {
        assert_eq!(verdict(&answered(204, None), 1, 0.0, now()), Verdict::Delivered);
        assert_eq!(verdict(&answered(410, None), 1, 0.0, now()), Verdict::Gone);
        for status in [302, 307, 404, 429, 503] {
            assert!(matches!(verdict(&answered(status, None), 1, 0.0, now()), Verdict::Again(_)), "{status}");
        }
        let hung = Outcome { status: None, failure: Some("timeout"), retry_after: None };
        assert_eq!(hung.error(), Some("timeout"));
        assert!(matches!(verdict(&hung, 1, 0.0, now()), Verdict::Again(_)));
    }

    #[test]
    fn a_wait_that_is_asked_for_is_kept_within_bounds() {
        let wait = |text: &str| verdict(&answered(429, Some(text)), 1, 0.0, now());
        assert_eq!(wait("120"), Verdict::Again(TimeDelta::seconds(120)));
        assert_eq!(wait("1"), Verdict::Again(TimeDelta::seconds(5)), "never sooner than our own wait");
        assert_eq!(wait("4000000000"), Verdict::Again(TimeDelta::hours(6)));
        assert_eq!(wait("Fri, 15 Jan 2027 08:10:00 GMT"), Verdict::Again(TimeDelta::minutes(10)));
        assert_eq!(wait("soon"), Verdict::Again(TimeDelta::seconds(5)));
    }
}

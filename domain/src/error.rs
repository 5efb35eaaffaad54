//! What can go wrong in this crate.

use std::time::Duration;

use sea_orm::{DbErr, RuntimeErr, SqlErr};

use crate::{admission::Limit, blobs, jobs::QueueError, mail::MailError, twilio, vault};

pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No such row, or another tenant's.
    #[error("no such {what}")]
    NotFound { what: &'static str },
    /// It exists already, or its state forbids the change.
    #[error("conflict: {what}")]
    Conflict { what: &'static str },
    /// The tenant would be left without an owner.
    #[error("a tenant keeps at least one owner")]
    LastOwner,
    /// The caller would give more than they have, or touch somebody who has more; `what` is for the caller.
    #[error("escalation: {what}")]
    Escalation { what: &'static str },
    /// The phone number is registered already: nobody learns by whom.
    #[error("the phone number is registered already")]
    NumberTaken,
    /// What Twilio has against a number or its account, or why it cannot be asked.
    #[error(transparent)]
    Twilio(#[from] twilio::Error),
    /// The state that a thing is in forbids the change: `code` for programs, `why` for people.
    #[error("{why}")]
    Blocked { code: &'static str, why: String },
    /// The caller's input; `message` is for the caller.
    #[error("{field}: {message}")]
    Invalid { field: &'static str, message: String },
    /// Who asks is not let in or on, though what they ask is in order.
    #[error("{0}")]
    Refused(Refusal),
    /// Tried too often: not before `retry_after` again.
    #[error("tried too often")]
    Throttled { retry_after: Duration },
    /// The tenant may use no more of it now.
    #[error("{0}")]
    LimitReached(Limit),
    /// For the log; the caller can only try again.
    #[error("database")]
    Database(#[source] DbErr),
    /// For the log: jobs are done all the same, later.
    #[error("queue")]
    Queue(#[from] QueueError),
    /// For the operator: a key is missing or wrong.
    #[error("vault")]
    Vault(#[from] vault::Error),
    /// For the operator: what is kept beside the database cannot be read or written.
    #[error("blob store")]
    Blobs(#[from] blobs::Error),
    /// For the operator: a mail did not leave. Its source may name the addressee and stays here.
    #[error("{0}")]
    Mail(MailError),
    /// A speech or language provider did not do its work.
    #[error(transparent)]
    Provider(#[from] voice::provider::ProviderError),
    /// A JSON column holds what this version does not understand.
    #[error("stored data: {what}")]
    Stored { what: &'static str, source: serde_json::Error },
}

/// Why somebody is not let in or on. The text is for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Whether there is such an account is not told.
    #[error("the e-mail address or the password is wrong")]
    WrongCredentials,
    /// It ended or expired, or the token is none of ours.
    #[error("the session is over: sign in again")]
    SessionOver,
    /// The client races itself.
    #[error("this refresh token was used a moment ago: go on with the pair that came of it")]
    RefreshRace,
    /// By an operator.
    #[error("the tenant is suspended")]
    TenantSuspended,
    /// The last membership is gone.
    #[error("the account belongs to no tenant")]
    NoTenant,
}

impl From<MailError> for Error {
    fn from(error: MailError) -> Self {
        Self::Mail(error)
    }
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        if holds_nul(&error) { Self::invalid("text", "must hold no NUL") } else { Self::Database(error) }
    }
}

/// PostgreSQL neither keeps nor compares a text with NUL; SQLite finds nothing by it. Where texts are written they are
/// checked, with the field's own name.
fn holds_nul(error: &DbErr) -> bool {
    // `character_not_in_repertoire` and `untranslatable_character`, of texts and of JSON.
    const CODES: [&str; 2] = ["22021", "22P05"];
    let (DbErr::Query(RuntimeErr::SqlxError(error)) | DbErr::Exec(RuntimeErr::SqlxError(error))) = error else {
        return false;
    };
    let code = error.as_database_error().and_then(|error| error.code());
    code.is_some_and(|code| CODES.contains(&code.as_ref()))
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl Error {
    pub(crate) fn invalid(field: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid { field, message: message.into() }
    }

    pub(crate) fn blocked(code: &'static str, why: impl Into<String>) -> Self {
        Self::Blocked { code, why: why.into() }
    }

    /// A broken unique index as [`Error::Conflict`], everything else as it is.
    pub(crate) fn or_taken(what: &'static str) -> impl FnOnce(DbErr) -> Self {
        move |error| if is_unique_violation(&error) { Self::Conflict { what } } else { Self::Database(error) }
    }
}

pub(crate) fn is_unique_violation(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}

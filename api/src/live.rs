//! What is going on now: running calls and sockets.

/// The registry of live conversations; shared by cloning.
#[derive(Clone, Default)]
pub struct Live {}

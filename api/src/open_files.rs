//! The bound on open files: every connection is one.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Files beside the connections: database, log, providers' connections.
const OTHERS: u64 = 512;

/// Raises the soft bound as far as the hard one allows: 1,024, the usual one, is kept for programs that call
/// `select`, and none of ours does. Warns when that is not enough for so many connections. Gives the bound.
pub fn raise(connections: u32) -> u64 {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    if let Err(error) = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }) {
        tracing::warn!(%error, "the bound on open files stays as it is");
    }
    let bound = getrlimit(Resource::Nofile).current.or(current).unwrap_or(u64::MAX);
    if bound < u64::from(connections) + OTHERS {
        tracing::warn!(
            files.bound = bound,
            connections.max = connections,
            "fewer files may be open than MAX_CONNECTIONS asks for (ulimit -n, LimitNOFILE)"
        );
    }
    bound
}

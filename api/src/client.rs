//! Who the client is, as far as the network tells.

use std::net::{IpAddr, SocketAddr};

use domain::sessions::Client;
use ipnet::IpNet;
use poem::Request;

use crate::AppState;

/// The client's network address: the peer's, or, where that is a proxy that we trust, the one it forwards for. `None`:
/// no TCP connection.
pub(crate) fn address(request: &Request) -> Option<IpAddr> {
    let peer = request.remote_addr().as_socket_addr()?.ip();
    let trusted = request.data::<AppState>().map_or(&[][..], |state| &state.settings.http.trusted_proxies);
    let forwarded = request.headers().get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    Some(behind(peer, forwarded, trusted))
}

/// As sessions keep it.
pub(crate) fn client(request: &Request) -> Client {
    Client { address: address(request), user_agent: request.header("user-agent").map(str::to_owned) }
}

/// The rightmost address that no trusted proxy has: each proxy appends the one that it was asked from, and what stands
/// left of an untrusted one is that one's own invention.
fn behind<'a>(peer: IpAddr, forwarded: impl DoubleEndedIterator<Item = &'a str>, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(&address));
    let mut address = peer.to_canonical();
    for next in forwarded.flat_map(|line| line.split(',')).rev() {
        if !is_trusted(address) {
            break;
        }
        let Some(next) = parse(next.trim()) else { break };
        address = next.to_canonical();
    }
    address
}

/// An address, as some proxies write it with a port.
fn parse(text: &str) -> Option<IpAddr> {
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    bare.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn only_a_trusted_proxy_is_believed_and_only_the_rightmost_stranger_counts() {
        let trusted: Vec<IpNet> = ["10.0.0.0/8", "fd00::/8"].iter().map(|text| text.parse().unwrap()).collect();
        for (peer, forwarded, expected) in [
            // Nobody in front, or a stranger who claims to be somebody.
            ("203.0.113.7", &[][..], "203.0.113.7"),
            ("203.0.113.7", &["198.51.100.1"], "203.0.113.7"),
            ("10.0.0.1", &[], "10.0.0.1"),
            ("10.0.0.1", &["198.51.100.1"], "198.51.100.1"),
            ("10.0.0.1", &["192.0.2.66, 198.51.100.1"], "198.51.100.1"),
            ("10.0.0.1", &["192.0.2.66, 198.51.100.1, 10.0.0.2"], "198.51.100.1"),
            ("10.0.0.1", &["192.0.2.66", "198.51.100.1", "10.0.0.2"], "198.51.100.1"),
            ("10.0.0.1", &["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
            ("::ffff:10.0.0.1", &["198.51.100.1:4711"], "198.51.100.1"),
            ("fd00::1", &["[2001:db8::1]:4711"], "2001:db8::1"),
            ("fd00::1", &["2001:db8::1"], "2001:db8::1"),
            ("10.0.0.1", &["198.51.100.1, nonsense"], "10.0.0.1"),
            ("10.0.0.1", &["198.51.100.1, nonsense, 10.0.0.2"], "10.0.0.2"),
        ] {
            let found = behind(peer.parse().unwrap(), forwarded.iter().copied(), &trusted);
            assert_eq!(found, expected.parse::<IpAddr>().unwrap(), "{peer} {forwarded:?}");
        }
    }
}

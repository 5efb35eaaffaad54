//! Which network addresses are the public internet's.

use std::{net::IpAddr, str::FromStr, sync::LazyLock};

use ipnet::IpNet;

/// What is no public host (IANA's special-purpose registries, RFC 6890 and after), and the two clouds' metadata
/// services that lie outside of those.
const SPECIAL: [&str; 27] = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    // Carriers' NAT; Alibaba's metadata service is in it.
    "100.64.0.0/10",
    "127.0.0.0/8",
    // Link-local: the metadata service of AWS, Google, Azure and most others.
    "169.254.0.0/16",
    "172.16.0.0/12",
    // IETF protocols; Oracle's metadata service is in it.
    "192.0.0.0/24",
    "192.0.2.0/24",
    // Relays of 6to4.
    "192.88.99.0/24",
    "192.168.0.0/16",
    // Benchmarks.
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    // Azure's wire server, on an address that looks public.
    "168.63.129.16/32",
    // All of IPv6 but 2000::/3, which is what has been given to hosts: loopback, mapped, NAT64, ULA (Google's and AWS's
    // metadata services), link-local, multicast.
    "::/3",
    "4000::/2",
    "8000::/1",
    // Teredo, benchmarks, ORCHID: IETF protocols.
    "2001::/23",
    "2001:db8::/32",
    // 6to4: an IPv4 address of any kind inside.
    "2002::/16",
    // AS112.
    "2620:4f:8000::/48",
    // The former 6bone.
    "3ffe::/16",
    // Documentation.
    "3fff::/20",
    // Direct delegation of AS112 over IPv4.
    "192.31.196.0/24",
    "192.175.48.0/24",
];

static BLOCKED: LazyLock<Vec<IpNet>> =
    LazyLock::new(|| SPECIAL.iter().map(|network| network.parse().expect("the table holds networks")).collect());

/// Networks that an operator lets tenants reach though they are not public; none by default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrivateNetworks(Vec<IpNet>);

impl PrivateNetworks {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a connection to this address may be made.
    pub fn allow(&self, address: IpAddr) -> bool {
        let address = canonical(address);
        let is_in = |networks: &[IpNet]| networks.iter().any(|network| network.contains(&address));
        is_in(&self.0) || !is_in(&BLOCKED)
    }
}

/// `10.20.0.0/16, fd00::/8`; blank: none.
impl FromStr for PrivateNetworks {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let given = text.split(',').map(str::trim).filter(|network| !network.is_empty());
        let parsed =
            given.map(|network| network.parse().map_err(|_| format!("{network:?} is not a network in CIDR notation")));
        parsed.collect::<Result<_, _>>().map(Self)
    }
}

/// The IPv4 address that is reached through an IPv6 one (mapped, or translated by NAT64), else the same.
fn canonical(address: IpAddr) -> IpAddr {
    let IpAddr::V6(v6) = address else { return address };
    match v6.segments() {
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => IpAddr::V4(((u32::from(high) << 16) | u32::from(low)).into()),
        _ => v6.to_canonical(),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    fn is_allowed(address: &str) -> bool {
        PrivateNetworks::default().allow(address.parse().unwrap())
    }

    #[test]
    fn only_public_hosts_are_reached() {
        let blocked = [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "100.100.100.200",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.254",
            "168.63.129.16",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.192",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::7f00:1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:0:10.0.0.1",
            "64:ff9b::10.0.0.1",
            "64:ff9b::169.254.169.254",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:2::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd00:ec2::254",
            "fd20:ce::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ];
        for address in blocked {
            assert!(!is_allowed(address), "{address} was allowed");
        }
        let public = [
            "1.1.1.1",
            "8.8.8.8",
            "100.63.255.255",
            "100.128.0.0",
            "172.15.0.1",
            "172.32.0.1",
            "192.167.1.1",
            "198.17.0.1",
            "198.20.0.1",
            "223.255.255.255",
            "2606:4700:4700::1111",
            "2a00:1450:4001:80b::200e",
            "::ffff:8.8.8.8",
            "64:ff9b::8.8.8.8",
        ];
        for address in public {
            assert!(is_allowed(address), "{address} was blocked");
        }
    }

    #[test]
    fn an_operator_opens_the_networks_he_names_and_no_others() {
        let networks: PrivateNetworks = "10.1.0.0/16, ::1/128,127.0.0.1/32".parse().unwrap();
        let allows = |address: &str| networks.allow(address.parse().unwrap());
        assert!(["10.1.2.3", "::1", "127.0.0.1", "::ffff:127.0.0.1", "8.8.8.8"].into_iter().all(&allows));
        assert!(!["10.2.0.1", "127.0.0.2", "192.168.0.1", "::2"].into_iter().any(allows));
        assert_eq!("".parse(), Ok(PrivateNetworks::default()));
        assert!("10.1.0.0/33".parse::<PrivateNetworks>().is_err() && "localhost".parse::<PrivateNetworks>().is_err());
    }
}

//! Where a request comes from: the other end of the connection, or what a proxy that the configuration
//! trusts says is behind it.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::extract::Request;
use http::{HeaderMap, HeaderName};

use crate::app::App;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// One household or one machine: an IPv4 address, or the /64 of an IPv6 address, within which whoever
/// has one address has all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ClientAddress(IpAddr);

impl ClientAddress {
    pub(crate) fn of(app: &App, request: &Request) -> Self {
        let peer = request
            .extensions()
            .get::<ConnectInfo<SocketAddr>>()
            .map_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED), |info| info.0.ip());
        Self::behind(peer, request.headers(), &app.config().trusted_proxies)
    }

    /// Each proxy adds the address that it saw to the end of the header, so the last one that is no
    /// trusted proxy's is what a trusted one saw. What stands before it anybody may have written.
    fn behind(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> Self {
        let peer = peer.to_canonical();
        let is_trusted = |address: &IpAddr| trusted.contains(address);
        if !is_trusted(&peer) {
            return Self::new(peer);
        }
        let mut seen = peer;
        let lines: Vec<&str> = headers
            .get_all(FORWARDED_FOR)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .collect();
        for text in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
            let Ok(address) = text.trim().parse::<IpAddr>() else {
                break;
            };
            seen = address.to_canonical();
            if !is_trusted(&seen) {
                break;
            }
        }
        Self::new(seen)
    }

    fn new(address: IpAddr) -> Self {
        Self(match address {
            IpAddr::V4(_) => address,
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
        })
    }
}

impl std::fmt::Display for ClientAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            IpAddr::V4(address) => write!(f, "{address}"),
            IpAddr::V6(network) => write!(f, "{network}/64"),
        }
    }
}

#[cfg(test)]
impl From<IpAddr> for ClientAddress {
    fn from(address: IpAddr) -> Self {
        Self::new(address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(peer: &str, forwarded: &[&str], trusted: &[&str]) -> ClientAddress {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append(FORWARDED_FOR, line.parse().unwrap());
        }
        let trusted: Vec<IpAddr> = trusted.iter().map(|text| text.parse().unwrap()).collect();
        ClientAddress::behind(peer.parse().unwrap(), &headers, &trusted)
    }

    fn address(text: &str) -> ClientAddress {
        ClientAddress::new(text.parse().unwrap())
    }

    #[test]
    fn a_header_is_believed_from_a_trusted_proxy_alone() {
        let forwarded = ["198.51.100.7"];
        assert_eq!(seen("203.0.113.1", &forwarded, &[]), address("203.0.113.1"));
        assert_eq!(
            seen("203.0.113.1", &forwarded, &["203.0.113.1"]),
            address("198.51.100.7")
        );
    }

    #[test]
    fn what_a_client_writes_before_the_proxy_does_counts_for_nothing() {
        let proxies = ["203.0.113.1", "203.0.113.2"];
        for forwarded in [
            &["192.0.2.9, 198.51.100.7, 203.0.113.2"][..],
            &["192.0.2.9", "198.51.100.7,203.0.113.2"],
            &["nonsense", "198.51.100.7"],
        ] {
            assert_eq!(
                seen("203.0.113.1", forwarded, &proxies),
                address("198.51.100.7"),
                "{forwarded:?}"
            );
        }
        assert_eq!(
            seen("203.0.113.1", &["nonsense"], &proxies),
            address("203.0.113.1")
        );
    }

    #[test]
    fn a_network_of_ipv6_is_one_address_and_ipv4_in_ipv6_is_ipv4() {
        assert_eq!(address("2001:db8:1:2::3"), address("2001:db8:1:2:ffff::"));
        assert_ne!(address("2001:db8:1:2::3"), address("2001:db8:1:3::3"));
        assert_ne!(address("203.0.113.1"), address("203.0.113.2"));
        assert_eq!(seen("::ffff:203.0.113.1", &[], &[]), address("203.0.113.1"));
    }
}

//! Which addresses we talk to when a provider's configuration, or its discovery document, names
//! them. Asked of what a name resolves to, at each connect, so that a name which means another address
//! a moment later gains nothing.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use crate::config::{ProviderConfig, is_loopback};

/// How far requests to one provider may reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Reach {
    /// This machine, also by plain HTTP (`allow_insecure` of a provider on loopback).
    pub(super) loopback: bool,
    /// Networks of one's own, this machine included (`allow_private`).
    pub(super) private: bool,
}

impl Reach {
    pub(super) fn of(config: &ProviderConfig) -> Self {
        let at_home = Url::parse(&config.issuer).is_ok_and(|url| is_loopback(&url));
        Self {
            loopback: config.allow_insecure && at_home,
            private: config.allow_private,
        }
    }

    /// Whether a URL may be asked at all: https, or http on this machine, and no address written out
    /// that is out of reach. What a name resolves to is asked when it is known.
    pub(super) fn covers_url(self, url: &Url) -> bool {
        let scheme = match url.scheme() {
            "https" => true,
            "http" => self.loopback && is_loopback(url),
            _ => false,
        };
        let host = match url.host() {
            Some(Host::Domain(_)) => true,
            Some(Host::Ipv4(address)) => self.covers(address.into()),
            Some(Host::Ipv6(address)) => self.covers(address.into()),
            None => false,
        };
        scheme && host && url.username().is_empty() && url.password().is_none()
    }

    /// Whether an address may be talked to. Link-local ones, where clouds keep their metadata, never
    /// are.
    pub(super) fn covers(self, address: IpAddr) -> bool {
        match Network::of(address) {
            Network::Public => true,
            Network::Loopback => self.loopback || self.private,
            Network::Private => self.private,
            Network::Special => false,
        }
    }
}

/// What kind of network an address is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Network {
    Public,
    Loopback,
    /// RFC 1918, RFC 6598 (shared by a carrier's customers), RFC 4193.
    Private,
    /// Everything else of the special-purpose registries (RFC 6890).
    Special,
}

impl Network {
    fn of(address: IpAddr) -> Self {
        match address {
            IpAddr::V4(address) => Self::of_v4(address),
            IpAddr::V6(address) => Self::of_v6(address),
        }
    }

    fn of_v4(address: Ipv4Addr) -> Self {
        let [a, b, c, _] = address.octets();
        match (a, b, c) {
            (127, ..) => Self::Loopback,
            (10, ..) | (172, 16..=31, _) | (192, 168, _) | (100, 64..=127, _) => Self::Private,
            (0 | 224.., ..)
            | (169, 254, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (198, 18..=19, _)
            | (198, 51, 100)
            | (203, 0, 113) => Self::Special,
            _ => Self::Public,
        }
    }

    fn of_v6(address: Ipv6Addr) -> Self {
        if address.is_loopback() {
            return Self::Loopback;
        }
        if let Some(inner) = embedded(address) {
            // Through a translator this machine and its own networks are never meant.
            return match Self::of_v4(inner) {
                Self::Public => Self::Public,
                kind if address.to_ipv4_mapped().is_some() => kind,
                _ => Self::Special,
            };
        }
        let [first, second, third, ..] = address.segments();
        match first {
            // Where one cloud keeps its metadata, in the middle of unique-local addresses.
            0xfd00 if (second, third) == (0x0ec2, 0) => Self::Special,
            0xfc00..=0xfdff => Self::Private,
            0x2001 if second < 0x0200 || second == 0x0db8 => Self::Special,
            0x3fff if second < 0x1000 => Self::Special,
            0x2000..=0x3fff => Self::Public,
            _ => Self::Special,
        }
    }
}

/// The IPv4 address inside: mapped (RFC 4291), NAT64 (RFC 6052), 6to4 (RFC 3056).
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let from = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match address.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x0064, 0xff9b, 0, 0, 0, 0, high, low] => {
            Some(from(high, low))
        }
        [0x2002, high, low, ..] => Some(from(high, low)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PUBLIC: Reach = Reach {
        loopback: false,
        private: false,
    };
    const LOOPBACK: Reach = Reach {
        loopback: true,
        private: false,
    };
    const PRIVATE: Reach = Reach {
        loopback: false,
        private: true,
    };

    fn covered(text: &str) -> [bool; 3] {
        let address = text.parse().unwrap();
        [PUBLIC, LOOPBACK, PRIVATE].map(|reach| reach.covers(address))
    }

    #[test]
    fn public_addresses_are_in_everyones_reach() {
        for address in [
            "8.8.8.8",
            "140.82.121.4",
            "172.15.0.1",
            "172.32.0.1",
            "100.63.255.255",
            "100.128.0.1",
            "192.167.1.1",
            "2a00:1450:4001:82a::200e",
            "2606:4700::1111",
            "::ffff:8.8.8.8",
            "64:ff9b::808:808",
            "2002:808:808::1",
        ] {
            assert_eq!(covered(address), [true; 3], "{address}");
        }
    }

    #[test]
    fn this_machine_is_reached_when_that_was_allowed() {
        for address in ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"] {
            assert_eq!(covered(address), [false, true, true], "{address}");
        }
    }

    #[test]
    fn networks_of_ones_own_are_reached_when_that_was_allowed() {
        for address in [
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "100.64.0.1",
            "::ffff:10.0.0.1",
            "fc00::1",
            "fd12:3456:789a::1",
        ] {
            assert_eq!(covered(address), [false, false, true], "{address}");
        }
    }

    #[test]
    fn metadata_link_local_multicast_and_what_is_no_host_are_reached_by_nobody() {
        for address in [
            "0.0.0.0",
            "0.1.2.3",
            "169.254.169.254",
            "169.254.0.1",
            "192.0.0.192",
            "192.0.2.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.255.255.250",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::ffff:169.254.169.254",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b::a00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2002:a00:1::",
            "2001::1",
            "2001:db8::1",
            "fd00:ec2::254",
            "fe80::1",
            "febf::1",
            "fec0::1",
            "ff02::1",
            "100::1",
        ] {
            assert_eq!(covered(address), [false; 3], "{address}");
        }
    }

    #[test]
    fn a_url_is_https_or_on_this_machine_and_names_no_user() {
        let covered = |reach: Reach, url: &str| reach.covers_url(&Url::parse(url).unwrap());
        for reach in [PUBLIC, LOOPBACK, PRIVATE] {
            assert!(covered(reach, "https://login.example.com/token"));
            for url in [
                "http://login.example.com/token",
                "http://10.0.0.1/",
                "https://169.254.169.254/latest",
                "https://0x7f.1.evil@169.254.169.254/",
                "https://user:word@login.example.com/",
                "https://[fe80::1]/",
                "ftp://login.example.com/",
                "file:///etc/passwd",
                "data:application/json,{}",
                "unix:/run/docker.sock",
            ] {
                assert!(!covered(reach, url), "{reach:?} {url}");
            }
        }
        // However it is written.
        for url in [
            "https://127.0.0.1/",
            "https://2130706433/",
            "https://0x7f000001/",
            "https://127.1/",
            "https://[::ffff:7f00:1]/",
        ] {
            assert!(!covered(PUBLIC, url), "{url}");
            assert!(covered(PRIVATE, url), "{url}");
        }
        assert!(covered(LOOPBACK, "http://127.0.0.1:9000/"));
        assert!(covered(LOOPBACK, "http://localhost:9000/"));
        assert!(!covered(PRIVATE, "http://127.0.0.1:9000/"));
    }
}

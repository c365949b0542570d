//! Which addresses belong to the internet at large. Sources: IANA's registries of special-purpose addresses (RFC 6890).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::Refused;

/// Networks that nobody is sent to: the first that holds an address names it.
const FOUR: [(Ipv4Addr, u32, Refused); 16] = [
	(Ipv4Addr::new(0, 0, 0, 0), 8, Refused::Unspecified),
	(Ipv4Addr::new(127, 0, 0, 0), 8, Refused::Loopback),
	(Ipv4Addr::new(10, 0, 0, 0), 8, Refused::Private),
	(Ipv4Addr::new(172, 16, 0, 0), 12, Refused::Private),
	(Ipv4Addr::new(192, 168, 0, 0), 16, Refused::Private),
	(Ipv4Addr::new(100, 64, 0, 0), 10, Refused::Shared),
	(Ipv4Addr::new(169, 254, 0, 0), 16, Refused::LinkLocal),
	(Ipv4Addr::new(192, 0, 0, 0), 24, Refused::Protocol),
	(Ipv4Addr::new(192, 0, 2, 0), 24, Refused::Documentation),
	(Ipv4Addr::new(198, 51, 100, 0), 24, Refused::Documentation),
	(Ipv4Addr::new(203, 0, 113, 0), 24, Refused::Documentation),
	(Ipv4Addr::new(198, 18, 0, 0), 15, Refused::Benchmarking),
	(Ipv4Addr::new(192, 88, 99, 0), 24, Refused::SixToFour),
	(Ipv4Addr::new(224, 0, 0, 0), 4, Refused::Multicast),
	(Ipv4Addr::new(255, 255, 255, 255), 32, Refused::Broadcast),
	(Ipv4Addr::new(240, 0, 0, 0), 4, Refused::Reserved),
];

/// The same for IPv6.
const SIX: [(Ipv6Addr, u32, Refused); 17] = [
	(Ipv6Addr::UNSPECIFIED, 128, Refused::Unspecified),
	(Ipv6Addr::LOCALHOST, 128, Refused::Loopback),
	(Ipv6Addr::new(0, 0, 0, 0, 0, 0xffff, 0, 0), 96, Refused::Mapped),
	(Ipv6Addr::UNSPECIFIED, 96, Refused::Compatible),
	(Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0), 96, Refused::Nat64),
	(Ipv6Addr::new(0x64, 0xff9b, 1, 0, 0, 0, 0, 0), 48, Refused::Nat64),
	(Ipv6Addr::new(0x100, 0, 0, 0, 0, 0, 0, 0), 64, Refused::Discard),
	(Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 32, Refused::Teredo),
	(Ipv6Addr::new(0x2001, 2, 0, 0, 0, 0, 0, 0), 48, Refused::Benchmarking),
	(Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23, Refused::Protocol),
	(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32, Refused::Documentation),
	(Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20, Refused::Documentation),
	(Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16, Refused::SixToFour),
	(Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0), 7, Refused::UniqueLocal),
	(Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0), 10, Refused::LinkLocal),
	(Ipv6Addr::new(0xfec0, 0, 0, 0, 0, 0, 0, 0), 10, Refused::SiteLocal),
	(Ipv6Addr::new(0xff00, 0, 0, 0, 0, 0, 0, 0), 8, Refused::Multicast),
];

/// What is given out to the internet's hosts: whatever lies outside is reserved.
const GLOBAL: (Ipv6Addr, u32) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

/// How much of an IPv6 address names its site: whoever has one such network has all the addresses in it.
const SITE: u32 = 64;

/// Whether an address belongs to the internet at large, or what it is instead.
pub fn is_public(address: IpAddr) -> Result<(), Refused> {
	let refused = match address {
		IpAddr::V4(four) => FOUR.iter().find(|(net, length, _)| four_in(four, *net, *length)).map(|(.., why)| *why),
		IpAddr::V6(six) => SIX
			.iter()
			.find(|(net, length, _)| six_in(six, *net, *length))
			.map(|(.., why)| *why)
			.or((!six_in(six, GLOBAL.0, GLOBAL.1)).then_some(Refused::Reserved)),
	};
	refused.map_or(Ok(()), Err)
}

/// What counts as one address: an IPv4 address, or the IPv6 network of a site, or else one site could be asked without end.
pub(crate) fn site(address: IpAddr) -> IpAddr {
	match address {
		IpAddr::V4(_) => address,
		IpAddr::V6(six) => IpAddr::V6(Ipv6Addr::from_bits(six.to_bits() & !(u128::MAX >> SITE))),
	}
}

fn four_in(address: Ipv4Addr, net: Ipv4Addr, length: u32) -> bool {
	(address.to_bits() ^ net.to_bits()).leading_zeros() >= length
}

fn six_in(address: Ipv6Addr, net: Ipv6Addr, length: u32) -> bool {
	(address.to_bits() ^ net.to_bits()).leading_zeros() >= length
}

//! Which addresses nobody is sent to.

use vektor_prober::{is_public, Refused, Rules};

/// Tests that all addresses in a list are refused for the reason given, and those after `but` for another, or not at all.
macro_rules! refused {
	($($name:ident: $why:ident, [$($in:literal),+] but [$($out:literal),*];)+) => {$(
		#[test]
		fn $name() {
			$(assert_eq!(is_public($in.parse().unwrap()), Err(Refused::$why), $in);)+
			$(assert_ne!(is_public($out.parse().unwrap()), Err(Refused::$why), $out);)*
		}
	)+};
}

refused! {
	the_unspecified_block_is_refused: Unspecified, ["0.0.0.0", "0.0.0.1", "0.255.255.255"] but ["1.0.0.0"];
	loopback_is_refused: Loopback, ["127.0.0.1", "127.255.255.255", "127.0.0.53"] but ["126.255.255.255", "128.0.0.0"];
	private_10_is_refused: Private, ["10.0.0.0", "10.255.255.255"] but ["9.255.255.255", "11.0.0.0"];
	private_172_16_is_refused: Private, ["172.16.0.0", "172.31.255.255"] but ["172.15.255.255", "172.32.0.0"];
	private_192_168_is_refused: Private, ["192.168.0.0", "192.168.255.255"] but ["192.167.255.255", "192.169.0.0"];
	link_local_is_refused: LinkLocal, ["169.254.0.0", "169.254.255.255"] but ["169.253.255.255", "169.255.0.0"];
	the_metadata_of_clouds_is_refused: LinkLocal, ["169.254.169.254"] but [];
	a_carriers_shared_space_is_refused: Shared, ["100.64.0.0", "100.127.255.255"] but ["100.63.255.255", "100.128.0.0"];
	multicast_is_refused: Multicast, ["224.0.0.1", "239.255.255.255"] but ["223.255.255.255", "240.0.0.0"];
	broadcast_is_refused: Broadcast, ["255.255.255.255"] but ["255.255.255.254"];
	the_reserved_quarter_is_refused: Reserved, ["240.0.0.0", "255.255.255.254"] but ["239.255.255.255"];
	documentation_192_0_2_is_refused: Documentation, ["192.0.2.0", "192.0.2.255"] but ["192.0.1.255", "192.0.3.0"];
	documentation_198_51_100_is_refused: Documentation, ["198.51.100.0", "198.51.100.255"] but ["198.51.101.0"];
	documentation_203_0_113_is_refused: Documentation, ["203.0.113.0", "203.0.113.255"] but ["203.0.112.255"];
	benchmarking_is_refused: Benchmarking, ["198.18.0.0", "198.19.255.255"] but ["198.17.255.255", "198.20.0.0"];
	protocol_assignments_are_refused: Protocol, ["192.0.0.0", "192.0.0.170"] but ["192.0.1.0"];
	relays_of_6to4_are_refused: SixToFour, ["192.88.99.1"] but ["192.88.98.1"];
	the_unspecified_ipv6_address_is_refused: Unspecified, ["::"] but ["::1"];
	ipv6_loopback_is_refused: Loopback, ["::1"] but ["::2"];
	unique_local_is_refused: UniqueLocal, ["fc00::1", "fdff:ffff::1"] but ["fbff::1", "fe00::1"];
	ipv6_link_local_is_refused: LinkLocal, ["fe80::1", "febf::1"] but ["fe7f::1", "fec0::1"];
	site_local_is_refused: SiteLocal, ["fec0::1", "feff::1"] but ["febf::1", "ff00::1"];
	ipv6_multicast_is_refused: Multicast, ["ff02::1", "ff0e::1"] but ["fe80::1"];
	ipv6_documentation_is_refused: Documentation, ["2001:db8::1", "2001:db8:ffff::1"] but ["2001:db9::1"];
	new_ipv6_documentation_is_refused: Documentation, ["3fff::1", "3fff:fff::1"] but ["3fff:1000::1"];
	ipv6_benchmarking_is_refused: Benchmarking, ["2001:2::1"] but ["2001:2:1::1"];
	mapped_ipv4_is_refused: Mapped, ["::ffff:127.0.0.1", "::ffff:8.8.8.8"] but ["::fffe:8.8.8.8"];
	compatible_ipv4_is_refused: Compatible, ["::127.0.0.1", "::8.8.8.8"] but ["::1:0:0:1"];
	nat64_is_refused: Nat64, ["64:ff9b::7f00:1", "64:ff9b::808:808"] but ["64:ff9b:0:1::1"];
	local_nat64_is_refused: Nat64, ["64:ff9b:1::7f00:1"] but ["64:ff9b:2::1"];
	ipv6_6to4_is_refused: SixToFour, ["2002:7f00:1::1", "2002:808:808::1"] but ["2003::1"];
	teredo_is_refused: Teredo, ["2001::1", "2001:0:ffff::1"] but ["2001:1::1"];
	ipv6_protocol_assignments_are_refused: Protocol, ["2001:1::1", "2001:20::1", "2001:1ff::1"] but ["2001:200::1"];
	the_black_hole_is_refused: Discard, ["100::1"] but ["100:0:0:1::1"];
	ipv6_that_nobody_was_given_is_refused: Reserved, ["100:0:0:1::1", "::ffff:0:7f00:1", "1fff::1", "4000::1", "5f00::1", "fe00::1"] but ["2000::1"];
}

#[test]
fn public_addresses_are_asked() {
	for address in
		["1.1.1.1", "8.8.8.8", "100.63.0.1", "172.32.0.1", "223.255.255.255", "2606:4700::1111", "2a01:4f8::1"]
	{
		assert_eq!(is_public(address.parse().unwrap()), Ok(()), "{address}");
	}
}

#[test]
fn a_development_chain_asks_its_own_networks_too_and_nothing_else() {
	for address in ["127.0.0.1", "::1", "10.1.2.3", "172.17.0.2", "192.168.1.1", "fd00::1", "8.8.8.8"] {
		assert_eq!(Rules::DEVELOPMENT.address(address.parse().unwrap()), Ok(()), "{address}");
	}
	for address in ["0.0.0.0", "169.254.169.254", "224.0.0.1", "255.255.255.255", "::", "::ffff:127.0.0.1", "fe80::1"] {
		assert!(Rules::DEVELOPMENT.address(address.parse().unwrap()).is_err(), "{address}");
	}
}

"""Which addresses lie on the public internet.

The networks stand here one by one, because the flags of `ipaddress` differ between versions of Python: that of 3.11
takes NAT64, 6to4 and multicast for global, and shared address space for not private. An address must pass both.

Source: the IANA IPv4 and IPv6 Special-Purpose Address Registries and the multicast registries (RFC 6890 and its
updates), read in 2026; of IPv6 only 2000::/3 is given out as global unicast (RFC 4291 §2.4).
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

_V4 = tuple(
    (ip_network(network), name)
    for network, name in (
        ("0.0.0.0/8", "this network"),
        ("10.0.0.0/8", "a private network"),
        ("100.64.0.0/10", "a carrier's shared network"),
        ("127.0.0.0/8", "this machine"),
        ("168.63.129.16/32", "a cloud's own service"),  # a public address that one cloud answers on inside machines
        ("169.254.0.0/16", "a link-local network"),
        ("172.16.0.0/12", "a private network"),
        ("192.0.0.0/24", "a protocol's own network"),
        ("192.0.2.0/24", "a network for documentation"),
        ("192.31.196.0/24", "a protocol's own network"),
        ("192.52.193.0/24", "a protocol's own network"),
        ("192.88.99.0/24", "a relay into another network"),
        ("192.168.0.0/16", "a private network"),
        ("192.175.48.0/24", "a protocol's own network"),
        ("198.18.0.0/15", "a network for benchmarks"),
        ("198.51.100.0/24", "a network for documentation"),
        ("203.0.113.0/24", "a network for documentation"),
        ("224.0.0.0/4", "a multicast group"),
        ("240.0.0.0/4", "a reserved network"),
    )
)
_V6 = tuple(
    (ip_network(network), name)
    for network, name in (
        ("::/128", "no address"),
        ("::1/128", "this machine"),
        ("::ffff:0:0/96", "an IPv4 address in disguise"),
        ("::ffff:0:0:0/96", "an IPv4 address in disguise"),
        ("64:ff9b::/96", "an IPv4 address in disguise"),
        ("64:ff9b:1::/48", "an IPv4 address in disguise"),
        ("::/96", "an IPv4 address in disguise"),
        ("100::/64", "a network that discards"),
        ("2001::/32", "a tunnel into another network"),
        ("2001::/23", "a protocol's own network"),
        ("2001:db8::/32", "a network for documentation"),
        ("2002::/16", "a tunnel into another network"),
        ("2620:4f:8000::/48", "a protocol's own network"),
        ("3fff::/20", "a network for documentation"),
        ("fc00::/7", "a private network"),
        ("fe80::/10", "a link-local network"),
        ("fec0::/10", "a private network"),
        ("ff00::/8", "a multicast group"),
    )
)
_GLOBAL_UNICAST = ip_network("2000::/3")


def not_public(address: str) -> str | None:
    """What an address is that must not be connected to ("a private network"); None where it is public.

    Text that is no plain address (a zone index, another notation) is "no plain address".
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return "no plain address"
    if isinstance(parsed, IPv6Address) and parsed.scope_id is not None:
        return "no plain address"
    for network, name in _V4 if isinstance(parsed, IPv4Address) else _V6:
        if parsed in network:
            return name
    if isinstance(parsed, IPv6Address) and parsed not in _GLOBAL_UNICAST:
        return "a reserved network"
    return None if parsed.is_global else "a reserved network"

"""Who asks, as far as that is needed to keep one visitor's wrong passphrases from the others."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

_HOUSEHOLD = 64
"""Bits of an IPv6 address that one connection has for itself: whoever has one has them all."""


def place_of(host: str | None) -> str:
    """Return what stands for a network address; empty where there is none."""
    try:
        address = ip_address((host or "").partition("%")[0])
    except ValueError:
        return host or ""
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return str(address.ipv4_mapped)
    if isinstance(address, IPv6Address):
        return str(ip_network((address, _HOUSEHOLD), strict=False))
    return str(address)

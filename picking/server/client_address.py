"""Where a request comes from, as far as limits need to know."""

from ipaddress import IPv6Address, IPv6Network, ip_address

from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The address of the browser or program. Of IPv6 its network (/64), because each customer has a whole one.

    Behind a proxy, uvicorn puts in the address that the proxy names, if it trusts it (docs/settings.md).
    """
    text: str = request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(text)
    except ValueError:
        return text[:64]
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or IPv6Network((address, 64), strict=False))
    return str(address)


def ip_of(request: HttpRequest) -> str:
    """The same as an address alone: of a network its first one; 0.0.0.0 where none is known."""
    text = address_of(request).partition("/")[0]
    try:
        return str(ip_address(text))
    except ValueError:
        return "0.0.0.0"  # noqa: S104 - not bound  # nosec B104

"""What is tried again and again is counted before it is judged, so that nobody gets further by trying at the same moment.

Counted in the shared cache as for logging in (ACCOUNT_RATE_LIMITS): each attempt with its time, under a lock, so ten
minutes are any ten minutes. Networks are kept there only as a keyed digest, and only for the minutes that are counted.
"""

from ipaddress import IPv6Address, ip_address, ip_network

from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import RateLimitUsage
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

# Whoever has one IPv6 address has as many as they like of these (RFC 6177).
OF_ONE_NETWORK = 64


def take(request: HttpRequest, action: str, key: str) -> RateLimitUsage | None:
    """Count an attempt. None when there were too many: then it must not be judged at all."""
    return ratelimit.consume(request, app="allauth.account", action=action, key=key)


def give_back(attempt: RateLimitUsage) -> None:
    """Whoever was right is not held up by their own right answers."""
    attempt.rollback()


def place(request: HttpRequest) -> str:
    """From where somebody asks: their network, as a digest."""
    address = str(get_adapter().get_client_ip(request))
    return salted_hmac("kit.attempts", _network(address), algorithm="sha256").hexdigest()


def _network(address: str) -> str:
    try:
        ip = ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped is None:
        return str(ip_network((ip, OF_ONE_NETWORK), strict=False))
    return str(ip)

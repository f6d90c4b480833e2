"""Send what webhooks are to be told, in a thread of a worker: signed, to addresses that may be asked, several at once.

Signed as the Standard Webhooks say (https://www.standardwebhooks.com): receivers have libraries for it.
"""

import asyncio
import base64
import hashlib
import hmac
import ipaddress
import ssl
import time
from socket import IPPROTO_TCP

import httpx
from django.conf import settings

from picking.actions.webhooks.deliveries import Answer, claim_deliveries, note_answer
from picking.actions.webhooks.webhooks import PREFIX
from picking.models import Delivery

AT_ONCE = 16
TIMEOUT = 10.0
"""Seconds for all of one try."""
EXCERPT = 500
"""Bytes of an answer that are read and kept."""


class Forbidden(Exception):
    """CryoWeb does not send to this address."""


def send_due() -> int:
    """Tries the messages that are due, and returns how many were taken."""
    taken = 0
    while claimed := claim_deliveries(AT_ONCE):
        for delivery, answer in zip(claimed, asyncio.run(_send_all(claimed)), strict=True):
            note_answer(delivery, answer)
            taken += not answer.error
    return taken


def signature(secret: str, message_id: str, timestamp: int, body: str) -> str:
    """The header `webhook-signature`: version 1 is HMAC-SHA256 of id, time in s since 1970 and body, between dots."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    digest = hmac.new(key, f"{message_id}.{timestamp}.{body}".encode(), hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


async def _send_all(deliveries: list[Delivery]) -> list[Answer]:
    # Python's own context knows the authorities of this machine, a facility's own among them.
    verify = ssl.create_default_context()
    async with httpx.AsyncClient(verify=verify, trust_env=False, timeout=TIMEOUT) as client:
        return await asyncio.gather(*(_try(client, delivery) for delivery in deliveries))


async def _try(client: httpx.AsyncClient, delivery: Delivery) -> Answer:
    try:
        async with asyncio.timeout(TIMEOUT):
            return await _send(client, delivery)
    except Forbidden as reason:
        return Answer(error=str(reason))
    except (TimeoutError, httpx.TimeoutException):
        return Answer(error=f"No answer within {TIMEOUT:.0f} seconds")
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        return Answer(error=f"It could not be sent: {error or type(error).__name__}")


async def _send(client: httpx.AsyncClient, delivery: Delivery) -> Answer:
    url = httpx.URL(delivery.webhook.url)
    now = int(time.time())
    headers = {
        "content-type": "application/json",
        "host": url.netloc.decode(),
        "user-agent": "CryoWeb",
        "webhook-id": delivery.message_id,
        "webhook-timestamp": str(now),
        "webhook-signature": signature(delivery.webhook.secret, delivery.message_id, now, delivery.body),
    }
    # To the very address that was looked at: its name might stand for another one a moment later.
    where = url.copy_with(host=await _resolved(url))
    named = {"sni_hostname": url.raw_host.decode()}
    async with client.stream("POST", where, content=delivery.body.encode(), headers=headers, extensions=named) as got:
        excerpt = b""
        async for part in got.aiter_bytes(EXCERPT):
            excerpt += part
            if len(excerpt) >= EXCERPT:
                break
    text = excerpt[:EXCERPT].decode(errors="replace").replace("\0", "")
    return Answer(got.status_code, text, "" if got.is_success else f"The receiver answered {got.status_code}")


async def _resolved(url: httpx.URL) -> str:
    """The address of a host. Raises Forbidden where it is this machine's own, or one of its link."""
    port = url.port or (443 if url.scheme == "https" else 80)
    found = await asyncio.get_running_loop().getaddrinfo(url.raw_host.decode(), port, proto=IPPROTO_TCP)
    addresses = [str(each[4][0]) for each in found]
    for address in addresses:
        if not settings.CRYOWEB_WEBHOOKS_TO_THIS_MACHINE and local(address):
            raise Forbidden(f"{url.host} is {address}: CryoWeb does not send to the machine that it runs on.")
    return addresses[0]


def local(address: str) -> bool:
    """Whether an address is of this machine alone or of its link, where cloud machines keep their credentials."""
    ip = ipaddress.ip_address(address)
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return ip.is_loopback or ip.is_link_local or ip.is_unspecified or ip.is_multicast

"""A bad network of our own: a proxy that breaks, delays, doubles and invents, as a seed says.

It listens on the loopback address only and stands between tablets, or a browser, and the server.
Only the sync suffers; pages and scripts pass.
"""

import asyncio
import struct
import threading
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from random import Random
from socket import SO_LINGER, SOL_SOCKET

from tests.faults.network import HOST

SYNC = b"POST /tablet/sync "
PORTAL_PAGE = b"<!doctype html><title>Wi-Fi</title><h1>Xin chao</h1><form></form>"
PORTAL_JSON = b'{"status":"ok","results":[],"need":[],"have_through":0}'
PATIENCE = 20.0


@dataclass
class Proxy:
    """What it does to each sync: ``choose`` names the next fault, the seed fixes its details."""

    upstream: int
    random: Random
    choose: Callable[[], str]
    done: Counter[str] = field(default_factory=Counter)
    last: bytes = b""  # an answer to somebody else, for a cache that mixes them up
    port: int = 0

    async def serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """One connection; what goes wrong in it is what it is for."""
        try:
            async with asyncio.timeout(PATIENCE):
                request = await _read_message(reader)
                fault = "through"
                if request.startswith(SYNC):
                    fault = self.choose()
                    self.done[fault] += 1
                await _FAULTS[fault](self, request, writer)
        except (OSError, EOFError, TimeoutError, ValueError):
            self.done["broken off"] += 1
        finally:
            _drop(writer)

    async def through(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        """Nothing is wrong."""
        self.last = await self._ask(request)
        await _say(writer, self.last)

    async def reset(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        """The connection is reset before the server hears of it."""
        _reset(writer)

    async def cut_request(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        """The server gets n bytes and then nothing."""
        _, upstream = await asyncio.open_connection(HOST, self.upstream)
        upstream.write(request[: self.random.randrange(len(request))])
        await upstream.drain()
        self.random.choice((_drop, _reset))(upstream)

    async def cut_answer(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        """The tablet gets n bytes of the answer."""
        answer = await self._ask(request)
        await _say(writer, answer[: self.random.randrange(len(answer))])
        self.random.choice((_drop, _reset))(writer)

    async def lost_answer(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        """The server has committed and answered; nobody hears it."""
        await self._ask(request)

    async def delay(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        """Late in both directions, in small pieces."""
        await asyncio.sleep(self.random.uniform(0, 0.2))
        answer = await self._ask(request)
        at = self.random.randrange(len(answer))
        for piece in (answer[:at], answer[at:]):
            await asyncio.sleep(self.random.uniform(0, 0.1))
            await _say(writer, piece)

    async def portal(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        """A captive portal answers in the server's stead: 200, and not ours."""
        page = self.random.choice((b"text/html", b"application/json"))
        body = PORTAL_PAGE if page == b"text/html" else PORTAL_JSON
        await _say(writer, _answer(b"200 OK", page, body))

    async def redirect(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        """A captive portal that sends the tablet elsewhere."""
        location = b"text/html\r\nLocation: /portal"
        await _say(writer, _answer(b"302 Found", location, PORTAL_PAGE))

    async def stale(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        """A cache gives an older answer of ours, to another request."""
        await _say(writer, self.last)

    async def bad_gateway(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        """The web server before ours does not find ours."""
        await _say(writer, _answer(b"502 Bad Gateway", b"text/html", PORTAL_PAGE))

    async def twice(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        """Two sends at once: the request arrives twice, one answer comes back."""
        answers = await asyncio.gather(
            self._ask(request), self._ask(request), return_exceptions=True
        )
        first = self.random.choice(answers)
        if isinstance(first, bytes):
            await _say(writer, first)

    async def _ask(self, request: bytes) -> bytes:
        """The server's whole answer, without keeping the connection."""
        reader, writer = await asyncio.open_connection(HOST, self.upstream)
        try:
            writer.write(_closing(request))
            await writer.drain()
            return await reader.read()
        finally:
            _drop(writer)


Fault = Callable[[Proxy, bytes, asyncio.StreamWriter], Awaitable[None]]
_FAULTS: dict[str, Fault] = {
    "through": Proxy.through,
    "reset": Proxy.reset,
    "cut request": Proxy.cut_request,
    "cut answer": Proxy.cut_answer,
    "lost answer": Proxy.lost_answer,
    "delay": Proxy.delay,
    "portal": Proxy.portal,
    "redirect": Proxy.redirect,
    "stale": Proxy.stale,
    "bad gateway": Proxy.bad_gateway,
    "twice": Proxy.twice,
}
ALL = tuple(_FAULTS)


def evenly(random: Random) -> Callable[[], str]:
    """Any of them, all alike; nothing wrong is one of them."""
    return lambda: random.choice(ALL)


@contextmanager
def beside(proxy: Proxy) -> Iterator[Proxy]:
    """The proxy in a thread of its own, for whoever is no coroutine."""
    loop = asyncio.new_event_loop()
    up, over = threading.Event(), asyncio.Event()

    async def serve() -> None:
        async with listening(proxy):
            up.set()
            await over.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    up.wait(timeout=10)
    try:
        yield proxy
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join(timeout=30)
        loop.close()


@asynccontextmanager
async def listening(proxy: Proxy) -> AsyncIterator[Proxy]:
    """The proxy on a port of its own, as long as the block lasts."""
    server = await asyncio.start_server(proxy.serve, HOST, 0)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        server.close()


async def _read_message(reader: asyncio.StreamReader) -> bytes:
    """A whole request, head and body."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = 0
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            length = int(line.partition(b":")[2])
    return head + await reader.readexactly(length)


def _closing(request: bytes) -> bytes:
    """The request with the wish that the connection be closed after it."""
    head, _, body = request.partition(b"\r\n\r\n")
    lines = [x for x in head.split(b"\r\n") if not x.lower().startswith(b"connection:")]
    return b"\r\n".join([*lines, b"Connection: close"]) + b"\r\n\r\n" + body


def _answer(status: bytes, kind: bytes, body: bytes) -> bytes:
    length = str(len(body)).encode()
    return (
        b"HTTP/1.1 " + status + b"\r\nContent-Type: " + kind + b"\r\nContent-Length: "
        + length + b"\r\nConnection: close\r\n\r\n" + body
    )  # fmt: skip


async def _say(writer: asyncio.StreamWriter, data: bytes) -> None:
    writer.write(data)
    await writer.drain()


def _drop(writer: asyncio.StreamWriter) -> None:
    """Close, once all that was said is on its way."""
    with suppress(OSError, RuntimeError):
        writer.close()


def _reset(writer: asyncio.StreamWriter) -> None:
    """Break off: whoever is at the other end gets a reset."""
    socket = writer.get_extra_info("socket")
    if socket is not None:
        socket.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()

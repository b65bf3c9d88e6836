"""The wire of the simulated tablets: HTTP/1.1 over asyncio, where anything may break off.

One connection a request, as a tablet behind a bad network has it. A broken, late or truncated
answer is no answer.
"""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar

from tests.faults.tablet import Answer, Tablet

PATIENCE = 30.0
HOST = "127.0.0.1"
T = TypeVar("T")


def play(scene: Coroutine[Any, Any, T]) -> T:
    """Run a scene to its end, in a thread of its own: Playwright's loop may run in this one."""
    with ThreadPoolExecutor(max_workers=1) as stage:
        return stage.submit(asyncio.run, scene).result()


async def post(
    port: int, body: bytes, secret: str, patience: float = PATIENCE
) -> Answer | None:
    """Send one sync request; None when no whole answer came back."""
    head = (
        f"POST /tablet/sync HTTP/1.1\r\nHost: {HOST}:{port}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        f"Cookie: kiosk_tablet={secret}\r\nConnection: close\r\n\r\n"
    )
    try:
        async with asyncio.timeout(patience):
            return await _exchange(port, head.encode() + body)
    except (OSError, EOFError, ValueError, asyncio.LimitOverrunError):
        return None


async def drain(tablet: Tablet, port: int) -> None:
    """Send until nothing waits, however often it takes."""
    while tablet.waiting:
        await send_once(tablet, port)


async def send_once(tablet: Tablet, port: int) -> None:
    """One request, and the wait that its answer asks for."""
    request = tablet.request()
    answer = await post(port, request.body, tablet.secret)
    await asyncio.sleep(tablet.hear(request, answer))


async def _exchange(port: int, request: bytes) -> Answer:
    reader, writer = await asyncio.open_connection(HOST, port)
    try:
        writer.write(request)
        # The server may answer, and close, before it has read all.
        with suppress(ConnectionError):
            await writer.drain()
        return await read_answer(reader)
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


async def read_answer(reader: asyncio.StreamReader) -> Answer:
    """Read one whole answer; EOFError or ValueError where there is none."""
    head = await reader.readuntil(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines if line)
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    body = await reader.readexactly(int(headers["content-length"]))
    return Answer(int(first.split()[1]), headers, body)

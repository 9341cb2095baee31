"""The client, the same for both servers."""

import asyncio
import hashlib
import json
import time
from dataclasses import dataclass

import aiohttp
from scenarios import NAMESPACE, Scenario

HEADERS = {"Content-Type": "application/json", "X-Namespace": NAMESPACE}
CHUNK_BYTES = 1 << 20


@dataclass(frozen=True)
class Load:
    """How a round went.

    requests_per_second: of all clients together
    seconds: from each request's first byte to its response's last
    """

    requests_per_second: float
    seconds: list[float]


async def load(url: str, scenario: Scenario, round_number: int | None) -> Load:
    waiting = iter(scenario.round(round_number))
    seconds: list[float] = []

    async def client(session: aiohttp.ClientSession) -> None:
        for body in waiting:
            start = time.perf_counter()
            async with session.post(url + scenario.path, data=body) as response:
                async for _ in response.content.iter_chunked(CHUNK_BYTES):
                    pass
                response.raise_for_status()
            seconds.append(time.perf_counter() - start)

    async with aiohttp.ClientSession(headers=HEADERS) as session:
        start = time.perf_counter()
        await asyncio.gather(*(client(session) for _ in range(scenario.clients)))
        elapsed = time.perf_counter() - start
    return Load(len(seconds) / elapsed, seconds)


async def ask(url: str, path: str, body: bytes) -> tuple[int, str]:
    """The status, and a hash of the payloads that does not depend on the layout of the JSON."""
    async with aiohttp.ClientSession(headers=HEADERS) as session:
        async with session.post(url + path, data=body) as response:
            content = await response.read()
            if response.status != 200:
                return response.status, ""
    same = json.dumps(json.loads(content), sort_keys=True).encode()
    return response.status, hashlib.sha256(same).hexdigest()

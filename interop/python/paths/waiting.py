"""Polls the server for states that it does not report by itself."""

import asyncio
import time
from typing import Awaitable, Callable

DEADLINE_SECONDS = 60.0
POLL_SECONDS = 0.05


async def eventually(condition: Callable[[], Awaitable[bool]]) -> None:
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not await condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{condition.__qualname__} did not become true in time")
        await asyncio.sleep(POLL_SECONDS)

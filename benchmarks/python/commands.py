"""Handles commands from the harness: one line of JSON each, until the input ends."""

import asyncio
import json
import os
import sys
from typing import Any, Awaitable, Callable

_REPLIES = os.fdopen(os.dup(sys.stdout.fileno()), "w")
# Any other output would be read as a reply.
os.dup2(sys.stderr.fileno(), sys.stdout.fileno())


async def serve(command: Callable[[dict], Awaitable[Any]]) -> None:
    """Reports that it is ready, then executes commands in order."""
    reply("ready")
    while line := await asyncio.to_thread(sys.stdin.readline):
        reply(await command(json.loads(line)))


def reply(response: Any) -> None:
    print(json.dumps(response), file=_REPLIES, flush=True)

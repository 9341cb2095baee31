"""Serves a program that writes one line of JSON and then reads one, until it closes its end."""

import asyncio
import json
import os
import sys
from typing import Any, Awaitable, Callable

_REPLIES = os.fdopen(os.dup(sys.stdout.fileno()), "w")
# Whatever else is printed would be taken for a reply.
os.dup2(sys.stderr.fileno(), sys.stdout.fileno())


async def serve(command: Callable[[dict], Awaitable[Any]]) -> None:
    """Says that it is ready, then answers commands in the order in which they come."""
    reply("ready")
    while line := await asyncio.to_thread(sys.stdin.readline):
        reply(await command(json.loads(line)))


def reply(answer: Any) -> None:
    print(json.dumps(answer), file=_REPLIES, flush=True)

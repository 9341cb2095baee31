"""Measures the Python SDK's S3 driver: one line of JSON says what to store or retrieve,
another reports the duration."""

import asyncio
import contextlib
import random
import time
from typing import Awaitable, Callable, Sequence

import aioboto3
import commands
from botocore.config import Config
from temporalio.api.common.v1 import Payload
from temporalio.contrib.aws.s3driver import S3StorageDriver
from temporalio.contrib.aws.s3driver.aioboto3 import new_aioboto3_client
from temporalio.converter import (
    StorageDriverClaim,
    StorageDriverRetrieveContext,
    StorageDriverStoreContext,
)

# As many as the Java clients have; the default of 10 would be the bottleneck.
CONNECTIONS = 64


async def main() -> None:
    clients = {}
    async with contextlib.AsyncExitStack() as open_clients:

        async def run(command: dict) -> dict:
            endpoint = command["endpoint"]
            if endpoint not in clients:
                clients[endpoint] = await open_clients.enter_async_context(_client(endpoint))
            driver = S3StorageDriver(new_aioboto3_client(clients[endpoint]), command["bucket"])
            return {"seconds": await _run(driver, command)}

        await commands.serve(run)


def _client(endpoint: str):
    return aioboto3.Session().client(
        "s3", endpoint_url=endpoint, config=Config(max_pool_connections=CONNECTIONS)
    )


async def _run(driver: S3StorageDriver, command: dict) -> float:
    if claims := [StorageDriverClaim(claim) for claim in command["claims"]]:
        context = StorageDriverRetrieveContext()
        return await _seconds(claims, command["atOnce"], lambda it: driver.retrieve(context, [it]))
    chance = random.Random(command["seed"])
    payloads = [
        Payload(metadata={"encoding": b"binary/plain"}, data=chance.randbytes(command["size"]))
        for _ in range(command["count"])
    ]
    context = StorageDriverStoreContext()
    return await _seconds(payloads, command["atOnce"], lambda it: driver.store(context, [it]))


async def _seconds(
    items: Sequence, at_once: int, operation: Callable[[object], Awaitable[object]]
) -> float:
    room = asyncio.Semaphore(at_once)

    async def bounded(item: object) -> None:
        async with room:
            await operation(item)

    start = time.perf_counter()
    await asyncio.gather(*(bounded(item) for item in items))
    return time.perf_counter() - start


asyncio.run(main())

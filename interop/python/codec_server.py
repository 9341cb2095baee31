"""A codec server on the Python SDK, built like the one of Temporal's Python samples.

Prints its URL when it listens, and ends on SIGTERM."""

import asyncio
import signal
from typing import Sequence

from aiohttp import web
from connection import data_converter
from google.protobuf import json_format
from program import run
from temporalio.api.common.v1 import Payload, Payloads
from temporalio.api.sdk.v1 import ExternalStorageReference
from temporalio.converter import DataConverter

HOST = "127.0.0.1"
NAMESPACE = "default"
MAX_BODY_BYTES = 64 << 20
REFERENCE = ExternalStorageReference.DESCRIPTOR.full_name.encode()


class CodecServer:
    """The operations of the Web UI and the CLI, except for encoding."""

    def __init__(self, converter: DataConverter):
        self._codec = converter.payload_codec
        self._storage = converter.external_storage

    def application(self) -> web.Application:
        application = web.Application(client_max_size=MAX_BODY_BYTES)
        application.router.add_post("/decode", self.decode)
        application.router.add_post("/download", self.download)
        return application

    async def decode(self, request: web.Request) -> web.Response:
        payloads = await _read(request)
        if request.query.get("preserveStorageRefs") != "true":
            payloads = await self._retrieve(payloads)
        # Leaves references unchanged, like everything that is not gzip.
        return _reply(await self._codec.decode(payloads))

    async def download(self, request: web.Request) -> web.Response:
        payloads = await _read(request)
        if any(payload.metadata.get("messageType") != REFERENCE for payload in payloads):
            raise web.HTTPBadRequest(text="Only stored payloads can be downloaded")
        return _reply(await self._codec.decode(await self._retrieve(payloads)))

    async def _retrieve(self, payloads: Sequence[Payload]) -> Sequence[Payload]:
        # Private, but the SDK itself and the sample's codec server read references in this way.
        return await self._storage._retrieve_payload_sequence(payloads)


async def _read(request: web.Request) -> Sequence[Payload]:
    if request.headers.get("X-Namespace") != NAMESPACE:
        raise web.HTTPNotFound(text=f"Only the namespace {NAMESPACE} is served")
    return json_format.Parse(await request.text(), Payloads()).payloads


def _reply(payloads: Sequence[Payload]) -> web.Response:
    return web.json_response(text=json_format.MessageToJson(Payloads(payloads=payloads)))


async def serve() -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with data_converter() as converter:
        runner = web.AppRunner(CodecServer(converter).application())
        await runner.setup()
        await web.TCPSite(runner, HOST, port=0).start()
        print(f"http://{HOST}:{runner.addresses[0][1]}", flush=True)
        await stop.wait()
        await runner.cleanup()


if __name__ == "__main__":
    run(serve())

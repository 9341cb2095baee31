"""The requests, with the payloads that are created and stored for them."""

import base64
import contextlib
import json
import os
import random
from dataclasses import dataclass
from typing import AsyncIterator, Sequence

from connection import s3_client
from google.protobuf import json_format
from gzip_codec import GzipPayloadCodec
from temporalio.api.common.v1 import Payload, Payloads
from temporalio.api.sdk.v1 import ExternalStorageReference
from temporalio.contrib.aws.s3driver import S3StorageDriver
from temporalio.contrib.aws.s3driver.aioboto3 import new_aioboto3_client
from temporalio.converter import StorageDriverStoreContext, StorageDriverWorkflowInfo

NAMESPACE = "default"
# As in the Web UI's requests.
DECODE = "/decode?preserveStorageRefs=true"
DOWNLOAD = "/download?preserveStorageRefs=true"
SMALL_PAYLOADS = 200
SMALL_BYTES = 300
MEDIUM_BYTES = 400_000
LARGE_BYTES = 40_000_000


@dataclass(frozen=True)
class Scenario:
    """Concurrent requests of `clients`, with new bodies in each round or always the same ones."""

    name: str
    path: str
    clients: int
    requests: int
    bodies: Sequence[bytes]

    @property
    def warm_up(self) -> bytes:
        return self.bodies[-1]

    def round(self, number: int | None) -> list[bytes]:
        """The bodies of a round; without a number, those of the warm-up."""
        if number is None:
            return [self.warm_up] * self.requests
        start = number * self.requests
        return [self.bodies[(start + i) % len(self.bodies)] for i in range(self.requests)]


async def prepare(rounds: int) -> list[Scenario]:
    async with _store() as store:
        small = _body([await _payload(number, SMALL_BYTES) for number in range(SMALL_PAYLOADS)])
        medium = [await store(number, MEDIUM_BYTES) for number in range(10 * rounds + 1)]
        large = [await store(number, LARGE_BYTES) for number in range(rounds + 1)]
    return [
        Scenario("/decode of 200 small payloads", DECODE, 8, 100, [small]),
        Scenario("/download of 0.4 MB, all different", DOWNLOAD, 4, 10, medium),
        Scenario("/download of 0.4 MB, always the same", DOWNLOAD, 4, 40, medium[-1:]),
        Scenario("/download of 40 MB, all different", DOWNLOAD, 1, 1, large),
        Scenario("/download of 40 MB, always the same", DOWNLOAD, 1, 1, large[-1:]),
    ]


def too_large() -> tuple[str, bytes]:
    """A request with a body over 1 MiB."""
    return DECODE, _body([Payload(metadata={"encoding": b"binary/plain"}, data=bytes(1 << 20))])


@contextlib.asynccontextmanager
async def _store() -> AsyncIterator:
    async with s3_client() as s3:
        driver = S3StorageDriver(new_aioboto3_client(s3), os.environ["S3_BUCKET"])
        target = StorageDriverWorkflowInfo(namespace=NAMESPACE, id="codec-servers", type="Load")

        async def store(number: int, size: int) -> bytes:
            payload = await _payload(number, size)
            [claim] = await driver.store(StorageDriverStoreContext(target=target), [payload])
            reference = ExternalStorageReference(
                driver_name=driver.name(), claim_data=claim.claim_data
            )
            stored = Payload(
                metadata={
                    "encoding": b"json/protobuf",
                    "messageType": reference.DESCRIPTOR.full_name.encode(),
                },
                data=json_format.MessageToJson(reference, indent=None).encode(),
            )
            stored.external_payloads.add(size_bytes=payload.ByteSize())
            return _body([stored])

        yield store


async def _payload(number: int, size: int) -> Payload:
    """A payload that has about this size after compression."""
    text = base64.b64encode(random.Random(number).randbytes(size)).decode()
    data = json.dumps({"number": number, "text": text}).encode()
    plain = Payload(metadata={"encoding": b"json/plain"}, data=data)
    return (await GzipPayloadCodec().encode([plain]))[0]


def _body(payloads: Sequence[Payload]) -> bytes:
    return json_format.MessageToJson(Payloads(payloads=payloads), indent=None).encode()

"""The payload codec of the fulfillment example: `binary/gzip`."""

import gzip
from typing import Iterable

from temporalio.api.common.v1 import Payload
from temporalio.converter import PayloadCodec

ENCODING = b"binary/gzip"


class GzipPayloadCodec(PayloadCodec):
    """The serialized payload, compressed, as the data of a new payload."""

    async def encode(self, payloads: Iterable[Payload]) -> list[Payload]:
        return [_compressed(payload) for payload in payloads]

    async def decode(self, payloads: Iterable[Payload]) -> list[Payload]:
        return [
            _decompressed(payload) if payload.metadata.get("encoding") == ENCODING else payload
            for payload in payloads
        ]


def _compressed(payload: Payload) -> Payload:
    # No time in the header: equal payloads become equal objects.
    data = gzip.compress(payload.SerializeToString(deterministic=True), mtime=0)
    return Payload(metadata={"encoding": ENCODING}, data=data)


def _decompressed(payload: Payload) -> Payload:
    return Payload.FromString(gzip.decompress(payload.data))

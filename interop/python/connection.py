"""Client, data converter and storage, set up from the environment that `interop/run` passes on."""

import contextlib
import dataclasses
import os
from typing import AsyncIterator

import aioboto3
from gzip_codec import GzipPayloadCodec
from temporalio.client import Client
from temporalio.contrib.aws.s3driver import S3StorageDriver
from temporalio.contrib.aws.s3driver.aioboto3 import new_aioboto3_client
from temporalio.converter import DataConverter, ExternalStorage

DEFAULT_THRESHOLD = 256 * 1024


@contextlib.asynccontextmanager
async def s3_client() -> AsyncIterator:
    async with aioboto3.Session().client(
        "s3",
        endpoint_url=os.environ["S3_ENDPOINT"],
        region_name=os.environ["AWS_REGION"],
    ) as s3:
        yield s3


@contextlib.asynccontextmanager
async def data_converter(
    read_only: bool = False, payload_size_threshold: int = DEFAULT_THRESHOLD
) -> AsyncIterator[DataConverter]:
    """Compresses payloads and stores the large ones in S3; one that only reads resolves
    references and writes everything inline."""
    async with s3_client() as s3:
        driver = S3StorageDriver(new_aioboto3_client(s3), os.environ["S3_BUCKET"])
        storage = ExternalStorage(
            drivers=[driver],
            driver_selector=lambda context, payload: None if read_only else driver,
            payload_size_threshold=payload_size_threshold,
        )
        yield dataclasses.replace(
            DataConverter.default,
            payload_codec=GzipPayloadCodec(),
            external_storage=storage,
        )


@contextlib.asynccontextmanager
async def connect(
    read_only: bool = False, payload_size_threshold: int = DEFAULT_THRESHOLD
) -> AsyncIterator[Client]:
    async with data_converter(read_only, payload_size_threshold) as converter:
        yield await Client.connect(
            os.environ["TEMPORAL_ADDRESS"],
            namespace=os.environ.get("TEMPORAL_NAMESPACE", "default"),
            data_converter=converter,
        )

"""Client, data converter and storage, set up from the environment that `interop/run` passes on. The
storage is S3, or with INTEROP_STORAGE=gcs Google Cloud Storage."""

import contextlib
import dataclasses
import os
from typing import AsyncIterator

import aioboto3
from gcloud.aio.storage import Storage
from gzip_codec import GzipPayloadCodec
from temporalio.client import Client
from temporalio.contrib.aws.s3driver import S3StorageDriver
from temporalio.contrib.aws.s3driver.aioboto3 import new_aioboto3_client
from temporalio.contrib.gcp.gcsdriver import GCSStorageDriver
from temporalio.contrib.gcp.gcsdriver.gcloud_aio import new_gcloud_aio_client
from temporalio.converter import DataConverter, ExternalStorage, StorageDriver

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
async def storage_driver() -> AsyncIterator[StorageDriver]:
    if os.environ.get("INTEROP_STORAGE") == "gcs":
        # It reads the address from STORAGE_EMULATOR_HOST.
        async with Storage() as gcs:
            yield GCSStorageDriver(new_gcloud_aio_client(gcs), os.environ["GCS_BUCKET"])
    else:
        async with s3_client() as s3:
            yield S3StorageDriver(new_aioboto3_client(s3), os.environ["S3_BUCKET"])


@contextlib.asynccontextmanager
async def data_converter(
    read_only: bool = False, payload_size_threshold: int = DEFAULT_THRESHOLD
) -> AsyncIterator[DataConverter]:
    """Compresses payloads and stores the large ones; one that only reads resolves
    references and writes everything inline."""
    async with storage_driver() as driver:
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

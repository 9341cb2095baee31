"""Buckets that are deleted after each measurement, since gigabytes would pile up otherwise."""

import contextlib
import itertools
from typing import Iterator

import boto3
from botocore.config import Config
from settings import Settings

_NUMBERS = itertools.count(1)


@contextlib.contextmanager
def bucket(settings: Settings) -> Iterator[str]:
    s3 = boto3.client(
        "s3",
        endpoint_url=settings.s3_endpoint,
        region_name=settings.aws_region,
        aws_access_key_id=settings.aws_access_key_id,
        aws_secret_access_key=settings.aws_secret_access_key,
        config=Config(proxies={}),
    )
    name = f"benchmarks-{next(_NUMBERS)}"
    s3.create_bucket(Bucket=name)
    try:
        yield name
    finally:
        for page in s3.get_paginator("list_objects_v2").paginate(Bucket=name):
            keys = [{"Key": item["Key"]} for item in page.get("Contents", [])]
            if keys:
                s3.delete_objects(Bucket=name, Delete={"Objects": keys, "Quiet": True})
        s3.delete_bucket(Bucket=name)

"""The run's bucket on an S3 server."""

import contextlib
from typing import Mapping

import boto3
import botocore.exceptions
from botocore.config import Config

PROBE_SECONDS = 5.0


def works(endpoint: str, environment: Mapping[str, str]) -> bool:
    """Whether an object can be written; creates the bucket if it does not exist."""
    s3 = boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name=environment["AWS_REGION"],
        aws_access_key_id=environment["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=environment["AWS_SECRET_ACCESS_KEY"],
        config=Config(
            connect_timeout=PROBE_SECONDS,
            read_timeout=PROBE_SECONDS,
            retries={"total_max_attempts": 1},
            proxies={},
        ),
    )
    name = environment["S3_BUCKET"]
    probe = {"Bucket": name, "Key": "probe"}
    try:
        with contextlib.suppress(s3.exceptions.BucketAlreadyOwnedByYou):
            s3.create_bucket(Bucket=name)
        s3.put_object(**probe)
        s3.delete_object(**probe)
    except (botocore.exceptions.BotoCoreError, botocore.exceptions.ClientError):
        return False
    return True

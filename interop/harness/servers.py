"""Starts the Temporal server and the S3 server of one run, and waits until both work."""

import contextlib
import json
import subprocess
import urllib.error
import urllib.request
from pathlib import Path
from typing import Iterator

import boto3
import botocore.exceptions
import rights
from botocore.config import Config
from process import Process
from settings import LOOPBACK, Settings, free_ports, tool

START_SECONDS = 60.0
PROBE_SECONDS = 5.0
WEED_PORTS = (
    "s3.port",
    "s3.port.grpc",
    "master.port",
    "master.port.grpc",
    "volume.port",
    "volume.port.grpc",
    "filer.port",
    "filer.port.grpc",
    "admin.port",
    "admin.port.grpc",
)


@contextlib.contextmanager
def running(data: Path, logs: Path) -> Iterator[Settings]:
    grpc, ui, *weed = free_ports(2 + len(WEED_PORTS))
    settings = Settings(
        temporal_address=f"{LOOPBACK}:{grpc}",
        temporal_ui_address=f"http://{LOOPBACK}:{ui}",
        s3_endpoint=f"http://{LOOPBACK}:{weed[0]}",
    )
    with (
        _temporal(settings, grpc, ui, data, logs) as temporal,
        _s3(settings, dict(zip(WEED_PORTS, weed)), data, logs) as s3,
    ):
        temporal.await_ready(lambda: _temporal_answers(settings), START_SECONDS)
        s3.await_ready(lambda: _s3_answers(settings), START_SECONDS)
        yield settings


def _temporal(settings: Settings, grpc: int, ui: int, data: Path, logs: Path) -> Process:
    command = [
        str(tool("temporal")),
        "server",
        "start-dev",
        f"--ip={LOOPBACK}",
        f"--port={grpc}",
        f"--ui-port={ui}",
        "--ui-disable-news-fetch",
        "--namespace=second",
        f"--db-filename={data / 'temporal.db'}",
        "--log-level=warn",
    ]
    return Process("Temporal", command, settings.environment(), data, logs / "temporal.log")


def _s3(settings: Settings, ports: dict[str, int], data: Path, logs: Path) -> Process:
    folder = data / "s3"
    folder.mkdir()
    identities = data / "identities.json"
    identities.write_text(json.dumps(rights.configuration(settings)))
    command = [
        str(tool("weed")),
        "mini",
        f"-dir={folder}",
        f"-ip={LOOPBACK}",
        f"-ip.bind={LOOPBACK}",
        *(f"-{name}={port}" for name, port in ports.items()),
        f"-s3.localSocket={folder / 's3.sock'}",
        f"-s3.config={identities}",
        "-s3.port.iceberg=0",
        "-s3.port.lance=0",
        "-admin.ui=false",
        "-webdav=false",
        "-master.telemetry=false",
    ]
    return Process("SeaweedFS", command, settings.environment(), folder, logs / "s3.log")


def _temporal_answers(settings: Settings) -> bool:
    """Whether workflows can be listed (frontend, history and visibility) and the UI is served."""
    command = [
        str(tool("temporal")),
        "workflow",
        "list",
        f"--address={settings.temporal_address}",
        "--limit=1",
    ]
    try:
        subprocess.run(
            command,
            env=settings.environment(),
            check=True,
            capture_output=True,
            timeout=PROBE_SECONDS,
        )
        urllib.request.urlopen(settings.temporal_ui_address, timeout=PROBE_SECONDS).close()
    except (subprocess.SubprocessError, urllib.error.URLError, ConnectionError, TimeoutError):
        return False
    return True


def _s3_answers(settings: Settings) -> bool:
    """Whether the bucket is there, made if need be, and an object can be written."""
    s3 = boto3.client(
        "s3",
        endpoint_url=settings.s3_endpoint,
        region_name=settings.aws_region,
        aws_access_key_id=settings.aws_access_key_id,
        aws_secret_access_key=settings.aws_secret_access_key,
        config=Config(
            connect_timeout=PROBE_SECONDS,
            read_timeout=PROBE_SECONDS,
            retries={"total_max_attempts": 1},
            proxies={},
        ),
    )
    probe = {"Bucket": settings.s3_bucket, "Key": "probe"}
    try:
        with contextlib.suppress(s3.exceptions.BucketAlreadyOwnedByYou):
            s3.create_bucket(Bucket=settings.s3_bucket)
        s3.put_object(**probe)
        s3.delete_object(**probe)
    except (botocore.exceptions.BotoCoreError, botocore.exceptions.ClientError):
        return False
    return True

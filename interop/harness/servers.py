"""Starts the Temporal server, the S3 server and, if wanted, the server for Google Cloud Storage of one
run, and waits until all work."""

import contextlib
import subprocess
import urllib.error
import urllib.request
from pathlib import Path
from typing import Iterator

import fake_gcs
from process import Process
from seaweedfs import SeaweedFS
from settings import LOOPBACK, Settings, free_ports, tool

START_SECONDS = 180.0
PROBE_SECONDS = 30.0


@contextlib.contextmanager
def running(data: Path, logs: Path, with_gcs: bool = False) -> Iterator[Settings]:
    grpc, ui, gcs_port = free_ports(3)
    seaweedfs = SeaweedFS(data / "s3")
    settings = Settings(
        temporal_address=f"{LOOPBACK}:{grpc}",
        temporal_ui_address=f"http://{LOOPBACK}:{ui}",
        s3_endpoint=seaweedfs.endpoint,
        gcs_endpoint=f"http://{LOOPBACK}:{gcs_port}" if with_gcs else "",
    )
    environment = settings.environment()
    with (
        _temporal(settings, grpc, ui, data, logs) as temporal,
        seaweedfs.start(environment, logs / "s3.log") as s3,
        contextlib.ExitStack() as others,
    ):
        if with_gcs:
            gcs = others.enter_context(
                fake_gcs.start(LOOPBACK, gcs_port, environment, data, logs / "gcs.log")
            )
        temporal.await_ready(lambda: _temporal_is_ready(settings), START_SECONDS)
        s3.await_ready(lambda: seaweedfs.is_ready(environment), START_SECONDS)
        if with_gcs:
            gcs.await_ready(
                lambda: fake_gcs.is_ready(settings.gcs_endpoint, settings.gcs_bucket), START_SECONDS
            )
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


def _temporal_is_ready(settings: Settings) -> bool:
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

"""fake-gcs-server, a server with the API of Google Cloud Storage that verifies checksums."""

import json
import os
import subprocess
import urllib.error
import urllib.request
from pathlib import Path
from typing import Mapping

from process import Process

VERSION = "v1.56.1"
FOLDER = Path(__file__).resolve().parents[1] / ".go" / VERSION
PROGRAM = FOLDER / "fake-gcs-server"
PROBE_SECONDS = 5.0


def install() -> None:
    """Builds the server from its sources, unless it is there already."""
    if PROGRAM.exists():
        return
    print(f"Building fake-gcs-server {VERSION}", flush=True)
    command = ["go", "install", f"github.com/fsouza/fake-gcs-server@{VERSION}"]
    try:
        subprocess.run(command, env={**os.environ, "GOBIN": str(FOLDER)}, check=True)
    except (OSError, subprocess.SubprocessError) as failure:
        raise RuntimeError(f"Go could not build fake-gcs-server: {failure}") from failure


def start(host: str, port: int, environment: Mapping[str, str], folder: Path, log: Path) -> Process:
    """Starts a server that keeps its objects in memory."""
    command = [
        str(PROGRAM),
        "-backend=memory",
        "-scheme=http",
        f"-host={host}",
        f"-port={port}",
        f"-public-host={host}:{port}",
        "-log-level=warn",
    ]
    return Process("fake-gcs-server", command, environment, folder, log)


def is_ready(endpoint: str, bucket: str) -> bool:
    """Whether the server has the bucket, which is created if it is missing."""
    request = urllib.request.Request(
        f"{endpoint}/storage/v1/b?project=interop",
        data=json.dumps({"name": bucket}).encode(),
        headers={"Content-Type": "application/json"},
    )
    try:
        urllib.request.urlopen(request, timeout=PROBE_SECONDS).close()
    except urllib.error.HTTPError as error:
        return error.code == 409
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False
    return True

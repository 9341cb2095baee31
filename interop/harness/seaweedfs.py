"""SeaweedFS' S3 server. As a program it serves one folder until SIGTERM, for tests that stop and
start the server themselves; started again in the same folder, it has the same address."""

import json
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Mapping

import bucket
import rights
from process import Process
from settings import LOOPBACK, free_ports, tool

START_SECONDS = 180.0
PORTS = (
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


class SeaweedFS:
    """A server whose data, and ports, are kept in a folder."""

    def __init__(self, folder: Path):
        folder.mkdir(exist_ok=True)
        self._folder = folder
        self._ports = _ports(folder / "ports.json")

    @property
    def endpoint(self) -> str:
        return f"http://{LOOPBACK}:{self._ports['s3.port']}"

    def start(self, environment: Mapping[str, str], log: Path) -> Process:
        identities = self._folder / "identities.json"
        identities.write_text(json.dumps(rights.configuration(environment)))
        command = [
            str(tool("weed")),
            "mini",
            f"-dir={self._folder}",
            f"-ip={LOOPBACK}",
            f"-ip.bind={LOOPBACK}",
            *(f"-{name}={port}" for name, port in self._ports.items()),
            f"-s3.localSocket={self._folder / 's3.sock'}",
            f"-s3.config={identities}",
            "-s3.port.iceberg=0",
            "-s3.port.lance=0",
            "-admin.ui=false",
            "-webdav=false",
            "-master.telemetry=false",
        ]
        return Process("SeaweedFS", command, environment, self._folder, log)

    def is_ready(self, environment: Mapping[str, str]) -> bool:
        return bucket.works(self.endpoint, environment)


def _ports(file: Path) -> dict[str, int]:
    if not file.exists():
        file.write_text(json.dumps(dict(zip(PORTS, free_ports(len(PORTS))))))
    return json.loads(file.read_text())


def main() -> None:
    """Prints the endpoint when it listens. Reads AWS_* and S3_BUCKET from its environment."""
    folder = Path(sys.argv[1]).resolve()
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    server = SeaweedFS(folder)
    with server.start(os.environ, folder / "seaweedfs.log") as process:
        process.await_ready(lambda: server.is_ready(os.environ), START_SECONDS)
        print(server.endpoint, flush=True)
        stop.wait()


if __name__ == "__main__":
    main()

"""Starts the two codec servers."""

import contextlib
import os
import socket
import sys
from pathlib import Path
from typing import Iterator

from process import Process
from settings import LOOPBACK, free_ports

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]
START_SECONDS = 60.0
MAIN_CLASS = "io.github.externalstorage.examples.Main"


@contextlib.contextmanager
def running(samples: Path, logs: Path) -> Iterator[dict[str, str]]:
    """Their URLs by their names."""
    ours, sample = free_ports(2)
    examples = ROOT / "examples" / "target"
    class_path = os.pathsep.join(
        [str(examples / "classes"), (examples / "class-path").read_text().strip()]
    )
    java = ["java", "-cp", class_path, MAIN_CLASS, "codec-server", f"--port={ours}"]
    python = [sys.executable, "-B", str(FOLDER / "sample_server.py"), str(samples), str(sample)]
    with (
        _listening("This library", java, ours, logs) as ours_url,
        _listening("Python sample", python, sample, logs) as sample_url,
    ):
        yield {"This library": ours_url, "Python sample": sample_url}


@contextlib.contextmanager
def _listening(name: str, command: list[str], port: int, logs: Path) -> Iterator[str]:
    log = logs / f"{name}.log"
    with Process(name, command, os.environ, log=log) as process:
        try:
            process.await_ready(lambda: _listens(port), START_SECONDS)
        except RuntimeError as failure:
            raise RuntimeError(f"{failure}\n{log.read_text()}") from None
        yield f"http://{LOOPBACK}:{port}"


def _listens(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex((LOOPBACK, port)) == 0

"""moto's S3 server, initially empty, until SIGTERM. It does not verify checksums, and responds to
`Expect: 100-continue` with two `100 Continue`."""

import os
import signal
import threading
from pathlib import Path

import bucket
from process import Process
from settings import LOOPBACK, free_ports, tool

START_SECONDS = 180.0


def main() -> None:
    """Prints the endpoint when it listens. Reads AWS_* and S3_BUCKET from its environment."""
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    (port,) = free_ports(1)
    endpoint = f"http://{LOOPBACK}:{port}"
    command = [str(tool("moto_server")), f"--host={LOOPBACK}", f"--port={port}"]
    # Its log has a line for each request.
    with Process("moto", command, os.environ, log=Path(os.devnull)) as moto:
        moto.await_ready(lambda: bucket.works(endpoint, os.environ), START_SECONDS)
        print(endpoint, flush=True)
        stop.wait()


if __name__ == "__main__":
    main()

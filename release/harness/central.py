"""A stand-in for Maven Central's publisher API, which the release profile uploads to."""

import json
import threading
import zipfile
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Iterator
from urllib.parse import urlsplit

DEPLOYMENT = "00000000-0000-0000-0000-000000000000"


@contextmanager
def stand_in(repository: Path) -> Iterator[str]:
    """Its base URL. It unpacks the bundle that it receives into `repository`."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            path = urlsplit(self.path).path
            if path == "/api/v1/publisher/upload":
                with zipfile.ZipFile(BytesIO(_bundle(self.headers["Content-Type"], body))) as bundle:
                    bundle.extractall(repository)
                self._reply(201, "text/plain", DEPLOYMENT)
            elif path == "/api/v1/publisher/status":
                status = {"deploymentId": DEPLOYMENT, "deploymentState": "VALIDATED", "purls": []}
                self._reply(200, "application/json", json.dumps(status))
            else:
                self._reply(404, "text/plain", "unknown")

        def _reply(self, status: int, kind: str, text: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


def _bundle(content_type: str, body: bytes) -> bytes:
    """The file in a multipart form."""
    boundary = b"--" + content_type.partition("boundary=")[2].partition(";")[0].strip('"').encode()
    for part in body.split(boundary):
        head, _, content = part.partition(b"\r\n\r\n")
        if b'name="bundle"' in head:
            return content.removesuffix(b"\r\n")
    raise RuntimeError("The upload contains no bundle")

"""The addresses of a run's servers, and the variables that pass them to the tests."""

import itertools
import os
import random
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

import browser
import go
import typescript

LOOPBACK = "127.0.0.1"
FOREIGN_PREFIXES = (
    "AWS_",
    "CODEC_SERVER_",
    "GCS_",
    "GOOGLE_",
    "S3_",
    "STORAGE_EMULATOR_",
    "TEMPORAL_",
)
CONFIGURATION_FILES = ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "TEMPORAL_CONFIG_FILE")


# Below those that systems give to outgoing connections: until a server listens on its port, one of
# these could take it.
PORTS = range(15000, 32768)


def free_ports(count: int) -> list[int]:
    """Distinct ports on which nothing listens."""
    candidates = random.sample(PORTS, len(PORTS))
    free = list(itertools.islice(filter(_is_free, candidates), count))
    if len(free) < count:
        raise RuntimeError(f"No {count} free ports from {PORTS.start} to {PORTS.stop - 1}")
    return free


def _is_free(port: int) -> bool:
    with socket.socket() as candidate:
        try:
            candidate.bind((LOOPBACK, port))
        except OSError:
            return False
        return True


@dataclass(frozen=True)
class Settings:
    temporal_address: str
    temporal_ui_address: str
    s3_endpoint: str
    gcs_endpoint: str
    s3_bucket: str = "temporal-payloads"
    gcs_bucket: str = "temporal-payloads"
    aws_region: str = "us-east-1"
    aws_access_key_id: str = "interop"
    aws_secret_access_key: str = "interop-secret"

    def exported(self) -> dict[str, str]:
        """The variables that the tests and the Python scripts read."""
        return {
            "TEMPORAL_ADDRESS": self.temporal_address,
            "TEMPORAL_UI_ADDRESS": self.temporal_ui_address,
            "TEMPORAL_CLI": str(tool("temporal")),
            "S3_ENDPOINT": self.s3_endpoint,
            "S3_BUCKET": self.s3_bucket,
            "STORAGE_EMULATOR_HOST": self.gcs_endpoint,
            "GCS_BUCKET": self.gcs_bucket,
            "AWS_REGION": self.aws_region,
            "AWS_ACCESS_KEY_ID": self.aws_access_key_id,
            "AWS_SECRET_ACCESS_KEY": self.aws_secret_access_key,
            "INTEROP_PYTHON": sys.executable,
            "INTEROP_NODE": str(typescript.NODE),
            "INTEROP_GO": str(go.PROGRAM),
            **browser.variables(),
        }

    def environment(self) -> dict[str, str]:
        direct = [os.environ.get("NO_PROXY") or os.environ.get("no_proxy"), LOOPBACK, "localhost"]
        no_proxy = ",".join(filter(None, direct))
        return {**os.environ, "NO_PROXY": no_proxy, "no_proxy": no_proxy, **self.exported()}


def forget_callers_servers() -> None:
    """Removes variables that point to the caller's own servers and accounts from this process and
    its children."""
    for name in [name for name in os.environ if name.startswith(FOREIGN_PREFIXES)]:
        del os.environ[name]
    os.environ.update({name: os.devnull for name in CONFIGURATION_FILES})


def tool(name: str) -> Path:
    """A program of the virtual environment."""
    return Path(sys.executable).parent / name

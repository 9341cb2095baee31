"""A key that exists for one run only."""

import os
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator


@contextmanager
def throwaway_key() -> Iterator[dict[str, str]]:
    """The environment in which gpg has one key, without a passphrase, and no other."""
    # The name of the agent's socket, which is in this folder, has a limit of about 100 bytes.
    with tempfile.TemporaryDirectory(prefix="gpg-", dir="/tmp", ignore_cleanup_errors=True) as home:
        environment = {"GNUPGHOME": home}
        key = ["gpg", "--batch", "--quiet", "--passphrase", "", "--quick-generate-key"]
        subprocess.run(
            [*key, "Dry run <dry-run@example.invalid>", "rsa3072", "sign", "1d"],
            env={**os.environ, **environment}, check=True, stderr=subprocess.DEVNULL,
        )
        try:
            yield environment
        finally:
            subprocess.run(["gpgconf", "--kill", "all"], env={**os.environ, **environment})


def is_valid(signature: Path, file: Path, environment: dict[str, str]) -> bool:
    verify = ["gpg", "--batch", "--quiet", "--verify", str(signature), str(file)]
    verified = subprocess.run(verify, env={**os.environ, **environment}, capture_output=True)
    return verified.returncode == 0

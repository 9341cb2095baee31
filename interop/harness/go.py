"""Builds the Go side."""

import subprocess
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "go"
PROGRAM = FOLDER.parent / ".go" / "fulfillment"


def build() -> None:
    """Builds the program; Go builds again only what has changed."""
    command = ["go", "build", "-buildvcs=false", "-o", PROGRAM, "."]
    try:
        subprocess.run(command, cwd=FOLDER, check=True)
    except (OSError, subprocess.SubprocessError) as failure:
        raise RuntimeError(f"Go could not build {FOLDER}: {failure}") from failure

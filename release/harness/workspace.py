"""Copies of the sources, and a local repository that has nothing of this project."""

import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "release" / "target"
# Maven writes these again, but not the other files that it downloaded.
REWRITTEN = {".xml", ".properties", ".repositories", ".lastUpdated"}


def copy_sources(folder: Path) -> None:
    """What is or could be committed, as it is in the work tree."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)


def copy_local_repository(folder: Path) -> None:
    """Saves downloads. The copies are hard links where possible."""
    source = Path(os.environ.get("MAVEN_REPOSITORY", Path.home() / ".m2" / "repository"))
    if source.is_dir():
        shutil.copytree(source, folder, copy_function=_link, ignore=_ours)
    else:
        folder.mkdir()


def _ours(folder: str, _: list[str]) -> list[str]:
    return ["externalstorage"] if folder.endswith("io/github") else []


def _link(source: str, target: str) -> None:
    if Path(source).suffix not in REWRITTEN:
        try:
            os.link(source, target)
            return
        except OSError:
            pass
    shutil.copy2(source, target)

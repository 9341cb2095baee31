"""Whether two builds are the same, byte by byte."""

import zipfile
from pathlib import Path

ENDINGS = (".jar", ".zip", ".tar.gz", "cyclonedx.json", "cyclonedx.xml", "bom.json", "bom.xml")


def artifacts(folder: Path) -> dict[str, Path]:
    """By their names relative to `folder`: what Maven built in `target` of each module."""
    found = {}
    for file in sorted(folder.glob("*/target/*")) + sorted(folder.glob("target/*")):
        if file.is_file() and file.name.endswith(ENDINGS):
            found[str(file.relative_to(folder))] = file
    return found


def differences(first: Path, second: Path) -> list[str]:
    one, other = artifacts(first), artifacts(second)
    found = [f"{name} is in one build only" for name in sorted(one.keys() ^ other.keys())]
    for name in sorted(one.keys() & other.keys()):
        if one[name].read_bytes() != other[name].read_bytes():
            found.append(f"{name} differs{_entries(one[name], other[name])}")
    return found


def _entries(one: Path, other: Path) -> str:
    if not zipfile.is_zipfile(one):
        return ""
    with zipfile.ZipFile(one) as first, zipfile.ZipFile(other) as second:
        if first.namelist() != second.namelist():
            return " in the names or order of entries"
        names = [n for n in first.namelist() if first.read(n) != second.read(n)]
        return f" in {', '.join(names[:5])}" if names else " in the attributes of entries"

"""The operator's program, unpacked from its archives as an operator does it."""

import os
import shutil
import subprocess
import tarfile
import zipfile
from pathlib import Path

PROGRAM = "temporal-external-storage"
EXPECTED = ["LICENSE", "NOTICE", "README.md", "sbom.json", f"bin/{PROGRAM}", f"bin/{PROGRAM}.bat"]
EXPECTED += ["conf/codec-server.yaml", f"man/man1/{PROGRAM}.1", "systemd/codec-server.service"]
INSTALLED = "/opt/temporal-external-storage"


def unpack(archive: Path, folder: Path) -> Path:
    """Returns the folder of the program, after comparing the archive with the zip next to it."""
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
        names = {member.name.rstrip("/") for member in tar if member.isfile()}
    with zipfile.ZipFile(str(archive).removesuffix(".tar.gz") + ".zip") as zipped:
        if names != {name for name in zipped.namelist() if not name.endswith("/")}:
            raise RuntimeError("The zip and the tar.gz hold different files")
    (home,) = folder.iterdir()
    missing = [name for name in EXPECTED if not (home / name).is_file()]
    if missing or not list((home / "lib").glob("*.jar")):
        raise RuntimeError(f"{archive.name} has no {', '.join(missing) or 'jars'}")
    return home


def try_commands(home: Path, version: str) -> str:
    program = str(home / "bin" / PROGRAM)
    _require(PROGRAM in _output([program, "--help"]), "--help")
    _require(_output([program, "--version"]).split() == [PROGRAM, version], "--version")
    sample = home / "conf" / "codec-server.yaml"
    checked = _output([program, "codec-server", "--check-config", str(sample)])
    return checked.strip().splitlines()[-1]


def check_man_page(home: Path) -> str:
    man = shutil.which("man")
    if not man:
        return "not checked: there is no man"
    page = home / "man" / "man1" / f"{PROGRAM}.1"
    command = [man, "--warnings", "--local-file", str(page)]
    shown = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"}
    )
    _require(shown.returncode == 0 and not shown.stderr, f"the man page: {shown.stderr}")
    _require("codec-server" in shown.stdout, "the man page")
    return "no warnings"


def check_unit(home: Path, folder: Path) -> str:
    """As if the program were installed where the unit says."""
    if not shutil.which("systemd-analyze"):
        return "not checked: there is no systemd-analyze"
    folder.mkdir()
    unit = folder / "codec-server.service"
    text = (home / "systemd" / unit.name).read_text()
    unit.write_text(text.replace(INSTALLED, str(home)))
    verified = subprocess.run(
        ["systemd-analyze", "verify", str(unit)], capture_output=True, text=True
    )
    ours = [line for line in verified.stderr.splitlines() if unit.name in line]
    _require(not ours, f"the unit: {ours}")
    rated = _output(["systemd-analyze", "security", "--offline=true", str(unit)])
    return rated.strip().splitlines()[-1].lstrip("→ ")


def _output(command: list[str]) -> str:
    ran = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    _require(ran.returncode == 0, f"{' '.join(command)}: {ran.stdout}{ran.stderr}")
    return ran.stdout + ran.stderr


def _require(condition: bool, what: str) -> None:
    if not condition:
        raise RuntimeError(f"Failed: {what}")

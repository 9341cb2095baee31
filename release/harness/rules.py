"""What Maven Central requires of an upload, and what this project adds to it."""

import hashlib
import re
import zipfile
from pathlib import Path

import signing
from poms import GROUP, Pom
from workspace import ROOT

REQUIRED = ["name", "description", "url", "licenses/license/name", "licenses/license/url"]
REQUIRED += ["developers/developer/name", "developers/developer/url"]
REQUIRED += ["scm/url", "scm/connection", "scm/developerConnection"]
REPOSITORY = "https://github.com/externalstorage/temporal-external-storage-java"
CHECKSUMS = {".md5": hashlib.md5, ".sha1": hashlib.sha1}
CHECKSUMS |= {".sha256": hashlib.sha256, ".sha512": hashlib.sha512}
# Class files of Java 17.
NEWEST_CLASS_FILE = 61
DEPENDENCIES = ROOT / "release" / "dependencies.txt"


def problems(repository: Path, version: str, modules: set[str], keys: dict[str, str]) -> list[str]:
    poms = [Pom(repository, file) for file in sorted(repository.rglob("*.pom"))]
    published = {pom.artifact for pom in poms}
    found = [f"{name} is not published" for name in sorted(modules - published)]
    found += [f"{name} is published" for name in sorted(published - modules)]
    for pom in poms:
        found += [f"{pom.artifact}: {problem}" for problem in _of_component(pom, version, published)]
        found += _of_files(pom.folder, f"{pom.artifact}-{version}", keys)
    folders = {pom.folder for pom in poms}
    files = (file for file in repository.rglob("*") if file.is_file())
    found += [f"{file.name}: belongs to no POM" for file in files if file.parent not in folders]
    return found + _dependency_problems(poms)


def _of_component(pom: Pom, version: str, published: set[str]) -> list[str]:
    found = [f"the POM has no {path}" for path in REQUIRED if not pom.inherited(path)]
    if pom.version != version or pom.inherited("groupId") != GROUP:
        found.append("the POM has another group or version")
    found += [
        f"{path} is {pom.inherited(path)}"
        for path in ("url", "scm/url")
        if pom.inherited(path) != REPOSITORY
    ]
    if "SNAPSHOT" in pom.file.read_text():
        found.append("the POM names a SNAPSHOT")
    for dependency in pom.dependencies():
        ours = dependency.group == GROUP
        if ours and dependency.scope != "test" and dependency.artifact not in published:
            found.append(f"{dependency.artifact}, which it needs, is not published")
    names = {file.name for file in pom.folder.iterdir()}
    wanted = [".jar", "-sources.jar", "-javadoc.jar"] if pom.packaging == "jar" else []
    wanted += ["-cyclonedx.json", "-cyclonedx.xml"] if pom.parent or wanted else []
    stem = f"{pom.artifact}-{version}"
    return found + [f"{stem}{end} is missing" for end in wanted if stem + end not in names]


def _of_files(folder: Path, stem: str, keys: dict[str, str]) -> list[str]:
    found = []
    for file in sorted(folder.iterdir()):
        if not file.name.startswith(stem):
            found.append(f"{file.name}: has another name than {stem}")
        if file.suffix == ".asc" or file.suffix in CHECKSUMS:
            continue
        signature = file.with_name(file.name + ".asc")
        if not signature.is_file() or not signing.is_valid(signature, file, keys):
            found.append(f"{file.name}: no valid signature")
        for suffix, algorithm in CHECKSUMS.items():
            checksum = file.with_name(file.name + suffix)
            if not checksum.is_file():
                found.append(f"{file.name}: no {suffix[1:]}")
            elif checksum.read_text().strip() != algorithm(file.read_bytes()).hexdigest():
                found.append(f"{file.name}: wrong {suffix[1:]}")
        if file.suffix == ".jar":
            found += [f"{file.name}: {problem}" for problem in _of_jar(file)]
    return found


def _of_jar(file: Path) -> list[str]:
    found = []
    with zipfile.ZipFile(file) as jar:
        names = set(jar.namelist())
        for name in ("META-INF/LICENSE", "META-INF/NOTICE"):
            if name not in names or jar.read(name) != (ROOT / Path(name).name).read_bytes():
                found.append(f"{name} is missing or another")
        for name in names:
            if name.endswith(".class") and jar.read(name)[7] > NEWEST_CLASS_FILE:
                found.append(f"{name} needs a newer Java than 17")
        if file.name.endswith("-javadoc.jar") and "index.html" not in names:
            found.append("has no Javadoc")
        if file.name.endswith("-sources.jar") and not any(n.endswith(".java") for n in names):
            found.append("has no sources")
    return found


def dependencies(poms: list[Pom]) -> str:
    """What each artifact depends on, other than for its tests."""
    lines = []
    for pom in poms:
        for dependency in pom.dependencies():
            if dependency.scope != "test":
                line = f"{pom.artifact} {dependency.group}:{dependency.artifact} {dependency.scope}"
                lines.append(line + (" optional" if dependency.optional else ""))
    # The parent's are those of every child.
    return "\n".join(sorted(lines)) + "\n"


def _dependency_problems(poms: list[Pom]) -> list[str]:
    actual = set(dependencies(poms).splitlines())
    expected = set(filter(re.compile(r"[^#]").match, DEPENDENCIES.read_text().splitlines()))
    found = [f"a new dependency, not in {DEPENDENCIES.name}: {line}" for line in actual - expected]
    found += [f"no longer a dependency: {line} (in {DEPENDENCIES.name})" for line in expected - actual]
    return sorted(found)

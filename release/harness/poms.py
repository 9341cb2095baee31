"""What the POMs in a repository say, inherited elements included."""

from dataclasses import dataclass
from pathlib import Path
from typing import Optional
from xml.etree import ElementTree

NAMESPACE = {"m": "http://maven.apache.org/POM/4.0.0"}
GROUP = "io.github.externalstorage"
# Children add the end of their own path to these, unless the parent forbids it.
APPENDED = {"url", "scm/url", "scm/connection", "scm/developerConnection"}


@dataclass(frozen=True)
class Dependency:
    group: str
    artifact: str
    version: Optional[str]
    scope: str
    optional: bool


class Pom:
    def __init__(self, repository: Path, file: Path):
        self.file = file
        self.folder = file.parent
        self.root = ElementTree.parse(file).getroot()
        self.artifact = self.own("artifactId") or ""
        parent = self.own("parent/artifactId")
        self.parent: Optional[Pom] = None
        if parent:
            version = self.own("parent/version") or ""
            folder = repository / GROUP.replace(".", "/") / parent / version
            pom = folder / f"{parent}-{version}.pom"
            if not pom.is_file():
                raise RuntimeError(f"{file.name}: its parent {pom.name} is missing")
            self.parent = Pom(repository, pom)

    @property
    def packaging(self) -> str:
        return self.own("packaging") or "jar"

    @property
    def version(self) -> str:
        return self.inherited("version") or ""

    def own(self, path: str) -> Optional[str]:
        found = self.root.find("/".join(f"m:{part}" for part in path.split("/")), NAMESPACE)
        return found.text.strip() if found is not None and found.text else None

    def inherited(self, path: str) -> Optional[str]:
        own = self.own(path)
        if own or not self.parent:
            return own
        value = self.parent.inherited(path)
        if value and path in APPENDED and not self.parent.forbids_appending(path):
            return f"{value}/{self.artifact}"
        return value

    def forbids_appending(self, path: str) -> bool:
        element = self.root if path == "url" else self.root.find("m:scm", NAMESPACE)
        name = "project.url" if path == "url" else path.replace("/", ".")
        attribute = f"child.{name}.inherit.append.path"
        return element is not None and element.get(attribute) == "false"

    def modules(self) -> list[str]:
        found = self.root.findall("m:modules/m:module", NAMESPACE)
        return [module.text or "" for module in found]

    def dependencies(self) -> list[Dependency]:
        return self._dependencies("m:dependencies")

    def managed(self) -> list[Dependency]:
        return self._dependencies("m:dependencyManagement/m:dependencies")

    def _dependencies(self, path: str) -> list[Dependency]:
        found = []
        for element in self.root.findall(f"{path}/m:dependency", NAMESPACE):
            values = {child.tag.rpartition("}")[2]: (child.text or "").strip() for child in element}
            found.append(
                Dependency(
                    values["groupId"],
                    values["artifactId"],
                    values.get("version"),
                    values.get("scope", "compile"),
                    values.get("optional") == "true",
                )
            )
        return found

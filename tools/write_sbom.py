"""Write a bill of materials of Variorum, CycloneDX 1.6 in JSON: ``python tools/write_sbom.py`` (`make sbom`).

Python packages that a user gets, with the hashes of their files; the packages that are built into the pages' scripts;
every data file and model; each with its licence. The same checkout gives the same bytes: it has no clock and no number
drawn by chance. Written to ``dist/variorum-<version>.cdx.json``, or where ``-o`` says.
"""

from __future__ import annotations

import argparse
import base64
import sys
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

sys.path.insert(0, str(Path(__file__).resolve().parent))

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from inventory import ROOT, Item, items
from variorum import __version__
from variorum.annotation.model import NAME, PINNED
from variorum.packaged import PINNED as PINNED_FILES

_INDEX = {"run": ("pypi", "https://pypi.org/project/"), "scripts": ("npm", "https://www.npmjs.com/package/")}
_LICENCES = LicenseFactory()


def component(item: Item) -> Component:
    """An item as CycloneDX has it. Hashes of a package are those of its files, behind its page on the index."""
    if item.part in _INDEX:
        kind, index = _INDEX[item.part]
        group, _, name = item.name.rpartition("/")
        url = PackageURL(kind, group or None, name, item.version)
        files = ExternalReference(
            type=ExternalReferenceType.DISTRIBUTION, url=XsUri(f"{index}{item.name}"), hashes=map(hashed, item.hashes)
        )
        return Component(
            name=item.name, version=item.version, type=ComponentType.LIBRARY, bom_ref=url.to_string(), purl=url,
            licenses=[_LICENCES.make_from_string(item.licence)], external_references=[files],
        )  # fmt: skip
    return Component(
        name=item.name, version=item.version or None, bom_ref=f"{item.part}/{item.name}",
        type=ComponentType.DATA, licenses=[_LICENCES.make_from_string(item.licence)], hashes=map(hashed, item.hashes),
    )  # fmt: skip


def hashed(told: str) -> HashType:
    """A hash in hexadecimal, or as npm states it (``sha512-…`` in base 64)."""
    if told.startswith("sha512-"):
        return HashType(alg=HashAlgorithm.SHA_512, content=base64.b64decode(told.removeprefix("sha512-")).hex())
    return HashType(alg=HashAlgorithm.SHA_256, content=told)


def read_files() -> list[Component]:
    """The files of other packages that are held against a hash when they are read, the language model among them."""
    model = Component(
        name=NAME, type=ComponentType.MACHINE_LEARNING_MODEL, bom_ref=f"model/{NAME}", hashes=[hashed(PINNED)],
        description="the hash is over the names and contents of its files (variorum.annotation.model)",
    )  # fmt: skip
    files = [
        Component(
            name=f"{package}/{name}", bom_ref=f"file/{package}/{name}", hashes=[hashed(pin)],
            type=ComponentType.MACHINE_LEARNING_MODEL if name.endswith(".ftz") else ComponentType.DATA,
        )
        for (package, name), pin in PINNED_FILES.items()
    ]  # fmt: skip
    return [model, *files]


def bill() -> str:
    """The bill as JSON."""
    itself = Component(
        name="variorum", version=__version__, type=ComponentType.APPLICATION, bom_ref="variorum",
        licenses=[_LICENCES.make_from_string("MIT")], purl=PackageURL("pypi", None, "variorum", __version__),
    )  # fmt: skip
    bom = Bom(serial_number=uuid5(NAMESPACE_URL, f"variorum {__version__}"))
    bom.metadata.component = itself
    parts = [component(each) for each in items() if each.part in ("data", "beside", "run", "scripts")] + read_files()
    bom.components.update(parts)
    bom.register_dependency(itself, parts)
    bom.metadata.timestamp = None  # type: ignore[assignment]
    return JsonV1Dot6(bom).output_as_string(indent=2) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "dist" / f"variorum-{__version__}.cdx.json")
    path: Path = parser.parse_args().output
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(bill(), encoding="utf-8")
    print(path)


if __name__ == "__main__":
    main()

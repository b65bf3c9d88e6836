"""Fetches the third-party files that travel with the repository, and checks them.

`vendor.py [NAME …]` asks npm for the packages of vendor.toml and copies the files they name;
`vendor.py --check` needs no network: every recorded file is there, unaltered, and no other.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]
LIST = Path(__file__).with_name("vendor.toml")
RECORD = "VENDOR.json"
LICENSE = "LICENSE"
BROTLI = """
const fs = require('node:fs'), zlib = require('node:zlib');
const [, source, target] = process.argv;
const bytes = fs.readFileSync(source), kind = zlib.constants;
const params = {
  [kind.BROTLI_PARAM_QUALITY]: 11, [kind.BROTLI_PARAM_SIZE_HINT]: bytes.length,
};
fs.writeFileSync(target, zlib.brotliCompressSync(bytes, {params}));
"""


class VendorError(Exception):
    """A package or a file that is not what was recorded."""


@dataclass(frozen=True)
class Package:
    """One table of vendor.toml; `files` maps the path inside the package to the name here."""

    name: str
    package: str
    integrity: str
    into: Path
    files: dict[str, str]
    brotli: tuple[str, ...]

    def expected(self) -> set[str]:
        return {LICENSE, *self.files.values(), *(f"{name}.br" for name in self.brotli)}


def packages() -> Iterator[Package]:
    for name, table in tomllib.loads(LIST.read_text(encoding="utf-8")).items():
        suffix, folder = table.get("suffix", ""), PurePosixPath(table.get("folder", ""))
        named = {
            str(folder / f"{item}{suffix}"): f"{item}{suffix}"
            for item in table.get("names", ())
        }
        yield Package(
            name=name,
            package=table["package"],
            integrity=table.get("integrity", ""),
            into=ROOT / table["into"],
            files=table.get("files", {}) | named,
            brotli=tuple(table.get("brotli", ())),
        )


def fetch(package: Package) -> None:
    """Fills the package's folder from npm; refuses an archive of another integrity."""
    with tempfile.TemporaryDirectory() as scratch:
        archive, licence = _pack(package, Path(scratch))
        _empty(package.into)
        with tarfile.open(archive) as tar:
            for source, name in ({LICENSE: LICENSE} | package.files).items():
                member = tar.extractfile(f"package/{source}")
                if member is None:
                    raise VendorError(f"{package.package} has no {source}")
                (package.into / name).write_bytes(member.read())
    for name in package.brotli:
        plain = package.into / name
        subprocess.run(["node", "-e", BROTLI, plain, f"{plain}.br"], check=True)
    record = {
        "package": package.package,
        "integrity": package.integrity,
        "licence": licence,
        "sha256": {
            name: _sha256(package.into / name) for name in sorted(package.expected())
        },
    }
    (package.into / RECORD).write_text(
        json.dumps(record, indent=2) + "\n", encoding="utf-8"
    )


def _pack(package: Package, scratch: Path) -> tuple[Path, str]:
    command = ["npm", "pack", "--json", "--ignore-scripts", package.package]
    answer = json.loads(
        subprocess.run(command, check=True, cwd=scratch, capture_output=True).stdout
    )
    entry = answer[0] if isinstance(answer, list) else next(iter(answer.values()))
    if entry["integrity"] != package.integrity:
        raise VendorError(
            f"{package.package}: npm gives {entry['integrity']}, "
            f"vendor.toml says {package.integrity!r}"
        )
    archive = scratch / entry["filename"]
    with tarfile.open(archive) as tar:
        manifest = tar.extractfile("package/package.json")
        assert manifest is not None
        return archive, json.load(manifest)["license"]


def _empty(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def problems(package: Package) -> Iterator[str]:
    """What differs between vendor.toml, the record and the files, one sentence each."""
    record_path = package.into / RECORD
    if not record_path.is_file():
        yield f"{package.name}: {RECORD} is missing"
        return
    record = json.loads(record_path.read_text(encoding="utf-8"))
    for key in ("package", "integrity"):
        if record[key] != getattr(package, key):
            yield f"{package.name}: {key} in {RECORD} is not the one in vendor.toml"
    recorded = record["sha256"]
    if set(recorded) != package.expected():
        differing = sorted(set(recorded) ^ package.expected())
        yield f"{package.name}: {RECORD} and vendor.toml differ in {differing}"
    there = {path.name for path in package.into.iterdir()} - {RECORD}
    if there != set(recorded):
        yield f"{package.name}: the folder and {RECORD} differ in {sorted(there ^ set(recorded))}"
    for name in sorted(there & set(recorded)):
        if _sha256(package.into / name) != recorded[name]:
            yield f"{package.name}: {name} is not the file that was fetched"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="packages to fetch (all)")
    parser.add_argument(
        "--check", action="store_true", help="compare with the record, without network"
    )
    options = parser.parse_args(arguments)
    known = {package.name: package for package in packages()}
    if options.check:
        found = [problem for package in known.values() for problem in problems(package)]
        sys.stderr.writelines(f"{problem}\n" for problem in found)
        return 1 if found else 0
    for name in options.names or known:
        sys.stdout.write(f"fetching {known[name].package}\n")
        fetch(known[name])
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Third-party files: as they were fetched, licensed, and of versions that belong together."""

import hashlib
import subprocess
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest
from plotly.offline import get_plotlyjs_version

from tests.tools import vendor

UNPACK = (
    "process.stdout.write(require('node:zlib').brotliDecompressSync(require('node:fs')"
    + (".readFileSync(process.argv[1])))")
)
PACKAGES = {package.name: package for package in vendor.packages()}


@pytest.mark.parametrize("name", PACKAGES)
def test_every_file_is_the_one_that_was_fetched(name: str) -> None:
    assert list(vendor.problems(PACKAGES[name])) == []


def test_one_changed_byte_is_seen(tmp_path: Path) -> None:
    copy = replace(PACKAGES["idb"], into=tmp_path / "idb")
    copytree(PACKAGES["idb"].into, copy.into)
    with (copy.into / "index.js").open("ab") as file:
        file.write(b" ")

    found = list(vendor.problems(copy))

    assert found == ["idb: index.js is not the file that was fetched"]


def test_a_stray_and_a_missing_file_are_seen(tmp_path: Path) -> None:
    copy = replace(PACKAGES["idb"], into=tmp_path / "idb")
    copytree(PACKAGES["idb"].into, copy.into)
    (copy.into / "LICENSE").rename(copy.into / "LICENCE")

    found = list(vendor.problems(copy))

    assert found == ["idb: the folder and VENDOR.json differ in ['LICENCE', 'LICENSE']"]


def test_another_version_in_the_list_is_seen() -> None:
    newer = replace(PACKAGES["idb"], package="idb@9.0.0")

    assert list(vendor.problems(newer)) == [
        "idb: package in VENDOR.json is not the one in vendor.toml"
    ]


def test_a_brotli_sibling_holds_the_same_bytes() -> None:
    for package in PACKAGES.values():
        for name in package.brotli:
            plain = package.into / name

            unpacked = subprocess.run(
                ["node", "-e", UNPACK, f"{plain}.br"], check=True, capture_output=True
            ).stdout

            assert (
                hashlib.sha256(unpacked).digest()
                == hashlib.sha256(plain.read_bytes()).digest()
            )


def test_plotly_in_the_browser_is_the_version_plotly_in_python_speaks_to() -> None:
    assert PACKAGES["plotly"].package == f"plotly.js@{get_plotlyjs_version()}"


def test_nothing_lies_in_the_vendor_folders_that_the_list_does_not_name() -> None:
    folders = {package.into for package in PACKAGES.values()}

    for parent in (vendor.ROOT / "static" / "vendor", vendor.ROOT / "tests" / "vendor"):
        assert {*parent.iterdir()} <= folders

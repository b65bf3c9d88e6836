"""Keeps the Vietnamese catalogues in step with the English words in code and templates.

    translate.py update [DOMAIN …]   bring the .po files up to date; then fill in what is empty
    translate.py check [DOMAIN …]    name everything missing, stale, fuzzy or malformed
    translate.py compile             write the .mo files

Flask-Babel 4 reads several domains at once when its two lists pair by place: BABEL_DOMAIN
"citizen;reports;web", BABEL_TRANSLATION_DIRECTORIES the folder three times, with ";" between.
Merged so, a msgid must have the same msgstr in every domain: `check` says where it has not.
"""

import argparse
import re
import sys
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from kiosk.build import CATALOGUES, compile_catalogues

ROOT = Path(__file__).resolve().parents[2]
LOCALES = ("vi",)
OWNERS = {
    "citizen": (
        "kiosk/citizen/",
        "kiosk/tablets/",
        "templates/citizen/",
        "templates/tablets/",
    ),
    "reports": ("reports/", "templates/reports/"),
    "web": ("kiosk/", "templates/"),
}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "_l": None,
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
    "lazy_pgettext": ((1, "c"), 2),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|%%|\{\w*\}")


def catalogue_path(locale: str, domain: str) -> Path:
    return CATALOGUES / locale / "LC_MESSAGES" / f"{domain}.po"


def owner(path: str) -> str:
    """The first domain that claims a file: `web` has what the others leave."""
    return next(
        domain for domain, folders in OWNERS.items() if path.startswith(folders)
    )


def extract(domain: str) -> Catalog:
    """Every message in the domain's files, with the files it stands in but no line numbers."""
    found = Catalog(domain=domain, project="kiosk")
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for mapping in settings["tool"]["babel"]["mappings"]:
        for path in sorted(ROOT.glob(mapping["pattern"])):
            name = path.relative_to(ROOT).as_posix()
            if owner(name) == domain:
                _extract_file(found, mapping["method"], path, name)
    return found


def _extract_file(found: Catalog, method: str, path: Path, name: str) -> None:
    options = {"silent": "false"}
    for _, message, comments, context in extract_from_file(
        method, path, KEYWORDS, ("L10n:",), options, True
    ):
        found.add(message, None, [(name, 1)], auto_comments=comments, context=context)


def load(locale: str, domain: str) -> Catalog:
    path = catalogue_path(locale, domain)
    if not path.is_file():
        return Catalog(
            locale=locale,
            domain=domain,
            header_comment=f"# The words of kiosk, domain {domain}; msgids are the English ones.",
            project="kiosk",
            version="0",
            msgid_bugs_address="the maintainers",
            last_translator="the maintainers",
            language_team=locale,
        )
    with path.open("rb") as source:
        return read_po(source, locale=locale, domain=domain)


def update(locale: str, domain: str) -> int:
    """Rewrites one catalogue from the sources, keeping translations; gives how many are empty."""
    catalogue = load(locale, domain)
    catalogue.update(
        extract(domain), no_fuzzy_matching=True, update_creation_date=False
    )
    catalogue.fuzzy = False
    path = catalogue_path(locale, domain)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        write_po(
            target,
            catalogue,
            width=100,
            sort_output=True,
            ignore_obsolete=True,
            include_lineno=False,
        )
    return sum(1 for message in catalogue if message.id and not all(_texts(message)))


def _texts(message: Message) -> tuple[str, ...]:
    return (
        tuple(message.string)
        if isinstance(message.string, (tuple, list))
        else (message.string or "",)
    )


def problems(locale: str, domain: str) -> Iterator[str]:
    """What stands between a catalogue and the sources, one line each."""
    catalogue, wanted = load(locale, domain), extract(domain)
    keys = {(message.context, message.id) for message in catalogue if message.id}
    needed = {(message.context, message.id) for message in wanted if message.id}
    for _, words in sorted(needed - keys, key=str):
        yield f"{locale}/{domain}: not in the catalogue: {words!r}"
    for _, words in sorted(keys - needed, key=str):
        yield f"{locale}/{domain}: nowhere in the sources: {words!r}"
    for message in catalogue:
        if message.id:
            yield from (
                f"{locale}/{domain}: {fault}: {message.id!r}"
                for fault in faults(message, catalogue)
            )


def faults(message: Message, catalogue: Catalog) -> Iterator[str]:
    """What is wrong with one entry."""
    texts = _texts(message)
    if not all(texts):
        yield "not translated"
        return
    if message.fuzzy:
        yield "fuzzy"
    if message.pluralizable and len(texts) != catalogue.num_plurals:
        yield f"needs {catalogue.num_plurals} plural form(s)"
    words = message.id[-1] if isinstance(message.id, (tuple, list)) else message.id
    for text in texts:
        if sorted(PLACEHOLDER.findall(text)) != sorted(PLACEHOLDER.findall(words)):
            yield "placeholders differ"
        if (text[0].isspace(), text[-1].isspace()) != (
            words[0].isspace(),
            words[-1].isspace(),
        ):
            yield "space at an end differs"
        if not unicodedata.is_normalized("NFC", text):
            yield "not in NFC"


def disagreements(locale: str) -> Iterator[str]:
    """Messages that two domains translate differently; Flask-Babel would keep only one."""
    seen: dict[tuple[object, object], tuple[str, tuple[str, ...]]] = {}
    for domain in OWNERS:
        for message in load(locale, domain):
            texts = _texts(message)
            other, said = seen.setdefault(
                (message.context, message.id), (domain, texts)
            )
            if message.id and all(texts) and said != texts:
                where = f"{locale}: {other} and {domain} disagree on {message.id!r}"
                yield f"{where}: {said} or {texts}"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("action", choices=("update", "check", "compile"))
    parser.add_argument(
        "domains", nargs="*", metavar="DOMAIN", help=f"one of {', '.join(OWNERS)} (all)"
    )
    options = parser.parse_args(arguments)
    domains = options.domains or list(OWNERS)
    found: list[str] = []
    if options.action == "compile":
        compile_catalogues()
    for locale in LOCALES if options.action != "compile" else ():
        for domain in domains:
            if options.action == "update":
                sys.stdout.write(
                    f"{locale}/{domain}: {update(locale, domain)} to translate\n"
                )
            else:
                found += problems(locale, domain)
        found += disagreements(locale) if options.action == "check" else ()
    sys.stderr.writelines(f"{problem}\n" for problem in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

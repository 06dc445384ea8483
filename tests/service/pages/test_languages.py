"""The interface in its languages: nothing untranslated, placeholders kept, compiled from a clean clone."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from service.catalogues import SOURCE, compile_catalogues

ROOT = Path(__file__).parents[3]
KEYWORDS = {
    **dict.fromkeys(
        ("_", "gettext", "lazy_gettext", "RelaisError", "NotFound", "Conflict", "Gone", "Unauthorized"), (1,)
    ),
    **dict.fromkeys(("TooLarge", "TooManyFailures", "TooManyUploads"), (1,)),
    "ngettext": (1, 2),
}
_PLACE = re.compile(r"%\((\w+)\)[sd]")


@pytest.fixture(scope="module")
def asked() -> set[str]:
    """Every sentence that service's code and templates ask to be translated."""
    with (SOURCE / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(ROOT / "service", [m for m in methods if m[0] != "ignore"] and [("**.py", "python"), ("templates/**.html", "jinja2")],
                             {"templates/**.html": options.get("service/templates/**.html", {})}, keywords=KEYWORDS)  # fmt: skip
    return {
        message if isinstance(message, str) else message[0]
        for name, _line, message, *_ in found
        if not name.startswith("cli/") and Path(name).name not in ("launcher.py", "demo.py", "settings.py")
    }


@pytest.mark.parametrize("language", ["fr", "uk"])
def test_every_sentence_is_translated(asked, language):
    with (SOURCE / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    assert len(asked) > 200
    assert sorted(m for m in asked if not (catalogue.get(m) and all(_texts(catalogue.get(m).string)))) == []
    for message in catalogue:
        if message.id:
            places = set(_PLACE.findall(_texts(message.id)[-1]))
            for text in _texts(message.string):
                assert text, message.id
                assert set(_PLACE.findall(text)) == places, message.id


def _texts(value) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def test_catalogues_are_compiled_once_for_each_content(tmp_path):
    folder = compile_catalogues(tmp_path)
    files = sorted(folder.rglob("*"))
    assert {f.name for f in files if f.is_file()} == {"messages.mo"}
    before = [f.stat().st_mtime_ns for f in files]
    assert compile_catalogues(tmp_path) == folder
    assert [f.stat().st_mtime_ns for f in files] == before


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "1 фрагмент відкладено"), (3, "3 фрагменти відкладено"), (5, "5 фрагментів відкладено")],
)
def test_ukrainian_counts_as_ukrainian_does(visitor, number, words):
    text = "Le pont rouvre\n\nLa circulation reprend lundi sur le pont de Mirval.\n\n" + "\n\n".join(
        ["Aller au contenu", "Partager sur Facebook", "Laisser un commentaire", "Lire aussi", "Retour en haut"][:number]
    )
    browser = visitor("paul")
    browser.post("/language", {"language": "uk"})
    page = browser.fetch("/desk/preview", {"text": text}).get_data(as_text=True)
    assert words in page

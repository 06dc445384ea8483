"""No file passes for a translation of which a sentence came back as it was."""

import pytest

from corpus.editions import NewBead
from corpus.errors import RelaisError
from corpus.models import Origin
from service.cli.translate import _print_same
from worker.checks import check
from worker.ingest import ingest
from worker.pipeline import Translation
from worker.segmentation import segment_document

FRENCH = ["Le pont rouvre", "La mairie attend quatre mille passages par jour."]


@pytest.mark.parametrize(
    ("english", "refused"),
    [
        (["The bridge reopens", "The town hall expects four thousand crossings a day."], ""),
        (["The bridge reopens", FRENCH[1]], "segment 2"),
        (["The bridge reopens", ""], "block 2"),
    ],
)
def test_a_file_is_written_only_when_all_is_translated(
    capsysbinary: pytest.CaptureFixture[bytes], english: list[str], refused: str
) -> None:
    data = f"<h1>{FRENCH[0]}</h1><p>{FRENCH[1]}</p>".encode()
    document = ingest(data)
    beads = [
        NewBead((i,), source, target, Origin.MT, flags=[flag.as_dict() for flag in check(source, target, "en")])
        for i, (source, target) in enumerate(zip(FRENCH, english, strict=True))
    ]
    done = Translation("en", ["fr→en"], [], beads)
    if refused:
        with pytest.raises(RelaisError, match=refused):
            _print_same(data, document, segment_document(document), done)
    else:
        _print_same(data, document, segment_document(document), done)
    assert capsysbinary.readouterr().out == (b"" if refused else f"<h1>{english[0]}</h1><p>{english[1]}</p>".encode())

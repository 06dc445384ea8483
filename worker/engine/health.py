"""Whether a package really translates: a damaged model loads without complaint and then says one token for ever."""

from pathlib import Path

from worker.engine.model import Model
from worker.engine.repetition import loops

_PROBE = {"fr": "Le président a parlé à Paris en 2019.", "en": "The president spoke in Paris in 2019."}
_KEYWORD = "2019"  # a number stays as it is in every language


def fault(folder: Path) -> str | None:
    """Why the package can't be used, in a few words; None when it loads and translates."""
    try:
        model = Model(folder)
    except Exception as error:  # ctranslate2, sentencepiece and argostranslate raise whatever they like here
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        return f"model or tokenizer does not load ({reason[:200]})"
    return fault_of(model)


def fault_of(model: Model) -> str | None:
    """The same of a loaded model: one known sentence must come out whole."""
    source = model.tokenizer.encode(_PROBE.get(model.from_code, _KEYWORD))
    text = model.decode([source])[0][0].tokens.text
    if _KEYWORD not in text or loops(text):
        return f"it does not translate ({text[:60]!r} for {source.text!r})"
    return None

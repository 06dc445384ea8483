"""How fast are terms found, and does it depend on how many there are?

    python bench/matching.py [--text BYTES]

Prints, for glossaries of 100 to 50,000 invented terms: time to build, MB of UTF-8 text a second (of processor time), occurrences found, and
beside each in the same minute the peer: one compiled alternation of Python's `re` over the same exact spellings (what a
small script would do), for the sizes at which it ends within a minute.
"""

import argparse
import random
import re
import time

from glossary.catalogue import starter_terms
from glossary.inflection.fr import source_forms
from glossary.matching import Matcher
from glossary.terms import Rendering, Term

SIZES = (100, 1_000, 10_000, 50_000)
PEER_UP_TO = 1_000
ONSETS = ["b", "br", "c", "ch", "d", "f", "g", "gr", "j", "l", "m", "n", "p", "pl", "r", "s", "st", "t", "tr", "v"]
VOWELS = ["a", "e", "é", "i", "o", "u", "ou", "on", "an", "eau"]
HEADS = [
    "accord",
    "plan",
    "système",
    "projet",
    "force",
    "zone",
    "centre",
    "conseil",
    "bureau",
    "fonds",
    "mission",
    "ligne",
]


def word(rng: random.Random) -> str:
    """A French-looking word of two to four syllables."""
    return "".join(rng.choice(ONSETS) + rng.choice(VOWELS) for _ in range(rng.randint(2, 4)))


def invented(count: int, rng: random.Random) -> list[Term]:
    """Distinct terms of one to four words, a third of them under the same few heads as real glossaries have."""
    sources: dict[str, None] = {}
    while len(sources) < count:
        shape = rng.random()
        if shape < 0.3:
            sources[word(rng)] = None
        elif shape < 0.7:
            sources[f"{rng.choice(HEADS)} de {word(rng)}"] = None
        else:
            sources[f"{word(rng)} {word(rng)} de la {word(rng)}"] = None
    return [Term(f"t{n}", source, (Rendering("en", source),)) for n, source in enumerate(sources)]


def text_of(size: int, terms: list[Term], rng: random.Random) -> str:
    """About `size` bytes of sentences of ordinary words, every twentieth word a term or a name of the starter list."""
    ordinary = [word(rng) for _ in range(3_000)] + [
        "le",
        "la",
        "les",
        "des",
        "un",
        "une",
        "et",
        "dans",
        "pour",
        "par",
        "sur",
        "avec",
        "de",
    ] * 200
    known = [t.source for t in starter_terms()] + [t.source for t in rng.sample(terms, min(2_000, len(terms)))]
    parts, length = [], 0
    while length < size:
        sentence = " ".join(rng.choice(known) if rng.random() < 0.05 else rng.choice(ordinary) for _ in range(18))
        parts.append(sentence[:1].upper() + sentence[1:] + ".")
        length += len(parts[-1].encode()) + 1
    return "\n\n".join(parts)


def best(action: object, times: int = 3) -> tuple[float, int]:
    """Least seconds of processor time of a few runs, and how many things were found."""
    seconds, found = [], 0
    for _ in range(times):
        start = time.process_time()
        found = len(action())  # type: ignore[operator]
        seconds.append(time.process_time() - start)
    return min(seconds), found


def main() -> None:
    """Print the curve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--text", type=int, default=2_000_000, help="bytes of text")
    size = parser.parse_args().text
    rng = random.Random(5)
    everything = invented(max(SIZES), rng)
    text = text_of(size, everything, rng)
    megabytes = len(text.encode()) / 1e6
    print(f"text {megabytes:.2f} MB\n{'terms':>8} {'build s':>8} {'MB/s':>7} {'found':>7} {'re MB/s':>8} {'ratio':>6}")
    for count in SIZES:
        terms = [*starter_terms(), *everything[:count]]
        start = time.process_time()
        matcher = Matcher(terms)
        built = time.process_time() - start
        seconds, found = best(lambda m=matcher: m.occurrences(text))
        line = f"{len(terms):>8} {built:>8.2f} {megabytes / seconds:>7.2f} {found:>7}"
        if count <= PEER_UP_TO:
            peer_speed = peer(terms, text)
            line += f" {peer_speed:>8.3f} {megabytes / seconds / peer_speed:>6.1f}"
        print(line)


def peer(terms: list[Term], text: str) -> float:
    """MB a second of one big alternation, on a tenth of the text."""
    spellings = sorted({form.text for term in terms for form in source_forms(term)}, key=len, reverse=True)
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, spellings)) + r")\b", re.IGNORECASE)
    part = text[: len(text) // 10]
    seconds, _ = best(lambda: pattern.findall(part), times=1)
    return len(part.encode()) / 1e6 / seconds


if __name__ == "__main__":
    main()

"""What does enforcing the glossary do to terms, to the rest of the text, and to the time?

    python bench/enforcement.py [--list FILE] [--rounds N]

The set (bench/data/enforcement.tsv: French sentences with an English and a Ukrainian reference; the terms in
enforcement_terms.tsv, chosen so that a third of them comes out otherwise) is translated with the starter packages
without and with enforcement, in turns, in one process; then ordinary news (tests/data/triples.tsv, which the packages
were trained on) with the starter glossary.
Then the three modes of the WMT terminology task on the first set: no terms, the proper terms, and random ones
(enforcement_random.tsv: nouns drawn from its sentences, with the renderings of the references), each scored with the
task's metrics (glossary/metrics.py) for the proper and for the random terms.
Printed by language: occurrences that were native, enforced and violated, by method; how many the plain translation had
right; chrF of both against the references (sacreBLEU); the processor time of both (all threads; the clock is no measure on a busy machine) and its ratio. ``--list`` writes every enforced
form with its sentence, for judging case and number by hand.
"""

import argparse
import csv
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import sacrebleu

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT.parent))
os.environ.setdefault("ARGOS_INTRA_THREADS", "1")  # waiting threads count as busy ones in processor time
os.environ.setdefault("RELAIS_DATA", tempfile.mkdtemp(prefix="relais-bench-"))

from glossary.catalogue import starter_terms  # noqa: E402
from glossary.enforcement import Enforced, Outcome, Wanted  # noqa: E402
from glossary.enforcement.accept import assign  # noqa: E402
from glossary.matching import Matcher  # noqa: E402
from glossary.metrics import TermPair, score  # noqa: E402
from glossary.terms import CaseRule, Rendering, Status, Term  # noqa: E402
from worker.enforcing import translate_route  # noqa: E402
from worker.engine import packages  # noqa: E402
from worker.engine.routes import Route, route  # noqa: E402
from worker.engine.translator import translator_for  # noqa: E402

LANGUAGES = ("en", "uk")


def rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / name).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE))


def term(row: dict[str, str]) -> Term:
    renderings = []
    for code in LANGUAGES:
        renderings.append(Rendering(code, row[code], number=row[f"{code}_number"] or None))
        renderings += [Rendering(code, t, Status.FORBIDDEN) for t in row[f"{code}_forbidden"].split("|") if t]
    case = CaseRule.ANY if row["kind"] == "term" else CaseRule.NAME
    variants = tuple(v for v in row["variants"].split("|") if v)
    return Term(row["fr"], row["fr"], tuple(renderings), case=case, kind=row["kind"], variants=variants)


def plain(sources: Sequence[str], routes: dict[str, Route]) -> dict[str, list[str]]:
    """One hypothesis a leg, nothing else: what the same engine does without a glossary."""
    english = [h[0].text for h in translator_for(routes["en"].legs[0]).translate(sources)]
    ukrainian = [h[0].text for h in translator_for(routes["uk"].legs[-1]).translate(english)]
    return {"en": english, "uk": ukrainian}


def report(
    language: str, texts: list[str], enforced: list[Enforced], wanted: list[tuple[Wanted, ...]], references: list[str]
) -> None:
    hits = [hit for one in enforced for hit in one.hits]
    had = sum(f is not None for t, w in zip(texts, wanted, strict=True) for f in assign(t, (), w, language))
    outcomes = Counter(hit.outcome for hit in hits)
    methods = Counter((hit.outcome.value, hit.method) for hit in hits)
    shares = "  ".join(f"{o.value} {outcomes[o]} ({outcomes[o] / len(hits):.1%})" for o in Outcome if outcomes[o])
    print(f"{language}: {len(hits)} occurrences, accepted form without enforcement {had} ({had / len(hits):.1%})")
    print(f"    {shares}")
    print("    " + ", ".join(f"{outcome} by {method}: {n}" for (outcome, method), n in methods.most_common()))
    before = sacrebleu.corpus_chrf(texts, [references]).score
    after = sacrebleu.corpus_chrf([one.text for one in enforced], [references]).score
    print(f"    chrF without {before:.1f}, with {after:.1f}")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--list", type=Path, help="write every form that was put there to this file")
    arguments.add_argument("--rounds", type=int, default=3)
    given = arguments.parse_args()
    packages.install_starter()
    print(packages.summary())
    test = rows("enforcement.tsv")
    terms = list(map(term, rows("enforcement_terms.tsv")))
    enforced, texts = measure("terms that need work", test, terms, given.rounds)
    modes(test, terms, list(map(term, rows("enforcement_random.tsv"))))
    measure("ordinary news", rows("../../tests/data/triples.tsv"), starter_terms(), given.rounds)
    if given.list:
        write_list(given.list, [row["fr"] for row in test], texts, enforced)


def measure(
    title: str, test: list[dict[str, str]], terms: list[Term], rounds: int
) -> tuple[dict[str, list[Enforced]], dict[str, list[str]]]:
    """Translate without and with enforcement, in turns, and print what came of it."""
    routes = {code: route("fr", code) for code in LANGUAGES}
    sources = [row["fr"] for row in test]
    wanted = wanted_in(sources, terms)
    translate_route(sources, wanted, routes)  # loads the models and fills the caches of forms
    without, with_ = [], []
    for _ in range(rounds):
        started = time.process_time()
        texts = plain(sources, routes)
        between = time.process_time()
        enforced = translate_route(sources, wanted, routes)
        without.append(between - started)
        with_.append(time.process_time() - between)
    print(f"\n{title}: {len(sources)} sentences, {len(terms)} terms")
    for code in LANGUAGES:
        report(code, texts[code], enforced[code], wanted, [row[code] for row in test])
    added = min(with_) / min(without) - 1
    print(f"processor time: without {min(without):.2f} s, with {min(with_):.2f} s, added {added:.0%}")
    return enforced, texts


def modes(test: list[dict[str, str]], proper: list[Term], random: list[Term]) -> None:
    """No terms, proper terms and random terms: what the metrics of the WMT terminology task say of each."""
    routes = {code: route("fr", code) for code in LANGUAGES}
    sources = [row["fr"] for row in test]
    lists = {"no terms": [], "proper terms": wanted_in(sources, proper), "random terms": wanted_in(sources, random)}
    for mode, wanted in lists.items():
        done = translate_route(sources, wanted or [()] * len(sources), routes)
        for code in LANGUAGES:
            texts = [one.text for one in done[code]]
            references = [row[code] for row in test]
            print(f"{mode}, {code}: chrF {sacrebleu.corpus_chrf(texts, [references]).score:.1f}")
            for judged in ("proper terms", "random terms"):
                scores = score(texts, references, pairs(lists[judged], code), code)
                figures = scores.as_dict() if scores else {}
                print(f"    {judged}: " + ", ".join(f"{k} {v:.3g}" for k, v in figures.items() if v is not None))


def wanted_in(sources: Sequence[str], terms: list[Term]) -> list[tuple[Wanted, ...]]:
    matcher = Matcher(terms)
    return [tuple(Wanted(o.term, o.span, o.plural) for o in matcher.occurrences(s) if not o.nested) for s in sources]


def pairs(wanted: list[tuple[Wanted, ...]], language: str) -> list[list[TermPair]]:
    """Occurrences as the metrics want them: any accepted rendering, in its dictionary form, is right."""
    return [
        [TermPair(w.term.source, tuple(r.text for r in w.term.accepted(language))) for w in of_sentence]
        for of_sentence in wanted
    ]


def write_list(
    path: Path, sources: list[str], texts: dict[str, list[str]], enforced: dict[str, list[Enforced]]
) -> None:
    with path.open("w", encoding="utf-8") as sink:
        print("language\toutcome\tmethod\tterm\tform\tcost\ttext\tproposal\tsource\tbefore", file=sink)
        for code in LANGUAGES:
            for source, one, text in zip(sources, enforced[code], texts[code], strict=True):
                for hit in one.hits:
                    if hit.outcome is not Outcome.NATIVE:
                        cost = f"{(hit.score_before or 0) - (hit.score_after or 0):.2f}"
                        fields = [code, hit.outcome, hit.method, hit.term.source, hit.form, cost]
                        fields += [one.text, hit.proposal or "", source, text]
                        print("\t".join(map(str, fields)), file=sink)


if __name__ == "__main__":
    main()

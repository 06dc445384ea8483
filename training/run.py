"""The folder of one training run: what each step leaves there for the next."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from training.pairs import Pair, read_pairs


@dataclass(frozen=True)
class Run:
    """One direction being trained, in one folder outside the repository.

    prepare writes run.json, train.tsv, dev.tsv, test.tsv, prepared.json; tokenize sentencepiece.model and the two
    vocabularies; align train.links and dev.links; train checkpoints/ and progress.tsv; convert model/; package the
    `.argosmodel` file.
    """

    folder: Path
    source: str
    target: str

    def create(self) -> None:
        """Write run.json."""
        self.folder.mkdir(parents=True, exist_ok=True)
        languages = {name: value for name, value in asdict(self).items() if name != "folder"}
        (self.folder / "run.json").write_text(json.dumps(languages) + "\n", encoding="utf-8")

    @classmethod
    def open(cls, folder: Path) -> "Run":
        """Read run.json. Raises FileNotFoundError with a sentence where `prepare` has not been run."""
        path = folder / "run.json"
        if not path.exists():
            raise FileNotFoundError(f"{folder} is not a training run: start with `python -m training prepare`")
        return cls(folder, **json.loads(path.read_text(encoding="utf-8")))

    def pairs(self, name: str) -> list[Pair]:
        """The set `name`: train, dev or test."""
        return list(read_pairs(self.folder / f"{name}.tsv", self.source, self.target))

    @property
    def checkpoints(self) -> Path:
        return self.folder / "checkpoints"

    @property
    def model(self) -> Path:
        return self.folder / "model"

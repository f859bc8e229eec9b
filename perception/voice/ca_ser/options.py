"""What to train CA-SER on, and how."""

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from insideout.perception.errors import PerceptionError

DEFAULT_BASE = "facebook/wav2vec2-base"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """The network's.

    width: of all layers. heads: of every attention; they divide the width. layers: of self-attention
    over the MFCC. dropout: a share, while it is trained.
    """

    width: int = 128
    heads: int = 4
    layers: int = 2
    dropout: float = 0.3

    def __post_init__(self) -> None:
        if self.width < 1 or self.heads < 1 or self.width % self.heads or self.layers < 0:
            raise PerceptionError(
                f"width {self.width}, {self.heads} heads, {self.layers} layers; expected heads that "
                "divide the width"
            )
        if not 0.0 <= self.dropout < 1.0:
            raise PerceptionError(f"dropout is {self.dropout}; expected a share from 0 to below 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """One training.

    corpus: name of a data set of speech. data: its folder. out: where weights, frames and figures go.
    base: the self-supervised model of transformers, a folder or a name on the hub. layer: whose frames
    are taken, 0 for what enters the transformer; None for the mean over all. folds: of whole speakers,
    at most one a speaker. rate: the peak learning rate. smoothing: of the labels. threads: of torch;
    None leaves it to torch.
    """

    corpus: str
    data: Path
    out: Path
    base: str = DEFAULT_BASE
    layer: int | None = None
    sizes: Sizes = field(default_factory=Sizes)
    folds: int = 8
    epochs: int = 30
    batch: int = 32
    rate: float = 5e-4
    decay: float = 0.01
    smoothing: float = 0.1
    seed: int = 0
    threads: int | None = None

    def __post_init__(self) -> None:
        for name, value, least in (
            ("folds", self.folds, 2),
            ("epochs", self.epochs, 1),
            ("batch", self.batch, 1),
        ):
            if value < least:
                raise PerceptionError(f"{name} is {value}; expected {least} or more")
        if self.rate <= 0.0:
            raise PerceptionError(f"rate is {self.rate}; expected a number over 0")

    def to_json(self) -> dict[str, Any]:
        """All of them but where they lie on disk and how many threads there are."""
        found = asdict(self)
        for name in ("data", "out", "threads"):
            del found[name]
        return found

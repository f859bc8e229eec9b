"""Model: the embedded language model, run by CTranslate2."""

import threading
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from insideout.agents.embedded import markers
from insideout.agents.embedded.decoding import Decoding, Sample
from insideout.agents.embedded.vocabulary import Vocabulary
from insideout.agents.embedded.weights_folder import weights_folder

if TYPE_CHECKING:
    from ctranslate2 import Generator

THREADS = 2
SCORED_AT_ONCE = 16  # each needs the scores of all pieces at all its places, 3 MB
MOST_PLACES = 320  # of the network; a longer sequence loses its first pieces
# Words that no listener needs: pieces of masked names and web addresses in the training text.
UNWANTED = ("[unk]", "http", "www", "@", "<", ">", "{", "}", "|", "\\", "_", "~", "^")


class EmbeddedModel:
    """Continues and scores sequences of pieces. Safe to use from several threads.

    folder: where its files lie. threads: CPU threads of one batch.
    """

    def __init__(self, folder: Path, threads: int = THREADS) -> None:
        self.folder = folder
        self.vocabulary = Vocabulary.load(folder)
        self._threads = threads
        self._generator = self._load()
        self._seeding = threading.Lock()
        known = {*markers.all_markers()} - {markers.END}
        unwanted = (piece for piece in UNWANTED if self.vocabulary.knows(piece))
        self._suppressed = [[piece] for piece in (*known, *unwanted)]

    def generate(
        self, prompts: Sequence[Sequence[str]], decoding: Decoding | None = None
    ) -> list[list[Sample]]:
        """For each prompt its continuations, END left out, the likeliest first.

        All prompts are run as one batch; what all but their last pieces share is read once.
        """
        how = decoding or Decoding()
        shared = _shared(prompts)
        found = self._for(how).generate_batch(
            [list(prompt[len(shared) :]) for prompt in prompts],
            static_prompt=shared or None,
            cache_static_prompt=False,
            num_hypotheses=how.samples,
            return_scores=True,
            max_batch_size=64,
            **self._words(how),
        )
        return [
            sorted(
                (
                    Sample(
                        pieces=tuple(pieces),
                        log_likelihood=score,
                        cut=len(pieces) >= how.most_pieces,
                    )
                    for pieces, score in zip(result.sequences, result.scores, strict=True)
                ),
                key=lambda sample: -sample.mean_log_likelihood,
            )
            for result in found
        ]

    def stream(self, prompt: Sequence[str], decoding: Decoding | None = None) -> Iterator[str]:
        """The pieces of one continuation as they are drawn."""
        how = decoding or Decoding()
        words = self._words(how)
        for of_batches in ("include_prompt_in_result", "length_penalty"):
            words.pop(of_batches)
        steps = self._for(how).generate_tokens(list(prompt), **words)
        for step in steps:
            if step.token != markers.END:
                yield step.token

    def log_likelihoods(
        self,
        prompts: Sequence[Sequence[str]],
        continuations: Sequence[Sequence[str]],
        *,
        ended: bool = True,
    ) -> list[float]:
        """How likely each continuation is after its prompt, in nats, summed.

        ended: its END counts too.
        """
        said = [[*pieces, markers.END] if ended else list(pieces) for pieces in continuations]
        sequences = [
            [*prompt, *pieces][-MOST_PLACES:] for prompt, pieces in zip(prompts, said, strict=True)
        ]
        scored = self._generator.score_batch(sequences, max_batch_size=SCORED_AT_ONCE)
        return [
            float(sum(found.log_probs[-len(pieces) :])) if pieces else 0.0
            for found, pieces in zip(scored, said, strict=True)
        ]

    def _words(self, how: Decoding) -> dict[str, Any]:
        return {
            "sampling_temperature": how.temperature or 1.0,
            "sampling_topk": how.top_k if how.temperature else 1,
            "sampling_topp": how.top_p if how.temperature else 1.0,
            "repetition_penalty": how.repetition_penalty,
            "no_repeat_ngram_size": how.no_repeat,
            "max_length": how.most_pieces,
            "min_length": how.least_pieces,
            "suppress_sequences": self._suppressed,
            "end_token": markers.END,
            "length_penalty": 0,  # scores are sums, not means
            "include_prompt_in_result": False,
        }

    def _load(self) -> "Generator":
        from ctranslate2 import Generator  # its shared library takes time to load

        return Generator(
            str(self.folder), device="cpu", inter_threads=1, intra_threads=self._threads
        )

    def _for(self, how: Decoding) -> "Generator":
        """The network to draw with; CTranslate2 takes a seed only where a network's thread begins."""
        if how.seed is None or not how.temperature:
            return self._generator
        from ctranslate2 import set_random_seed

        with self._seeding:
            set_random_seed(how.seed)
            fresh = self._load()
            fresh.generate_batch([[markers.END]], max_length=1, sampling_topk=2)  # takes the seed
        return fresh


def _shared(prompts: Sequence[Sequence[str]]) -> list[str]:
    """What all prompts begin with, where they part at their last piece; else nothing.

    Of prompts that part earlier CTranslate2 would return the rest with what is drawn.
    """
    if len(prompts) < 2:
        return []
    first, *others = [list(prompt[:-1]) for prompt in prompts]
    return first if all(other == first for other in others) else []


@lru_cache(maxsize=2)
def load_model(folder: Path | None = None, threads: int = THREADS) -> EmbeddedModel:
    """The model of a folder, or the shipped one, loaded once; raises WeightsError."""
    return EmbeddedModel(folder or weights_folder(), threads)

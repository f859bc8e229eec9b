"""Model: the embedded language model, run by CTranslate2."""

import math
import os
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

# Each works on a part of a batch by itself: threads that share the multiplications of a network this
# small wait for each other more than they work (0.84 s a turn with two that share, else 0.37 s).
THREADS = min(4, os.cpu_count() or 1)
SCORED_AT_ONCE = 8  # by a thread; each needs the scores of all pieces at all its places, 3 MB
SHARED_FROM = 8  # pieces that prompts have in common are read once
MOST_PLACES = 320  # of the network; a longer sequence loses its first pieces
# Words that no listener needs: pieces of masked names and web addresses in the training text.
UNWANTED = ("[unk]", "http", "www", "@", "<", ">", "{", "}", "|", "\\", "_", "~", "^")


class EmbeddedModel:
    """Continues and scores sequences of pieces. Safe to use from several threads.

    folder: where its files lie. threads: CPU threads, each for a part of a batch.
    """

    def __init__(self, folder: Path, threads: int = THREADS) -> None:
        self.folder = folder
        self.vocabulary = Vocabulary.load(folder)
        self._generator = self._load(threads)
        self._seeding = threading.Lock()
        known = {*markers.all_markers()} - {markers.END}
        unwanted = (piece for piece in UNWANTED if self.vocabulary.knows(piece))
        self._suppressed = [[piece] for piece in (*known, *unwanted)]

    def generate(
        self, prompts: Sequence[Sequence[str]], decoding: Decoding | None = None
    ) -> list[list[Sample]]:
        """For each prompt its continuations, END left out, the likeliest first.

        Each thread runs its part of the prompts as one batch; the beginning that all share is read once.
        """
        if not prompts:
            return []
        how = decoding or Decoding()
        shared, generator = _shared(prompts), self._for(how)
        own = [list(prompt[len(shared) :]) for prompt in prompts]
        # After a shared beginning CTranslate2 may count the rest of a prompt as drawn, and is asked to
        # return it: how much of it would come otherwise depends on what else is in the batch.
        given = [len(rest) if shared else 0 for rest in own]
        words = self._words(how) | {
            "include_prompt_in_result": bool(shared),
            "max_length": how.most_pieces + max(given),
        }
        found = generator.generate_batch(
            own,
            static_prompt=shared or None,
            cache_static_prompt=False,
            num_hypotheses=how.samples,
            return_scores=True,
            max_batch_size=_part(len(prompts), generator),
            **words,
        )
        return [
            sorted(
                (
                    Sample(
                        pieces=tuple(pieces[before : before + how.most_pieces]),
                        log_likelihood=score,
                        cut=len(pieces) - before >= how.most_pieces,
                    )
                    for pieces, score in zip(result.sequences, result.scores, strict=True)
                ),
                key=lambda sample: -sample.mean_log_likelihood,
            )
            for result, before in zip(found, given, strict=True)
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
        part = min(SCORED_AT_ONCE, _part(len(sequences), self._generator))
        scored = self._generator.score_batch(sequences, max_batch_size=part)
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

    def _load(self, threads: int) -> "Generator":
        from ctranslate2 import Generator  # its shared library takes time to load

        return Generator(str(self.folder), device="cpu", inter_threads=threads, intra_threads=1)

    def _for(self, how: Decoding) -> "Generator":
        """The network to draw with; CTranslate2 takes a seed only where a network's thread begins."""
        if how.seed is None or not how.temperature:
            return self._generator
        from ctranslate2 import set_random_seed

        with self._seeding:
            set_random_seed(how.seed)
            fresh = self._load(threads=1)  # each would draw words of its own
            fresh.generate_batch([[markers.END]], max_length=1, sampling_topk=2)  # takes the seed
        return fresh


def _part(size: int, generator: "Generator") -> int:
    """How many of a batch one thread takes."""
    threads: int = generator.num_generators
    return max(1, math.ceil(size / threads))


def _shared(prompts: Sequence[Sequence[str]]) -> list[str]:
    """What all prompts begin with, but for the last piece of the shortest, if that is worth while."""
    if len(prompts) < 2:
        return []
    in_order = sorted(tuple(prompt) for prompt in prompts)
    first, last = in_order[0], in_order[-1]  # in the order of words all others lie between them
    most = min(len(prompt) for prompt in prompts) - 1
    same = next(
        (place for place in range(most) if first[place] != last[place]),
        most,
    )
    return list(first[:same]) if same >= SHARED_FROM else []


@lru_cache(maxsize=2)
def load_model(folder: Path | None = None, threads: int = THREADS) -> EmbeddedModel:
    """The model of a folder, or the shipped one, loaded once; raises WeightsError."""
    return EmbeddedModel(folder or weights_folder(), threads)

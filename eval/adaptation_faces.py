"""How strangers' faces look at rest to the embedded recogniser: neutral images it did not learn from."""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from insideout.eval.errors import DataSetError
from insideout.perception.at_rest import AtRest
from insideout.perception.face.datasets.fer2013 import load_fer2013, same_images
from insideout.perception.face.embedded import embedded_recogniser
from insideout.perception.face.train.held_out import is_held_out
from insideout.perception.label_spaces import FER_2013
from insideout.perception.person import log_mean

Track = Callable[[str, int], Callable[[], None]]

_BATCH = 64
_OF = "neutral faces of FER-2013's training images that were held out, none of the public test"


def faces_at_rest(train: Path, test: Path, track: Track) -> dict[str, AtRest]:
    """By id of the recogniser; raises DataSetError where no such image is there.

    train, test: FER-2013's training images, and those of the public test, which are left out.
    """
    whole = load_fer2013(train)
    neutral = np.array(whole.labels) == FER_2013.labels.index("neutral")
    held = np.array([is_held_out(image) for image in whole.images])
    kept = whole.only(neutral & held)
    kept = kept.only(~same_images(kept, load_fer2013(test)))
    if not len(kept):
        raise DataSetError(f"{train} has no neutral image that was held out from training")
    recogniser = embedded_recogniser()
    tick = track("looking at faces", -(-len(kept) // _BATCH))
    said = []
    for first in range(0, len(kept), _BATCH):
        pictures = [np.repeat(i[:, :, None], 3, 2) for i in kept.images[first : first + _BATCH]]
        said += [one.probabilities for one in recogniser.recognise_cut(pictures)]
        tick()
    return {recogniser.name: AtRest(logs=log_mean(said), n=len(said), of=_OF)}

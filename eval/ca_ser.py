"""How well CA-SER does on speakers that it was not trained on."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from insideout.eval.ed import interval
from insideout.eval.ed_scores import calibration_error
from insideout.perception.voice.ca_ser.run import Trained


def report(trained: Trained) -> dict[str, Any]:
    """Recall by label, UAR, accuracy and ECE, with 95 % intervals by a bootstrap over speakers."""
    places = np.arange(len(trained.gold))
    bounds = interval(lambda at: _metrics(trained, at), trained.speakers)
    return {
        "task": "ca_ser",
        "n": len(trained.gold),
        "speakers": len(set(trained.speakers)),
        "protocol": "each speaker read by a network trained on the other folds' speakers, with their "
        "temperature; fixed options, nothing chosen on what is reported; interval: bootstrap over "
        "speakers",
        "metrics": {name: round(value, 4) for name, value in _metrics(trained, places).items()},
        "interval95": {name: [round(a, 4), round(b, 4)] for name, (a, b) in bounds.items()},
        "recall": _recalls(trained),
    }


def _metrics(trained: Trained, places: NDArray[np.int64]) -> dict[str, float]:
    told, gold = trained.probabilities[places], trained.gold[places]
    right = told.argmax(axis=1) == gold
    recalls = [right[gold == label].mean() for label in np.unique(gold)]
    return {
        "uar": float(np.mean(recalls)),
        "accuracy": float(right.mean()),
        "ece": calibration_error(told.max(axis=1), right),
    }


def _recalls(trained: Trained) -> dict[str, float]:
    right = trained.probabilities.argmax(axis=1) == trained.gold
    return {
        label: round(float(right[trained.gold == place].mean()), 4)
        for place, label in enumerate(trained.labels)
        if (trained.gold == place).any()
    }

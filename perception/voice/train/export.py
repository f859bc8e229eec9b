"""Export: encoder, pooling and both classifiers as one ONNX file that says what it is."""

from collections.abc import Sequence
from pathlib import Path

from insideout.perception.errors import PerceptionError
from insideout.perception.voice.embedded import FORMAT, LICENCE
from insideout.perception.voice.libraries import need
from insideout.perception.voice.train.backbone import LICENCE as BACKBONE_LICENCE
from insideout.perception.voice.train.backbone import Backbone
from insideout.perception.voice.train.extract import FEATURES, TAKEN
from insideout.perception.voice.train.familiar import Familiarity
from insideout.perception.voice.train.fit import Classifier, Fitted
from insideout.perception.voice.train.graph import (
    Writer,
    model_of,
    spectrum_input,
    tensor,
    write_features,
)


def export(
    backbone: Backbone,
    fitted: Fitted,
    path: Path,
    *,
    name: str,
    space: str,
    labels: Sequence[str],
    speakers: Sequence[str],
) -> None:
    """Write the model; raises PerceptionError where too few could be enrolled in what it learnt from."""
    if fitted.enrolled is None:
        raise PerceptionError(
            "too few speakers have two neutral sentences; the model needs three of them at least to "
            "learn what enrolment is worth"
        )
    writer = Writer()
    features = write_features(writer, backbone, "log_mel", TAKEN)
    off = writer.step("Mul", "neutral", writer.floats(fitted.trust))
    own = writer.step("Sub", features, off)
    _classify(writer, features, features, fitted.plain, "scores")
    _classify(writer, own, features, fitted.enrolled, "enrolled_scores")
    inputs = [spectrum_input(), tensor("neutral", "batch", FEATURES)]
    outputs = [
        tensor("features", "batch", FEATURES),
        tensor("scores", "batch", len(labels)),
        tensor("enrolled_scores", "batch", len(labels)),
    ]
    about = {
        "format": FORMAT,
        "name": name,
        "space": space,
        "labels": " ".join(labels),
        "speakers": " ".join(sorted(set(speakers))),
        "licence": LICENCE,
        "backbone_licence": BACKBONE_LICENCE,
    }
    need("onnx", "train").save(model_of(writer, inputs, outputs, about), str(path))


def _classify(writer: Writer, features: str, heard: str, classifier: Classifier, name: str) -> None:
    linear = classifier.linear
    product = writer.step("MatMul", features, writer.constant(linear.weights))
    scores = writer.step("Add", product, writer.constant(linear.bias))
    writer.step("Mul", scores, _share(writer, heard, classifier.familiarity), name=name)


def _share(writer: Writer, heard: str, familiarity: Familiarity) -> str:
    """What scores are multiplied by, (batch, 1)."""
    off = writer.step("Sub", heard, writer.constant(familiarity.mean))
    standard = writer.step("Div", off, writer.constant(familiarity.spread))
    square = writer.step("Mul", standard, standard)
    distance = writer.step("ReduceMean", square, axes=[1], keepdims=1)
    excess = writer.step("Relu", writer.step("Sub", distance, writer.floats(familiarity.usual)))
    return writer.step("Exp", writer.step("Mul", excess, writer.floats(-familiarity.fall)))

"""What knowing a person brings: nothing of them, and nothing of the clip, is learnt from."""

import gzip
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.perception.voice.train.test_fit import made

from insideout.eval import adaptation, adaptation_faces, adaptation_hearts
from insideout.eval.adaptation import hearts_report, voices_report
from insideout.eval.adaptation_hearts import REST, STRANGER
from insideout.eval.adaptation_voices import (
    REST_SENTENCES,
    Speaker,
    at_rest,
    left_out,
    speakers,
    voices_at_rest,
)
from insideout.eval.adaptation_ways import MOMENTS, WAYS, answers, chosen
from insideout.eval.errors import DataSetError
from insideout.perception.errors import PerceptionError
from insideout.perception.heart.datasets import stress_predict
from insideout.perception.heart.stress.fit import Options
from insideout.perception.label_spaces import RAVDESS
from insideout.perception.voice.train.examples import Examples

LABELS = RAVDESS.labels


def nothing(what: str, total: int) -> Any:
    return lambda: None


def person(seed: int = 0) -> Speaker:
    """Two sentences of each label twice; what is said of all leans to angry, as of a stern person."""
    draw = np.random.default_rng(seed)
    gold = np.repeat(np.arange(len(LABELS)), 4)
    texts = np.tile(["a", "a", "b", "b"], len(LABELS))
    scores = draw.normal(size=(len(gold), len(LABELS)))
    scores[np.arange(len(gold)), gold] += 2.0
    others = np.full(len(LABELS), -3.0)
    others[LABELS.index("neutral")] = -0.2
    scores[:, LABELS.index("angry")] += 3.0
    logs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    neutral = np.flatnonzero(gold == LABELS.index("neutral"))
    rests = np.array([neutral[(j + np.arange(1, 4)) % 4] for j in range(4)])
    rest = np.arange(len(gold)) % 4
    rest[neutral] = np.arange(4)
    return Speaker(
        gold=gold,
        texts=texts,
        rests=rests,
        rest=rest,
        plain=logs,
        enrolled=np.stack([logs] * 4),
        others=others,
    )


def accuracy(rows: Any, one: Speaker) -> float:
    return float((rows.argmax(axis=1) == one.gold).mean())


def test_a_stranger_is_judged_as_the_classifier_says() -> None:
    one = person()
    assert np.allclose(answers("p", one, WAYS["stranger"]), np.exp(one.plain))


def test_rest_and_moments_take_off_what_is_particular_to_the_person() -> None:
    one = person()
    said = {way: accuracy(answers("p", one, how), one) for way, how in WAYS.items()}
    assert said["stranger"] < said["rest"] <= 1.0
    assert said["stranger"] < said["moments"]


def test_no_rest_holds_the_clip_that_is_judged_with_it() -> None:
    one = person()
    assert all(place not in one.rests[one.rest[place]] for place in range(len(one.gold)))


def test_moments_are_of_other_sentences_and_of_each_emotion() -> None:
    one = person()
    places = chosen("p", one, "a", 0)
    assert set(one.texts[places]) == {"b"}
    assert [RAVDESS.canonical[LABELS[g]] for g in one.gold[places]] == list(MOMENTS)


def test_the_moments_of_a_person_are_always_the_same() -> None:
    one = person()
    assert np.array_equal(chosen("p", one, "a", 0), chosen("p", one, "a", 0))


def neutral_enough() -> Examples:
    """Six speakers with six neutral clips each."""
    return made(each=18)


def test_nothing_of_the_person_is_fitted_on() -> None:
    found = neutral_enough()
    own = np.array(found.speakers) == "set/0"
    other = replace(found, gold=np.where(own & ~found.neutral, (found.gold + 1) % 3, found.gold))
    first, second = (left_out(examples, "set/0") for examples in (found, other))
    assert np.array_equal(first.plain, second.plain)
    assert np.array_equal(first.others, second.others)


def test_everybody_is_left_out_once_and_kept(tmp_path: Path) -> None:
    found = neutral_enough()
    first = speakers(found, ["set"], tmp_path, nothing)
    assert len(first) == len(list(tmp_path.glob("adaptation_*.npz"))) == 6
    assert first["set/3"].rests.shape == (6, REST_SENTENCES)
    again = speakers(found, ["set"], tmp_path, nothing)
    assert np.array_equal(again["set/3"].plain, first["set/3"].plain)


def test_too_few_neutral_sentences_are_told(tmp_path: Path) -> None:
    with pytest.raises(PerceptionError, match="4 neutral sentences or more"):
        speakers(made(each=9), ["set"], tmp_path, nothing)


def test_rest_is_what_people_say_who_were_not_heard() -> None:
    found = neutral_enough()
    mean, people = at_rest(found)
    assert people == 6
    assert int(np.argmax(mean)) == 0
    assert voices_at_rest(found, nothing)["voice-embedded-1"].n == 6


def test_the_report_has_every_way_with_its_difference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {f"ravdess/{n}": person(n) for n in range(5)}
    monkeypatch.setattr(adaptation, "clips_of", lambda folders, cache, track: None)
    monkeypatch.setattr(adaptation, "speakers", lambda *given: told)
    report = voices_report({"ravdess": tmp_path}, ["ravdess"], tmp_path, 100, nothing)
    one = report["sets"]["ravdess"]
    assert (one["n"], one["people"], list(one["ways"])) == (160, 5, list(WAYS))
    gain = one["against_stranger"]["rest"]["uar"]
    low, high = gain["interval95"]
    assert low <= gain["value"] <= high
    assert "leave one person out" in report["protocol"]


def _write(folder: Path, people: int = 4) -> Path:
    """People whose heart beats faster under stress, each from another rest."""
    lines = ["Participant,HR,respr,Time(sec),Label"]
    (folder / "IBI").mkdir()
    for number in range(people):
        stress = range(400, 700)
        lines += [f"{number},70,12,{1000 + t},{int(t in stress)}" for t in range(1000)]
        secs, beats, draw = 0.0, [], np.random.default_rng(number)
        while secs < 1000.0:
            level = 0.6 + 0.08 * number - (0.04 if 400 <= secs < 700 else 0.0)
            length = round(level + 0.01 * float(draw.normal()), 6)
            secs += length
            beats.append(f"{secs:.6f},{length:.6f}")
        rows = "\n".join(["1000.000000, IBI", *beats]) + "\n"
        (folder / "IBI" / f"S{number:02d}.csv").write_text(rows)
    with gzip.open(folder / stress_predict.LABELS, "wt") as file:
        file.write("\n".join(lines) + "\n")
    return folder


def test_ones_own_rest_tells_stress_where_a_strangers_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("sklearn")
    monkeypatch.setattr(adaptation_hearts, "Options", lambda: Options(folds=2, strengths=(0.1,)))
    report = hearts_report(_write(tmp_path), 100, nothing)
    ways = report["ways"]
    assert report["people"] == 4
    assert ways[REST]["auc"]["value"] > 0.95 > ways[STRANGER]["auc"]["value"]
    assert report["against_stranger"][REST]["auc"]["value"] > 0.0


@pytest.mark.slow
def test_images_of_the_public_test_are_left_out(shared: Path) -> None:
    test = shared / "signals" / "face" / "fer2013" / "public_test.zip"
    with pytest.raises(DataSetError, match="no neutral image"):
        adaptation_faces.faces_at_rest(test, test, nothing)

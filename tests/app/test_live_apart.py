from collections.abc import Iterator

import pytest
from tests.perception.voice.speech import sound, speaking

from insideout.service.web.live.apart import ApartTranscriber

pytestmark = pytest.mark.slow

SPOKEN = sound(speaking(1.0))


@pytest.fixture
def scribe() -> Iterator[ApartTranscriber]:
    """One whose child is ended after the test."""
    pytest.importorskip("pocketsphinx", reason="pocketsphinx is not installed")
    one = ApartTranscriber()
    yield one
    one.close()


def test_the_child_writes_rough_english(scribe: ApartTranscriber) -> None:
    transcript = scribe.transcribe(SPOKEN)
    assert transcript.rough
    assert transcript.language == "en"
    assert transcript.text == " ".join(word.text for word in transcript.words)


def test_a_child_that_breaks_off_is_told_of_and_begun_anew(scribe: ApartTranscriber) -> None:
    scribe.start()
    child = scribe._child
    assert child is not None
    assert child.stdin is not None
    child.stdin.write(b"\x02\0\0\0")  # half a message: the child waits for the rest
    child.stdin.close()
    child.wait()
    assert scribe.transcribe(SPOKEN).rough


def test_closing_ends_the_child(scribe: ApartTranscriber) -> None:
    scribe.start()
    child = scribe._child
    scribe.close()
    assert child is not None
    assert child.poll() is not None

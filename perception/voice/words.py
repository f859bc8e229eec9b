"""What a person said aloud: their words for the text reader, and how each was said for the prompt."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from insideout.perception.affect import Affect
from insideout.perception.describe import label_words
from insideout.perception.reader import Reader
from insideout.perception.reading import Modality, Reading
from insideout.perception.text.dialogue import Dialogue, Speaker, Utterance
from insideout.perception.voice.sound import HeardUtterance, Transcript
from insideout.perception.words import AROUSALS, BANDS, VALENCES

NOTHING_SAID = Dialogue(())

_ROUGH = 0.5  # of its own certainty; it is as sure of wrong words as of right ones
_MOST_TOLD = 12  # utterances in a prompt, the newest; a long recording would fill it
_LETTERS_TOLD = 160
_CUES_TOLD = 4

_SAYS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "head": "The person spoke aloud. How each utterance sounded, measured from the sound "
        "(cues, not facts):",
        "written": "The words were written down by a recogniser and may be wrong here and there.",
        "rough": "The words were written down by a rough recogniser and are often wrong: go by their "
        "drift, and ask rather than assume.",
        "unheard": "(words not made out)",
        "plain": "nothing stands out",
    },
    "ru": {
        "head": "Человек говорил вслух. Как звучала каждая реплика, по измерению звука "
        "(подсказки, а не факты):",
        "written": "Слова записал распознаватель речи, местами они могут быть неверны.",
        "rough": "Слова записал грубый распознаватель, и он часто ошибается: опирайся на общий смысл "
        "и переспрашивай, а не додумывай.",
        "unheard": "(слов не разобрать)",
        "plain": "ничего особенного",
    },
}


def said(heard: Iterable[HeardUtterance]) -> Dialogue:
    """What was made out of the utterances, as turns of the person; empty where nothing was.

    >>> said([utterance]).last
    'I lost my job today.'
    """
    texts = (utterance.transcript.text.strip() for utterance in heard if utterance.transcript)
    return Dialogue(tuple(Utterance(speaker=Speaker.PERSON, text=text) for text in texts if text))


def message(heard: Iterable[HeardUtterance]) -> str:
    """The same as one message, an utterance a line."""
    return "\n".join(said(heard).person_turns)


def certainty(transcripts: Iterable[Transcript]) -> float:
    """How sure the words are, in [0, 1]: the mean over the words of the transcriber's probabilities.

    A word without one counts as sure; those of a rough transcriber count half, whatever it says.
    """
    sure = [
        (1.0 if word.probability is None else word.probability)
        * (_ROUGH if transcript.rough else 1.0)
        for transcript in transcripts
        for word in transcript.words
    ]
    return sum(sure) / len(sure) if sure else 1.0


def read_words(
    heard: Sequence[HeardUtterance], reader: Reader[Dialogue], earlier: Dialogue = NOTHING_SAID
) -> Reading | None:
    """What the words say, read after the `earlier` turns; None where nothing was written down.

    Each utterance is a turn of its own, so that the newest counts most. The Reading's times are those
    of the utterances and its quality falls with the certainty of the transcript, so that beside the
    voice doubtful words count for less.
    """
    spoken = said(heard)
    if not any(utterance.transcript for utterance in heard):
        return None
    span = (heard[0].stretch.start_secs, heard[-1].stretch.end_secs)
    if not spoken.turns:
        return Reading(
            modality=Modality.TEXT,
            model="transcript",
            quality=0.0,
            start_secs=span[0],
            end_secs=span[1],
            abstained="no words were made out",
        )
    reading = reader.read(Dialogue((*earlier.turns, *spoken.turns)))
    sure = certainty(utterance.transcript for utterance in heard if utterance.transcript)
    return replace(reading, quality=reading.quality * sure, start_secs=span[0], end_secs=span[1])


def readings(
    utterance: HeardUtterance, reader: Reader[Dialogue], earlier: Dialogue = NOTHING_SAID
) -> tuple[Reading, ...]:
    """What one utterance says by its words and by its sound, for `fuse`; its sound alone without words.

    >>> fuse(readings(utterance, TextReader())).agreement
    0.81
    """
    words = read_words([utterance], reader, earlier)
    return (utterance.reading,) if words is None else (words, utterance.reading)


def how_said(heard: Sequence[HeardUtterance], language: str = "en") -> str:
    """How each utterance was said, a line each, for a prompt; empty where nothing was heard.

    After SpeechCueLLM (Wu et al. 2024, arXiv 2407.21315), which puts loudness, pitch and rate in words
    beside what is said. The newest twelve utterances are told.

        How each utterance sounded, measured from the sound (cues, not facts):
        - "I lost my job today.": quieter and slower than before, flat pitch; sad (likely, 60-85%)
    """
    told = [
        utterance for utterance in heard if utterance.transcript or _sounds(utterance, language)
    ]
    if not told:
        return ""
    says = _SAYS[language]
    transcripts = [utterance.transcript for utterance in told if utterance.transcript]
    lines = [says["head"], *(_line(utterance, language) for utterance in told[-_MOST_TOLD:])]
    if transcripts:
        lines.append(says["rough" if any(t.rough for t in transcripts) else "written"])
    return "\n".join(lines)


def _line(utterance: HeardUtterance, language: str) -> str:
    text = utterance.transcript.text if utterance.transcript else ""
    # On one line and without quotation marks of its own: it cannot pass for another line.
    quoted = " ".join(text.replace('"', "'").split())[:_LETTERS_TOLD]
    words = f'"{quoted}"' if quoted else _SAYS[language]["unheard"]
    return f"- {words}: {_sounds(utterance, language) or _SAYS[language]['plain']}"


def _sounds(utterance: HeardUtterance, language: str) -> str:
    """Cues, likeliest feeling with its band, valence and arousal; empty where nothing can be told."""
    reading = utterance.reading
    parts = [", ".join(reading.cues[:_CUES_TOLD])]
    if reading.abstained is None:
        parts += [_feeling(reading, language), _affect(reading.affect, language)]
    return "; ".join(part for part in parts if part)


def _feeling(reading: Reading, language: str) -> str:
    for label, probability in reading.top():
        for low, words in BANDS:
            if probability >= low:
                return f"{label_words(label, language)} ({words[language]})"
    return ""


def _affect(affect: Affect | None, language: str) -> str:
    if affect is None:
        return ""
    valence = next(words[language] for low, words in VALENCES if affect.valence >= low)
    arousal = next(words[language] for low, words in AROUSALS if affect.arousal >= low)
    return f"{valence}, {arousal}"

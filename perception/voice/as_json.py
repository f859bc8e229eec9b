"""What was heard as JSON: the objects under "voice" that docs/perceive-json.md describes."""

from dataclasses import fields
from typing import Any

from insideout.perception.voice.sound import (
    HeardUtterance,
    Prosody,
    Transcript,
    VoiceObservation,
)

_PLACES = 4


def observation_json(observation: VoiceObservation) -> dict[str, Any]:
    """A recording, without its Reading, which has its place in the state."""
    return {
        "secs": round(observation.secs, 3),
        "utterances": [utterance_json(utterance) for utterance in observation.utterances],
        "remarks": list(observation.remarks),
    }


def utterance_json(utterance: HeardUtterance) -> dict[str, Any]:
    """One utterance with its Reading; transcript null where none was asked for."""
    return {
        "start_secs": round(utterance.stretch.start_secs, 3),
        "end_secs": round(utterance.stretch.end_secs, 3),
        "reading": utterance.reading.to_json(),
        "prosody": prosody_json(utterance.prosody),
        "transcript": transcript_json(utterance.transcript) if utterance.transcript else None,
    }


def prosody_json(prosody: Prosody) -> dict[str, float | None]:
    """Every figure by its name; null where it cannot be told."""
    values = {field.name: getattr(prosody, field.name) for field in fields(Prosody)}
    return {n: None if value is None else round(value, _PLACES) for n, value in values.items()}


def transcript_json(transcript: Transcript) -> dict[str, Any]:
    """The words with their times."""
    return {
        "text": transcript.text,
        "language": transcript.language,
        "model": transcript.model,
        "rough": transcript.rough,
        "words": [
            {
                "text": word.text,
                "start_secs": round(word.start_secs, 3),
                "end_secs": round(word.end_secs, 3),
                "probability": None
                if word.probability is None
                else round(word.probability, _PLACES),
            }
            for word in transcript.words
        ],
    }

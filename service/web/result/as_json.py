"""A result as JSON: the figures as they are shown, and the numbers behind them."""

from typing import Any

from insideout.service.web.result.content import Content

FORMAT = "insideout-result/1"


def as_json(result: Content) -> dict[str, Any]:
    """One object; docs/kiosk.md says what it holds."""
    texts = result.texts
    return {
        "format": FORMAT,
        "language": result.language,
        "made_at": result.made_at.isoformat(timespec="seconds"),
        "secs": round(result.secs, 1),
        "emotion": result.top.value if result.top else None,
        "headline": result.headline,
        "likely": result.likely,
        "valence": _rounded(result.affect.valence if result.affect else None),
        "arousal": _rounded(result.affect.arousal if result.affect else None),
        "confidence": _rounded(result.confidence),
        "facts": {fact.name: fact.said for fact in result.facts},
        "figures": [
            {
                "name": figure.key,
                "shown": figure.value,
                "value": figure.number,
                "unit": figure.unit,
                "approximate": figure.approximate,
                "quality": _rounded(figure.quality_share),
                "note": figure.note,
                "course": [[round(secs, 1), round(value, 1)] for secs, value in figure.course],
            }
            for figure in result.figures
        ],
        "shares": {share.emotion.value: share.percent for share in result.shares},
        "course": [
            {
                "secs": round(spot.secs, 1),
                "emotion": spot.top.value,
                "valence": round(spot.affect.valence, 3),
                "arousal": round(spot.affect.arousal, 3),
                "confidence": round(spot.confidence, 3),
            }
            for spot in result.course
        ],
        "after_messages": [
            {
                "emotion": turn.top.value,
                "valence": round(turn.affect.valence, 3),
                "arousal": round(turn.affect.arousal, 3),
            }
            for turn in result.turns
        ],
        "sources": {
            source.modality.value: {"measured": source.measured, "said": source.said}
            for source in result.sources
        },
        "remarks": list(result.remarks),
        "help": {"title": result.help.name, "text": result.help.said} if result.help else None,
        "conversation": [{"said": one.said, "reply": one.reply} for one in result.conversation],
        "note": f"{texts.medical} {texts.machine}",
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)

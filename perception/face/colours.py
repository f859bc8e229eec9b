"""The colours of the emotions in pictures and films."""

from collections.abc import Mapping

from insideout.perception.affect import Emotion

Colour = tuple[int, int, int]

HEX: Mapping[Emotion, str] = {
    Emotion.JOY: "#f0b429",
    Emotion.SADNESS: "#4f86c6",
    Emotion.FEAR: "#8f6bc0",
    Emotion.ANGER: "#d1495b",
    Emotion.DISGUST: "#6a994e",
    Emotion.SURPRISE: "#e583b6",
    Emotion.CONTEMPT: "#a08573",
    Emotion.NEUTRAL: "#c5c9cf",
}
UNREAD: Colour = (150, 155, 160)


def rgb(emotion: Emotion | None) -> Colour:
    """Red, green and blue, 0 to 255; grey where nothing was read."""
    if emotion is None:
        return UNREAD
    text = HEX[emotion]
    return (int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16))

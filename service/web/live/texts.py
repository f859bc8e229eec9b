"""The words of a live measurement, in English and Russian."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Language = Callable[[], str]
"""Gives the language of a visitor, "en" or "ru", as it is now: they may change it at any time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveTexts:
    """What a visitor reads of a measurement; names in braces are blanks."""

    declined: str
    no_picture: str
    no_face: str
    face_unclear: str
    nothing_said: str
    voice_unclear: str
    no_pulse: str
    no_heart: str
    from_camera: str
    against_start: str
    not_heard: str
    no_words: str
    rough_russian: str
    no_transcriber: str
    no_microphone: str
    not_begun: str
    not_yours: str
    elsewhere: str
    broken: str


ENGLISH = LiveTexts(
    declined="you did not agree to it",
    no_picture="no camera picture came",
    no_face="no face came into sight",
    face_unclear="the face could not be seen well enough",
    nothing_said="nothing was said aloud",
    voice_unclear="the voice could not be heard well enough",
    no_pulse="the camera showed no clear pulse; it takes good light and a still head",
    no_heart="no pulse was measured",
    from_camera="The pulse is counted from the colour of the face. That is experimental.",
    against_start="Stress is an estimate against the beginning of the recording.",
    not_heard="No speech was heard. Please try again a little closer, or type.",
    no_words="The words could not be made out. Please try again, or type.",
    rough_russian="Russian speech cannot be written down on this computer. Please type.",
    no_transcriber="Speech cannot be written down on this computer. Please type.",
    no_microphone="No sound comes from the microphone. Please type.",
    not_begun="The measurement has not begun yet, or is over.",
    not_yours="This visit is over. Please begin again.",
    elsewhere="The measurement goes on in another window.",
    broken="The measurement broke off on our side. You can go on without it.",
)

RUSSIAN = LiveTexts(
    declined="вы на это не согласились",
    no_picture="от камеры не пришло изображения",
    no_face="лицо не попало в кадр",
    face_unclear="лицо было видно недостаточно хорошо",
    nothing_said="вслух ничего не было сказано",
    voice_unclear="голос было слышно недостаточно хорошо",
    no_pulse="по камере пульс определить не удалось: нужны хороший свет и неподвижная голова",
    no_heart="пульс не измерялся",
    from_camera="Пульс посчитан по цвету лица. Это экспериментальный способ.",
    against_start="Стресс оценён в сравнении с началом записи.",
    not_heard="Речи не слышно. Попробуйте ещё раз чуть ближе или напишите.",
    no_words="Слова разобрать не удалось. Попробуйте ещё раз или напишите.",
    rough_russian="Этот компьютер не умеет распознавать русскую речь. Пожалуйста, напишите.",
    no_transcriber="Этот компьютер не умеет распознавать речь. Пожалуйста, напишите.",
    no_microphone="С микрофона не приходит звук. Пожалуйста, напишите.",
    not_begun="Измерение ещё не началось или уже закончено.",
    not_yours="Это посещение завершено. Пожалуйста, начните заново.",
    elsewhere="Измерение продолжается в другом окне.",
    broken="Измерение прервалось из-за сбоя у нас. Можно продолжать без него.",
)

TEXTS: Mapping[str, LiveTexts] = {"en": ENGLISH, "ru": RUSSIAN}

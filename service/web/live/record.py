"""Record: what was measured of a visitor so far; figures and states, nothing raw."""

from collections import defaultdict, deque
from collections.abc import Mapping
from statistics import fmean

from insideout.perception.heart.rppg.estimate import PulseEstimate
from insideout.perception.policy import Consent, refusal
from insideout.perception.reading import EmotionState, Modality, Reading
from insideout.service.web.live.hearts import HeartFound
from insideout.service.web.live.measured import Measured, Pulse, Spot
from insideout.service.web.live.texts import TEXTS, Language, LiveTexts

CAMERA = "camera"
_SPOT_SECS = 1.0
_MOST = 1_800  # spots and pulses: half an hour of the latest
_SENSED = (Modality.FACE, Modality.VOICE, Modality.HEART)


class Record:
    """Takes what the readers find and gives it as a Measured, in the language in which it is asked for.

    To be guarded by its owner's lock.
    """

    def __init__(self, consent: Consent, language: Language) -> None:
        self.frames = 0
        self._consent, self._language = consent, language
        self._spots: deque[Spot] = deque(maxlen=_MOST)
        self._pulses: deque[Pulse] = deque(maxlen=_MOST)
        self._heart: HeartFound | None = None
        self._qualities: dict[Modality, tuple[int, float]] = defaultdict(lambda: (0, 0.0))
        self._silent: dict[Modality, tuple[str, str]] = {}  # language and reason

    def read(self, reading: Reading) -> None:
        """One Reading of a face, a voice or a heart."""
        if reading.abstained is not None:
            self._silent[reading.modality] = (self._language(), reading.abstained)
            return
        count, total = self._qualities[reading.modality]
        self._qualities[reading.modality] = (count + 1, total + reading.quality)

    def state(self, state: EmotionState, secs: float) -> None:
        """The state at that second of the measurement; one a second is kept."""
        if state.confidence == 0.0 or (self._spots and secs - self._spots[-1].secs < _SPOT_SECS):
            return
        self._spots.append(
            Spot(secs=secs, affect=state.affect, top=state.top, confidence=state.confidence)
        )

    def camera_pulse(self, estimate: PulseEstimate, secs: float) -> None:
        """The pulse that a camera shows at that second; nothing happens where it shows none."""
        if estimate.bpm is not None:
            self._pulses.append(
                Pulse(secs=secs, bpm=estimate.bpm, quality=estimate.quality, source=CAMERA)
            )

    def heart(self, found: HeartFound) -> None:
        """What an ECG or a pulse sensor shows; the camera's pulse counts no longer."""
        self._heart = found

    @property
    def has_heart(self) -> bool:
        """Whether an ECG or a pulse sensor gave a pulse."""
        return self._heart is not None and bool(self._heart.pulses)

    def measured(self, secs: float, state: EmotionState | None) -> Measured:
        """Everything so far. secs: how long it lasted; state: the person now."""
        heart = self._heart
        return Measured(
            secs=secs,
            state=state,
            course=tuple(self._spots),
            faces=self._qualities[Modality.FACE][0],
            utterances=self._qualities[Modality.VOICE][0],
            quality=self._mean_qualities(),
            pulses=self._shown_pulses(),
            stress=heart.stress if heart else (),
            vitals=heart.observation.vitals if heart and heart.pulses else None,
            missing=self._missing(),
            remarks=self._remarks(),
        )

    def _shown_pulses(self) -> tuple[Pulse, ...]:
        if self._heart is not None and self._heart.pulses:
            return self._heart.pulses
        return tuple(self._pulses)

    def _mean_qualities(self) -> Mapping[Modality, float]:
        found = {m: total / count for m, (count, total) in self._qualities.items() if count}
        pulses = self._shown_pulses()
        if pulses:
            found[Modality.HEART] = fmean(pulse.quality for pulse in pulses)
        return found

    def _missing(self) -> Mapping[Modality, str]:
        reasons = {modality: self._why_missing(modality) for modality in _SENSED}
        return {modality: why for modality, why in reasons.items() if why is not None}

    def _why_missing(self, modality: Modality) -> str | None:
        if self._has(modality):
            return None
        why = refusal(modality, self._language())
        if why is not None:  # what is forbidden was not asked for
            return why
        texts = TEXTS[self._language()]
        if modality not in self._consent.modalities:
            return texts.declined
        if modality is Modality.HEART:
            return self._why_no_pulse(texts)
        if modality is Modality.VOICE:
            return self._said_why(modality, texts.nothing_said, texts.voice_unclear)
        return self._why_no_face(texts)

    def _has(self, modality: Modality) -> bool:
        if modality is Modality.HEART:
            return bool(self._shown_pulses())
        return self._qualities[modality][0] > 0

    def _why_no_face(self, texts: LiveTexts) -> str:
        if not self.frames:
            return texts.no_picture
        return self._said_why(Modality.FACE, texts.no_face, texts.face_unclear)

    def _said_why(self, modality: Modality, never: str, unclear: str) -> str:
        """The reader's own words, `unclear` where they are of another language, `never` without any."""
        language, why = self._silent.get(modality, (self._language(), never))
        return why if language == self._language() else unclear

    def _why_no_pulse(self, texts: LiveTexts) -> str:
        remarks = self._heart.remarks(self._language()) if self._heart is not None else ()
        if remarks:
            return remarks[0]
        return texts.no_pulse if self.frames else texts.no_heart

    def _remarks(self) -> tuple[str, ...]:
        texts, heart = TEXTS[self._language()], self._heart
        if heart is None or not heart.pulses:
            return (texts.from_camera,) if self._pulses else ()
        against = (texts.against_start,) if heart.stress else ()
        return (*heart.remarks(self._language()), *against)

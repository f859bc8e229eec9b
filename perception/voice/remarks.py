"""What there is to say about a sound, in English or Russian: why it is not read, what is wrong."""

from collections.abc import Iterator, Mapping

import numpy as np

from insideout.perception.voice.faults import SoundFaults

LANGUAGES = ("en", "ru")

LEAST_SPEECH_SECS = 0.5
"""Of speech; two syllables. Below it neither pitch nor loudness has a course."""

MOST_CLIPPED = 0.3  # of the speech
LEAST_SNR_DB = 2.0  # as measured here; the noise is then as loud as the speech itself
_SILENT_PEAK = 0.003  # -50 dB of full scale; with less a microphone is muted or far away
_TONAL = 0.5

_CLIPPED = 0.006  # clean speech stays below 0.005
_NOISY_DB = 10.0
_OFFSET = 0.01  # of full scale; sound cards that work have less
_MUSIC_DB = 25.0  # how far below the speech music is still to be heard

SAYS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "short": "it lasts {secs:.2g} s; at least {least} s of speech are needed",
        "muted": "silence: every sample is the same; is the microphone muted?",
        "silent": "silence: nothing is louder than {peak:.0f} dB of full scale; "
        "is the microphone muted or far away?",
        "music": "no speech is recognised in it: music, singing or tones",
        "noise": "no speech is recognised in it: noise only",
        "little": "only {secs:.2g} s of speech in it; at least {least} s are needed",
        "spoilt": "{share:.0%} of the speech is clipped: it was recorded far too loud",
        "drowned": "the speech is drowned: it stands only {snr:.0f} dB above the noise",
        "clipped": "the sound is clipped in {share:.1%} of the speech; record it less loud",
        "noisy": "noisy: the speech stands only {snr:.0f} dB above the noise",
        "offset": "the sound has a constant offset of {offset:+.1%} of full scale; it was removed",
        "behind": "music or tones behind the speech",
        "cut": "the file breaks off before its end; what there is of it was read",
        "broken": "parts of the file are damaged and were left out",
    },
    "ru": {
        "short": "длится {secs:.2g} с; нужно не меньше {least} с речи",
        "muted": "тишина: все отсчёты одинаковы; микрофон выключен?",
        "silent": "тишина: нет ничего громче {peak:.0f} дБ от полной шкалы; "
        "микрофон выключен или далеко?",
        "music": "речь не распознана: музыка, пение или тоны",
        "noise": "речь не распознана: только шум",
        "little": "речи только {secs:.2g} с; нужно не меньше {least} с",
        "spoilt": "{share:.0%} речи перегружено: запись слишком громкая",
        "drowned": "речь тонет в шуме: она громче его лишь на {snr:.0f} дБ",
        "clipped": "звук перегружен: {share:.1%} речи; записывайте тише",
        "noisy": "шумно: речь громче шума лишь на {snr:.0f} дБ",
        "offset": "у звука постоянное смещение {offset:+.1%} полной шкалы; оно убрано",
        "behind": "за речью музыка или тоны",
        "cut": "файл обрывается; прочитано то, что есть",
        "broken": "части файла повреждены и пропущены",
    },
}


def unreadable(faults: SoundFaults, language: str = "en") -> str | None:
    """Why no feeling is read from this sound; None where there is speech enough to try."""
    says = SAYS[language]
    if faults.secs < LEAST_SPEECH_SECS:
        return says["short"].format(secs=faults.secs, least=LEAST_SPEECH_SECS)
    if not faults.speech_secs:
        return _speechless(faults, says)
    if faults.speech_secs < LEAST_SPEECH_SECS:
        return says["little"].format(secs=faults.speech_secs, least=LEAST_SPEECH_SECS)
    if faults.clipped is not None and faults.clipped > MOST_CLIPPED:
        return says["spoilt"].format(share=faults.clipped)
    if faults.snr_db is not None and faults.snr_db < LEAST_SNR_DB:
        return says["drowned"].format(snr=faults.snr_db)
    return None


def _speechless(faults: SoundFaults, says: Mapping[str, str]) -> str:
    if faults.peak == 0.0:
        return says["muted"]
    if faults.peak < _SILENT_PEAK:
        return says["silent"].format(peak=20.0 * np.log10(faults.peak))
    return says["music" if (faults.tonal or 0.0) > _TONAL else "noise"]


def remarks(faults: SoundFaults, damage: str | None = None, language: str = "en") -> Iterator[str]:
    """What the person should know about a sound that was read. damage: as SoundFile tells it."""
    says = SAYS[language]
    if damage is not None:
        yield says[damage]
    if abs(faults.offset) > _OFFSET:
        yield says["offset"].format(offset=faults.offset)
    if faults.clipped is not None and faults.clipped > _CLIPPED:
        yield says["clipped"].format(share=faults.clipped)
    if faults.snr_db is None or faults.tonal is None:
        return
    if faults.tonal > _TONAL and faults.snr_db < _MUSIC_DB:
        yield says["behind"]
    elif faults.snr_db < _NOISY_DB:
        yield says["noisy"].format(snr=faults.snr_db)

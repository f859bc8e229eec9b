"""The words that the lab needs in each language; those about benchmarks are in bench_texts.py."""

from collections.abc import Mapping
from dataclasses import dataclass

from insideout.perception.describe import Show
from insideout.service.web.lab.look import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The lab's words in one language; names in braces are blanks."""

    tagline: str
    intro: str
    tab_files: str
    tab_benches: str
    drop: str
    drop_more: str
    words: str
    words_hint: str
    read_words: str
    clear: str
    stop: str
    compare: str
    place_a: str
    place_b: str
    options: str
    options_note: str
    rate: str
    heart_kind: str
    heart_kinds: Mapping[str, str]
    column: str
    rest: str
    rest_hint: str
    transcribe: str
    all_faces: str
    film_pulse_asked: str
    waiting: str
    reading: str
    stopped: str
    read: str
    cleared: str
    nothing_yet: str
    nothing_yet_more: str
    together: str
    hard_to_tell: str
    agreement: str
    kinds: Mapping[Kind, str]
    not_read: str
    nothing_read: str
    remarks: str
    fine: str
    canonical: str
    valence: str
    arousal: str
    confidence: str
    quality: str
    cues: str
    told_title: str
    told_note: str
    told_nothing: str
    told_show: str
    told_language: str
    told_whole: str
    told_no_words: str
    shows: Mapping[Show, str]
    json_title: str
    json_cut: str
    copy: str
    copied: str
    download: str
    # a photo
    photo_says: str
    faces: str
    face_number: str
    face_quality_title: str
    face_quality: Mapping[str, str]
    # a film
    film_facts: str
    emotions: str
    emotions_says: str
    episodes: str
    no_sound: str
    no_pictures: str
    sound_unread: str
    pulse_unread: str
    film_pulse: str
    film_pulse_note: str
    # a sound
    sound_facts: str
    wave: str
    pitch: str
    pitch_says: str
    hz: str
    rough: str
    prosody: Mapping[str, str]
    # a heart
    heart_facts: str
    strip: str
    strip_says: str
    as_recorded: str
    rhythm: str
    rhythm_says: str
    vitals_head: tuple[str, str, str, str]
    # what went wrong
    policy: str
    unknown_kind: str
    too_large: str
    too_many: str
    empty_file: str
    outside: str
    unread: str
    where_options: str
    broke: str

"""The words of the assistant's page beyond those in web/texts.py, in English and Russian."""

from collections.abc import Mapping
from dataclasses import dataclass

from insideout.perception.reading import Modality


@dataclass(frozen=True, slots=True, kw_only=True)
class AssistantTexts:
    """What stands around the conversation in one language; names in braces are blanks."""

    attach: str
    camera: str
    camera_off: str
    microphone: str
    drop: str
    kinds: Mapping[str, str]
    reading_file: str
    take_away: str
    nothing_read: str
    heart_aside: str
    at_rest: str
    at_rest_title: str
    rest_kept: str
    waiting_title: str
    by_camera: str
    by_voice: str
    wrong_kind: str
    too_large: str
    too_many: str
    empty_file: str
    unreadable: str
    incomplete: str
    no_rate: str
    outside: str
    still_reading: str
    words_found: str
    words_rough: str
    consent_title: str
    consent_intro: str
    consent_offers: Mapping[Modality, str]
    consent_asked: str
    agree: str
    not_now: str
    pick_one: str
    agreed: str
    taken_back: str
    change: str
    lost_device: Mapping[str, Mapping[str, str]]
    live_camera: str
    live_microphone: str
    live_off: str
    live_starting: str
    live_hints: Mapping[str, str]
    live_seems: str
    live_pulse: str
    listening: str
    writing_down: str
    heard_words: str
    heard_roughly: str
    model: str
    model_info: str
    model_is: str
    model_failed: str
    conversations: str
    choose: str
    open: str
    delete: str
    none_kept: str
    kept_as: str
    untitled: str
    pick_conversation: str
    opened: str
    deleted: str
    lost: str
    now: str


ENGLISH = AssistantTexts(
    attach="Add a photo, a film, a recording or an ECG",
    camera="Switch the camera on",
    camera_off="Switch the camera off",
    microphone="Hold to speak, or press once to begin and once to end",
    drop="Drop a photo, a film, a sound or an ECG here",
    kinds={"picture": "photo", "film": "film", "sound": "sound", "heart": "heart recording"},
    reading_file="reading {name} {percent}",
    take_away="Take {name} away",
    nothing_read="no feeling is read from it: {why}",
    heart_aside="A recording of the person's heart (measured; cues, not facts): {figures}.",
    at_rest="at rest",
    at_rest_title="I was at rest in {name}: compare later recordings with it",
    rest_kept="{name} is taken as your rest. Add the recording of how you are now.",
    waiting_title="Goes with your next message",
    by_camera="the camera",
    by_voice="your voice",
    wrong_kind="{name} is of a kind that I cannot read. I read photos (JPG, PNG, WebP …), films (MP4, "
    "MOV, WebM …), sounds (WAV, MP3, OGG …) and heart recordings (CSV, EDF, WFDB, NPY).",
    too_large="{name} is too large: {found} MB; I take files of up to {limit} MB.",
    too_many="That is {found} files; I take {limit} at a time.",
    empty_file="{name} is empty.",
    unreadable="{name} could not be read as a {kind}: it is damaged, or holds something else.",
    no_rate="{name} does not say when each value was measured: add a column of times in seconds.",
    incomplete="{name} is one half of a recording: add the .hea and the .dat file together.",
    outside="{name} did not come through this page, so I did not open it.",
    still_reading="I am still reading your files; your text stays here. Please send it in a moment.",
    words_found="These are the words of {name}. Change them if you like; Enter sends.",
    words_rough="These are the words of {name}, roughly heard. Please check them; Enter sends.",
    consent_title="What may I look at and listen to?",
    consent_intro="A program reads it on this computer, and it can be wrong. No picture and no sound "
    "is kept or sent anywhere. You can change your mind at any time.",
    consent_offers={
        Modality.FACE: "Face: how your expression seems, by the camera",
        Modality.HEART: "Pulse: from tiny changes of colour in your face, by the camera; "
        "experimental, not a medical device",
        Modality.VOICE: "Voice: what you say and how it sounds, by the microphone",
    },
    consent_asked="Tick what you agree to",
    agree="Agree",
    not_now="Not now",
    pick_one="Tick at least one, or press “Not now”.",
    agreed="Agreed. You can take it back under “How it thinks”.",
    taken_back="Camera and microphone are off, and what you agreed to is taken back.",
    change="What may be seen and heard",
    lost_device={
        "camera": {
            "denied": "The browser does not give me the camera. Allow it beside the address, or go on "
            "without it.",
            "missing": "No camera was found. You can go on without it.",
            "busy": "The camera is in use by another program. You can go on without it.",
            "gone": "The camera is no longer there. The conversation goes on without it.",
        },
        "microphone": {
            "denied": "The browser does not give me the microphone. Allow it beside the address, or "
            "go on typing.",
            "missing": "No microphone was found. You can go on typing.",
            "busy": "The microphone is in use by another program. You can go on typing.",
            "gone": "The microphone is no longer there. You can go on typing.",
        },
    },
    live_camera="Camera",
    live_microphone="The microphone is on",
    live_off="Off",
    live_starting="starting …",
    live_hints={
        "no_face": "no face in sight",
        "closer": "come a little closer",
        "farther": "move back a little",
        "darker": "too bright: turn away from the light",
        "brighter": "too dark: turn towards the light",
        "one_person": "several faces: the largest is read",
        "hold_still": "hold still for the pulse",
    },
    live_seems="seems: {emotion}, {share}%",
    live_pulse="pulse {bpm}",
    listening="Listening …",
    writing_down="Writing it down …",
    heard_words="This is what I heard. Change it if you like; Enter sends.",
    heard_roughly="This is roughly what I heard. Please check the words; Enter sends.",
    model="Model",
    model_info="Who thinks and answers",
    model_is="{model} answers from now on.",
    model_failed="{model} cannot be used here. {before} goes on answering.",
    conversations="Earlier conversations",
    choose="Kept on this computer, begun in this browser",
    open="Open",
    delete="Delete",
    none_kept="None yet.",
    kept_as="{title} · {date} · messages: {count}",
    untitled="without words",
    pick_conversation="Choose a conversation first.",
    opened="The conversation goes on where it stopped.",
    deleted="The conversation has been deleted.",
    lost="You were away for a while, so everything here was let go. You can begin again.",
    now="now",
)

RUSSIAN = AssistantTexts(
    attach="Добавить фото, видео, звук или ЭКГ",
    camera="Включить камеру",
    camera_off="Выключить камеру",
    microphone="Удерживайте и говорите; или нажмите, скажите и нажмите снова",
    drop="Бросьте сюда фото, видео, звук или ЭКГ",
    kinds={"picture": "фото", "film": "видео", "sound": "звук", "heart": "запись сердца"},
    reading_file="читаю {name} {percent}",
    take_away="Убрать {name}",
    nothing_read="чувства по этому файлу не определены: {why}",
    heart_aside="Запись сердца этого человека (измерено; подсказки, а не факты): {figures}.",
    at_rest="это покой",
    at_rest_title="В записи {name} я в покое: сравнивать с ней следующие записи",
    rest_kept="{name}: принято как ваш покой. Добавьте запись того, как вы сейчас.",
    waiting_title="Пойдёт со следующим сообщением",
    by_camera="камера",
    by_voice="ваш голос",
    wrong_kind="{name}: такие файлы я читать не умею. Читаю фото (JPG, PNG, WebP …), видео (MP4, MOV, "
    "WebM …), звук (WAV, MP3, OGG …) и записи сердца (CSV, EDF, WFDB, NPY).",
    too_large="{name}: слишком большой файл, {found} МБ; принимаю до {limit} МБ.",
    too_many="Файлов сразу {found}; за один раз принимаю {limit}.",
    empty_file="{name}: файл пуст.",
    unreadable="{name}: не получилось прочесть ({kind}). Файл повреждён, или в нём что-то другое.",
    no_rate="{name}: не сказано, когда измерено каждое значение. Добавьте столбец времени в секундах.",
    incomplete="{name}: это половина записи. Добавьте файлы .hea и .dat вместе.",
    outside="{name}: этот файл пришёл не через страницу, поэтому я его не открываю.",
    still_reading="Я ещё читаю ваши файлы. Текст на месте: отправьте его чуть позже.",
    words_found="Это слова из {name}. Их можно поправить; Enter отправит.",
    words_rough="Это слова из {name}, расслышанные приблизительно. Проверьте их; Enter отправит.",
    consent_title="На что мне можно смотреть и что слушать?",
    consent_intro="Это делает программа на этом компьютере, и она может ошибаться. Ни изображение, ни "
    "звук не сохраняются и никуда не отправляются. Передумать можно в любой момент.",
    consent_offers={
        Modality.FACE: "Лицо: каким кажется ваше выражение, по камере",
        Modality.HEART: "Пульс: по едва заметным изменениям цвета лица, по камере; это эксперимент, "
        "а не медицинский прибор",
        Modality.VOICE: "Голос: что вы говорите и как это звучит, по микрофону",
    },
    consent_asked="Отметьте, на что вы согласны",
    agree="Даю согласие",
    not_now="Не сейчас",
    pick_one="Отметьте хотя бы что-то одно или нажмите «Не сейчас».",
    agreed="Спасибо. Отозвать согласие можно в разделе «Как думает помощник».",
    taken_back="Камера и микрофон выключены, согласие отозвано.",
    change="Что можно видеть и слышать",
    lost_device={
        "camera": {
            "denied": "Браузер не даёт мне камеру. Разрешите её рядом с адресом страницы или "
            "продолжайте без неё.",
            "missing": "Камера не найдена. Можно продолжать без неё.",
            "busy": "Камеру занимает другая программа. Можно продолжать без неё.",
            "gone": "Камера пропала. Разговор продолжается без неё.",
        },
        "microphone": {
            "denied": "Браузер не даёт мне микрофон. Разрешите его рядом с адресом страницы или "
            "продолжайте писать.",
            "missing": "Микрофон не найден. Можно продолжать писать.",
            "busy": "Микрофон занимает другая программа. Можно продолжать писать.",
            "gone": "Микрофон пропал. Можно продолжать писать.",
        },
    },
    live_camera="Камера",
    live_microphone="Микрофон включён",
    live_off="Выкл.",
    live_starting="включаю …",
    live_hints={
        "no_face": "лица не видно",
        "closer": "подвиньтесь чуть ближе",
        "farther": "отодвиньтесь чуть дальше",
        "darker": "слишком ярко: отвернитесь от света",
        "brighter": "слишком темно: повернитесь к свету",
        "one_person": "лиц несколько: читается самое крупное",
        "hold_still": "для пульса не двигайтесь",
    },
    live_seems="кажется: {emotion}, {share}%",
    live_pulse="пульс {bpm}",
    listening="Слушаю …",
    writing_down="Записываю слова …",
    heard_words="Вот что я услышал. Можно поправить; Enter отправит.",
    heard_roughly="Вот что я услышал, приблизительно. Проверьте слова; Enter отправит.",
    model="Модель",
    model_info="Кто думает и отвечает",
    model_is="Теперь отвечает {model}.",
    model_failed="{model}: здесь эту модель использовать нельзя. Отвечает по-прежнему {before}.",
    conversations="Прошлые разговоры",
    choose="Хранятся на этом компьютере, начаты в этом браузере",
    open="Открыть",
    delete="Удалить",
    none_kept="Пока нет.",
    kept_as="{title} · {date} · сообщений: {count}",
    untitled="без слов",
    pick_conversation="Сначала выберите разговор.",
    opened="Разговор продолжается с того места, где остановился.",
    deleted="Разговор удалён.",
    lost="Вас долго не было, поэтому всё здесь удалено. Можно начать заново.",
    now="сейчас",
)

ASSISTANT_TEXTS: Mapping[str, AssistantTexts] = {"en": ENGLISH, "ru": RUSSIAN}

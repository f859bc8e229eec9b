"""Every word of the lab's benchmarks, in English and Russian."""

from collections.abc import Mapping
from dataclasses import dataclass

from insideout.service.web.lab.bench_catalogue import Group
from insideout.service.web.lab.bench_runs import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchTexts:
    """The words in one language; names in braces are blanks."""

    intro: str
    bench: str
    groups: Mapping[Group, str]
    lines: Mapping[str, str]
    data: str
    data_hint: str
    data_here: str
    data_missing: str
    data_none: str
    no_such_data: str
    items: str
    items_hint: str
    model: str
    model_hint: str
    run: str
    stop: str
    command: str
    running: str
    started: str
    stopping: str
    busy: str
    nothing_runs: str
    elsewhere: str
    bad_items: str
    past: str
    past_hint: str
    past_none: str
    resume: str
    refresh: str
    statuses: Mapping[Status, str]
    no_report: str
    choose: str
    metric: str
    value: str
    interval: str
    without_interval: str
    protocol: str
    model_used: str
    items_read: str
    took: str
    more: str
    confusion: str
    confusion_says: str
    no_answer: str
    whole: str
    log: str


ENGLISH = BenchTexts(
    intro="Each benchmark is a command of insideout eval; it runs here in a process of its own, one at "
    "a time. Every figure comes with its protocol, the number of items and a 95 % interval.",
    bench="Benchmark",
    groups={
        Group.FACES: "Faces",
        Group.VOICES: "Voices",
        Group.WORDS: "Words",
        Group.HEARTS: "Hearts",
        Group.TOGETHER: "Together",
        Group.REPLIES: "Replies",
    },
    lines={
        "photos": "Labelled photos: found, judged and read",
        "fer2013": "FER-2013: seven expressions on small grey faces",
        "afew": "AFEW, or any folder of labelled clips",
        "affectnet": "AffectNet: eight expressions, valence, arousal",
        "ravdess": "RAVDESS: eight emotions in acted English speech",
        "emodb": "EMO-DB: seven emotions in acted German speech",
        "crema-d": "CREMA-D: six emotions, 91 actors, English",
        "iemocap": "IEMOCAP: four emotions in English dialogues",
        "dusha": "Dusha: four emotions in Russian speech",
        "ramas": "RAMAS: seven emotions in Russian scenes",
        "prosody": "How a voice sounds, in words",
        "asr": "How many words the transcribers get wrong",
        "ed": "EmpatheticDialogues: one of 32 emotions for each context",
        "meld": "MELD: seven emotions in a television series",
        "emorynlp": "EmoryNLP: seven emotions in the same series",
        "dailydialog": "DailyDialog: six emotions or none in everyday talk",
        "goemotions": "GoEmotions: 27 emotions or none in comments",
        "edos": "EDOS: 32 emotions in film subtitles",
        "cedr": "CEDR: five emotions in Russian sentences",
        "brighter": "BRIGHTER: six emotions in Russian texts",
        "crisis": "The crisis screen: what it stops, and what by mistake",
        "beats": "Beats of an ECG against annotations",
        "heart": "Stress from the pulse, people left out",
        "rppg": "The pulse in face films with planted pulses (experimental)",
        "fusion": "Face, voice and words together, on simulated people",
        "ablation": "Replies of models that are told none or all of the state",
        "lm": "The embedded language model: perplexity, diversity, tone",
        "warmth": "Warm but wrong: is a false statement believed when said sadly?",
    },
    data="Data",
    data_hint="Path of a file or folder on this computer",
    data_here="Its data are here.",
    data_missing="Its data are not here: get them from their authors and type the path.",
    data_none="It needs no data.",
    no_such_data="There is nothing at {path}.",
    items="Items",
    items_hint="How many; empty for all",
    model="Model",
    model_hint="Choose, or type another",
    run="Run",
    stop="Stop",
    command="As a command",
    running="{name} is running: {line}",
    started="starting …",
    stopping="Stopped; what was kept stays.",
    busy="{name} is running. One benchmark runs at a time; stop it or wait.",
    nothing_runs="Nothing is running.",
    elsewhere="Benchmarks are started on the computer itself (open this page there as 127.0.0.1). "
    "Reports can be read from anywhere.",
    bad_items="{found} items: expected a whole number, at least {least}.",
    past="Past reports",
    past_hint="In {folder}, the newest first",
    past_none="There are none in {folder} yet.",
    resume="Go on",
    refresh="Look again",
    statuses={
        Status.RUNNING: "broken off",
        Status.DONE: "done",
        Status.STOPPED: "stopped",
        Status.FAILED: "failed",
    },
    no_report="No report: {why}",
    choose="Run a benchmark, or open a past report.",
    metric="metric",
    value="value",
    interval="95 % interval",
    without_interval="–",
    protocol="Protocol",
    model_used="model",
    items_read="n",
    took="took",
    more="More figures",
    confusion="Confusion",
    confusion_says="Rows: what was true. Columns: what was answered.",
    no_answer="none",
    whole="The whole report as JSON",
    log="What the command said",
)

RUSSIAN = BenchTexts(
    intro="Каждое измерение — команда insideout eval. Она выполняется здесь отдельным процессом, по "
    "одной за раз. У каждого числа есть протокол, число примеров и 95-процентный интервал.",
    bench="Измерение",
    groups={
        Group.FACES: "Лица",
        Group.VOICES: "Голоса",
        Group.WORDS: "Слова",
        Group.HEARTS: "Сердца",
        Group.TOGETHER: "Вместе",
        Group.REPLIES: "Ответы",
    },
    lines={
        "photos": "Фото с метками: найдено, оценено, прочитано",
        "fer2013": "FER-2013: семь выражений на маленьких серых лицах",
        "afew": "AFEW или любая папка размеченных видео",
        "affectnet": "AffectNet: восемь выражений, валентность, возбуждение",
        "ravdess": "RAVDESS: восемь эмоций в сыгранной английской речи",
        "emodb": "EMO-DB: семь эмоций в сыгранной немецкой речи",
        "crema-d": "CREMA-D: шесть эмоций, 91 актёр, английский",
        "iemocap": "IEMOCAP: четыре эмоции в английских диалогах",
        "dusha": "Dusha: четыре эмоции в русской речи",
        "ramas": "RAMAS: семь эмоций в русских сценах",
        "prosody": "Как звучит голос, словами",
        "asr": "Сколько слов распознано неверно",
        "ed": "EmpatheticDialogues: одна из 32 эмоций для каждого разговора",
        "meld": "MELD: семь эмоций в телесериале",
        "emorynlp": "EmoryNLP: семь эмоций в том же сериале",
        "dailydialog": "DailyDialog: шесть эмоций или ни одной в обычных беседах",
        "goemotions": "GoEmotions: 27 эмоций или ни одной в комментариях",
        "edos": "EDOS: 32 эмоции в субтитрах фильмов",
        "cedr": "CEDR: пять эмоций в русских предложениях",
        "brighter": "BRIGHTER: шесть эмоций в русских текстах",
        "crisis": "Защита при кризисе: что она останавливает, а что по ошибке",
        "beats": "Удары сердца на ЭКГ против разметки",
        "heart": "Стресс по пульсу, на новых людях",
        "rppg": "Пульс на видео лица с заданным пульсом (эксперимент)",
        "fusion": "Лицо, голос и слова вместе, на составленных людях",
        "ablation": "Ответы моделей, которым сообщают всё состояние или ничего",
        "lm": "Встроенная языковая модель: перплексия, разнообразие, тон",
        "warmth": "Тепло, но неверно: верит ли модель ложному, сказанному с грустью?",
    },
    data="Данные",
    data_hint="Путь к файлу или папке на этом компьютере",
    data_here="Данные на месте.",
    data_missing="Данных здесь нет: получите их у авторов и укажите путь.",
    data_none="Данные не нужны.",
    no_such_data="По пути {path} ничего нет.",
    items="Примеры",
    items_hint="Сколько; пусто — все",
    model="Модель",
    model_hint="Выберите или впишите другую",
    run="Запустить",
    stop="Стоп",
    command="То же командой",
    running="Идёт {name}: {line}",
    started="запускается …",
    stopping="Остановлено; что было сохранено, осталось.",
    busy="Сейчас идёт {name}. Измерения выполняются по одному: остановите его или подождите.",
    nothing_runs="Сейчас ничего не выполняется.",
    elsewhere="Измерения запускают на самом компьютере (откройте там эту страницу по адресу 127.0.0.1). "
    "Отчёты можно читать откуда угодно.",
    bad_items="Примеры: {found}; нужно целое число, не меньше {least}.",
    past="Прежние отчёты",
    past_hint="В папке {folder}, сначала новые",
    past_none="В папке {folder} пока ничего нет.",
    resume="Продолжить",
    refresh="Обновить",
    statuses={
        Status.RUNNING: "прервано",
        Status.DONE: "готово",
        Status.STOPPED: "остановлено",
        Status.FAILED: "не удалось",
    },
    no_report="Отчёта нет: {why}",
    choose="Запустите измерение или откройте прежний отчёт.",
    metric="показатель",
    value="значение",
    interval="95-процентный интервал",
    without_interval="–",
    protocol="Протокол",
    model_used="модель",
    items_read="n",
    took="заняло",
    more="Другие числа",
    confusion="Путаница",
    confusion_says="Строки: как было. Столбцы: что ответила модель.",
    no_answer="нет",
    whole="Весь отчёт в JSON",
    log="Что сообщила команда",
)

TEXTS: Mapping[str, BenchTexts] = {"en": ENGLISH, "ru": RUSSIAN}

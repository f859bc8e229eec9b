"""Every word of the operator's page, in English and Russian."""

from collections.abc import Mapping
from dataclasses import dataclass

from insideout.service.web.guests import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorTexts:
    """The words of the operator's page; names in braces are blanks."""

    title: str
    lead: str
    door_label: str
    enter: str
    wrong: str
    wait: str
    signed_out: str
    sign_out: str
    well: str
    unwell: str
    model: str
    fallback: str
    no_fallback: str
    policy: str
    up: str
    memory: str
    memory_says: str
    queue: str
    queue_says: str
    results: str
    results_say: str
    phones: str
    phones_no: str
    guests: str
    guests_none: str
    guest_page: str
    guest_step: str
    guest_idle: str
    measured: str
    steps: Mapping[Step, str]
    models: str
    loaded: str
    ready: str
    missing: str
    detector: str
    writer: str
    not_yet: str
    mishaps: str
    mishaps_none: str
    mishap: str
    last: str
    reset: str
    reset_sure: str
    reset_yes: str
    reset_no: str
    reset_done: str
    clear: str
    cleared: str
    secs: str
    minutes: str
    hours: str


ENGLISH = OperatorTexts(
    title="Operator",
    lead="How the kiosk fares. Nothing that visitors say or show is seen here.",
    door_label="Password",
    enter="Sign in",
    wrong="That is not the password.",
    wait="Too many wrong passwords. Try again in {secs} s.",
    signed_out="You are signed out.",
    sign_out="Sign out",
    well="All is well",
    unwell="Something is missing",
    model="Model",
    fallback="if that fails: {name}",
    no_fallback="no other one if that fails",
    policy="Policy",
    up="Running for",
    memory="Memory",
    memory_says="{used} MB used, {free} MB free",
    queue="Waiting",
    queue_says="{waiting} requests, {running} under way",
    results="Saved results",
    results_say="{n}, each kept for {minutes} min",
    phones="Phones",
    phones_no="no address that a phone can reach is set: set INSIDEOUT_PUBLIC_URL",
    guests="Guests now",
    guests_none="Nobody is there.",
    guest_page="page",
    guest_step="step",
    guest_idle="silent for",
    measured="being measured",
    steps={
        Step.WELCOME: "welcome",
        Step.CONSENT: "consent",
        Step.MEASURE: "measuring",
        Step.TALK: "talking",
        Step.RESULT: "result",
    },
    models="Models",
    loaded="loaded",
    ready="there",
    missing="missing: {how}",
    detector="face detector",
    writer="speech to text",
    not_yet="not loaded yet",
    mishaps="Errors of the last hour",
    mishaps_none="None.",
    mishap="{n} times",
    last="last {ago} ago",
    reset="Send everyone home",
    reset_sure="{n} guests leave at once, and everything held of them is wiped.",
    reset_yes="Yes, now",
    reset_no="No",
    reset_done="{n} guests left. The kiosk is at its beginning.",
    clear="Delete saved results",
    cleared="{n} saved results are deleted.",
    secs="{n} s",
    minutes="{n} min",
    hours="{h} h {m} min",
)

RUSSIAN = OperatorTexts(
    title="Оператор",
    lead="Как дела у киоска. Слова и лица посетителей здесь не видны.",
    door_label="Пароль",
    enter="Войти",
    wrong="Пароль неверный.",
    wait="Слишком много неверных паролей. Попробуйте через {secs} с.",
    signed_out="Вы вышли.",
    sign_out="Выйти",
    well="Всё в порядке",
    unwell="Чего-то не хватает",
    model="Модель",
    fallback="если не ответит: {name}",
    no_fallback="запасной нет",
    policy="Правило",
    up="Работает",
    memory="Память",
    memory_says="занято {used} МБ, свободно {free} МБ",
    queue="Очередь",
    queue_says="запросов ждёт: {waiting}, выполняется: {running}",
    results="Сохранённые результаты",
    results_say="{n}, каждый хранится {minutes} мин",
    phones="Телефоны",
    phones_no="адрес, доступный телефону, не задан: задайте INSIDEOUT_PUBLIC_URL",
    guests="Сейчас здесь",
    guests_none="Никого нет.",
    guest_page="страница",
    guest_step="шаг",
    guest_idle="молчит",
    measured="идёт измерение",
    steps={
        Step.WELCOME: "приветствие",
        Step.CONSENT: "согласие",
        Step.MEASURE: "измерение",
        Step.TALK: "разговор",
        Step.RESULT: "результат",
    },
    models="Модели",
    loaded="загружена",
    ready="на месте",
    missing="нет: {how}",
    detector="поиск лица",
    writer="речь в текст",
    not_yet="ещё не загружено",
    mishaps="Ошибки за последний час",
    mishaps_none="Нет.",
    mishap="раз: {n}",
    last="последняя {ago} назад",
    reset="Всех отпустить",
    reset_sure="Гостей сейчас: {n}. Все уйдут сразу, и всё о них будет стёрто.",
    reset_yes="Да, сейчас",
    reset_no="Нет",
    reset_done="Ушло гостей: {n}. Киоск в начале.",
    clear="Удалить сохранённые результаты",
    cleared="Удалено результатов: {n}.",
    secs="{n} с",
    minutes="{n} мин",
    hours="{h} ч {m} мин",
)

OPERATOR_TEXTS: Mapping[str, OperatorTexts] = {"en": ENGLISH, "ru": RUSSIAN}


def duration(secs: float, texts: OperatorTexts) -> str:
    """A length of time in its largest unit: "12 s", "5 min", "3 h 20 min".

    >>> duration(12_000, ENGLISH)
    '3 h 20 min'
    """
    if secs < 60:
        return texts.secs.format(n=int(secs))
    minutes = int(secs // 60)
    if minutes < 60:
        return texts.minutes.format(n=minutes)
    return texts.hours.format(h=minutes // 60, m=minutes % 60)

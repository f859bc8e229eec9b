"""Every word of the result, in English and Russian."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultTexts:
    """The words of the result, of its sheet and of the phone's page; names in braces are blanks."""

    title: str
    made: str
    months: tuple[str, ...]
    seems: str
    seems_neutral: str
    hard_to_tell: str
    nothing_read: str
    no_guess: str
    rule: str
    mood: str
    sure: str
    map_title: str
    map_says: str
    map_empty: str
    began: str
    ended: str
    legend_turns: str
    time_title: str
    time_says: str
    secs: str
    minutes: str
    figures_title: str
    pulse: str
    stress: str
    bpm: str
    ms: str
    percent: str
    stress_unit: str
    quality: str
    by_camera: str
    by_ecg: str
    by_ppg: str
    by_sensor: str
    between: str
    needs_sensor: str
    needs_rest: str
    not_measured: str
    not_agreed: str
    not_begun: str
    unread: str
    likelihood: str
    rising: str
    falling: str
    steady: str
    sources_title: str
    faces: str
    utterances: str
    messages: str
    no_messages: str
    why_not: str
    then_not: str
    remarks_title: str
    conversation_title: str
    you: str
    reply: str
    medical: str
    machine: str
    save_title: str
    scan: str
    qr_says: str
    no_phone: str
    downloads: str
    as_pdf: str
    as_png: str
    as_json: str
    kept_for: str
    phone_title: str
    phone_left: str
    phone_last: str
    forget: str
    forgotten_title: str
    forgotten: str
    gone_title: str
    gone: str


ENGLISH = ResultTexts(
    title="Your result",
    made="{day} {month} {year}, {time}",
    months=(
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    seems="It looks like {emotion}",
    seems_neutral="You seem even",
    hard_to_tell="Hard to tell",
    nothing_read="No feelings were read",
    no_guess="No feelings are read from what you said last, and no model was asked about it.",
    rule="A machine's guess. It can be wrong; you know better.",
    mood="Mood",
    sure="How sure",
    map_title="Mood over time",
    map_says="Mood over time, from unpleasant to pleasant and from calm to activated. "
    "It began {first} and ended {last}.",
    map_empty="Mood over time: nothing was read.",
    began="start",
    ended="end",
    legend_turns="after messages",
    time_title="What stood out, and when",
    time_says="What stood out over {secs}: {shares}.",
    secs="{secs} s",
    minutes="{minutes} min",
    figures_title="Heart",
    pulse="Pulse",
    stress="Stress trend",
    bpm="bpm",
    ms="ms",
    percent="%",
    stress_unit="%",
    quality="quality {share}",
    by_camera="by camera, experimental",
    by_ecg="by ECG",
    by_ppg="by pulse sensor",
    by_sensor="by sensor",
    between="{low} to {high}",
    needs_sensor="takes an ECG or a pulse sensor",
    needs_rest="takes a few minutes of a sensor",
    not_measured="not measured",
    not_agreed="you did not agree to it",
    not_begun="the measurement was skipped",
    unread="nothing read",
    likelihood="probability of stress",
    rising="rising",
    falling="falling",
    steady="steady",
    sources_title="What it rests on",
    faces="pictures of your face: {n}, quality {share}",
    utterances="times you spoke: {n}, quality {share}",
    messages="messages: {n}",
    no_messages="nothing was said or written",
    why_not="not measured: {why}",
    then_not="{read}; then: {why}",
    remarks_title="Good to know",
    conversation_title="What was talked about",
    you="You",
    reply="The reply",
    medical="Not a medical device: nothing here is a diagnosis.",
    machine="Made by InsideOut, a machine that can be wrong.",
    save_title="Keep your result",
    scan="Scan with your phone",
    qr_says="QR code with the address {address}",
    no_phone="A phone cannot reach this screen. Download the result here instead.",
    downloads="Or download it here",
    as_pdf="PDF, to print",
    as_png="PNG, a picture",
    as_json="JSON, the data",
    kept_for="Kept for {minutes} minutes, in memory only. Then it is gone.",
    phone_title="Your result is here",
    phone_left="It stays here for {minutes} more min, in memory only. Then it is gone.",
    phone_last="It stays here for less than a minute, in memory only. Then it is gone.",
    forget="Delete it now",
    forgotten_title="Deleted",
    forgotten="Your result is gone. What you have downloaded is yours alone.",
    gone_title="There is nothing here",
    gone="This result was deleted, or its time is up. Results are kept for {minutes} minutes only.",
)

RUSSIAN = ResultTexts(
    title="Ваш результат",
    made="{day} {month} {year} г., {time}",
    months=(
        *("января", "февраля", "марта", "апреля", "мая", "июня"),
        *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
    ),
    seems="Похоже на {emotion}",
    seems_neutral="Вы кажетесь спокойными",
    hard_to_tell="Трудно сказать",
    nothing_read="Чувства не определялись",
    no_guess="По вашим последним словам чувства не определялись, и модель о них не спрашивали.",
    rule="Это догадка машины. Она может ошибаться, вам виднее.",
    mood="Настроение",
    sure="Уверенность",
    map_title="Как менялось настроение",
    map_says="Настроение во времени: от неприятного к приятному и от спокойного к возбуждённому. "
    "Сначала {first}, в конце {last}.",
    map_empty="Настроение во времени: ничего не измерено.",
    began="начало",
    ended="конец",
    legend_turns="после сообщений",
    time_title="Что и когда было заметнее",
    time_says="Что было заметнее за {secs}: {shares}.",
    secs="{secs} с",
    minutes="{minutes} мин",
    figures_title="Сердце",
    pulse="Пульс",
    stress="Динамика стресса",
    bpm="уд/мин",
    ms="мс",
    percent="%",
    stress_unit="%",
    quality="качество {share}",
    by_camera="по камере, экспериментально",
    by_ecg="по ЭКГ",
    by_ppg="по датчику пульса",
    by_sensor="по датчику",
    between="от {low} до {high}",
    needs_sensor="нужны ЭКГ или датчик пульса",
    needs_rest="нужны несколько минут датчика",
    not_measured="не измерено",
    not_agreed="вы на это не соглашались",
    not_begun="измерение было пропущено",
    unread="не прочитано",
    likelihood="вероятность стресса",
    rising="растёт",
    falling="снижается",
    steady="без перемен",
    sources_title="На чём это основано",
    faces="снимков лица: {n}, качество {share}",
    utterances="сколько раз вы говорили: {n}, качество {share}",
    messages="сообщений: {n}",
    no_messages="ничего не сказано и не написано",
    why_not="не измерено: {why}",
    then_not="{read}; затем: {why}",
    remarks_title="Полезно знать",
    conversation_title="О чём шёл разговор",
    you="Вы",
    reply="Ответ",
    medical="Это не медицинский прибор: здесь нет диагноза.",
    machine="Сделано InsideOut. Это машина, она может ошибаться.",
    save_title="Сохраните результат",
    scan="Наведите камеру телефона",
    qr_says="QR-код с адресом {address}",
    no_phone="Телефон не может открыть этот экран. Скачайте результат здесь.",
    downloads="Или скачайте здесь",
    as_pdf="PDF для печати",
    as_png="PNG, картинка",
    as_json="JSON, данные",
    kept_for="Хранится {minutes} мин, только в памяти. Потом исчезнет.",
    phone_title="Ваш результат здесь",
    phone_left="Останется здесь ещё {minutes} мин, только в памяти. Потом исчезнет.",
    phone_last="Останется здесь меньше минуты, только в памяти. Потом исчезнет.",
    forget="Удалить сейчас",
    forgotten_title="Удалено",
    forgotten="Результата больше нет. То, что вы скачали, есть только у вас.",
    gone_title="Здесь ничего нет",
    gone="Этот результат удалён, или его время вышло. Результаты хранятся только {minutes} мин.",
)

RESULT_TEXTS: Mapping[str, ResultTexts] = {"en": ENGLISH, "ru": RUSSIAN}

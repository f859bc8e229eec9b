"""How the page looks: one palette, light and dark, and what Gradio needs to know of it."""

import json
from collections.abc import Mapping
from pathlib import Path

import gradio as gr

from insideout.perception.affect import Emotion
from insideout.service.web.texts import TEXTS

ASSETS = Path(__file__).with_name("assets")
SHEETS = ("page.css", "assistant.css", "result.css", "kiosk.css", "lab.css", "operator.css")

# The fonts that the visitor's system has; nothing is fetched.
FONTS = ("Inter", "Segoe UI", "Roboto", "Helvetica Neue", "Noto Sans", "Liberation Sans")

# Each colour has a contrast of at least 3:1 with the card it is drawn on (WCAG 2.2, 1.4.11), and
# ink and quiet text at least 4.5:1 (1.4.3).
LIGHT: Mapping[str, str] = {
    "page": "#f6f4ef",
    "card": "#fffefb",
    "sunk": "#efece5",
    "ink": "#22262b",
    "quiet": "#5d636b",
    "line": "#dfdad0",
    "accent": "#2c5f63",
    "on-accent": "#ffffff",
    "help": "#8a4b12",
    Emotion.JOY: "#b5770a",
    Emotion.SADNESS: "#2f6db5",
    Emotion.FEAR: "#7048b8",
    Emotion.ANGER: "#c23b33",
    Emotion.DISGUST: "#3f7d3a",
    Emotion.SURPRISE: "#c0407f",
    Emotion.CONTEMPT: "#806b5a",
    Emotion.NEUTRAL: "#757b84",
}
DARK: Mapping[str, str] = {
    "page": "#131518",
    "card": "#1b1e23",
    "sunk": "#25292f",
    "ink": "#e9e6df",
    "quiet": "#a7acb4",
    "line": "#31363d",
    "accent": "#7fbfbf",
    "on-accent": "#10201f",
    "help": "#e8b27c",
    Emotion.JOY: "#efb34a",
    Emotion.SADNESS: "#6da8ef",
    Emotion.FEAR: "#b49bf0",
    Emotion.ANGER: "#ef7f76",
    Emotion.DISGUST: "#82c47b",
    Emotion.SURPRISE: "#ef8fc2",
    Emotion.CONTEMPT: "#bba694",
    Emotion.NEUTRAL: "#a0a6ae",
}

SWITCH_LIGHT_DARK = "() => { document.body.classList.toggle('dark'); }"

# What Gradio has no parameters for: the language of the page, names of the parts for screen readers,
# a notice line that is read out as it changes, and messages without the copy of their source that
# Gradio puts into aria-label. Help in a crisis is read from its beginning; Gradio scrolls to the end.
SCROLL_MS = [400, 1200, 2500]  # it does so whenever the last draft of a reply comes
_NAMES = {
    language: {"#chat [role=log]": texts.chat, "#dark": texts.light_dark}
    for language, texts in TEXTS.items()
}
NAME_PARTS = f"""(language) => {{
  document.documentElement.lang = language;
  document.getElementById('hint')?.setAttribute('role', 'status');
  const names = {json.dumps(_NAMES, ensure_ascii=False)}[language];
  const tidy = () => {{
    for (const [where, name] of Object.entries(names))
      document.querySelector(where)?.setAttribute('aria-label', name);
    for (const message of document.querySelectorAll('#chat [data-testid][aria-label]'))
      message.removeAttribute('aria-label');
    const help = document.querySelector('#chat .bot-row:last-of-type .help:not([data-seen])');
    if (!help) return;
    help.dataset.seen = 'yes';
    let moved = false;
    for (const kind of ['wheel', 'touchstart', 'keydown'])
      addEventListener(kind, () => {{ moved = true; }}, {{once: true}});
    for (const ms of {SCROLL_MS})
      setTimeout(() => moved || help.scrollIntoView({{block: 'start'}}), ms);
  }};
  window.insideoutTidy?.disconnect();
  window.insideoutTidy = new MutationObserver(tidy);
  window.insideoutTidy.observe(document.getElementById('chat'), {{childList: true, subtree: true}});
  tidy();
}}"""

# The file is made in the browser: nothing of the conversation is written to the server's disk.
DOWNLOAD = """(text) => {
  if (!text) return;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], {type: 'application/json'}));
  link.download = 'insideout-conversation.json';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}"""


def style() -> str:
    """The style sheets of all pages, with the palette in front."""
    sheets = "\n".join((ASSETS / name).read_text("utf-8") for name in SHEETS)
    return f"{_variables(':root', LIGHT)}{_variables('body.dark', DARK)}{sheets}"


def _variables(where: str, colours: Mapping[str, str]) -> str:
    return f"{where}{{{''.join(f'--c-{name}:{colour};' for name, colour in colours.items())}}}\n"


def theme() -> gr.themes.Base:
    """Gradio's own parts in our palette."""
    fonts = [gr.themes.Font(name) for name in (*FONTS, "sans-serif")]
    mono = [gr.themes.Font(name) for name in ("DejaVu Sans Mono", "monospace")]
    base = gr.themes.Base(font=fonts, font_mono=mono, radius_size="lg", text_size="md")
    colours = {
        "body_background_fill": "page",
        "body_text_color": "ink",
        "body_text_color_subdued": "quiet",
        "background_fill_primary": "card",
        "background_fill_secondary": "page",
        "block_background_fill": "card",
        "block_border_color": "line",
        "block_label_text_color": "quiet",
        "block_title_text_color": "quiet",
        "block_info_text_color": "quiet",
        "border_color_primary": "line",
        "border_color_accent": "accent",
        "color_accent_soft": "sunk",
        "input_background_fill": "card",
        "input_border_color": "line",
        "input_border_color_focus": "accent",
        "input_placeholder_color": "quiet",
        "button_primary_background_fill": "accent",
        "button_primary_background_fill_hover": "accent",
        "button_primary_text_color": "on-accent",
        "button_secondary_background_fill": "card",
        "button_secondary_background_fill_hover": "sunk",
        "button_secondary_border_color": "line",
        "button_secondary_text_color": "ink",
    }
    light = {name: f"var(--c-{colour})" for name, colour in colours.items()}
    dark = {f"{name}_dark": value for name, value in light.items()}
    return base.set(**light, **dark, color_accent="var(--c-accent)")

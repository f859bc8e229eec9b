"""What the page asks of the browser: names of its parts, files that are too large, the clipboard."""

import json

from insideout.service.web.lab.texts import TEXTS
from insideout.service.web.lab.uploads import MOST_BYTES

_SAYS = {
    language: {
        "drop": texts.drop,
        "more": texts.drop_more,
        "rest": texts.rest,
        "words": texts.words,
        "large": texts.too_large,
    }
    for language, texts in TEXTS.items()
}

# Names for screen readers, in the page's own language where Gradio takes the browser's, and the sizes of
# files before they are sent: the server's refusal would come in English, after the upload.
LISTEN = f"""(language) => {{
  document.documentElement.lang = language;
  const most = {MOST_BYTES};
  window.insideoutLab = {json.dumps(_SAYS, ensure_ascii=False)}[language];
  const tidy = () => {{
    const says = window.insideoutLab;
    for (const hint of document.querySelectorAll('.l-hint')) hint.setAttribute('role', 'status');
    document.getElementById('l-status')?.setAttribute('role', 'status');
    for (const zone of document.querySelectorAll('.l-drop')) {{
      const small = zone.classList.contains('l-small');
      const button = zone.querySelector('input[type=file]')?.closest('button');
      if (!button) continue;
      button.dataset.say = small ? says.rest : says.drop;
      button.dataset.more = small ? '' : says.more;
      button.setAttribute('aria-label', small ? says.rest : `${{says.drop}}. ${{says.more}}`);
    }}
    for (const box of document.querySelectorAll('[id^=l-words-] textarea'))
      box.setAttribute('aria-label', says.words);
  }};
  const refuse = (event, zone, files) => {{
    const large = [...files].find((file) => file.size > most);
    if (!large) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.target.value) event.target.value = '';
    const hint = zone.closest('.l-place')?.querySelector('.l-hint') ?? document.querySelector('.l-hint');
    const line = document.createElement('p');
    line.className = 'wrong';
    const size = (bytes) => (bytes / 1e6).toFixed(0);
    line.textContent = window.insideoutLab.large.replaceAll('{{name}}', large.name)
      .replace('{{found:.0f}}', size(large.size)).replace('{{most:.0f}}', size(most));
    (hint.querySelector('.prose') ?? hint).replaceChildren(line);
  }};
  if (!window.insideoutLabListens) {{
    window.insideoutLabListens = true;
    const watch = (kind, files) => document.addEventListener(kind, (event) => {{
      const zone = event.target.closest?.('.l-drop');
      if (zone) refuse(event, zone, files(event) ?? []);
    }}, true);
    watch('change', (event) => event.target.files);
    watch('drop', (event) => event.dataTransfer?.files);
    new MutationObserver(tidy).observe(document.body, {{childList: true, subtree: true}});
  }}
  tidy();
}}"""

# The clipboard is closed to pages that came over plain HTTP from another machine; a selection is not.
COPY = """async (text) => {
  if (!text) return;
  try { await navigator.clipboard.writeText(text); } catch {
    const box = document.createElement('textarea');
    box.value = text;
    document.body.append(box);
    box.select();
    document.execCommand('copy');
    box.remove();
  }
}"""

# The file is made in the browser: nothing of it is written to the server's disk.
DOWNLOAD = """(text) => {
  if (!text) return;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], {type: 'application/json'}));
  link.download = 'insideout-perceive.json';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}"""

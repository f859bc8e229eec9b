"""Scripts: the few lines that a page's events run in the browser; assistant.js does the rest."""

from insideout.service.web.assistant.tools import words_for_script

# The guest of this tab, so that a page that is loaded again goes on; another tab is another guest.
SAME_TAB = "() => sessionStorage.getItem('insideout-assistant') || ''"

BEGIN = f"""async (token, language) => {{
  sessionStorage.setItem('insideout-assistant', token);
  const script = await import('/insideout/assistant.js');
  script.begin({words_for_script()}[language]);
}}"""

OBEY = """async (order) => {
  const script = await import('/insideout/assistant.js');
  script.obey(order);
}"""

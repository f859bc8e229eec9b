"""The web app: the pages, their server, and what both are made of."""

from insideout.service.web.quick_start import without_stubs

without_stubs()  # before any module here imports Gradio

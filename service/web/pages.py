"""The pages that a site serves, and the server that they are served by."""

from importlib import import_module

import gradio as gr
from gradio.components.navbar import Navbar

from insideout.service.http.server import Server
from insideout.service.web.live.socket import router as live
from insideout.service.web.operator.routes import router as health
from insideout.service.web.result.routes import router as results
from insideout.service.web.server import web_app
from insideout.service.web.site import ADDRESSES, Site

HOST, PORT = "127.0.0.1", 7860
# Uploads that no page ever read are looked for so often, and deleted at that age.
FORGOTTEN_SECS = (600, 3600)


def build(site: Site) -> gr.Blocks:
    """The pages that the site serves, each at its address."""
    blocks: gr.Blocks = gr.Blocks(
        title="InsideOut", analytics_enabled=False, fill_width=True, delete_cache=FORGOTTEN_SECS
    )
    for name in site.pages:
        with blocks.route(f"InsideOut: {name}", ADDRESSES[name]) as page:
            Navbar(visible=False)  # each page has links of its own, the kiosk has none
            import_module(f"insideout.service.web.{name}.page").add(page, site)
    return blocks


def server(site: Site, host: str = HOST, port: int = PORT) -> Server:
    """The site on an address; raises OSError where that cannot be listened on."""
    return Server(web_app(site, build(site), [live(site), results(site), health(site)]), host, port)

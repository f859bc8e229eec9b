"""The kiosk, the assistant and the lab in a browser: Gradio's pages and their server."""

import argparse
import os
import sys
import tempfile
from importlib import import_module

import gradio as gr
from gradio.components.navbar import Navbar

from insideout.agents.memory import MEMORY
from insideout.perception.errors import InsideOutError
from insideout.service.assistant import assistant_from, who_answers
from insideout.service.http.server import Server
from insideout.service.settings import load_settings
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


def main(arguments: list[str] | None = None) -> int:
    """The command: `python app.py [--host HOST] [--port PORT] [--pages PAGES] [--model SPEC] …`."""
    asked = vars(_parser().parse_args(arguments))
    host, port = asked.pop("host"), asked.pop("port")
    try:
        settings = load_settings(asked)
        assistant = assistant_from(settings, sessions=settings.sessions or MEMORY)
        with tempfile.TemporaryDirectory(prefix="insideout-") as uploads:
            # What is dropped on a page lies here until it is read, and no longer than the program runs.
            os.environ["GRADIO_TEMP_DIR"] = uploads
            served = server(Site(assistant=assistant, settings=settings), host, port)
            print(f"Answers: {who_answers(assistant)}\nPages: {served.address}", file=sys.stderr)
            served.run()
    except InsideOutError as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:  # the port is taken, or the address is not ours
        print(f"cannot listen on {host}:{port}: {error}", file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description="The kiosk, the assistant and the lab in a browser."
    )
    parser.add_argument("--host", default=HOST, help="address to listen on; 0.0.0.0 for all")
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--pages", help=f"which, the first at /: {','.join(ADDRESSES)}")
    parser.add_argument("--model", help="who thinks and answers, e.g. openai:NAME or embedded")
    parser.add_argument("--mode", help="how the emotions work together at first")
    parser.add_argument("--language", help="of the pages and the replies: en, ru or auto")
    parser.add_argument("--sessions", help="file to keep conversations in; else nothing is kept")
    return parser


if __name__ == "__main__":
    sys.exit(main())

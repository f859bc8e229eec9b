"""The kiosk, the assistant and the lab in a browser: Gradio's pages and their server."""

import argparse
import os
import sys
import tempfile

from insideout.agents.memory import MEMORY
from insideout.perception.errors import InsideOutError
from insideout.service.assistant import assistant_from, who_answers
from insideout.service.settings import load_settings
from insideout.service.web.pages import HOST, PORT, build, server
from insideout.service.web.site import ADDRESSES, Site

__all__ = ["build", "main", "server"]


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
    except (
        OSError,
        OverflowError,
    ) as error:  # the port is taken or is none, or the address not ours
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

"""The start of the web app."""

import subprocess
import sys

from insideout.eval.app_place import APP

# In a process of its own: here Gradio is imported already.
_SCRIPT = """
import insideout.service.web.pages
import gradio, gradio.component_meta, sys
assert gradio.component_meta.create_or_modify_pyi(gradio.Button, "Button", []) is None
with gradio.Blocks():
    assert gradio.Button("Go").click(lambda: None)
print(sorted({"fpdf", "torch", "cv2", "matplotlib"} & set(sys.modules)))
"""


def test_gradio_writes_no_stubs_and_what_is_needed_later_is_not_loaded() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_port_that_is_none_is_told_in_one_line() -> None:
    command = [sys.executable, str(APP), "--port", "99999", "--model", "embedded"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.strip().splitlines()[-1].startswith("cannot listen on 127.0.0.1:99999")
    assert "Traceback" not in done.stderr

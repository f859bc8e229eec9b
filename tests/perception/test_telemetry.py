"""Nothing that we install reports its own use to anybody."""

import os
import subprocess
import sys
from pathlib import Path


def test_importing_onnx_runtime_leaves_no_record_of_it(tmp_path: Path) -> None:
    kept = {k: v for k, v in os.environ.items() if k != "ORT_DISABLE_TELEMETRY"}
    places = {name: str(tmp_path) for name in ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")}
    program = "import insideout.perception, onnxruntime; onnxruntime.get_available_providers()"
    subprocess.run([sys.executable, "-c", program], check=True, env={**kept, **places})
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []

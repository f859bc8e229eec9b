"""Perception: signals in, EmotionState out. It imports nothing else of this project."""

import os

# ONNX Runtime tells its maker of its use, from its import on, unless this is set before.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")

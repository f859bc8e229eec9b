"""What the tests of faces at the command line share."""

from pathlib import Path

MODEL = Path("models/fer_xception/fer2013_mini_xception_107_64.onnx")
DETECTOR = Path("models/yunet")
PHOTOS = Path("signals/face/photos")
FILMS = Path("signals/face/video")

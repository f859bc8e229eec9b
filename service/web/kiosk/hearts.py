"""Hearts: a recording that a visitor brought, read once and deleted."""

import contextlib
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol


class Heart(Protocol):
    """What is needed of a live measurement; live.Live is one."""

    def feed_heart(self, path: Path) -> None:
        """Read a recording at once; raises InsideOutError where it cannot be."""
        ...


def read_heart(live: Heart, uploads: Sequence[str]) -> None:
    """Have the recording read; the uploads are deleted, whatever becomes of it.

    uploads: paths of the files, each in a folder of its own, as the server keeps them. Raises
    InsideOutError for a recording that cannot be read.
    """
    with tempfile.TemporaryDirectory(prefix="insideout-heart-") as folder:
        try:
            together = [_moved(Path(upload), Path(folder)) for upload in uploads]
            live.feed_heart(_main(together))
        finally:
            discard(uploads)


def discard(uploads: Sequence[str]) -> None:
    """Delete each upload, and the folder that it had for itself."""
    for upload in uploads:
        Path(upload).unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # something else lies there, or it is gone already
            Path(upload).parent.rmdir()


def _moved(upload: Path, folder: Path) -> Path:
    return Path(shutil.move(upload, folder / upload.name))


def _main(files: Sequence[Path]) -> Path:
    """The file that names the others, if there is one."""
    return next((path for path in files if path.suffix == ".hea"), files[0])

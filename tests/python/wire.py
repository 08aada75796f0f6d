"""A census of the sandbox's accounts, served to PostgreSQL clients."""

import re
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

from binary import DEADLINE_SECONDS

READY = re.compile(r"^census ready: postgres 127\.0\.0\.1:(\d+)$")


def take_census(binary: Path, folder: Path) -> Path:
    """Collects the sandbox that is part of the binary, and returns the store."""
    store = folder / "store"
    taken = subprocess.run(
        [str(binary), "--store", str(store), "demo", "--once"],
        capture_output=True,
        text=True,
        cwd=folder,
        timeout=DEADLINE_SECONDS,
    )
    # Parts of the sandbox refuse to be read: 3 is how its census ends.
    assert taken.returncode in (0, 3), taken.stderr
    return store


@dataclass
class Served:
    """A running `census serve`."""

    process: subprocess.Popen
    port: int

    @classmethod
    def start(cls, binary: Path, store: Path, folder: Path, *arguments: str) -> "Served":
        """Starts it on a free port and waits until it says that it is ready."""
        process = subprocess.Popen(
            [str(binary), "--store", str(store), "serve", "--pg", "127.0.0.1:0", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            cwd=folder,
        )
        line = process.stderr.readline()
        ready = READY.match(line)
        assert ready, line + process.stderr.read()
        return cls(process, int(ready.group(1)))

    def stop(self) -> int:
        """Asks it to stop, and returns its exit code."""
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(DEADLINE_SECONDS)
        self.process.stderr.close()
        return code

    @property
    def address(self) -> str:
        return f"postgresql://anna@127.0.0.1:{self.port}/census"

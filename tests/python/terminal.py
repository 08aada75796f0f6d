"""The binary on a terminal: keys go in, the screen is read as a person sees it."""

import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from fcntl import ioctl

import pyte

# Far above what any answer here takes; a screen that never comes fails instead of blocking the run.
DEADLINE_SECONDS = 60
ROWS, COLUMNS = 40, 120


class Terminal:
    """A process on a terminal of its own."""

    def __init__(self, command: list[str], environment: dict[str, str], folder: str):
        self._screen = _AnsweringScreen(COLUMNS, ROWS, self._send)
        self._stream = pyte.ByteStream(self._screen)
        self.raw = b""
        self._ours, theirs = pty.openpty()
        ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.process = subprocess.Popen(
            command,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment | {"TERM": "xterm-256color"},
            cwd=folder,
            start_new_session=True,
            preexec_fn=lambda: ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(theirs)

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._ours)

    def type(self, keys: str) -> None:
        self._send(keys.encode())

    def enter(self, line: str) -> None:
        self.type(line + "\r")

    def interrupt(self) -> None:
        """What the terminal does at Ctrl-C while a statement runs."""
        os.killpg(self.process.pid, signal.SIGINT)

    def lines(self) -> list[str]:
        """The lines of the screen, without the empty ones."""
        return [line.rstrip() for line in self._screen.display if line.strip()]

    def wait_for(self, seen) -> list[str]:
        """Reads until `seen` holds of the lines of the screen; returns them."""
        deadline = time.monotonic() + DEADLINE_SECONDS
        while not seen(self.lines()):
            left = deadline - time.monotonic()
            assert left > 0, "\n".join(self.lines())
            assert self._read(left) or seen(self.lines()), "\n".join(self.lines())
        return self.lines()

    def wait_for_prompt(self) -> list[str]:
        """Reads until an empty prompt stands at the end."""
        return self.wait_for(lambda lines: lines[-1:] == ["census=>"])

    def wait_for_end(self) -> int:
        """Reads to the end of the process; returns its exit code."""
        while self._read(DEADLINE_SECONDS):
            pass
        return self.process.wait(DEADLINE_SECONDS)

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._ours], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self._ours, 65536)
        except OSError:  # Linux tells the end of a terminal's other side so.
            return False
        self.raw += data
        self._stream.feed(data)
        return bool(data)

    def _send(self, data: bytes) -> None:
        os.write(self._ours, data)


class _AnsweringScreen(pyte.Screen):
    """A screen that answers where its cursor is, as the line editor asks."""

    def __init__(self, columns: int, rows: int, send):
        super().__init__(columns, rows)
        self._answer = send

    def write_process_input(self, data: str) -> None:
        self._answer(data.encode())

"""Starts moto's server on a port of the system's choice and stops it again."""

import queue
import re
import subprocess
import sys
import threading
import urllib.request

START_SECONDS = 60


class MotoProcess:
    """A moto server; `url` is where it listens."""

    def __enter__(self) -> "MotoProcess":
        self._process = subprocess.Popen(
            [sys.executable, "-m", "moto.server", "--host", "127.0.0.1", "--port", "0"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        announced: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=self._read_log, args=(announced,), daemon=True).start()
        try:
            url = announced.get(timeout=START_SECONDS)
        except queue.Empty:
            url = None
        if url is None:
            self.__exit__()
            raise RuntimeError("moto's server did not say where it listens")
        self.url = url
        return self

    def __exit__(self, *_) -> None:
        self._process.terminate()
        self._process.wait()

    def reset(self) -> None:
        """Empties all accounts."""
        request = urllib.request.Request(f"{self.url}/moto-api/reset", method="POST")
        with urllib.request.urlopen(request) as answer:
            assert answer.status == 200

    def _read_log(self, announced: queue.Queue) -> None:
        # The log is read to its end: a full pipe would stop the server.
        for line in self._process.stderr:
            found = re.search(r"Running on (http://127\.0\.0\.1:\d+)", line)
            if found:
                announced.put(found.group(1))
        announced.put(None)

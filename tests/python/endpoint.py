"""An HTTP endpoint before moto that answers chosen calls itself, or holds them."""

import http.client
import threading
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Reply:
    """What is answered instead of moto."""

    status: int
    body: str
    content_type: str = "application/json"
    error_type: str | None = None


Rule = Callable[[str], bool]


class Endpoint:
    """Passes calls on, except those that a rule takes; a rule is asked with the path."""

    def __enter__(self) -> "Endpoint":
        self._replies: list[tuple[Rule, Reply]] = []
        self._holds: Rule = lambda _: False
        self._released = threading.Event()
        self._goes_on = False
        self.held = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        self._released.set()
        self._server.shutdown()
        self._server.server_close()

    def __init__(self, behind: str):
        self._behind = urllib.parse.urlsplit(behind).netloc

    def answer(self, rule: Rule, reply: Reply) -> None:
        """Answers the calls that the rule takes."""
        self._replies.append((rule, reply))

    def hold(self, rule: Rule) -> None:
        """Lets the calls that the rule takes wait until they are released, or the end; `held` is set at the first."""
        self._holds = rule

    def release(self) -> None:
        """Lets the calls that were held, and all others, go on."""
        self._goes_on = True
        self._holds = lambda _: False
        self._released.set()

    def _reply_to(self, path: str) -> Reply | None:
        return next((reply for rule, reply in self._replies if rule(path)), None)

    def _pass_on(self, method: str, target: str, headers: dict, body: bytes):
        connection = http.client.HTTPConnection(self._behind)
        try:
            connection.request(method, target, body=body, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.getheader("Content-Type", ""), answer.read()
        finally:
            connection.close()

    def _handler(endpoint) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _serve(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                path = urllib.parse.urlsplit(self.path).path
                if endpoint._holds(path):
                    endpoint.held.set()
                    endpoint._released.wait()
                    if not endpoint._goes_on:
                        self.close_connection = True
                        return
                reply = endpoint._reply_to(path)
                if reply is None:
                    headers = {name: value for name, value in self.headers.items()}
                    self._send(*endpoint._pass_on(self.command, self.path, headers, body))
                else:
                    payload = reply.body.encode()
                    self._send(reply.status, reply.content_type, payload, reply.error_type)

            def _send(self, status, content_type, payload, error_type=None) -> None:
                self.send_response(status)
                self.send_header("Content-Type", content_type)
                self.send_header("Content-Length", str(len(payload)))
                if error_type:
                    self.send_header("x-amzn-ErrorType", error_type)
                self.end_headers()
                self.wfile.write(payload)

            do_GET = do_POST = _serve

            def log_message(self, *_) -> None:
                """Stays silent: pytest's output is for results."""

        return Handler

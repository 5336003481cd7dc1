"""A chat model's server on loopback, as OpenAI-compatible ones are: real HTTP, real streaming, scripted behaviour."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Request:
    """What the server was asked.

    Attributes:
        messages: as they came.
        headers: of the request.
        over: set when the test is over, so that nothing waits longer than that.
    """

    def __init__(self, handler, body, over):
        self.handler, self.body, self.over = handler, body, over
        self.open = False
        self.messages, self.headers = body["messages"], handler.headers

    @property
    def data(self):
        """The JSON that the model was given: question and sentences."""
        return json.loads(self.messages[1]["content"])

    @property
    def sentences(self):
        return self.data["sentences"]

    def start(self, status=200, **headers):
        self.handler.send_response(status)
        self.handler.send_header("Content-Type", "text/event-stream" if status == 200 else "application/json")
        for name, value in headers.items():
            self.handler.send_header(name.replace("_", "-"), value)
        self.handler.send_header("Transfer-Encoding", "chunked")
        self.handler.send_header("Connection", "close")
        self.handler.end_headers()
        self.open = True

    def send(self, text, finish=None):
        choice = {"index": 0, "delta": {"content": text}, "finish_reason": finish}
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
        self.raw(f"data: {json.dumps(chunk)}\n\n".encode())

    def raw(self, data):
        # In chunks, so that a connection that is cut is no end.
        self.handler.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.handler.wfile.flush()

    def cut(self):
        """Hang up in the middle."""
        self.open = False

    def close(self):
        if self.open:
            self.open = False
            self.raw(b"")

    def end(self, tokens=(100, 20)):
        usage = {"prompt_tokens": tokens[0], "completion_tokens": tokens[1], "total_tokens": sum(tokens)}
        last = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [], "usage": usage}
        self.raw(f"data: {json.dumps(last)}\n\ndata: [DONE]\n\n".encode())

    def fail(self, status, **headers):
        self.start(status, **headers)
        self.raw(json.dumps({"error": {"message": "key sk-secret-123 is wrong", "type": "x"}}).encode())

    def say(self, text, size=12):
        """A whole answer, in pieces of so many characters."""
        self.start()
        for at in range(0, len(text), size):
            self.send(text[at : at + size])
        self.send("", "stop")
        self.end()

    def claims(self, *claims):
        """A whole answer of claims, each a text and its sources."""
        said = [{"text": text, "sources": list(sources)} for text, *sources in claims]
        self.say(json.dumps({"claims": said}, ensure_ascii=False))


class ChatServer:
    """A running server. `script` is called with each `Request`; `asked` keeps them all."""

    def __init__(self):
        self.script = lambda request: request.claims()
        self.asked = []
        self.over = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def _handler(self):
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                request = Request(self, body, server.over)
                server.asked.append(request)
                try:
                    server.script(request)
                    request.close()
                except (BrokenPipeError, ConnectionResetError):
                    # The client has heard enough.
                    self.close_connection = True

            def log_message(self, *_):
                pass

        return Handler

    @contextmanager
    def running(self):
        thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.over.set()
            self._server.shutdown()
            self._server.server_close()
            thread.join()

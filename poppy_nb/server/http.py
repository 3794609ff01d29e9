"""HTTP/1.1 on asyncio in a thread of its own: thousands of waiting requests cost no threads, and latencies are kept."""

from __future__ import annotations

import asyncio
import json
import os
import threading
from dataclasses import dataclass, field
from types import TracebackType

from poppy_nb.server import protocols
from poppy_nb.server.answers import fraction


HOST = "127.0.0.1"
_REASONS = {
    200: "OK",
    400: "Bad Request",
    404: "Not Found",
    405: "Method Not Allowed",
    413: "Content Too Large",
    429: "Too Many Requests",
}
_LARGEST = 64 * 1024 * 1024


@dataclass(slots=True)
class Counts:
    """What has been asked of a server so far."""

    requests: int = 0
    running: int = 0
    most_at_once: int = 0
    by_path: dict[str, int] = field(default_factory=dict)

    def _begin(self, path: str) -> None:
        self.requests += 1
        self.by_path[path] = self.by_path.get(path, 0) + 1
        self.running += 1
        self.most_at_once = max(self.most_at_once, self.running)

    def _end(self) -> None:
        self.running -= 1


@dataclass(frozen=True, slots=True)
class _Request:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class _Malformed(Exception):
    """Not HTTP as we know it; the connection is closed after the answer."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Server:
    """A context manager: inside it the server runs. `latency` seconds per request, varied by `jitter` (0 to 1).

    Two headers of a request are for tests: `x-latency` (seconds) and `x-status` (answer with this error).
    """

    def __init__(self, *, latency: float | None = None, jitter: float | None = None, port: int = 0) -> None:
        self.latency = _setting("POPPY_NB_SERVER_LATENCY", 0.3) if latency is None else latency
        self.jitter = _setting("POPPY_NB_SERVER_JITTER", 0.0) if jitter is None else jitter
        self.counts = Counts()
        self._port = port
        self._ready = threading.Event()
        self._failure: BaseException | None = None
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._connections: set[asyncio.Task[None]] = set()

    # ---- life

    def start(self) -> Server:
        """Run until `stop`, or the end of the process."""
        self._thread = threading.Thread(target=self._run, name="poppy_nb.server", daemon=True)
        self._thread.start()
        self._ready.wait()
        if self._failure is not None:
            raise self._failure
        return self

    def stop(self) -> None:
        """Close all connections and the port."""
        if self._loop is not None and self._stop is not None and self._thread is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join()

    def __enter__(self) -> Server:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """Without the version: Anthropic's clients add it themselves."""
        return f"http://{HOST}:{self._port}"

    def environment(self) -> dict[str, str]:
        """Variables of the environment by which clients find this server, past any proxy."""
        exempt = os.environ.get("NO_PROXY") or os.environ.get("no_proxy") or ""
        exempt = ",".join(filter(None, [exempt, HOST]))
        return {
            "OPENAI_BASE_URL": f"{self.url}/v1",
            "OPENAI_API_KEY": "local",
            "ANTHROPIC_BASE_URL": self.url,
            "ANTHROPIC_API_KEY": "local",
            "NO_PROXY": exempt,
            "no_proxy": exempt,
        }

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:
            self._failure = error
        finally:
            self._ready.set()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        server = await asyncio.start_server(self._accept, HOST, self._port, backlog=4096)
        async with server:
            self._port = server.sockets[0].getsockname()[1]
            self._ready.set()
            await self._stop.wait()
            for task in list(self._connections):
                task.cancel()
            await asyncio.gather(*self._connections, return_exceptions=True)

    # ---- one connection

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        try:
            await self._converse(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client has gone, or we go
        finally:
            self._connections.discard(task)
            writer.close()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            try:
                request = await _read(reader)
            except _Malformed as malformed:
                _write_json(writer, malformed.status, protocols.error(malformed.status, str(malformed)), close=True)
                await writer.drain()
                return
            if request is None:
                return
            self.counts._begin(request.path)
            try:
                await self._answer(request, writer)
                await writer.drain()
            finally:
                self.counts._end()
            if request.headers.get("connection", "").lower() == "close":
                return

    async def _answer(self, request: _Request, writer: asyncio.StreamWriter) -> None:
        if request.method == "GET" and request.path == "/v1/models":
            return _write_json(writer, 200, protocols.models())
        handler = protocols.HANDLERS.get(request.path)
        if handler is None:
            return _write_json(writer, 404, protocols.error(404, f"no such path: {request.path}"))
        if request.method != "POST":
            return _write_json(writer, 405, protocols.error(405, f"{request.path} wants POST"))
        await asyncio.sleep(self._latency_of(request))
        if "x-status" in request.headers:
            status = int(request.headers["x-status"])
            return _write_json(writer, status, protocols.error(status, "asked for by x-status"))
        try:
            given = json.loads(request.body)
            if not isinstance(given, dict):
                raise protocols.BadRequest("the body must be a JSON object")
            reply = handler(given)
        except (json.JSONDecodeError, UnicodeDecodeError, protocols.BadRequest) as error:
            return _write_json(writer, 400, protocols.error(400, str(error)))
        except (AttributeError, TypeError, ValueError, KeyError, IndexError) as error:
            return _write_json(writer, 400, protocols.error(400, f"not understood: {error}"))
        if reply.events is None:
            return _write_json(writer, 200, reply.body)
        return await _write_events(writer, reply.events)

    def _latency_of(self, request: _Request) -> float:
        if "x-latency" in request.headers:
            return float(request.headers["x-latency"])
        spread = 2 * fraction(request.body.decode(errors="replace")) - 1
        return self.latency * (1 + self.jitter * spread)


async def _read(reader: asyncio.StreamReader) -> _Request | None:
    """The next request; None at the end of the connection."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as error:
        if error.partial.strip():
            raise _Malformed(400, "incomplete request") from None
        return None
    except asyncio.LimitOverrunError:
        raise _Malformed(413, "headers too long") from None
    first, *lines = head.decode("latin-1").split("\r\n")
    words = first.split(" ")
    if len(words) != 3 or not words[2].startswith("HTTP/1."):
        raise _Malformed(400, "not an HTTP/1.1 request")
    headers = {}
    for line in filter(None, lines):
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    return _Request(words[0], words[1].split("?")[0], headers, await _read_body(reader, headers))


async def _read_body(reader: asyncio.StreamReader, headers: dict[str, str]) -> bytes:
    if headers.get("transfer-encoding", "").lower() == "chunked":
        body = b""
        while size := int((await reader.readline()).split(b";")[0], 16):
            body += await reader.readexactly(size)
            await reader.readline()
            if len(body) > _LARGEST:
                raise _Malformed(413, "body too long")
        await reader.readline()
        return body
    length = headers.get("content-length", "0")
    if not length.isdecimal():
        raise _Malformed(400, "content-length is not a number")
    if int(length) > _LARGEST:
        raise _Malformed(413, "body too long")
    return await reader.readexactly(int(length))


def _write_json(writer: asyncio.StreamWriter, status: int, content: object, *, close: bool = False) -> None:
    body = json.dumps(content).encode()
    head = [
        f"HTTP/1.1 {status} {_REASONS.get(status, 'Error')}",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        *(["Connection: close"] if close else []),
    ]
    writer.write("\r\n".join(head).encode() + b"\r\n\r\n" + body)


async def _write_events(writer: asyncio.StreamWriter, events: tuple[str, ...]) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
    for event in events:
        data = event.encode()
        writer.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        await writer.drain()
    writer.write(b"0\r\n\r\n")


def _setting(name: str, default: float) -> float:
    text = os.environ.get(name)
    if not text:
        return default
    try:
        return float(text)
    except ValueError:
        raise ValueError(f"{name} must be a number of seconds or a fraction, not {text!r}") from None

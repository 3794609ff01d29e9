"""The requests and responses of the two families of clients, as JSON and as event streams."""

from __future__ import annotations

import base64
import json
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from poppy_nb.server.answers import answer, embedding, identifier, tokens


Json = dict[str, Any]
MODELS = ("gpt-4o-mini", "gpt-4o", "text-embedding-3-small", "claude-sonnet")
_CREATED = 1_700_000_000  # a fixed time: the same request gives the same response


class BadRequest(Exception):
    """The request is not what the protocol wants; becomes status 400."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A body, or the lines of an event stream."""

    body: Json
    events: tuple[str, ...] | None = None


def _chat(request: Json) -> Reply:
    prompt = _last_message(request, "messages")
    wants_json = (request.get("response_format") or {}).get("type") in ("json_object", "json_schema")
    text = answer(prompt, wants_json=wants_json)
    common = {"id": _id("chatcmpl-", request), "created": _CREATED, "model": request.get("model", MODELS[0])}
    sent = _sent(request, "messages")
    usage = {"prompt_tokens": sent, "completion_tokens": tokens(text), "total_tokens": sent + tokens(text)}
    message = {"role": "assistant", "content": text, "refusal": None}
    choices = [{"index": i, "message": message, "finish_reason": "stop", "logprobs": None} for i in range(request.get("n") or 1)]
    body = {**common, "object": "chat.completion", "choices": choices, "usage": usage}
    if not request.get("stream"):
        return Reply(body)

    def chunk(delta: Json, reason: str | None = None) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": reason}
        return _event({**common, "object": "chat.completion.chunk", "choices": [choice]})

    events = [
        chunk({"role": "assistant", "content": ""}),
        *(chunk({"content": piece}) for piece in _pieces(text)),
        chunk({}, "stop"),
    ]
    if (request.get("stream_options") or {}).get("include_usage"):
        events.append(_event({**common, "object": "chat.completion.chunk", "choices": [], "usage": usage}))
    return Reply(body, (*events, "data: [DONE]\n\n"))


def _responses(request: Json) -> Reply:
    given = request.get("input")
    if given is None:
        raise BadRequest("'input' is missing")
    prompt = given if isinstance(given, str) else _last_message(request, "input")
    wants_json = ((request.get("text") or {}).get("format") or {}).get("type") in ("json_object", "json_schema")
    text = answer(prompt, wants_json=wants_json)
    part = {"type": "output_text", "text": text, "annotations": []}
    item = {"type": "message", "id": _id("msg_", request), "role": "assistant", "status": "completed", "content": [part]}
    sent = tokens(prompt)
    body = {
        "id": _id("resp_", request),
        "object": "response",
        "created_at": _CREATED,
        "status": "completed",
        "model": request.get("model", MODELS[0]),
        "output": [item],
        "parallel_tool_calls": True,
        "tool_choice": "auto",
        "tools": [],
        "error": None,
        "incomplete_details": None,
        "instructions": request.get("instructions"),
        "metadata": {},
        "temperature": 1.0,
        "top_p": 1.0,
        "usage": {
            "input_tokens": sent,
            "input_tokens_details": {"cached_tokens": 0},
            "output_tokens": tokens(text),
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": sent + tokens(text),
        },
    }
    if not request.get("stream"):
        return Reply(body)
    place = {"item_id": item["id"], "output_index": 0, "content_index": 0}
    stages: list[Json] = [{"type": "response.created", "response": {**body, "status": "in_progress", "output": []}}]
    stages += [{"type": "response.output_text.delta", "delta": piece, "logprobs": [], **place} for piece in _pieces(text)]
    stages += [{"type": "response.output_text.done", "text": text, "logprobs": [], **place}]
    stages += [{"type": "response.completed", "response": body}]
    return Reply(body, tuple(_event({**s, "sequence_number": n}, s["type"]) for n, s in enumerate(stages)))


def _embeddings(request: Json) -> Reply:
    given = request.get("input")
    if given is None:
        raise BadRequest("'input' is missing")
    texts = [given] if isinstance(given, str) or (given and isinstance(given[0], int)) else list(given)
    data = []
    for index, text in enumerate(texts):
        vector = embedding(str(text), request.get("dimensions") or 64)
        packed = base64.b64encode(struct.pack(f"<{len(vector)}f", *vector)).decode()
        value: object = packed if request.get("encoding_format") == "base64" else vector
        data.append({"object": "embedding", "index": index, "embedding": value})
    sent = sum(tokens(str(text)) for text in texts)
    model = request.get("model", MODELS[2])
    return Reply({"object": "list", "data": data, "model": model, "usage": {"prompt_tokens": sent, "total_tokens": sent}})


def _messages(request: Json) -> Reply:
    text = answer(_last_message(request, "messages"))
    usage = {"input_tokens": _sent(request, "messages"), "output_tokens": tokens(text)}
    body = {
        "id": _id("msg_", request),
        "type": "message",
        "role": "assistant",
        "model": request.get("model", MODELS[3]),
        "content": [{"type": "text", "text": text}],
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "usage": usage,
    }
    if not request.get("stream"):
        return Reply(body)
    stages: list[Json] = [
        {"type": "message_start", "message": {**body, "content": [], "stop_reason": None}},
        {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
        *({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": piece}} for piece in _pieces(text)),
        {"type": "content_block_stop", "index": 0},
        {"type": "message_delta", "delta": {"stop_reason": "end_turn", "stop_sequence": None}, "usage": usage},
        {"type": "message_stop"},
    ]
    return Reply(body, tuple(_event(stage, stage["type"]) for stage in stages))


def models() -> Json:
    """The list of models."""
    return {"object": "list", "data": [{"id": m, "object": "model", "created": _CREATED, "owned_by": "poppy_nb"} for m in MODELS]}


HANDLERS: dict[str, Callable[[Json], Reply]] = {
    "/v1/chat/completions": _chat,
    "/v1/responses": _responses,
    "/v1/embeddings": _embeddings,
    "/v1/messages": _messages,
}


def error(status: int, message: str) -> Json:
    """In the form that clients of both families read."""
    kinds = {400: "invalid_request_error", 404: "not_found_error", 429: "rate_limit_error"}
    return {
        "type": "error",
        "error": {"message": message, "type": kinds.get(status, "server_error"), "param": None, "code": None},
    }


def _last_message(request: Json, key: str) -> str:
    messages = request.get(key)
    if not isinstance(messages, list) or not messages:
        raise BadRequest(f"'{key}' must be a list with at least one message")
    last = messages[-1]
    if not isinstance(last, dict):
        raise BadRequest(f"'{key}' must contain objects")
    return _text(last.get("content"))


def _sent(request: Json, key: str) -> int:
    return sum(tokens(_text(message.get("content"))) for message in request[key])


def _text(content: object) -> str:
    if content is None:
        return ""
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        return "\n".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    raise BadRequest("'content' must be text or a list of parts")


def _pieces(text: str) -> Iterator[str]:
    words = text.split(" ")
    for index, word in enumerate(words):
        yield word if index == 0 else f" {word}"


def _id(prefix: str, request: Json) -> str:
    return identifier(prefix, json.dumps(request, sort_keys=True))


def _event(data: Json, name: str | None = None) -> str:
    head = f"event: {name}\n" if name else ""
    return f"{head}data: {json.dumps(data)}\n\n"

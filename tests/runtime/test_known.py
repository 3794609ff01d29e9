"""What is known of client libraries, tried on the installed ones."""

import subprocess
import sys

import pydantic
import pytest

from poppy_nb import known
from poppy_nb.externals import lookup


openai = pytest.importorskip("openai")
anthropic = pytest.importorskip("anthropic")


@pytest.fixture(params=[False, True], ids=["sync", "async"])
def clients(request):
    kinds = (openai.AsyncOpenAI, anthropic.AsyncAnthropic) if request.param else (openai.OpenAI, anthropic.Anthropic)
    return request.param, *(kind(api_key="x", base_url="http://127.0.0.1:1") for kind in kinds)


def test_the_known_calls_on_any_client_of_the_users(clients):
    is_async, ai, claude = clients
    for call in (
        ai.chat.completions.create,
        ai.responses.create,
        ai.embeddings.create,
        claude.messages.create,
        ai.with_options(timeout=1).chat.completions.create,
        type(ai)(api_key="y").chat.completions.create,
    ):
        found = lookup(call)
        assert found is not None
        assert found.mode == ("async" if is_async else "thread")
        assert found.code_reads is None


def test_streams_raw_responses_and_everything_else_are_not_external(clients):
    _, ai, claude = clients
    for call in (
        ai.chat.completions.stream,
        ai.chat.completions.with_raw_response.create,
        ai.chat.completions.with_streaming_response.create,
        ai.with_raw_response.chat.completions.create,
        ai.models.list,
        claude.messages.stream,
        claude.messages.with_raw_response.create,
        claude.messages.batches.create,
    ):
        assert lookup(call) is None


def test_options_decide(clients):
    _, ai, _ = clients
    found = lookup(ai.chat.completions.create)
    assert set(found.in_order_if) == {"stream", "extra_headers"}
    assert found.applies({"stream": False, "extra_headers": {"X-Title": "t"}, "model": "m"})
    assert found.applies({"stream": None})
    assert found.applies({"stream": openai.NOT_GIVEN})
    assert not found.applies({"stream": True})
    assert not found.applies({"extra_headers": {"X-Stainless-Raw-Response": "true"}})


class Plain(pydantic.BaseModel):
    name: str
    scores: list[int] = []


class Computes(pydantic.BaseModel):
    name: str

    @pydantic.field_validator("name")
    @classmethod
    def _short(cls, value):
        return value.strip()


class Asks(pydantic.BaseModel):
    name: str

    @pydantic.field_validator("name")
    @classmethod
    def _seen(cls, value):
        print(value)
        return value


class Describes(pydantic.BaseModel):
    name: str

    @classmethod
    def model_json_schema(cls, *args, **kwargs):
        print("asked")
        return super().model_json_schema(*args, **kwargs)


class Extends(pydantic.BaseModel):
    name: str = pydantic.Field(json_schema_extra=lambda schema: print("asked"))


class Holds(pydantic.BaseModel):
    inner: list[Describes]


def test_models_decide(clients):
    _, ai, _ = clients
    for function, option in ((ai.chat.completions.parse, "response_format"), (ai.responses.parse, "text_format")):
        found = lookup(function)
        assert not found.fresh
        for model in (Plain, Computes, openai.NOT_GIVEN, None):
            assert found.applies({option: model, "model": "m"})
        for model in (Asks, Describes, Extends, Holds, dict, int, {"type": "json_object"}):
            assert not found.applies({option: model})
        assert found.applies({option: Plain, "tools": []})
        assert not found.applies({option: Plain, "tools": [{"type": "function"}]})


def test_reading_attributes_on_the_way_to_a_call_is_pure(clients):
    _, ai, claude = clients
    for obj, name in (
        (ai, "chat"),
        (ai.chat, "completions"),
        (ai.chat.completions, "create"),
        (ai, "api_key"),
        (claude, "messages"),
        (claude.messages, "create"),
    ):
        assert known.attribute_is_pure(obj, name)
    for obj, name in ((ai, "nothing"), (openai.chat, "completions"), (object(), "x"), ([], "append")):
        assert not known.attribute_is_pure(obj, name)


def test_a_subclass_of_the_users_is_its_own_code(clients):
    _, ai, _ = clients

    class Mine(type(ai)):
        @property
        def chat(self):
            raise AssertionError

        def __getattr__(self, name):
            raise AssertionError

    assert not known.attribute_is_pure(Mine(api_key="x"), "chat")
    assert known.attribute_is_pure(Mine(api_key="x"), "embeddings")
    assert not known.attribute_is_pure(Mine(api_key="x"), "unheard_of")


def test_constructing_a_client_is_known(clients):
    _, ai, claude = clients
    for callee in (type(ai), type(claude), ai.with_options, claude.copy):
        assert known.constructs_client(callee)
    for callee in (ai.post, dict, claude.messages.create, len, [].copy, lookup):
        assert not known.constructs_client(callee)


def test_fields_of_results():
    from openai.types.chat import ChatCompletionMessage
    from pydantic import BaseModel

    class Mine(BaseModel):
        a: int

        @property
        def b(self):
            raise AssertionError

    message = ChatCompletionMessage(role="assistant", content="x")
    assert known.is_pydantic_model(message)
    assert known.attribute_is_pure(message, "content")
    assert known.attribute_is_pure(Mine(a=1), "a")
    assert not known.attribute_is_pure(Mine(a=1), "b")
    assert not known.is_pydantic_model(3)


def test_nothing_is_imported():
    program = (
        "import sys\n"
        "from poppy_nb import known, externals\n"
        "externals.lookup(len); known.is_pydantic_model(1); known.constructs_client(dict)\n"
        "print([m for m in ('openai', 'anthropic', 'pydantic', 'httpx') if m in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"

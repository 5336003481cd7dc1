"""What another assistant gets over MCP, with a real client."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

import pytest

pytestmark = pytest.mark.filterwarnings("default")


@pytest.fixture
def call(site):
    """Call a tool as an MCP client does; without a name, list the tools."""
    from mcp import ClientSession
    from mcp.client.streamable_http import streamable_http_client

    async def run(name, arguments):
        async with (
            streamable_http_client(f"{site}/tools/gradio_api/mcp/") as (read, write, _),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            if not name:
                return (await session.list_tools()).tools
            result = await session.call_tool(name, arguments)
            assert not result.isError
            return json.loads(result.content[0].text)

    def in_a_thread(name="", **arguments):
        # Playwright's event loop, if a browser is open, is the main thread's.
        with ThreadPoolExecutor() as pool:
            return pool.submit(asyncio.run, run(name, arguments)).result()

    return in_a_thread


def test_the_tools_explain_themselves(call):
    found = {tool.name: tool for tool in call()}
    assert set(found) == {"ask", "search", "documents"}
    assert "cut from a document word for word" in found["ask"].description
    assert "bokmål or nynorsk" in found["ask"].inputSchema["properties"]["question"]["description"]


def test_another_assistant_gets_quotes_with_proof(call):
    answer = call("ask", question="Hva sa ministeren om døgnplasser?", earlier=[], language="")
    assert answer["status"] == "answered"
    assert all(quote["address"].startswith("/documents/") and quote["citation"] for quote in answer["quotes"])


def test_passages_and_documents(call):
    assert len(call("search", text="lovkrav", limit=3)["passages"]) == 3
    assert {entry["kind"] for entry in call("documents", actor="", kind="letter")["documents"]} == {"letter"}


def test_what_is_wrong_is_told_in_a_sentence(call):
    assert call("ask", question="", earlier=[], language="")["error"]
    assert "limit" in call("search", text="x", limit=0)["error"]

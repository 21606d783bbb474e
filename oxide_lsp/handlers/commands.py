"""``workspace/executeCommand``: run, benchmark, view, restart, status.

Assumes: arguments are ``[uri, kernel?, options?]``; ``kernel`` is a name, or a line number (from 0) to take the
kernel there.
Guarantees: a command that cannot be carried out answers ``{"state": "failed", "summary": why}``; wrong arguments are
``InvalidParams``.

Example: ``oxide.runKernel`` with ``["file:///k.rs", "saxpy", {"device": "cpu", "elements": 4096}]``.
"""

from __future__ import annotations

from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from compiler.semantics.api import KernelSummary
from oxide_lsp import kernel_lookup, launches
from oxide_lsp.features import code_lens, status
from oxide_lsp.features.virtual_document import STAGES, View
from oxide_lsp.from_proto import path_of
from oxide_lsp.handlers import content, diagnostics
from oxide_lsp.session import Session

Arguments = list[Any]
Answer = dict[str, Any]


async def run_kernel(session: Session, arguments: Arguments) -> Answer:
    """``oxide.runKernel [uri, kernel?, {device?, elements?, seed?, block?, grid?}?]``."""
    return await _launch(session, arguments, code_lens.RUN)


async def bench_kernel(session: Session, arguments: Arguments) -> Answer:
    """``oxide.benchKernel``, with the arguments of ``oxide.runKernel``."""
    return await _launch(session, arguments, code_lens.BENCH)


async def check_kernel(session: Session, arguments: Arguments) -> Answer:
    """``oxide.checkKernel``, with the arguments of ``oxide.runKernel``: on the emulator, under all its checks."""
    return await _launch(session, arguments, code_lens.CHECK)


async def view_stage(session: Session, arguments: Arguments) -> Answer:
    """``oxide.viewStage [uri, kernel?, stage?, target?]``: show a virtual document; answers its URI and text."""
    kernel = await _kernel(session, arguments)
    stage = arguments[2] if len(arguments) > 2 and arguments[2] else "ptx"
    target = arguments[3] if len(arguments) > 3 and arguments[3] else session.config["target"]
    if stage not in STAGES:
        raise JsonRpcInvalidParams(f"no stage {stage!r}; there are {', '.join(STAGES)}")
    if kernel is None:
        return _no_kernel(arguments)
    view = View(kernel.file, kernel.name, stage, "" if target == "auto" else target)
    text = await content.content_of(session, view.uri)
    if session.client.shows_documents:
        shown = types.ShowDocumentParams(uri=view.uri, take_focus=False)
        session.connection.ask(types.WINDOW_SHOW_DOCUMENT, shown)
    return {"state": "done", "kernel": kernel.name, "uri": view.uri, "language": view.language, "text": text}


async def restart_workers(session: Session, arguments: Arguments) -> Answer:
    """``oxide.restartWorkers``: end the worker processes and start new ones."""
    await session.workers.restart()
    session.views.forget_all()
    session.connection.log("the worker processes were restarted")
    return {"state": "done", "workers": session.workers.state()}


async def show_status(session: Session, arguments: Arguments) -> Answer:
    """``oxide.showStatus``: what the server is, does and holds."""
    answer = status.report(
        device=session.device,
        target=session.config["target"],
        workers=session.workers.state(),
        queue=session.schedule.load(),
        views=session.views.size(),
        n_documents=len(session.documents),
        started_at=session.started_at,
    )
    answer["settings"] = session.config.as_dict()
    answer["client"] = {"encoding": session.client.encoding.value, "pulls": session.client.pulls_diagnostics}
    return answer


async def _launch(session: Session, arguments: Arguments, action: str) -> Answer:
    if not session.client.is_trusted:
        return {"state": "failed", "summary": "nothing is run in a workspace that is not trusted"}
    kernel = await _kernel(session, arguments)
    if kernel is None:
        return _no_kernel(arguments)
    options = arguments[2] if len(arguments) > 2 else {}
    if not isinstance(options, dict):
        raise JsonRpcInvalidParams(f"the third argument must be an object of options, got {options!r}")
    answer = await launches.launch(session, kernel, action, options)
    diagnostics.ran(session, kernel.file)
    message = f"{kernel.name}: {answer['summary']}"
    if answer["state"] == "failed":
        session.connection.show(message, types.MessageType.Error)
    session.connection.log("\n".join(filter(None, (message, answer.get("detail")))))
    return answer


async def _kernel(session: Session, arguments: Arguments) -> KernelSummary | None:
    if not arguments or not isinstance(arguments[0], str):
        raise JsonRpcInvalidParams("the first argument must be the URI of a file")
    path = path_of(arguments[0])
    which = arguments[1] if len(arguments) > 1 else ""
    if isinstance(which, int):
        return await kernel_lookup.at_line(session, path, which)
    return await kernel_lookup.by_name(session, path, str(which or ""))


def _no_kernel(arguments: Arguments) -> Answer:
    which = f"kernel `{arguments[1]}`" if len(arguments) > 1 and arguments[1] else "kernel"
    return {"state": "failed", "summary": f"there is no {which} in {path_of(arguments[0])}"}

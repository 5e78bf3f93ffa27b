"""Reward function for veRL: asks the same verifiers that the editor uses.

veRL loads this file (`custom_reward_function.path`, name `compute_score`). Where a verifier service runs on the node
(`rlvr verify --socket PATH`), named by the keyword `socket` or the environment variable RLVR_VERIFIER_SOCKET, it is asked;
else `rlvr reward` is started, one process for each process that computes rewards, and kept running. Either way one JSON
line is exchanged per rollout. Only the standard library is used, no signals (veRL calls reward functions from threads), and
nothing is ever raised: when the verifier cannot be asked, the score is 0 with `verifier_error` 1, so that it can be seen
and is not mistaken for a wrong answer.

The command is taken from the keyword `command`, else from the environment variable RLVR_REWARD_COMMAND, else `rlvr`.
"""

import errno
import itertools
import json
import os
import shlex
import socket as sockets
import subprocess
import threading
import time

# A response may wait for others; beyond this the verifier is taken to hang and is started anew. Seconds.
TIMEOUT_SECONDS = 900.0
# After so many starts without a reply the process gives up until veRL restarts it.
MAX_STARTS = 5
# A service that is being restarted, or has too many at its door, is asked again for so long. Seconds.
CONNECT_SECONDS = 30.0


class ProcessChannel:
    """A `rlvr reward` process of our own."""

    def __init__(self, argv):
        self._process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.lines = self._process.stdout

    def write(self, data):
        self._process.stdin.write(data)
        self._process.stdin.flush()

    def close(self):
        """Ends it and lets `lines` end."""
        self._process.kill()

    def ended(self):
        """After the last line: waits for its end."""
        self._process.wait()


class SocketChannel:
    """A connection to the verifier service of this node. Closing it cancels what was asked through it."""

    def __init__(self, path):
        deadline = time.monotonic() + CONNECT_SECONDS
        while True:
            self._socket = sockets.socket(sockets.AF_UNIX, sockets.SOCK_STREAM)
            try:
                self._socket.connect(path)
                break
            except OSError as error:
                self._socket.close()
                passing = error.errno in (errno.ENOENT, errno.ECONNREFUSED, errno.EAGAIN)
                if not passing or time.monotonic() > deadline:
                    raise RuntimeError("no verifier service at %s: %s" % (path, error)) from error
                time.sleep(0.1)
        self.lines = self._socket.makefile("rb")

    def write(self, data):
        self._socket.sendall(data)

    def close(self):
        try:
            self._socket.shutdown(sockets.SHUT_RDWR)
        except OSError:
            pass  # the other side was first

    def ended(self):
        self._socket.close()


class Conversation:
    """One channel and the requests that wait for their replies on it."""

    def __init__(self, channel, replied):
        self.channel = channel
        self.over = False
        self._replied = replied
        self._lock = threading.Lock()
        # Apart from the other lock: while a write waits for the verifier to read, its replies must still be taken.
        self._write_lock = threading.Lock()
        self._waiting = {}
        threading.Thread(target=self._read, daemon=True).start()

    def ask(self, request, timeout):
        """The reply to a request, a dict. Raises RuntimeError or TimeoutError when there is none."""
        number = request["id"]
        slot = {"event": threading.Event(), "reply": None}
        with self._lock:
            if self.over:
                raise RuntimeError("the verifier ended")
            self._waiting[number] = slot
        try:
            with self._write_lock:
                self.channel.write((json.dumps(request) + "\n").encode("utf-8"))
        except (OSError, ValueError) as error:
            with self._lock:
                self._waiting.pop(number, None)
                self.over = True
            raise RuntimeError("the verifier ended: %s" % error) from error
        if not slot["event"].wait(timeout):
            with self._lock:
                self._waiting.pop(number, None)
                self.over = True
            self.channel.close()
            raise TimeoutError("no verdict after %.0f seconds" % timeout)
        reply = slot["reply"]
        if reply is None:
            raise RuntimeError("the verifier ended")
        if reply.get("rule") == "service.stopping":
            self.over = True  # what it still works on is answered; new requests go to its successor
            raise RuntimeError("the verifier service is stopping")
        return reply

    def _read(self):
        try:
            for line in self.channel.lines:
                try:
                    reply = json.loads(line)  # a blank line is a heartbeat
                    number = reply["id"]
                except (ValueError, KeyError, TypeError):
                    continue
                with self._lock:
                    slot = self._waiting.pop(number, None)
                if slot is not None:
                    self._replied()
                    slot["reply"] = reply
                    slot["event"].set()
        except (OSError, ValueError):
            pass  # the connection broke: as if it had ended
        with self._lock:
            self.over = True
            lost, self._waiting = self._waiting, {}
        for slot in lost.values():
            slot["event"].set()
        self.channel.ended()


class Worker:
    """Asks a verifier, and opens a new channel to it when the former ended. Safe to use from many threads."""

    def __init__(self, open_channel):
        self._open = open_channel
        self._ids = itertools.count(1)
        self._lock = threading.Lock()
        self._conversation = None
        self._starts = 0

    def ask(self, request, timeout):
        """The reply to a request, a dict. Raises RuntimeError or TimeoutError when there is none."""
        return self._current().ask(dict(request, id=next(self._ids)), timeout)

    def _current(self):
        with self._lock:
            if self._conversation is None or self._conversation.over:
                if self._starts >= MAX_STARTS:
                    raise RuntimeError("the verifier ended %d times" % self._starts)
                self._starts += 1
                self._conversation = Conversation(self._open(), self._replied)
            return self._conversation

    def _replied(self):
        self._starts = 0


_workers = {}
_workers_lock = threading.Lock()


def _worker(command, problems, socket):
    # The process id is part of the key: after a fork the pipes belong to the parent.
    key = (os.getpid(), command, problems, socket)
    with _workers_lock:
        if key not in _workers:
            argv = shlex.split(command) + ["reward", "--problems", problems]
            _workers[key] = Worker((lambda: SocketChannel(socket)) if socket else (lambda: ProcessChannel(argv)))
        return _workers[key]


def _result(score, error, verdict, seconds):
    # Every rollout of a run must have the same keys with numbers; `acc` names the validation metric.
    return {
        "score": score,
        "acc": score,
        "verifier_error": 1.0 if error else 0.0,
        "unverifiable": 1.0 if verdict == "unverifiable" else 0.0,
        "verify_seconds": seconds,
    }


def _score(solution_str, ground_truth, extra_info, problems, command, socket, timeout, thinking_opened):
    started = time.monotonic()
    try:
        problem_id = (extra_info or {}).get("id")
        request = {
            "problem_id": None if problem_id is None else str(problem_id),
            "ground_truth": None if ground_truth is None else str(ground_truth),
            "response": str(solution_str),
            "thinking_opened": bool(thinking_opened),
        }
        worker = _worker(command, problems, socket)
        try:
            reply = worker.ask(request, timeout)
        except RuntimeError:
            reply = worker.ask(request, timeout)  # it had ended: once more with a new one
        score = reply.get("score")
        return _result(float(score or 0), score is None, reply.get("verdict"), time.monotonic() - started)
    except Exception as error:  # an exception would drop the whole group without a trace
        print("rlvr_reward: %s: %s" % (type(error).__name__, error), flush=True)
        return _result(0.0, True, None, time.monotonic() - started)


def compute_score(data_source=None, solution_str=None, ground_truth=None, extra_info=None, *,
                  data_sources=None, solution_strs=None, ground_truths=None, extra_infos=None,
                  problems=None, command=None, socket=None, timeout=TIMEOUT_SECONDS, thinking_opened=True, **_ignored):
    """Reward of one rollout, or of a batch when veRL's `batch` manager calls with lists.

    `thinking_opened`: the chat template ends the prompt with `<think>`, as R1's does, so a response without `</think>` was
    cut inside its thinking and is never paid. Set it to False for a model that does not think in tags.
    """
    command = command or os.environ.get("RLVR_REWARD_COMMAND") or "rlvr"
    socket = socket or os.environ.get("RLVR_VERIFIER_SOCKET") or ""
    problems = problems or os.environ.get("RLVR_REWARD_PROBLEMS") or ""
    if solution_strs is None:
        return _score(solution_str, ground_truth, extra_info, problems, command, socket, timeout, thinking_opened)
    count = len(solution_strs)
    truths = ground_truths if ground_truths is not None else [None] * count
    infos = extra_infos if extra_infos is not None else [None] * count
    results = [None] * count

    def work(index):
        results[index] = _score(solution_strs[index], truths[index], infos[index], problems, command, socket, timeout, thinking_opened)

    indices = iter(range(count))
    lock = threading.Lock()

    def drain():
        while True:
            with lock:
                index = next(indices, None)
            if index is None:
                return
            work(index)

    threads = [threading.Thread(target=drain) for _ in range(min(64, count))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results

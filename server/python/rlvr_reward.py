"""Reward function for veRL: asks the same verifiers that the editor uses.

veRL loads this file (`custom_reward_function.path`, name `compute_score`). It starts `rlvr reward`, one process for each
process that computes rewards, keeps it running, and exchanges one JSON line per rollout with it over pipes. Only the
standard library is used, no signals (veRL calls reward functions from threads), and nothing is ever raised: when the
verifier cannot be asked, the score is 0 with `verifier_error` 1, so that it can be seen and is not mistaken for a wrong
answer.

The command is taken from the keyword `command`, else from the environment variable RLVR_REWARD_COMMAND, else `rlvr`.
"""

import itertools
import json
import os
import shlex
import subprocess
import threading
import time

# A response may wait for others; beyond this the verifier is taken to hang and is started anew. Seconds.
TIMEOUT_SECONDS = 900.0
# After so many failed starts the process gives up until veRL restarts it.
MAX_STARTS = 5


class Worker:
    """One `rlvr reward` process and the rollouts that wait for it. Safe to use from many threads."""

    def __init__(self, argv):
        self._argv = argv
        self._ids = itertools.count(1)
        self._lock = threading.Lock()
        # Apart from the other lock: while a write waits for the verifier to read, its replies must still be taken.
        self._write_lock = threading.Lock()
        self._process = None
        self._waiting = {}
        self._starts = 0

    def ask(self, request, timeout):
        """The reply to a request, a dict. Raises RuntimeError or TimeoutError when there is none."""
        request = dict(request, id=next(self._ids))
        line = (json.dumps(request) + "\n").encode("utf-8")
        answered = threading.Event()
        slot = {"event": answered, "reply": None}
        with self._lock:
            process = self._running()
            self._waiting[request["id"]] = slot
        try:
            with self._write_lock:
                process.stdin.write(line)
                process.stdin.flush()
        except (OSError, ValueError) as error:
            with self._lock:
                self._waiting.pop(request["id"], None)
            raise RuntimeError("the verifier process ended: %s" % error) from error
        if not answered.wait(timeout):
            with self._lock:
                self._waiting.pop(request["id"], None)
                if self._process is process:
                    process.kill()
            raise TimeoutError("no verdict after %.0f seconds" % timeout)
        if slot["reply"] is None:
            raise RuntimeError("the verifier process ended")
        return slot["reply"]

    def _running(self):
        """The process, started if there is none. The lock is held."""
        if self._process is not None and self._process.poll() is None:
            return self._process
        if self._starts >= MAX_STARTS:
            raise RuntimeError("the verifier process ended %d times" % self._starts)
        self._starts += 1
        self._process = subprocess.Popen(self._argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        threading.Thread(target=self._read, args=(self._process,), daemon=True).start()
        return self._process

    def _read(self, process):
        for line in process.stdout:
            try:
                reply = json.loads(line)
                number = reply["id"]
            except (ValueError, KeyError, TypeError):
                continue
            with self._lock:
                self._starts = 0
                slot = self._waiting.pop(number, None)
            if slot is not None:
                slot["reply"] = reply
                slot["event"].set()
        process.wait()
        with self._lock:
            if self._process is not process:
                return
            lost, self._waiting = self._waiting, {}
            self._process = None
        for slot in lost.values():
            slot["event"].set()


_workers = {}
_workers_lock = threading.Lock()


def _worker(command, problems):
    # The process id is part of the key: after a fork the pipes belong to the parent.
    key = (os.getpid(), command, problems)
    with _workers_lock:
        if key not in _workers:
            _workers[key] = Worker(shlex.split(command) + ["reward", "--problems", problems])
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


def _score(solution_str, ground_truth, extra_info, problems, command, timeout, thinking_opened):
    started = time.monotonic()
    try:
        problem_id = (extra_info or {}).get("id")
        request = {
            "problem_id": None if problem_id is None else str(problem_id),
            "ground_truth": None if ground_truth is None else str(ground_truth),
            "response": str(solution_str),
            "thinking_opened": bool(thinking_opened),
        }
        worker = _worker(command, problems)
        try:
            reply = worker.ask(request, timeout)
        except RuntimeError:
            reply = worker.ask(request, timeout)  # the process had ended: once more with a new one
        score = reply.get("score")
        return _result(float(score or 0), score is None, reply.get("verdict"), time.monotonic() - started)
    except Exception as error:  # an exception would drop the whole group without a trace
        print("rlvr_reward: %s: %s" % (type(error).__name__, error), flush=True)
        return _result(0.0, True, None, time.monotonic() - started)


def compute_score(data_source=None, solution_str=None, ground_truth=None, extra_info=None, *,
                  data_sources=None, solution_strs=None, ground_truths=None, extra_infos=None,
                  problems=None, command=None, timeout=TIMEOUT_SECONDS, thinking_opened=True, **_ignored):
    """Reward of one rollout, or of a batch when veRL's `batch` manager calls with lists.

    `thinking_opened`: the chat template ends the prompt with `<think>`, as R1's does, so a response without `</think>` was
    cut inside its thinking and is never paid. Set it to False for a model that does not think in tags.
    """
    command = command or os.environ.get("RLVR_REWARD_COMMAND") or "rlvr"
    problems = problems or os.environ.get("RLVR_REWARD_PROBLEMS") or ""
    if solution_strs is None:
        return _score(solution_str, ground_truth, extra_info, problems, command, timeout, thinking_opened)
    count = len(solution_strs)
    truths = ground_truths if ground_truths is not None else [None] * count
    infos = extra_infos if extra_infos is not None else [None] * count
    results = [None] * count

    def work(index):
        results[index] = _score(solution_strs[index], truths[index], infos[index], problems, command, timeout, thinking_opened)

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

"""Second opinion on math answers: Math-Verify on top of sympy.

Reads JSON lines {"gold", "pred"} from standard input and answers each with {"equal": true | false | null, "ms": CPU time};
null when the checker failed. The caller kills this process when a pair takes too long: a timer of our own would not stop
every hang. RLVR_MEMORY_MB bounds the address space.
"""
import json
import logging
import os
import sys
import time

memory = os.environ.get("RLVR_MEMORY_MB")
if memory:
    try:
        import resource

        size = int(memory) * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
    except (ImportError, ValueError, OSError):
        pass  # not on this platform: the time limit still holds

logging.disable(logging.CRITICAL)
from math_verify import parse, verify  # noqa: E402  (after the limits are set and logging is off)


def delimited(text):
    """Math-Verify looks for mathematics between delimiters; a bare answer gets them, as its users do."""
    text = text.strip()
    return text if any(mark in text for mark in ("$", "\\boxed", "\\(", "\\[")) else f"${text}$"


def judge(row):
    # No timeouts inside: they need signals, which the process's owner replaces by killing it.
    gold = parse(delimited(row["gold"]), parsing_timeout=None)
    answer = parse(delimited(row["pred"]), parsing_timeout=None)
    return bool(verify(gold, answer, timeout_seconds=None))


judge({"gold": "\\frac12", "pred": "0.5"})  # imports and grammar tables are not part of the first pair's time
print(json.dumps({"ready": True}), flush=True)
for line in sys.stdin:
    row = json.loads(line)
    started = time.process_time()
    try:
        equal = judge(row)
    except Exception:  # whatever the checker throws is no opinion
        equal = None
    print(json.dumps({"equal": equal, "ms": (time.process_time() - started) * 1000}), flush=True)

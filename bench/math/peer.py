"""Judges pairs with Math-Verify: JSON lines {gold, pred} on standard input, {"equal", "ms"} lines of CPU time on standard output."""
import json
import logging
import sys
import time

logging.disable(logging.CRITICAL)
from math_verify import parse, verify  # noqa: E402  (after logging is off)


def delimited(text):
    """Math-Verify looks for mathematics between delimiters; a bare answer gets them, as its users do."""
    return text if any(mark in text for mark in ("$", "\\boxed", "\\(", "\\[")) else f"${text}$"


def judge(row):
    return bool(verify(parse(delimited(row["gold"].strip())), parse(delimited(row["pred"].strip()))))


rows = [json.loads(line) for line in sys.stdin]
for row in rows[:20]:
    try:
        judge(row)  # imports and grammar tables are not timed
    except Exception:
        pass
for row in rows:
    started = time.process_time()
    try:
        equal = judge(row)
    except Exception:
        equal = None
    print(json.dumps({"equal": equal, "ms": (time.process_time() - started) * 1000}))

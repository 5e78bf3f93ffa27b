"""
The same jobs through a checkout of LiveCodeBench (its requirements numpy and tqdm must be installed).

    python3 livecodebench.py CHECKOUT WORKERS SECONDS_PER_TEST

Input and output as baseline.py.
"""
import importlib
import json
import os
import resource
import sys
import time
import types
from concurrent.futures import ProcessPoolExecutor

CHECKOUT, WORKERS, SECONDS = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
sys.path.insert(0, CHECKOUT)
# The package's own __init__ imports the other benchmarks with all their dependencies.
for name in ("lcb_runner", "lcb_runner.evaluation"):
    package = types.ModuleType(name)
    package.__path__ = [os.path.join(CHECKOUT, *name.split("."))]
    sys.modules[name] = package
metrics = importlib.import_module("lcb_runner.evaluation.compute_code_generation_metrics")
reply = os.dup(1)


def check(job):
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.stdin = open(0, closefd=False)
    sample = {"input_output": json.dumps({"inputs": job["inputs"], "outputs": job["outputs"], "fn_name": job["func_name"]})}
    try:
        results, _ = metrics.check_correctness(sample, job["code"], timeout=SECONDS, debug=False)
        return bool(all(bool(result) and result > 0 for result in results))
    except Exception:
        return False


def main():
    jobs = [json.loads(line) for line in sys.stdin]
    begun = time.monotonic()
    with ProcessPoolExecutor(WORKERS) as pool:
        passed = list(pool.map(check, jobs))
    wall = time.monotonic() - begun
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu = sum(usage.ru_utime + usage.ru_stime for usage in used)
    os.write(reply, json.dumps({"passed": passed, "wall": wall, "cpu": cpu}).encode())


if __name__ == "__main__":
    main()

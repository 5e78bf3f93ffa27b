"""
The warm interpreter of one box. It forks one process per candidate, hands frames through, measures and enforces time,
and ends processes (job.py). It never looks into programs, inputs or outputs, and wipes the buffers they pass through.

Frames from and to the server, on descriptor 3: `<length u32><type u8><job u32><payload>`, little endian.
  from the server  B limits of the job (`LIMITS` in job.py) · I, L, R for the candidate (candidate.py) · S end the job
  to the server    H hello (JSON) · N a job of this number may be sent · C part of a candidate's frame · E its end, with
                   measurements (JSON) · D the candidate is gone (JSON); N follows
While a candidate loads or runs a test, nothing is taken from the server: it sends ahead what comes next, and S when nothing does.
Frames of another job than the current one are dropped: they were on their way when it ended.
"""
import _random
import json
import os
import random
import sys

# Bound before the guard sets them to None for the candidates' sake.
remove, rmdir = os.remove, os.rmdir
# What `random.seed()` comes down to.
seed, random_numbers = _random.Random.seed, random.seed.__self__


def main():
    config = json.loads(sys.argv[1])
    sys.argv[:] = [""]
    import alarm
    import candidate
    import candidate_process
    import channel
    import clock
    import job
    import prelude
    import server_channel
    import surroundings
    from walls import confine, libc

    # Python has put the folder of this file before it, and has not looked for installed packages (boxCommand.ts).
    sys.path[:] = config["path"]
    sys.prefix, sys.exec_prefix = config["prefixes"]
    forget_modules(config["runner"])
    libc.prctl(libc.PR_SET_DUMPABLE, 0)
    surroundings.arrange()
    if config["numpy"]:
        import numpy  # noqa: F401 what most programs here import

    walls = confine.Walls(config)
    os.chdir(config["work"])
    prelude.guard()
    module = prelude.prelude_module()
    alarm.handle()
    candidate.warm_up()
    candidate.freeze()

    def start(memory_bytes):
        """A new process that waits for a program, with this limit of memory."""

        def body():
            seed(random_numbers, None)
            walls.close_around_me(helper_pid, own_bytes + memory_bytes)
            candidate.serve(channel.Channel(candidate_process.CHANNEL), module)
            os._exit(0)

        return candidate_process.Process(body, walls, clock.Clock)

    helper_pid = os.getpid()
    own_bytes = confine.address_space()
    listener = walls.close_around_helper()
    server = server_channel.Server()
    memory_bytes = config["memoryBytes"]
    number = 1
    hello = {
        "python": sys.version.split()[0],
        "landlock": walls.ruleset is not None,
        "seccomp": walls.filter is not None,
        "uid": os.getuid() if walls.uid is None else walls.uid,
    }
    try:
        server.send(("H", 0, json.dumps(hello).encode()), ("N", number, b""))
        while True:
            current = job.Job(server, listener, number, start, memory_bytes)
            memory_bytes = current.run()
            if current.files_created or listener is None:
                wipe(config["work"])
            number += 1
    except (server_channel.Gone, BrokenPipeError):
        pass  # the server closed the channel or ended: so does the box, and with it the candidate
    finally:
        if config["removeWork"] and os.getpid() == helper_pid:
            wipe(config["work"])
            rmdir(config["work"])


def forget_modules(folder):
    """A program finds no module of the runner's: who has imported them keeps them."""
    for name, module in list(sys.modules.items()):
        if module is not sys.modules["__main__"] and (getattr(module, "__file__", None) or "").startswith(folder):
            del sys.modules[name]


def wipe(folder):
    """Removes what a candidate left in its folder; ends the helper where that fails, and with it the box."""
    with os.scandir(folder) as entries:
        for entry in entries:
            remove(entry.path)


def below(frames, call):
    """Calls it with so many more frames below: programs reach the recursion limit where they do in the checker."""
    return below(frames - 1, call) if frames else call()


if __name__ == "__main__":
    below(2, main)

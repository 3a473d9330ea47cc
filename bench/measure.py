"""One run of a client: how long it took, what it used, what others used of
its processor meanwhile."""
import os
import signal
import subprocess
import threading
import time
from dataclasses import dataclass


@dataclass
class Run:
    wall: float         # seconds, start of the program to its end
    cpu: float          # seconds of it and its children, system included
    memory: int         # bytes, of its largest process at its largest
    others: float       # share of its processor that was not its own
    wrong: str = ""     # why it does not count


class Places:
    """Which processor is whose. With only one, it is shared."""

    def __init__(self):
        allowed = sorted(os.sched_getaffinity(0))
        self.pinned = len(allowed) > 1
        self.client = allowed[-1]
        self.server_pin = self.pin(allowed[0])
        self.client_pin = self.pin(self.client)

    def pin(self, cpu):
        return ["taskset", "-c", str(cpu)] if self.pinned else []


def environment(home):
    """A user who has set nothing: no proxy, no settings of their own."""
    return {"PATH": os.environ.get("PATH", os.defpath), "HOME": home,
            "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}


def busy(cpu):
    """Seconds that this processor has worked, for whomever."""
    with open("/proc/stat") as f:
        for line in f:
            name, *ticks = line.split()
            if name == "cpu%d" % cpu:
                user, nice, system, _, _, irq, softirq, steal = map(
                    int, ticks[:8])
                return (user + nice + system + irq + softirq +
                        steal) / os.sysconf("SC_CLK_TCK")
    return 0.0


def kill(process):
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def run(argv, folder, places, limit):
    """`argv` in `folder`, its standard output in the file out there."""
    memory = os.path.join(folder, "memory")
    # GNU time for the peak of memory alone: what wait4 says of a child
    # begins with what this interpreter had when it forked.
    command = ["/usr/bin/time", "-f", "%M", "-o", memory,
               *places.client_pin, *argv]
    with open(os.path.join(folder, "out"), "wb") as out, \
            open(os.path.join(folder, "err"), "wb") as err:
        before = busy(places.client)
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=environment(folder), stdout=out,
            stderr=err, stdin=subprocess.DEVNULL, start_new_session=True)
        late = threading.Timer(limit, kill, [process])
        late.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            kill(process)
            raise
        finally:
            late.cancel()
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    cpu = usage.ru_utime + usage.ru_stime
    others = max(0.0, busy(places.client) - before - cpu) / wall
    result = Run(wall, cpu, 0, others)
    if process.returncode:
        result.wrong = "takes over %d s" % limit if wall >= limit else \
            "exit %d" % process.returncode
    else:
        with open(memory) as f:
            result.memory = int(f.read().split()[-1]) * 1024
    return result

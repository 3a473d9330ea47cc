"""Measures one run of a client: its time, its processor time and memory, and
the use of its processor by other processes."""
import os
import signal
import subprocess
import threading
import time
from dataclasses import dataclass


@dataclass
class Run:
    wall: float         # seconds from the program's start to its end
    cpu: float          # user and system seconds, with children
    memory: int         # peak of its largest process, in bytes
    others: float       # share of its processor that others used
    wrong: str = ""     # reason why the run does not count


class Processors:
    """Assigns one processor to the servers and one to the clients. A single
    processor is shared."""

    def __init__(self):
        allowed = sorted(os.sched_getaffinity(0))
        self.pinned = len(allowed) > 1
        self.client = allowed[-1]
        self.server_pin = self.pin(allowed[0])
        self.client_pin = self.pin(self.client)

    def pin(self, cpu):
        return ["taskset", "-c", str(cpu)] if self.pinned else []


def environment(home):
    """Returns an environment without a proxy and without user settings."""
    return {"PATH": os.environ.get("PATH", os.defpath), "HOME": home,
            "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}


def busy(cpu):
    """Returns the seconds that this processor has worked for any process."""
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


def run(argv, folder, processors, limit):
    """Runs `argv` in `folder`, with its standard output in folder/out."""
    memory = os.path.join(folder, "memory")
    # GNU time measures the peak memory: the peak that wait4() returns is at
    # least the memory that this interpreter had when it forked.
    command = ["/usr/bin/time", "-f", "%M", "-o", memory,
               *processors.client_pin, *argv]
    with open(os.path.join(folder, "out"), "wb") as out, \
            open(os.path.join(folder, "err"), "wb") as err:
        before = busy(processors.client)
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=environment(folder), stdout=out,
            stderr=err, stdin=subprocess.DEVNULL, start_new_session=True)
        killer = threading.Timer(limit, kill, [process])
        killer.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            kill(process)
            raise
        finally:
            killer.cancel()
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    cpu = usage.ru_utime + usage.ru_stime
    others = max(0.0, busy(processors.client) - before - cpu) / wall
    result = Run(wall, cpu, 0, others)
    if process.returncode:
        result.wrong = "killed after %d s" % limit if wall >= limit else \
            "exit code %d" % process.returncode
    else:
        with open(memory) as f:
            result.memory = int(f.read().split()[-1]) * 1024
    return result

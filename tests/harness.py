"""Shared by the tests that run the real program: paths, the scripted server,
and a fixed environment."""
import ctypes
import os
import resource
import signal
import subprocess
import sys
import time

TESTS = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(TESTS)
BIN = os.environ.get("BIN") or os.path.join(ROOT, "build", "release")
SCRAPE = os.environ.get("SCRAPE") or os.path.join(BIN, "scrape")
SERVER = os.environ.get("TEST_SERVER") or os.path.join(BIN, "test-server")
CERTS = os.path.join(BIN, "certs")
CA = os.path.join(CERTS, "ca.pem")

# The sanitizers of the build, which need more time and memory.
SANITIZE = os.environ.get("SANITIZE", "")
# How many times as long as the release build the tests take; for gcov, too.
SLOWER = ({"": 1, "thread": 6}.get(SANITIZE, 4)
          if os.environ.get("UNOPTIMISED", "0") == "0" else 4)

# The modes of the tests that run in each mode. With sanitizers, those that
# differ most in the ownership of memory, or that have threads: what is written
# in each mode is compared without sanitizers.
MODES = {"": ("async", "threads", "fork", "serial"),
         "thread": ("async", "threads")}.get(SANITIZE, ("async", "fork"))

SKIPPED = 77

# Seconds after which an action counts as hanging that takes well under a
# second on an idle machine. Shorter than ctest's own limit.
HANG = 300 if SLOWER == 1 else 600


def slow_down():
    """Returns how many times as long as on an idle machine a start of the
    program takes now; at least 1. For limits on wall time."""
    idle = 0.02
    took = []
    for _ in range(5):
        began = time.monotonic()
        subprocess.run([SCRAPE, "--version"], stdout=subprocess.DEVNULL,
                       check=False)
        took.append(time.monotonic() - began)
    return max(1, sorted(took)[2] / (idle * SLOWER))


def limit_files(size):
    """Limits the size of files that this process writes, as a full disk does.
    Programs that gcov counts lift the limit for the files of gcov."""
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))


LIBC = ctypes.CDLL(None)


def end_with_parent(number=signal.SIGKILL):
    """Lets this process get the signal when its parent ends, however that
    happens. For subprocess: preexec_fn=harness.end_with_parent."""
    LIBC.prctl(1, number)  # PR_SET_PDEATHSIG


def wait_until(condition, what, *processes):
    """Waits until condition() is true; fails after HANG seconds, or as soon as
    one of the processes has ended without that."""
    end = time.monotonic() + HANG
    while not condition():
        assert time.monotonic() < end, "waited in vain until " + what
        ended = [p for p in processes if p.poll() is not None]
        # The condition may have become true before the end.
        assert not ended or condition(), "%s ended with %d before %s: %s" % (
            ended[0].args[0], ended[0].returncode, what,
            ended[0].stderr and ended[0].stderr.read())
        time.sleep(0.01)


def has_signal(pid, field, number):
    """Returns true if the signal is in a set of /proc/PID/status: ShdPnd,
    SigCgt."""
    with open("/proc/%d/status" % pid) as f:
        text = next(x for x in f if x.startswith(field + ":"))
    return bool(int(text.split()[1], 16) >> number - 1 & 1)


def wait_for_handler(p, number):
    """Waits until the process has a handler for the signal."""
    wait_until(lambda: has_signal(p.pid, "SigCgt", number),
               "signal %d is caught" % number)


def send_signal(p, number):
    """Sends the signal and waits until the process has received it, because a
    second one before that would be lost, and until a second one would not be
    taken for the same interruption."""
    p.send_signal(number)
    wait_until(lambda: p.poll() is not None
               or not has_signal(p.pid, "ShdPnd", number),
               "signal %d is taken" % number)
    time.sleep(0.25)


def wait_for_message(p, text):
    """Reads the standard error of the process up to a line with the text."""
    for line in iter(p.stderr.readline, b""):
        if text in line:
            return
    raise AssertionError("no message %r" % text)


# The letters of the test server's ports.
PORTS = "ABCDEFG"


def environment(home):
    """Returns the environment of a user without settings (no proxy, no
    .netrc), in the C locale."""
    keep = {name: value for name, value in os.environ.items()
            if name in ("PATH", "TMPDIR") or name.endswith("SAN_OPTIONS")}
    return {**keep, "HOME": home, "LC_ALL": "C", "TZ": "UTC"}


def make_certs():
    subprocess.run([os.path.join(TESTS, "server", "make_certs"), CERTS],
                   check=True)


def raise_descriptors():
    """Raises the limit of descriptors as far as allowed. Returns the limit."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


def memory(pid):
    """Returns the resident memory in KB."""
    with open("/proc/%d/status" % pid) as f:
        return int(next(x for x in f if x.startswith("VmRSS")).split()[1])


def descriptors(pid):
    return len(os.listdir("/proc/%d/fd" % pid))


def children(pid):
    """Returns the children of the main thread, which is the one that forks."""
    with open("/proc/%d/task/%d/children" % (pid, pid)) as f:
        return [int(x) for x in f.read().split()]


class Server:
    """A test server that runs as long as the `with` block."""

    def __init__(self, *dirs, log=None):
        command = [SERVER, "--tls", os.path.join(CERTS, "server.pem"),
                   os.path.join(CERTS, "server.key")]
        if log:
            command += ["--log", log]
        self.command = command + [d for d in dirs if os.path.isdir(d)]

    def __enter__(self):
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        ports = self.process.stdout.readline().split()
        if len(ports) != len(PORTS):
            sys.exit("the test server did not start")
        self.ports = {name: int(port) for name, port in zip(PORTS, ports)}
        self.a, self.b, self.c = (self.ports[name] for name in "ABC")
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()

    def let_go(self):
        """Sends the responses that the directive `hold` keeps back."""
        self.process.send_signal(signal.SIGUSR1)

    def url(self, path, port="A"):
        return "http://127.0.0.1:%d/%s" % (self.ports[port], path)

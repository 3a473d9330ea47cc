"""For tests that need addresses of the world: a network namespace of their own,
in which the loopback device has them, so that the test server answers on all."""
import os
import subprocess
import sys

import harness

INSIDE = "SCRAPE_TEST_INSIDE"


def modes():
    help_text = subprocess.run([harness.SCRAPE, "--help"],
                               capture_output=True, text=True).stdout
    section = help_text.split("\nModes\n")[1].split("\n\n")[0]
    return [line.split()[0] for line in section.splitlines()]


def run(script, addresses, inside):
    """Runs the script in a namespace, and inside() in that. Returns the exit
    code; skipped unless this is root."""
    if os.environ.get(INSIDE):
        for command in ["ip link set lo up"] + [
                "ip addr add %s/32 dev lo" % a for a in addresses]:
            subprocess.run(command.split(), check=True)
        return inside()
    if os.getuid() != 0 or subprocess.run(
            ["unshare", "-n", "true"], capture_output=True).returncode != 0:
        print("skipped: not allowed to make a network namespace")
        return harness.SKIPPED
    return subprocess.run(["unshare", "-n", sys.executable, script],
                          env={**os.environ, INSIDE: "1"}).returncode

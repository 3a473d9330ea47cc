"""Who answers: nginx with one worker, for what is limited by the client, and
the demonstration site, which can take its time over an answer (nginx cannot).
Both on this machine, each on a port that was free."""
import contextlib
import os
import socket
import subprocess
import time

CONF = """daemon off;
# One process that serves, and none that watches it.
master_process off;
worker_processes 1;
pid {run}/pid;
error_log {run}/error.log warn;
events {{ worker_connections 4096; }}
http {{
	types {{ text/html html; application/json json; text/plain txt; }}
	charset utf-8;
	access_log off;
	sendfile on;
	tcp_nopush on;
	keepalive_requests 1000000;
	open_file_cache max=4000 inactive=1h;
	client_body_temp_path {run}/body;
	proxy_temp_path {run}/proxy;
	fastcgi_temp_path {run}/fastcgi;
	uwsgi_temp_path {run}/uwsgi;
	scgi_temp_path {run}/scgi;
	server {{
		listen 127.0.0.1:{port} backlog=4096;
		root {root};
	}}
}}
"""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def answers(port, process):
    """Whether it does before it ends, or five seconds are over."""
    for _ in range(250):
        if process.poll() is not None:
            return False
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 1).close()
            return True
        time.sleep(0.02)
    return False


def end(process):
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextlib.contextmanager
def nginx(root, run, pin):
    """Gives the address of what is in the folder `root`."""
    os.makedirs(run, exist_ok=True)
    # Between our looking for a port and its listening, somebody else may
    # have taken it.
    for _ in range(5):
        port = free_port()
        conf = os.path.join(run, "nginx.conf")
        with open(conf, "w") as f:
            f.write(CONF.format(run=run, root=root, port=port))
        log = os.path.join(run, "error.log")
        process = subprocess.Popen(
            [*pin, "nginx", "-e", log, "-p", run, "-c", conf],
            stdin=subprocess.DEVNULL)
        try:
            if answers(port, process):
                yield "http://127.0.0.1:%d" % port
                return
        finally:
            end(process)
    with open(log) as f:
        raise SystemExit("scripts/bench: nginx does not start:\n" + f.read())


@contextlib.contextmanager
def demo_site(binary, pin):
    process = subprocess.Popen([*pin, binary], stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, text=True)
    try:
        url = process.stdout.readline().strip()
        if not url:
            raise SystemExit("scripts/bench: the demonstration site does "
                             "not start")
        yield url
    finally:
        end(process)
        process.stdout.close()

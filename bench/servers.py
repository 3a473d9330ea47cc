"""The servers: nginx with one worker, for workloads that the client limits,
and the demonstration site, which can delay its answers (nginx cannot). Both
run on this machine, each on a free port."""
import contextlib
import os
import socket
import subprocess
import time

CONF = """daemon off;
# One process that serves, without a master process.
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


def accepts_connections(port, process):
    """Waits until the port accepts connections. Returns False if the process
    ends before, or after five seconds."""
    for _ in range(250):
        if process.poll() is not None:
            return False
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 1).close()
            return True
        time.sleep(0.02)
    return False


def stop(process):
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextlib.contextmanager
def nginx(root, run, pin):
    """Serves the folder `root`; yields its address."""
    os.makedirs(run, exist_ok=True)
    # Another program may take the free port before nginx listens on it.
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
            if accepts_connections(port, process):
                yield "http://127.0.0.1:%d" % port
                return
        finally:
            stop(process)
    with open(log) as f:
        raise SystemExit("scripts/bench: nginx did not start:\n" + f.read())


@contextlib.contextmanager
def demo_site(binary, pin):
    process = subprocess.Popen([*pin, binary], stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, text=True)
    try:
        url = process.stdout.readline().strip()
        if not url:
            raise SystemExit("scripts/bench: the demonstration site did "
                             "not start")
        yield url
    finally:
        stop(process)
        process.stdout.close()

"""A PostgreSQL server of one's own, on a socket in a temporary directory, for
as long as the `with` lasts. Its binaries are those of Debian's package."""
import glob
import json
import os
import pwd
import shutil
import subprocess
import tempfile


def binaries():
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"),
                   key=lambda path: int(path.split("/")[4]))
    return os.path.dirname(found[-1]) if found else None


def why_not():
    """Returns the reason why no server can be run here, or None."""
    if not binaries():
        return "there is no /usr/lib/postgresql (package postgresql)"
    if os.getuid() == 0 and not shutil.which("setpriv"):
        return "initdb refuses root, and there is no setpriv"
    return None


class Postgres:
    def __init__(self, encoding="UTF8"):
        self.encoding = encoding

    def command(self, name, *args):
        """Returns a command that does not run as root, which initdb
        refuses."""
        path = os.path.join(binaries(), name)
        if os.getuid() != 0:
            return [path, *args]
        return ["setpriv", "--reuid=%d" % self.user.pw_uid,
                "--regid=%d" % self.user.pw_gid, "--clear-groups", path, *args]

    def __enter__(self):
        self.dir = tempfile.mkdtemp(prefix="scrape-pg-")
        self.data = os.path.join(self.dir, "data")
        try:
            self.user = pwd.getpwnam("postgres")
        except KeyError:
            self.user = pwd.getpwnam("nobody")
        if os.getuid() == 0:
            os.chown(self.dir, self.user.pw_uid, self.user.pw_gid)
            os.chmod(self.dir, 0o755)
        self.run(self.command("initdb", "-D", self.data, "-U", "owner", "-A",
                              "trust", "-N", "-E", self.encoding,
                              "--locale=C"))
        self.start()
        return self

    def run(self, command):
        subprocess.run(command, cwd="/", check=True, env={"LC_ALL": "C"},
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)

    def start(self):
        self.run(self.command(
            "pg_ctl", "-D", self.data, "-w", "-l",
            os.path.join(self.dir, "log"), "-o", "-c listen_addresses='' "
            "-c fsync=off -c shared_buffers=8MB -c max_connections=20 "
            "-c unix_socket_permissions=0777 -k " + self.dir, "start"))

    def stop(self):
        self.run(self.command("pg_ctl", "-D", self.data, "-w", "-m",
                              "immediate", "stop"))

    def __exit__(self, *_):
        try:
            self.stop()
        except subprocess.CalledProcessError:
            pass
        shutil.rmtree(self.dir, ignore_errors=True)

    def url(self, user="owner", database="postgres"):
        return "postgresql://%s@/%s?host=%s" % (user, database, self.dir)

    def sql(self, statements):
        p = subprocess.run(
            [os.path.join(binaries(), "psql"), "-XqAt", "-v",
             "ON_ERROR_STOP=1", "-d", self.url(), "-c", statements],
            env={"LC_ALL": "C", "PGCLIENTENCODING": "UTF8"},
            stdout=subprocess.PIPE, check=True)
        return p.stdout.decode().strip()

    def rows(self, query):
        """The rows of a query, each a list of values, as are objects."""
        text = self.sql("select coalesce(json_agg(row_to_json(q_)), '[]') from "
                        "(%s) as q_" % query)
        return json.loads(text, object_pairs_hook=lambda pairs: [
            value for _, value in pairs])

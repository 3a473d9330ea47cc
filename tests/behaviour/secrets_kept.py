"""Secrets cannot be read by others, neither on the command line nor in what is
printed about a run. A part of tests/behaviour/run."""
import glob
import json
import os
import stat
import subprocess
import time

import __main__ as b
import compare
import harness
import processes

WORDS = ["-u", "me:hush-1", "--oauth2-bearer=hush-2", "-x",
         "http://me:hush-3@127.0.0.1:1", "-HX-Api-Key: hush-4",
         "-b", "session=hush-5; lang=hush-6", "-d", "a=1&password=hush-7",
         "-H", "X-Plain: with hush-2 in it", "--data-raw", "b=hush-1",
         "-e", "http://me:hush-8@from.example/?token=hush-9",
         "--url", "http://me:hush-10@127.0.0.1:1/?api_key=hush-11",
         "http://127.0.0.1:1/#access_token=hush-12",
         "-H", "Authorization: Bearer hush-13",
         "-H", "Referer: http://me:hush-r@from.example/?token=hush-s",
         "-H", "X-See: <http://a.example/> <http://me:hush-t@b.example/>"]


def cmdline(pid):
    try:
        with open("/proc/%d/cmdline" % pid, "rb") as f:
            return f.read()
    except OSError:
        return b""


def check_blanked(p, *kept):
    """Checks the arguments of the program and of its children."""
    deadline = time.monotonic() + harness.HANG
    while time.monotonic() < deadline:
        words = cmdline(p.pid)
        if words.startswith(os.fsencode(harness.SCRAPE)) and \
                b"hush" not in words:
            break
        time.sleep(0.01)
    assert words and b"hush" not in words, words
    for word in kept:
        assert word in words, (word, words)
    # A child has the arguments for a moment after the fork.
    harness.wait_until(lambda: not [child for child in processes.children(p)
                                    if b"hush" in cmdline(child)],
                       "no child has secrets on its command line")


@b.test
def secrets_on_the_command_line_are_blanked(tmp):
    for mode in harness.MODES:
        # Standard input is open, so the program waits for more.
        p = b.start(tmp, "--mode", mode, "--retry", "0", *WORDS, "-",
                    stdin=subprocess.PIPE)
        check_blanked(p, b"X-Api-Key:", b"127.0.0.1:1", b"--oauth2-bearer=",
                      mode.encode(), b"session=", b"@from.example/?token=*",
                      b"@b.example/>")
        p.communicate(timeout=harness.HANG)
        assert p.returncode == 0, p.returncode


@b.test
def secrets_of_forms_queries_and_variables_are_blanked(tmp):
    for words in (["-F", "password=hush-1", "--form-string", "token=hush-2",
                   "--url-query", "api_key=hush-3", "--oauth2-bearer",
                   "hush-4", "--url-query", "plain=hush-4"],
                  ["--data-urlencode", "password=hush-1"],
                  ["-G", "--data-urlencode", "token=hush-1"],
                  ["--expand-header", "X-Api-Key: hush-1{{x}}",
                   "--expand-user", "me:hush-2{{x}}", "--variable",
                   "x=hush-3"],
                  ["--oauth2-token-url",
                   "http://me:hush-1@127.0.0.1:1/?api_key=hush-2",
                   "--oauth2-client-id", "me", "--oauth2-client-secret",
                   "hush-3"]):
        p = b.start(tmp, "--retry", "0", *words, "-", stdin=subprocess.PIPE)
        check_blanked(p, words[0].encode())
        p.communicate(timeout=harness.HANG)
        assert p.returncode == 0, p.returncode


@b.test
def secrets_of_gather_on_the_command_line_are_blanked(tmp):
    with open(os.path.join(tmp, "spec"), "w", encoding="utf-8") as f:
        f.write('{"endpoints": {"a": "http://127.0.0.1:1/"}}')
    os.mkfifo(os.path.join(tmp, "wait"))
    # The named pipe is opened after all arguments were read, and has no
    # writer.
    p = b.start(tmp, "gather", "--var", "KEY=hush-1", "--spec", "wait",
                stdin=subprocess.PIPE)
    check_blanked(p, b"KEY=")
    p.kill()
    p.communicate()
    p = b.start(tmp, "gather", "--retry", "0",
                "a=http://me:hush-2@127.0.0.1:1/?api_key=hush-3",
                stdin=subprocess.PIPE)
    out, err = p.communicate(timeout=harness.HANG)
    assert b"hush" not in out + err, (out, err)


@b.test
def secrets_in_urls_are_not_shown(tmp):
    with harness.Server(write(tmp, "page", b.HELLO)) as server:
        url = "http://me:hush-1@127.0.0.1:%d/page?token=hush-2&a=b" % \
            server.ports["A"]
        for mode in harness.MODES:
            code, records, err = b.run(
                tmp, "--mode", mode, "-v", "--summary", "s", "--report", "r",
                url, REDIRECT % server.ports["A"])
            assert code == 0 and "hush" not in err, err
            assert "token=***&a=b" in err, err
            # The URL is as it was given, and final_url is without the login.
            assert sorted(r["url"] for r in records)[-1] == url, records
            assert "hush-1" not in json.dumps(
                [{**r, "url": None} for r in records]), records
            for name in ("s", "r"):
                with open(os.path.join(tmp, name), encoding="utf-8") as f:
                    text = f.read()
                assert "hush" not in text and "***" in text, name


# A redirect to a URL that cannot be parsed.
REDIRECT = "http://127.0.0.1:%d/bad"


def write(tmp, name, text):
    folder = os.path.join(tmp, "server")
    os.makedirs(folder, exist_ok=True)
    for file, content in ((name, text), (
            "bad", "reply 302 -\nheader Location: http://me:hush-3@[x/\n")):
        with open(os.path.join(folder, file), "w", encoding="utf-8") as f:
            f.write(content)
    return folder


@b.test
def messages_about_options_show_no_secrets(tmp):
    for words in (["-u", "hush-without-a-colon"],
                  ["--oauth2-bearer", "hush\x01"],
                  ["-H", "Authorization: hush\x01"],
                  ["-H", "Referer: http://a:hush@b/\x01"],
                  ["-b", "a=hush\x01"], ["-x", "http://a:hush@b\x01"],
                  ["-e", "http://a:hush@b/\x01"],
                  ["extract", "http://a:hush@b/"],
                  ["gather", "http://a:hush@b/?token=hush"],
                  ["gather", "--spec", "none", "a=http://a:hush@b/"]):
        code, _, err = b.run(tmp, *words)
        assert code == 2 and err and "hush" not in err, (words, err)


@b.test
def comparison_keeps_its_options_from_others(tmp):
    umask = os.umask(0)
    try:
        with compare.changing_site() as url:
            p = compare.start(tmp, "compare", "--modes", "serial,async",
                              "--repeat", "3", "-u", "me:hush-1", "-e",
                              "http://me:hush-2@a.example/", "--format",
                              "json", url.replace("://", "://me:hush-3@"))
            seen = []
            while p.poll() is None and not seen:
                for path in glob.glob(os.path.join(
                        tmp, "scrape-compare-*", "options")):
                    seen.append(stat.S_IMODE(os.stat(path).st_mode))
                time.sleep(0.01)
            out, err = p.communicate(timeout=harness.HANG)
    finally:
        os.umask(umask)
    assert p.returncode == 0, err
    assert seen and seen[0] == 0o600, seen
    assert b"hush" not in out + err, out
    assert not compare.leftovers(tmp)

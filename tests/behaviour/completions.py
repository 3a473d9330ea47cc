"""Completions in real shells: bash, zsh and fish. A part of
tests/behaviour/run."""
import os
import pty
import re
import select
import shutil
import subprocess
import time

from __main__ import Skip, test
import harness

FILES = os.path.join(harness.BIN, "packaging")


def completions(shell):
    """Returns the path of the shell's completions."""
    if harness.SANITIZE:
        raise Skip("completions are generated in builds without sanitizers")
    if not shutil.which(shell):
        raise Skip(shell + " is not installed")
    path = os.path.join(FILES, "scrape." + shell)
    assert os.path.getsize(path), path
    return path


def run(tmp, *command):
    done = subprocess.run(command, cwd=tmp, capture_output=True, check=False,
                          env=harness.environment(tmp), text=True,
                          timeout=harness.HANG)
    assert done.returncode == 0 and not done.stderr, done
    return done.stdout


def in_bash(tmp, *words):
    """Returns what bash offers for the last of the words."""
    script = """source "$1"; shift
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_scrape 2>/dev/null
printf '%s\\n' "${COMPREPLY[@]}" """
    return set(run(tmp, "bash", "-c", script, "bash", completions("bash"),
                   *words).split())


def in_fish(tmp, line):
    script = "source $argv[1]; complete -C $argv[2]"
    if not shutil.which("fish"):
        raise Skip("fish is not installed")
    out = run(tmp, "fish", "--no-config", "-c", script, completions("fish"),
              line)
    return {row.split("\t")[0] for row in out.splitlines()}


def read_until(terminal, pattern):
    """Reads what the shell prints until it matches the pattern."""
    text = ""
    end = time.monotonic() + harness.HANG
    while not re.search(pattern, text):
        assert time.monotonic() < end, text
        if select.select([terminal], [], [], 1)[0]:
            text += os.read(terminal, 4096).decode(errors="replace")
    return text


def in_zsh(tmp, *lines):
    """Types each of the lines and a tab in zsh. Returns the lines that zsh
    makes of them: its only completion is inserted, and a control key then
    prints the line."""
    folder = os.path.join(tmp, "functions")
    os.makedirs(folder)
    shutil.copy(completions("zsh"), os.path.join(folder, "_scrape"))
    child, terminal = pty.fork()
    if not child:
        os.chdir(tmp)
        os.execvpe("zsh", ["zsh", "-f", "-i"],
                   dict(harness.environment(tmp), TERM="dumb", PS1="> "))
    try:
        setup = """fpath=(%s $fpath); autoload -U compinit; compinit -D -u
show() { print -r -- "<<$BUFFER>>"; BUFFER=; zle accept-line }; zle -N show
bindkey '^G' show; print rea""dy\n""" % folder
        os.write(terminal, setup.encode())
        read_until(terminal, "ready\r")
        results = []
        for line in lines:
            os.write(terminal, line.encode() + b"\t\x07")
            results.append(re.search("<<(.*?)>>", read_until(
                terminal, "<<.*>>"))[1])
        return results
    finally:
        os.close(terminal)
        os.kill(child, 9)
        os.waitpid(child, 0)


@test
def bash_completes_commands_options_and_values(tmp):
    for name in ("list.txt", "crawl.d"):
        os.mkdir(os.path.join(tmp, name))
    assert in_bash(tmp, "scrape", "comp") == {"compare"}
    assert in_bash(tmp, "scrape", "li") == {"list.txt"}
    assert in_bash(tmp, "scrape", "crawl", "--st") == {"--state", "--status"}
    assert in_bash(tmp, "scrape", "extract", "--st") == set()
    assert in_bash(tmp, "scrape", "crawl", "--state", "cr") == {"crawl.d"}
    assert in_bash(tmp, "scrape", "-d", "@li") == {"@list.txt"}
    assert in_bash(tmp, "scrape", "--format", "sql") == {"sqlite"}
    assert in_bash(tmp, "scrape", "compare", "--format", "") == {
        "table", "json", "html"}
    assert in_bash(tmp, "scrape", "--format", "m") == {"md"}
    assert in_bash(tmp, "scrape", "table", "--format", "m") == set()
    assert in_bash(tmp, "scrape", "--retry-failed", "=", "5") == {"5xx"}
    assert in_bash(tmp, "scrape", "--resume", "li") == {"list.txt"}
    assert in_bash(tmp, "scrape", "--no-fai") == {"--no-fail"}
    assert in_bash(tmp, "scrape", "fleet", "st") == {"status", "stop"}
    assert in_bash(tmp, "scrape", "check", "--fail-on", "no") == {
        "noindex", "no-title", "no-description", "no-canonical", "notice",
        "none"}
    assert in_bash(tmp, "scrape", "check", "--ignore", "sl") == {"slow"}


@test
def fish_completes_commands_options_and_values(tmp):
    assert in_fish(tmp, "scrape comp") == {"compare"}
    assert in_fish(tmp, "scrape crawl --st") == {"--state", "--status"}
    assert in_fish(tmp, "scrape extract --st") == set()
    assert in_fish(tmp, "scrape --format sql") == {"sqlite"}
    assert in_fish(tmp, "scrape compare --format ") == {"table", "json",
                                                        "html"}
    assert in_fish(tmp, "scrape --retry-failed=5") == {"--retry-failed=5xx"}
    assert in_fish(tmp, "scrape fleet st") == {"status", "stop"}


@test
def zsh_completes_commands_options_and_values(tmp):
    asked = {"scrape comp": "scrape compare ",
             "scrape crawl --stat": "scrape crawl --stat",
             "scrape crawl --state": "scrape crawl --state ",
             "scrape extract --stat": "scrape extract --stat",
             "scrape --format sql": "scrape --format sqlite ",
             "scrape compare --format h": "scrape compare --format html ",
             "scrape --retry-failed=5": "scrape --retry-failed=5xx ",
             "scrape --head": "scrape --head",
             "scrape fleet coll": "scrape fleet collect "}
    assert dict(zip(asked, in_zsh(tmp, *asked))) == asked


@test
def each_value_that_shells_offer_is_accepted(tmp):
    with open(completions("bash"), encoding="utf-8") as f:
        text = f.read()
    offered = re.findall(r"--([\w-]+)\) _scrape_words '(.+?)'; return", text)
    assert len(offered) > 15, offered
    for command, part in re.findall(r"_scrape_command_(\w*)\(\)\n(.*?)\n}",
                                    text, re.DOTALL):
        for option, values in re.findall(
                r"--([\w-]+)\) _scrape_words '(.+?)'; return", part):
            for value in values.split():
                done = subprocess.run(
                    [harness.SCRAPE, *command.split(),
                     "--%s=%s" % (option, value), "--help"], check=False,
                    capture_output=True, env=harness.environment(tmp))
                assert done.returncode == 0, (command, option, value, done)

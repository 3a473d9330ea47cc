"""Tests of the replies to wrong guesses: each names the right way. Only some
of guesses.txt are run here, because each takes a start of the program;
tests/unit/options/test_guesses.c reads all. A part of tests/behaviour/run."""
import os
import shlex
import subprocess

import harness
from __main__ import run, test

GUESSES = os.path.join(os.path.dirname(__file__), "guesses.txt")


def read_guesses():
    """The pairs (part of the reply, guess) of guesses.txt."""
    reply = None
    with open(GUESSES) as f:
        for line in f:
            if line.startswith("    "):
                for guess in line.strip().split(" ;; "):
                    yield reply, guess
            elif line.strip() and not line.startswith("#"):
                reply = line.rstrip("\n")


def reply_to(tmp, args):
    done = subprocess.run([harness.SCRAPE, *args], cwd=tmp, check=False,
                          env=harness.environment(tmp), capture_output=True,
                          stdin=subprocess.DEVNULL)
    return done.returncode, done.stderr.decode()


@test
def wrong_guesses_are_told_the_right_way(tmp):
    os.mkdir(os.path.join(tmp, "folder"))
    for name, text in (("list", "# no URLs\n"), ("page", "<!doctype html>")):
        with open(os.path.join(tmp, name), "w") as f:
            f.write(text)
    wrong = []
    # The first guess below every second reply; dict keeps the last one.
    guesses = list(dict(reversed(list(read_guesses()))).items())[::-2]
    assert len(guesses) > 50, len(guesses)
    for part, guess in guesses:
        code, err = reply_to(tmp, shlex.split(guess))
        expected = 0 if guess.startswith("-o out.") else 2
        if code != expected or not any(x in err for x in part.split("|")):
            wrong.append("%s: exit %d, expected %r in %r" % (guess, code, part,
                                                            err))
    assert not wrong, "\n".join(wrong)


@test
def misleading_suggestions_are_not_made(tmp):
    for guess, never in (("--cache", "--each"), ("--text", "--cert"),
                         ("--pretty", "--retry"), ("--bearer", "--header"),
                         ("--session", "--version"), ("--match", "--each"),
                         ("--base", "--rate"), ("--reject", "--select"),
                         ("--xyzzy", "did you mean")):
        code, err = reply_to(tmp, [guess, "list"])
        assert code == 2 and never not in err, (guess, err)


@test
def names_of_other_formats_are_a_warning(tmp):
    for args, count in ((("-o", "out.xlsx"), 1),
                        (("-o", "out.xls", "--format", "csv"), 0),
                        (("-o", "out.XLSX"), 1), (("-o", "out.jsonl"), 0),
                        (("-o", "xls"), 0), (("-s", "-o", "out.html"), 0)):
        code, _, err = run(tmp, *args, lines=["# no URLs"])
        assert code == 0, (args, err)
        assert err.count("gets lines of JSON") == count, (args, err)

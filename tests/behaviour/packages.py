"""Tests of the installed files and of the Debian package. A part of
tests/behaviour/run. `scripts/package --test` installs the package in a new
Debian system."""
import glob
import gzip
import os
import pty
import re
import shutil
import subprocess

from __main__ import Skip, test
import harness

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")

# NAME is the name of the program.
INSTALLED = [
    "bin/NAME", "share/man/man1/NAME.1.gz",
    "share/bash-completion/completions/NAME",
    "share/zsh/vendor-completions/_NAME",
    "share/fish/vendor_completions.d/NAME.fish",
    "share/NAME/gather.schema.json", "share/doc/NAME/README.md",
    "share/doc/NAME/copyright", "share/doc/NAME/examples/dashboard.sh"]


def build_folder():
    if harness.SANITIZE:
        raise Skip("builds with sanitizers are not installed")
    return harness.BIN


def run(*command):
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    assert done.returncode == 0, (command, done.stdout, done.stderr)
    return done.stdout


def check_tree(root, tmp, program="scrape"):
    """Checks that the program runs from there, and the manual."""
    for name in INSTALLED:
        path = os.path.join(root, name.replace("NAME", program))
        assert os.path.getsize(path), path
    page = os.path.join(tmp, "a.html")
    with open(page, "w", encoding="utf-8") as f:
        f.write("<title>A</title>")
    out = subprocess.run([os.path.join(root, "bin", program), "extract", page],
                         capture_output=True, check=True, text=True,
                         env=harness.environment(tmp)).stdout
    assert '"title":"A"' in out, out
    manual = os.path.join(root, "share/man/man1", program + ".1.gz")
    with gzip.open(manual, "rt") as f:
        text = f.read()
    assert text.startswith(".TH %s 1 " % program.upper()), text[:80]
    assert ".SH NAME\n%s \\- fetch" % program in text, text[:200]


@test
def setup_without_tests_installs_only_what_the_program_needs(tmp):
    """Uses a dpkg that has no packages, and an apt-get that only notes its
    arguments."""
    noted = os.path.join(tmp, "noted")
    for name, text in (("dpkg-query", "exit 1"), ("id", "echo 0"),
                       ("apt-get", 'echo "$@" >>"%s"' % noted)):
        path = os.path.join(tmp, name)
        with open(path, "w", encoding="utf-8") as f:
            f.write("#!/bin/sh\n%s\n" % text)
        os.chmod(path, 0o755)
    setup = os.path.join(ROOT, "scripts/setup")
    env = {**os.environ, "PATH": tmp + ":" + os.environ["PATH"]}
    subprocess.run([setup], env=env, check=True, capture_output=True)
    with open(noted, encoding="utf-8") as f:
        packages = set(f.read().split())
    assert {"libcurl4-openssl-dev", "cmake"} <= packages, packages
    assert not {"chromium", "nginx-light", "libcmocka-dev",
                "postgresql"} & packages, packages


@test
def demonstration_shows_a_table_and_a_record_on_a_terminal(tmp):
    if os.path.realpath(build_folder()) != os.path.realpath(
            os.path.join(ROOT, "build/release")):
        raise Skip("this is not the build that scripts/run makes")
    child, terminal = pty.fork()
    if not child:
        os.execve(os.path.join(ROOT, "scripts/run"), ["run"],
                  {**os.environ, "TERM": "dumb", "HOME": tmp})
    shown = b""
    while True:
        try:
            more = os.read(terminal, 4096)
        except OSError:     # the end, on Linux
            break
        if not more:
            break
        shown += more
    os.close(terminal)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    lines = shown.decode().splitlines()
    assert code == 0, shown
    at = next(i for i, x in enumerate(lines) if x.startswith("status   url "))
    assert re.fullmatch(r"200 +http://127[^ ]+/ +Harbour Books",
                        lines[at + 1]), lines
    assert lines[at + 10].startswith("404 "), lines
    assert '  "title": "The Sea Atlas — Harbour Books",' in lines, lines


@test
def installed_program_has_its_manual_completions_and_examples(tmp):
    run("cmake", "--install", build_folder(), "--prefix", tmp)
    check_tree(tmp, tmp)


@test
def the_program_can_be_installed_under_another_name(tmp):
    """Configures the build and makes the files that are installed, except for
    the program itself, which is copied because its build takes long."""
    other, root = os.path.join(tmp, "build"), os.path.join(tmp, "root")
    made = os.path.join(build_folder(), "packaging")
    run("cmake", "-S", ROOT, "-B", other, "-DBUILD_TESTING=OFF",
        "-DCMAKE_BUILD_TYPE=Release", "-DPROGRAM_NAME=scrape-c")
    shutil.copy(harness.SCRAPE, os.path.join(other, "scrape-c"))
    run("cmake", "--build", other, "--target", "manual")
    for shell in "bash", "zsh", "fish":
        text = run(os.path.join(made, "completions"), shell, "scrape-c")
        with open(os.path.join(other, "packaging", "scrape-c." + shell), "w",
                  encoding="utf-8") as f:
            f.write(text)
    run("cmake", "--install", other, "--prefix", root)
    check_tree(root, tmp, "scrape-c")
    names = [name for _, folders, files in os.walk(root)
             for name in folders + files]
    assert not {"scrape", "_scrape", "scrape.1.gz", "scrape.fish"} & set(names)
    folder = os.path.join(root, "share")
    assert run("bash", "-c", "source '%s/bash-completion/completions/scrape-c'; "
               "complete -p scrape-c" % folder).strip() == (
                   "complete -F _scrape scrape-c")
    with open(os.path.join(folder, "zsh/vendor-completions/_scrape-c"),
              encoding="utf-8") as f:
        assert f.readline() == "#compdef scrape-c\n"
    with open(os.path.join(folder, "fish/vendor_completions.d/scrape-c.fish"),
              encoding="utf-8") as f:
        lines = [x for x in f if x.startswith("complete ")]
    assert lines and all(x.startswith("complete -c scrape-c ") for x in lines)


@test
def debian_package_holds_what_is_installed_and_names_all_libraries(tmp):
    folder = build_folder()
    if not shutil.which("dpkg-shlibdeps"):
        raise Skip("dpkg-dev is not installed")
    run("cpack", "-G", "DEB", "-B", tmp, "--config",
        os.path.join(folder, "CPackConfig.cmake"))
    package, = glob.glob(os.path.join(tmp, "scrape_*.deb"))
    root = os.path.join(tmp, "root")
    run("dpkg-deb", "-x", package, root)
    check_tree(os.path.join(root, "usr"), tmp)
    depends = run("dpkg-deb", "-f", package, "Depends", "Recommends")
    for library in ("libcurl4", "libc-ares2", "libxml2", "libxslt1.1",
                    "libjansson4", "libjq1", "libicu", "libsqlite3-0",
                    "libpq5", "libhiredis0.14", "libisal2",
                    "libmimalloc"):
        assert library in depends, (library, depends)

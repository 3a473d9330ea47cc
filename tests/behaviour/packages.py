"""What is installed, and the Debian package. A part of tests/behaviour/run.
`scripts/package --test` installs the package in a new Debian system."""
import glob
import gzip
import os
import shutil
import subprocess

from __main__ import Skip, test
import harness

INSTALLED = {
    "bin/scrape", "share/man/man1/scrape.1.gz",
    "share/bash-completion/completions/scrape",
    "share/zsh/vendor-completions/_scrape",
    "share/fish/vendor_completions.d/scrape.fish",
    "share/scrape/gather.schema.json", "share/doc/scrape/README.md",
    "share/doc/scrape/copyright", "share/doc/scrape/examples/dashboard.sh"}


def build_folder():
    if harness.SANITIZE:
        raise Skip("builds with sanitizers are not installed")
    return harness.BIN


def run(*command):
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    assert done.returncode == 0, (command, done.stdout, done.stderr)
    return done.stdout


def check_tree(root, tmp):
    """Checks that the program runs from there, and the manual."""
    for name in INSTALLED:
        assert os.path.getsize(os.path.join(root, name)), name
    page = os.path.join(tmp, "a.html")
    with open(page, "w", encoding="utf-8") as f:
        f.write("<title>A</title>")
    out = subprocess.run([os.path.join(root, "bin/scrape"), "extract", page],
                         capture_output=True, check=True, text=True,
                         env=harness.environment(tmp)).stdout
    assert '"title":"A"' in out, out
    with gzip.open(os.path.join(root, "share/man/man1/scrape.1.gz")) as f:
        assert f.read().startswith(b".")


@test
def installed_program_has_its_manual_completions_and_examples(tmp):
    run("cmake", "--install", build_folder(), "--prefix", tmp)
    check_tree(tmp, tmp)


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
                    "libpq5", "libmimalloc"):
        assert library in depends, (library, depends)

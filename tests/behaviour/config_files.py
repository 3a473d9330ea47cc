"""The user's own file of options, and -K files. A part of
tests/behaviour/run."""
import json
import os
import subprocess

from __main__ import test
import harness

PAGE = '<title>A</title><link rel=next href="/b">'


def extract(tmp, *args, **variables):
    """Extracts a page. Returns exit code, record and messages."""
    with open(os.path.join(tmp, "a.html"), "w", encoding="utf-8") as f:
        f.write(PAGE)
    done = subprocess.run(
        [harness.SCRAPE, *args, "a.html"], cwd=tmp, check=False,
        capture_output=True, env=dict(harness.environment(tmp), **variables))
    record = json.loads(done.stdout) if done.stdout else None
    return done.returncode, record, done.stderr.decode()


def run_plain(tmp, *args):
    return subprocess.run([harness.SCRAPE, *args], cwd=tmp, check=False,
                          capture_output=True, stdin=subprocess.DEVNULL,
                          env=harness.environment(tmp))


def write(tmp, name, text):
    path = os.path.join(tmp, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)
    return path


@test
def users_own_file_is_read_first_and_other_commands_options_left_out(tmp):
    write(tmp, ".config/scrape/config",
          '# mine\nselect "t=title"\nmax-pages 5\n-P 3\nno-robots\n')
    code, record, err = extract(tmp, "extract", "--select", "u=link")
    assert code == 0 and not err and list(record["data"]) == ["t", "u"], record
    for first in ("-q", "-qs", "--disable"):
        code, record, err = extract(tmp, "extract", first)
        assert code == 0 and "data" not in record, record


@test
def pretty_in_the_users_own_file_is_for_standard_output_alone(tmp):
    write(tmp, ".config/scrape/config", "pretty\n")
    out = os.path.join(tmp, "out")
    code, record, err = extract(tmp, "extract", "-o", out)
    assert code == 0 and not record and not err, err
    with open(out, encoding="utf-8") as f:
        assert len(f.readlines()) == 1
    code, _, err = extract(tmp, "extract", "-q", "--pretty", "-o", out)
    assert code == 2 and "--pretty is for" in err, err


@test
def environment_names_the_users_own_file(tmp):
    write(tmp, ".config/scrape/config", "select a=a\n")
    write(tmp, "x/scrape/config", "select b=b\n")
    other = write(tmp, "y/config", "select c=c\n")
    xdg = {"XDG_CONFIG_HOME": os.path.join(tmp, "x")}
    assert list(extract(tmp, "extract", **xdg)[1]["data"]) == ["b"]
    assert list(extract(tmp, "extract", SCRAPE_CONFIG=other,
                        **xdg)[1]["data"]) == ["c"]
    assert "data" not in extract(tmp, "extract", SCRAPE_CONFIG="", **xdg)[1]


@test
def mistake_in_the_users_own_file_is_named_with_its_line(tmp):
    path = write(tmp, ".config/scrape/config", "links\nfrob 1\n")
    code, record, err = extract(tmp, "extract")
    assert code == 2 and not record, record
    assert "%s:2: there is no option --frob" % path in err, err
    code, record, err = extract(tmp, "extract", SCRAPE_CONFIG="none")
    assert code == 2 and "none: No such file" in err, err


@test
def variables_in_files_of_options_come_from_the_environment(tmp):
    path = write(tmp, "k", 'select "${N_1}=$${x}, t${EMPTY}, ${ }"\n')
    code, record, err = extract(tmp, "extract", "-K", path, N_1="a", EMPTY="")
    assert code == 2 and '"a=${x}, t, ${ }"' in err, err
    write(tmp, "k", 'select "${N_1}=title"\n')
    code, record, err = extract(tmp, "extract", "-K", path, N_1="a")
    assert code == 0 and record["data"] == {"a": "A"}, err
    code, record, err = extract(tmp, "extract", "-K", path)
    assert code == 2 and not record, record
    assert "k:1: the environment has no variable N_1" in err, err


@test
def header_with_an_unreplaced_variable_is_a_warning(tmp):
    done = subprocess.run(
        [harness.SCRAPE, "-H", "X-Key: ${KEY}", "/dev/null"], check=False,
        capture_output=True, env=harness.environment(tmp))
    assert done.returncode == 0, done
    assert b'-H contains "${"' in done.stderr, done.stderr
    done = subprocess.run(
        [harness.SCRAPE, "-H", "X-Key: ${KEY}", "-s", "/dev/null"],
        check=False, capture_output=True, env=harness.environment(tmp))
    assert done.returncode == 0 and done.stderr == b"", done
    log = os.path.join(tmp, "log")
    done = subprocess.run(
        [harness.SCRAPE, "-H", "X-Key: ${KEY}", "--log", log, "/dev/null"],
        check=False, capture_output=True, env=harness.environment(tmp))
    assert done.returncode == 0 and done.stderr == b"", done
    assert b'-H contains "${"' in open(log, "rb").read()
    urls = write(tmp, "l", '{"url":"http://127.0.0.1:1/","headers":'
                 '{"X-Key":"${KEY}"}}\n' * 3)
    done = run_plain(tmp, "--retry", "0", urls)
    assert done.stderr.count(b'has a header "X-Key" with "${"') == 1, done
    path = write(tmp, "k", 'header "X-Key: $${KEY}"\n')
    done = subprocess.run(
        [harness.SCRAPE, "-K", path, "/dev/null"], check=False,
        capture_output=True, env=harness.environment(tmp))
    assert done.returncode == 0 and b"${" not in done.stderr, done


@test
def format_of_another_command_in_the_users_own_file_is_left_out(tmp):
    write(tmp, ".config/scrape/config", "format = table\n")
    code, record, err = extract(tmp, "extract")
    assert code == 0 and record and not err, (code, err)
    write(tmp, ".config/scrape/config", "format = sqlite\n")
    done = run_plain(tmp, "diff", "a.html", "-")
    assert done.returncode == 3 and b"format" not in done.stderr, done
    write(tmp, ".config/scrape/config", "format = tabel\n")
    code, _, err = extract(tmp, "extract")
    assert code == 2 and "config:1: --format \"tabel\"" in err, err
    code, _, err = extract(tmp, "extract", "-q", "--format", "table")
    assert code == 2 and "must be one of" in err, err


@test
def mistake_in_the_users_own_file_does_not_block_help_and_version(tmp):
    write(tmp, ".config/scrape/config", "no-such-option\n")
    for args in (("--help",), ("-h",), ("check", "--help"), ("--version",),
                 ("-V",)):
        done = run_plain(tmp, *args)
        assert done.returncode == 0 and done.stdout, (args, done)
        assert b"no-such-option" in done.stderr, done.stderr
    for args in (("--select", "-h", "x"), ("--", "-h"), ("x",)):
        done = run_plain(tmp, *args)
        assert done.returncode == 2 and not done.stdout, (args, done)


def lines_of(command, path):
    """Returns what a command writes about a file of options alone."""
    return {"scrape": ["--retry", "0", path + "/list"],
            "extract": ["extract", path + "/a.html"],
            "gather": ["gather", "--retry", "0", "x=http://127.0.0.1:1/"],
            "crawl": ["crawl", "--retry", "0", "http://127.0.0.1:1/"],
            "check": ["check", "--retry", "0", path + "/list"],
            "diff": ["diff", path + "/r", path + "/r"],
            "table": ["table", path + "/r"]}[command]


@test
def users_own_file_does_not_break_commands_that_it_does_not_concern(tmp):
    write(tmp, "a.html", PAGE)
    write(tmp, "list", "http://127.0.0.1:1/\n")
    write(tmp, "r", '{"index":0,"url":"http://a.example/","status":200}\n')
    write(tmp, ".config/scrape/config", """format = csv
bom
csv-safe
columns = url,status
input-format = lines
column = address
table = pages
upsert
robots-agent = me
resume = url
retry-failed = 5xx
max-pages = 3
request = GET
fields = status
accept = 200
expand-var = "x={{y}}"
""")
    for command in ("scrape", "extract", "gather", "crawl", "check", "diff",
                    "table"):
        done = run_plain(tmp, *lines_of(command, tmp))
        assert done.returncode in (0, 1) and b"scrape: --" not in \
            done.stderr, (command, done)
    done = run_plain(tmp, *lines_of("crawl", tmp), "--state",
                     tmp + "/state", "-o", tmp + "/out")
    assert done.returncode != 2, done
    for form in ("sqlite", "md", "postgres"):
        write(tmp, ".config/scrape/config", "format = %s\n" % form)
        for command in ("scrape", "extract", "crawl", "table", "check"):
            done = run_plain(tmp, *lines_of(command, tmp))
            assert done.returncode in (0, 1) and done.stdout, (form, done)
    write(tmp, ".config/scrape/config", """ignore = data.stock
spec = none.json
each = .item
items
rows = product
""")
    for command in ("scrape", "extract", "gather", "crawl", "check", "diff",
                    "table"):
        done = run_plain(tmp, *lines_of(command, tmp))
        assert done.returncode in (0, 1) and b"scrape: --" not in \
            done.stderr, (command, done)
    # On the command line the same option is still an error, and it works with
    # the options of the file.
    for args, message in ((("--each", ".x", "a.html"), b"field"),
                          (("--items", "a.html"), b"no field")):
        done = run_plain(tmp, "-q", "extract", *args)
        assert done.returncode == 2 and message in done.stderr, (args, done)
    done = run_plain(tmp, "extract", "--each", "title", "--select", "t=::text",
                     "a.html")
    assert done.returncode == 0 and b'"item":0' in done.stdout, done
    for own in ("each = .item\n", "each-jq = .[]\n", "each = p\nitems\n"):
        write(tmp, ".config/scrape/config", own)
        for args in (("--each", "title"), ("--each-jq", ".[]")):
            done = run_plain(tmp, "extract", *args, "--each", "title",
                             "--select", "t=::text", "a.html")
            assert done.returncode == 2 and b"given twice" in done.stderr, (
                own, args, done)
        done = run_plain(tmp, "extract", "--each", "title", "a.html")
        assert done.returncode == 2 and b"field" in done.stderr, (own, done)
    write(tmp, ".config/scrape/config", "ignore = noindex\n")
    done = run_plain(tmp, "check", "--ignore", "data.x", tmp + "/r")
    assert done.returncode == 2 and b'--ignore "data.x"' in done.stderr, done
    path = write(tmp, "k", "csv-safe\n")
    for args in (["--csv-safe"], ["-K", path]):
        done = run_plain(tmp, "-q", *args, tmp + "/list")
        assert done.returncode == 2 and b"--csv-safe applies" in \
            done.stderr, done

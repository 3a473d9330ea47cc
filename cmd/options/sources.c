/* Checks sources: mistakes like a misspelt file, a directory, a binary file or
 * a page in place of a list are reported with advice before anything is
 * fetched. */
#include "cmd/options/sources.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/secret_rules.h"
#include "base/suggest.h"
#include "cmd/input/url_pattern.h"
#include "cmd/options/source_hints.h"

/* Returns true if the sources of the command are files, not lists of
 * requests. */
static bool reads_files(const struct command_line *line)
{
	return line->command->bit & (FOR_EXTRACT | FOR_RECORDS);
}

static bool ends_like_a_file(const char *s, size_t len)
{
	static const char *const endings[] = {".txt",  ".list", ".lst",
					      ".csv",  ".tsv",  ".json",
					      ".jsonl", ".ndjson"};

	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
		const size_t n = strlen(endings[i]);

		if (len > n && !strncasecmp(s + len - n, endings[i], n))
			return true;
	}
	return false;
}

/* Returns true for texts like "example.com", "example.com:8080/path",
 * "localhost:8080" and "10.0.0.1". */
static bool looks_like_a_host(const char *s)
{
	const size_t len = strcspn(s, ":/?#");
	bool has_dot = false;

	for (size_t i = 0; i < len; i++) {
		const unsigned char c = (unsigned char)s[i];

		if (c == '.' && i > 0 && s[i - 1] != '.')
			has_dot = true;
		else if (!isalnum(c) && c != '-' && c < 0x80)
			return false;
	}
	if (len == 9 && !strncasecmp(s, "localhost", len))
		return true;
	return has_dot && len > 2 && !ends_like_a_file(s, len);
}

/* Returns true for hosts that get http:// in a suggested URL, because local
 * servers rarely have certificates. */
static bool is_local_host(const char *host)
{
	return !strncasecmp(host, "localhost", 9) || !strncmp(host, "127.", 4);
}

/* Returns the name of a command that is similar to the first source; or
 * NULL. */
static const char *similar_command(const struct command_line *line,
				   const char *path)
{
	if (line->command->bit != FOR_SCRAPE || *path == '-' ||
	    line->sources[0].text != path)
		return NULL;
	for (const struct command *c = line->commands; c->name; c++)
		if (*c->name &&
		    (!strcasecmp(path, c->name) ||
		     suggest_is_near(path, c->name,
				     suggest_distance(path, c->name))))
			return c->name;
	return NULL;
}

/* Appends a hint for a source that does not exist. Returns true if there is a
 * hint. */
static bool find_hint(struct buf *out, const struct command_line *line,
		      const char *path)
{
	for (size_t i = 0; i < line->sources_len; i++)
		if (line->sources[i].text == path)
			return source_hint(out, line, &line->sources[i]);
	return false;
}

static int fail_missing_file(const struct command_line *line, const char *path,
			     int err)
{
	const char *command = similar_command(line, path);
	struct buf hint = {0};

	if (command && err == ENOENT && !strcmp(command, path))
		return command_line_fail(line, "there is no file \"%s\"; the "
					 "command comes before its options: "
					 "scrape %s [OPTIONS] ...", path,
					 command);
	if (command && err == ENOENT)
		return command_line_fail(line, "there is no file \"%.200s\"; "
					 "did you mean scrape %s?", path,
					 command);
	if (!reads_files(line) && (err == ENOENT || err == ENOTDIR))
		if (looks_like_a_host(path))
			return command_line_fail(
				line,
				"there is no file \"%.200s\"; if you "
				"mean the URL, write %s://%.200s",
				path,
				is_local_host(path)
					? "http"
					: line->o.engine.fetch.proto_default,
				path);
	if (err == ENOENT && find_hint(&hint, line, path))
		command_line_fail(line, "there is no file \"%.200s\": %s", path,
				  buf_cstr(&hint));
	else
		command_line_fail(line, "cannot read \"%.200s\": %s", path,
				  strerror(err));
	buf_release(&hint);
	return -1;
}

/* Returns true if the file is also the output, which would be truncated before
 * it is read. */
static bool is_output(const struct command_line *line, const struct stat *st)
{
	struct stat out;

	return line->o.output && S_ISREG(st->st_mode) &&
	       !stat(line->o.output, &out) && out.st_dev == st->st_dev &&
	       out.st_ino == st->st_ino;
}

/* Returns true if the block begins like an HTML page; no line of a list
 * does. */
static bool looks_like_html(const unsigned char *block, size_t len)
{
	static const char *const tags[] = {"<!doctype", "<html", "<head",
					   "<!--",	"<?xml", "<title",
					   "<body",	"<urlset", "<rss",
					   "<feed",	"<div"};
	size_t at = len >= 3 && !memcmp(block, "\xef\xbb\xbf", 3) ? 3 : 0;

	while (at < len && isspace(block[at]))
		at++;
	for (size_t i = 0; i < sizeof(tags) / sizeof(*tags); i++) {
		const size_t n = strlen(tags[i]);

		if (len - at >= n &&
		    !strncasecmp((const char *)block + at, tags[i], n))
			return true;
	}
	return false;
}

static bool looks_like_sitemap(const unsigned char *block, size_t len)
{
	static const char urls[] = "<urlset", index[] = "<sitemapindex";

	return memmem(block, len, urls, strlen(urls)) ||
	       memmem(block, len, index, strlen(index));
}

/* Checks that the first block of the list is text. Returns 0, or -1 after
 * logging the reason. A binary file given by mistake (an archive, say) would
 * become as many faulty requests as it has line ends. */
static int check_text(const struct command_line *line, const char *name,
		      int fd, off_t at)
{
	unsigned char block[4096];
	const ssize_t len = pread(fd, block, sizeof(block), at);

	if (len < 0)
		return command_line_fail(line, "cannot read \"%.200s\": %s",
					 name, strerror(errno));
	if (line->command->bit & FOR_RECORDS && len >= 2 &&
	    block[0] == 0x1f && block[1] == 0x8b)
		return command_line_fail(line, "\"%.200s\" is a gzip file; give "
					 "its contents: zcat FILE | scrape "
					 "%s -", name, line->command->name);
	/* extract reads files of any type; table reports each bad line
	 * itself. */
	if (reads_files(line))
		return 0;
	if (line->command->bit == FOR_CHECK &&
	    looks_like_sitemap(block, (size_t)len))
		return command_line_fail(line, "\"%.200s\" is a sitemap: give "
					 "its URL, or a list of its URLs", name);
	if (looks_like_html(block, (size_t)len))
		return command_line_fail(line, "\"%.200s\" is a page, not a "
					 "list of URLs; scrape extract reads "
					 "pages", name);
	if (!memchr(block, '\0', (size_t)len))
		return 0;
	if (len >= 2 && ((block[0] == 0xff && block[1] == 0xfe) ||
			 (block[0] == 0xfe && block[1] == 0xff)))
		return command_line_fail(line, "\"%.200s\" is text in UTF-16; "
					 "give it in UTF-8", name);
	return command_line_fail(line, "\"%.200s\" is a binary file (it has "
				 "NUL bytes); give a file of URLs", name);
}

static int check_file_text(const struct command_line *line, const char *path)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	int err;

	if (fd < 0)
		return fail_missing_file(line, path, errno);
	err = check_text(line, path, fd, 0);
	close(fd);
	return err;
}

static int check_file(const struct command_line *line, const char *path)
{
	struct stat st;

	if (stat(path, &st))
		return fail_missing_file(line, path, errno);
	if (S_ISDIR(st.st_mode))
		return command_line_fail(line, "\"%.200s\" is a directory; "
					 "give a file of URLs", path);
	if (!S_ISREG(st.st_mode) && !S_ISFIFO(st.st_mode) &&
	    !S_ISCHR(st.st_mode))
		return command_line_fail(line, "\"%.200s\" is not a file that "
					 "can be read line by line", path);
	/* Do not open the file: opening a FIFO waits for its writer. */
	if (faccessat(AT_FDCWD, path, R_OK, AT_EACCESS))
		return fail_missing_file(line, path, errno);
	if (is_output(line, &st))
		return command_line_fail(line, "\"%.200s\" is both a SOURCE "
					 "and the output", path);
	return S_ISREG(st.st_mode) ? check_file_text(line, path) : 0;
}

/* Checks the rest of standard input, of which another program may have read a
 * part. */
static int check_stdin_text(const struct command_line *line,
			    const struct stat *st)
{
	const off_t at = S_ISREG(st->st_mode)
				 ? lseek(STDIN_FILENO, 0, SEEK_CUR) : -1;

	return at < 0 ? 0 : check_text(line, "-", STDIN_FILENO, at);
}

static int check_stdin(struct command_line *line)
{
	struct buf why = {0};
	struct stat st;
	int err;

	err = command_line_claim_stdin(line, "-", &why);
	if (err && !strcmp(line->stdin_user, "-"))
		command_line_fail(line, "\"-\", standard input, was given "
				  "twice");
	else if (err)
		command_line_fail(line, "\"-\": %s", buf_cstr(&why));
	else if (!fstat(STDIN_FILENO, &st))
		err = is_output(line, &st)
			      ? command_line_fail(line, "standard input is "
						  "also the output")
			      : check_stdin_text(line, &st);
	buf_release(&why);
	return err;
}

static int check_local_source(struct command_line *line, const char *text)
{
	struct stat st;

	if (!strcmp(text, "-"))
		return check_stdin(line);
	if (strstr(text, "://"))
		return source_fail_local_url(line, text);
	if (!stat(text, &st) && S_ISDIR(st.st_mode))
		return command_line_fail(line, "\"%.200s\" is a directory; "
					 "give its files", text);
	return check_file(line, text);
}

/* Returns true for "NAME=http://...", which is not a URL, because a scheme
 * contains no "=". */
static bool is_named_url(const char *text)
{
	const size_t len = strcspn(text, "=:/?#");

	return len && text[len] == '=' &&
	       (!strncmp(text + len + 1, "http://", 7) ||
		!strncmp(text + len + 1, "https://", 8));
}

static void add_url(void *ctx, char *url)
{
	struct command_line *line = ctx;

	command_line_add(&line->o.sources, command_line_keep(line, url));
}

/* Adds the URLs that the text stands for. An invalid URL is added, too: its
 * record will say what is wrong. */
static int add_urls(struct command_line *line, const char *text)
{
	struct buf why = {0};
	int err = 0;

	buf_addstr(&why, ": ");
	if (line->globoff || !text[strcspn(text, "{[")])
		command_line_add(&line->o.sources, text);
	else if (url_pattern_expand(text, add_url, line, &why))
		err = source_fail_url(line, text, buf_cstr(&why));
	buf_release(&why);
	return err;
}

static int add_source(struct command_line *line, const struct source *s)
{
	const char *text = s->text;

	if (reads_files(line)) {
		if (check_local_source(line, text))
			return -1;
	} else if (is_named_url(text)) {
		return source_fail_url(line, text, ": NAME=URL is for scrape gather");
	} else if (strstr(text, "://")) {
		return add_urls(line, text);
	} else if (s->is_url) {
		return add_urls(line, command_line_keep(
			line,
			xasprintf("%s://%s",
				  line->o.engine.fetch.proto_default, text)));
	} else if (!*text) {
		return command_line_fail(line, "a SOURCE is empty; give a "
					 "URL, a file, or -");
	} else if (!strcmp(text, "-")) {
		if (check_stdin(line))
			return -1;
	} else if (check_file(line, text)) {
		return -1;
	}
	command_line_add(&line->o.sources, text);
	return 0;
}

/* Checks the sources of gather. cmd/gather reads NAME=URL arguments. */
static int add_gather_args(struct command_line *line)
{
	struct stat st;

	for (size_t i = 0; i < line->sources_len; i++)
		command_line_add(&line->o.sources, line->sources[i].text);
	if (line->o.spec && !stat(line->o.spec, &st) && is_output(line, &st))
		return command_line_fail(line, "\"%.200s\" is both the --spec "
					 "and the output", line->o.spec);
	if (line->o.spec && line->sources_len)
		return source_fail_url(line, line->sources[0].text,
				": with --spec, endpoints are in its file");
	if (!line->o.spec && !line->sources_len)
		return command_line_fail(line, "nothing to request: give "
					       "NAME=URL arguments, or --spec "
					       "FILE (see scrape gather "
					       "--help)");
	return 0;
}

int sources_validate(struct command_line *line)
{
	static const struct source standard_input = {.text = "-"};
	const char *baseline = line->o.check.baseline;
	struct stat st;

	if (line->command->bit == FOR_GATHER)
		return add_gather_args(line);
	/* The arguments are an action and a URL, which cmd/fleet reads. */
	if (line->command->bit == FOR_FLEET) {
		for (size_t i = 0; i < line->sources_len; i++)
			command_line_add(&line->o.sources,
					 line->sources[i].text);
		return 0;
	}
	if (baseline && !stat(baseline, &st) && is_output(line, &st))
		return command_line_fail(line, "--baseline and --output are the "
					 "same file");
	/* A machine that joins a fleet needs no list. */
	if ((line->o.crawl.status || line->o.watch.status ||
	     line->o.fleet.url) && !line->sources_len)
		return 0;
	if (line->o.compare.workload)
		return line->sources_len
			       ? command_line_fail(line,
						   "--workload brings its own "
						   "list: leave the SOURCE out")
			       : 0;
	for (size_t i = 0; i < line->sources_len; i++)
		if (add_source(line, &line->sources[i]))
			return -1;
	if (line->command->bit == FOR_DIFF && line->sources_len != 2)
		return command_line_fail(line, "give two files of saved "
					 "records: scrape diff OLD NEW");
	if (line->sources_len)
		return 0;
	/* A resumed crawl knows its seeds already. */
	if (line->command->bit == FOR_CRAWL && line->o.resume)
		return 0;
	if ((line->stdin_user || isatty(STDIN_FILENO)) && line->url_taker)
		return command_line_fail(line, "nothing to fetch: %.40s took "
					 "the URL as its value; give another "
					 "one, a file, or -", line->url_taker);
	if (line->stdin_user || isatty(STDIN_FILENO))
		return command_line_fail(line,
					 reads_files(line)
						 ? "nothing to read: give a "
						   "file, or -"
						 : "nothing to fetch: give a "
						   "URL, a file, or - (see "
						   "scrape --help)");
	return add_source(line, &standard_input);
}

struct input_config options_list(const struct options *o)
{
	return (struct input_config){
		.sources = &o->sources,
		.headers = &o->engine.fetch.headers,
		.csv = o->csv.separator ? &o->csv : NULL,
	};
}

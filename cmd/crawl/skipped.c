/* Lines are buffered by stdio until a commit: they are only read after the
 * crawl. */
#include "cmd/crawl/skipped.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/digest_set.h"
#include "base/file_lock.h"
#include "base/json/compact.h"
#include "base/log.h"
#include "base/secret_rules.h"
#include "base/utf8.h"
#include "cmd/output/output_file.h"
#include "crawl/link_list.h"

/* Longest example, in bytes. */
enum { EXAMPLE_MAX = 2048 };

static const char *const names[SKIP_REASONS] = {
	[SKIP_SCOPE] = "scope",
	[SKIP_SHARD] = "shard",
	[SKIP_LEVEL] = "level",
	[SKIP_TRAP] = "trap",
	[SKIP_SOFT_404] = "soft_404",
	[SKIP_NOFOLLOW] = "nofollow",
	[SKIP_TOO_LONG] = "too_long",
	[SKIP_SCHEME] = "scheme",
	[SKIP_ROBOTS] = "robots",
};

const char *skip_reason_name(enum skip_reason reason)
{
	return names[reason];
}

/* Opens an empty file; an old one is kept as that of -o is. */
static FILE *open_new(const char *path)
{
	const int fd = output_file_open(path);
	FILE *file = fd < 0 ? NULL : fdopen(fd, "w");

	if (fd >= 0 && !file)
		close(fd);
	return file;
}

/* Returns the URL without its secrets, to be freed. */
static char *show_url(const char *url, size_t len)
{
	struct buf shown = {0};
	char *text;

	secret_url_show(&shown, url, len);
	text = utf8_clean(buf_cstr(&shown), shown.len, EXAMPLE_MAX, NULL);
	buf_release(&shown);
	return text;
}

/* Counts a URL in counts. The first URL of a reason is its example. */
static void count_url(struct skipped *s, uint64_t *counts, struct slice url,
		      enum skip_reason reason)
{
	counts[reason]++;
	if (!s->examples[reason])
		s->examples[reason] = show_url(url.p, url.len);
}

/* Adds a URL to the set, if there is room. Returns true if the set had it. */
static bool remember(struct skipped *s, struct slice url)
{
	unsigned long number = 0;

	return s->seen.count < SKIPPED_SEEN_MAX
		       ? digest_set_add(&s->seen, url, &number)
		       : digest_set_has(&s->seen, url);
}

/* Returns the reason with that name; SKIP_REASONS: there is none. name may be
 * NULL. */
static enum skip_reason find_reason(const char *name)
{
	size_t i = 0;

	while (i < SKIP_REASONS && (!name || strcmp(names[i], name)))
		i++;
	return i;
}

/* Counts the URL in a line of an earlier run. Returns false if the line is not
 * one of this program. */
static bool read_line(struct skipped *s, const char *line, size_t len)
{
	json_t *object = json_loadb(line, len, 0, NULL);
	const json_t *url = json_object_get(object, "url");
	const enum skip_reason reason = find_reason(
		json_string_value(json_object_get(object, "reason")));
	const bool is_ours = json_is_string(url) && reason < SKIP_REASONS;
	struct slice href;

	if (is_ours) {
		href = (struct slice){json_string_value(url),
				      json_string_length(url)};
		if (!remember(s, href))
			count_url(s, s->before, href, reason);
	}
	json_decref(object);
	return is_ours;
}

/* Ends the last line, which has no line end: the beginning of a line of this
 * program is removed, any other text gets a line end. Returns 0, or -1 with
 * errno. */
static int end_last_line(struct skipped *s, struct slice line, bool is_whole,
			 off_t at)
{
	static const char start[] = "{\"url\":";
	const size_t len = sizeof(start) - 1;

	if (!is_whole && !memcmp(line.p, start, line.len < len ? line.len : len))
		return ftruncate(fileno(s->file), at);
	return fputc('\n', s->file) == EOF ? -1 : 0;
}

static int read_lines(struct skipped *s, FILE *from)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t len;
	off_t at = 0;
	int result = 0;

	while ((len = getline(&line, &room, from)) > 0) {
		const struct slice text = {line, (size_t)len};
		const bool is_whole = read_line(s, text.p, text.len);

		if (line[len - 1] != '\n')
			result = end_last_line(s, text, is_whole, at);
		at += len;
	}
	if (ferror(from))
		result = -1;
	free(line);
	return result;
}

/* Reads the file that is to be continued, unless it is a pipe or a device.
 * Returns 0, or -1 with errno. */
static int read_old(struct skipped *s)
{
	struct stat st;
	FILE *from;
	int result;

	if (fstat(fileno(s->file), &st))
		return -1;
	if (!S_ISREG(st.st_mode))
		return 0;
	if (!file_lock(fileno(s->file))) {
		errno = EBUSY;
		return -1;
	}
	from = fopen(s->path, "re");
	if (!from)
		return -1;
	result = read_lines(s, from);
	fclose(from);
	return result;
}

int skipped_open(struct skipped *s, const char *path, bool append)
{
	*s = (struct skipped){.path = path};
	if (!path)
		return 0;
	s->file = append ? fopen(path, "ae") : open_new(path);
	if (s->file && (!append || !read_old(s)))
		return 0;
	log_fatal("--skipped %.500s: %s", path, errno == EBUSY
		  ? "another scrape is writing it" : strerror(errno));
	return -1;
}

/* Reasons that are about a link, and not about its URL. The frontier does not
 * store such URLs as known, because another page may lead to them. */
static const bool is_for_a_link[SKIP_REASONS] = {
	[SKIP_LEVEL] = true,
	[SKIP_SOFT_404] = true,
	[SKIP_NOFOLLOW] = true,
};

void skipped_add(struct skipped *s, struct slice url, const char *via,
		 enum skip_reason reason)
{
	struct buf line = {0};

	if (is_for_a_link[reason] ? remember(s, url)
				  : digest_set_has(&s->seen, url))
		return;
	count_url(s, s->counts, url, reason);
	if (!s->file)
		return;
	buf_addstr(&line, "{\"url\":");
	json_add_string(&line, url.p, url.len);
	buf_addstr(&line, ",\"via\":");
	json_add_string(&line, via, strlen(via));
	buf_addf(&line, ",\"reason\":\"%s\"}\n", names[reason]);
	fwrite(line.data, 1, line.len, s->file);
	buf_release(&line);
}

void skipped_note_full(struct skipped *s, const char *url)
{
	char *shown;

	if (s->has_full_page)
		return;
	s->has_full_page = true;
	shown = show_url(url, strlen(url));
	log_warn("%.500s has more than %u links: further links of this page, "
		 "and of other pages with so many, are not read", shown,
		 LINK_LIST_MAX);
	free(shown);
}

void skipped_add_cut(struct skipped *s, const char *via)
{
	char *shown;

	if (s->cut++)
		return;
	shown = show_url(via, strlen(via));
	log_warn("%.500s: the fields that its links carry are too long (at "
		 "most 16 KiB for a link, 32 MiB for all links of a page): "
		 "some are left out", shown);
	free(shown);
}

void skipped_add_unseen(struct skipped *s, const char *url)
{
	if (!s->unseen++)
		s->first_unseen = show_url(url, strlen(url));
}

void skipped_name_trap(struct skipped *s, const char *kind, const char *url)
{
	char *example;

	if (!s->traps)
		s->traps = json_array();
	if (json_array_size(s->traps) == SKIPPED_TRAPS_MAX)
		return;
	example = show_url(url, strlen(url));
	json_array_append_new(s->traps, json_pack("{s:s, s:s}", "kind", kind,
						  "example", example));
	free(example);
}

static json_t *counts_to_json(const struct skipped *s)
{
	json_t *object = json_object();

	for (size_t i = 0; i < SKIP_REASONS; i++) {
		const uint64_t count = s->before[i] + s->counts[i];

		if (count)
			json_object_set_new(object, names[i],
					    json_integer((json_int_t)count));
	}
	return object;
}

static json_t *examples_to_json(const struct skipped *s)
{
	json_t *object = json_object();

	for (size_t i = 0; i < SKIP_REASONS; i++)
		if (s->examples[i])
			json_object_set_new(object, names[i],
					    json_string(s->examples[i]));
	return object;
}

void skipped_to_json(const struct skipped *s, json_t *notes)
{
	json_object_set_new(notes, "skipped", counts_to_json(s));
	json_object_set_new(notes, "examples", examples_to_json(s));
	json_object_set_new(notes, "traps", s->traps ? json_copy(s->traps)
						     : json_array());
}

void skipped_read(struct skipped *s, const json_t *notes)
{
	const json_t *counts = json_object_get(notes, "skipped");
	const json_t *traps = json_object_get(notes, "traps");

	for (size_t i = 0; i < SKIP_REASONS; i++) {
		const uint64_t count = (uint64_t)json_integer_value(
			json_object_get(counts, names[i]));

		if (count > s->before[i])
			s->before[i] = count;
	}
	if (json_is_array(traps) && !s->traps)
		s->traps = json_deep_copy(traps);
}

void skipped_add_counts(const struct skipped *s, struct buf *out)
{
	const char *comma = "";

	for (size_t i = 0; i < SKIP_REASONS; i++) {
		if (!s->counts[i])
			continue;
		buf_addf(out, "%s%" PRIu64 " %s", comma, s->counts[i],
			 names[i]);
		comma = ", ";
	}
}

void skipped_report(const struct skipped *s)
{
	struct buf text = {0};

	skipped_add_counts(s, &text);
	if (text.len)
		log_warn("links left out: %s%s", buf_cstr(&text),
			 s->path ? "" : " (--skipped FILE lists them)");
	if (s->cut > 1)
		log_warn("links that carry only some of their fields, because "
			 "they are too long: %" PRIu64, s->cut);
	if (s->unseen)
		log_warn("pages of roles without rows that failed: %" PRIu64
			 ", for example %.500s: the pages behind their links "
			 "are missing (--retry-failed requests them again, if "
			 "the crawl has --state DIR)",
			 s->unseen, s->first_unseen);
	buf_release(&text);
}

void skipped_flush(struct skipped *s)
{
	if (s->file)
		fflush(s->file);
}

int skipped_close(struct skipped *s)
{
	int failed;

	if (!s->file)
		return 0;
	failed = ferror(s->file);
	failed |= fclose(s->file);
	s->file = NULL;
	if (failed)
		log_fatal("--skipped %.500s could not be written: %s", s->path,
			  strerror(errno));
	return failed ? -1 : 0;
}

void skipped_release(struct skipped *s)
{
	skipped_close(s);
	for (size_t i = 0; i < SKIP_REASONS; i++)
		free(s->examples[i]);
	free(s->first_unseen);
	json_decref(s->traps);
	digest_set_release(&s->seen);
	*s = (struct skipped){0};
}

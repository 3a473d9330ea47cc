#include "cmd/crawl/retry.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/mem.h"
#include "cmd/session/output_mark.h"
#include "cmd/session/record_head.h"

/* State while the records are copied. */
struct copy {
	const struct state *state;
	struct frontier *frontier;
	const struct retry_kinds *kinds;
	FILE *from, *to;
	char *path;		/* path of the new file */
	uint64_t pages;		/* number of pages that wait again */
	uint64_t last;		/* index of the page that was last made to
				 * wait */
};

/* --- Records -------------------------------------------------------------- */

static char *path_of(const struct state *s)
{
	return xasprintf("%s.scrape-retry", s->output);
}

static int fail(const char *path)
{
	log_fatal("--retry-failed: %.500s: %s", path, strerror(errno));
	return -1;
}

int retry_recover(const struct state *s, const struct store_output *known)
{
	char *path = path_of(s);
	int result = 0;

	if (!access(path, F_OK)) {
		if (state_has_output(path, known)
			    ? rename(path, s->output) : unlink(path))
			result = fail(path);
	}
	free(path);
	return result;
}

static int fail_state(const struct copy *c)
{
	log_fatal("--retry-failed: the state in %.500s cannot be written: %s",
		  c->state->folder, frontier_error(c->frontier));
	return -1;
}

static enum page_outcome outcome_of(const struct record_head *head)
{
	if (head->has_error)
		return PAGE_ERROR;
	/* The status is text: three digits, or null. */
	return head->status.len == 3 && *head->status.p >= '4'
		       ? PAGE_BAD_STATUS : PAGE_GOOD;
}

/* Makes a page wait again, once, even if it has several adjacent records
 * (--items). */
static int repeat(struct copy *c, uint64_t page, enum page_outcome was)
{
	if (c->pages && page == c->last)
		return 0;
	c->pages++;
	c->last = page;
	return frontier_repeat(c->frontier, page, was) ? fail_state(c) : 0;
}

/* Copies a record, unless its page is to be requested again. */
static int copy_line(struct copy *c, struct slice line)
{
	struct slice record = line;
	struct record_head head;

	if (record.len && record.p[record.len - 1] == '\n')
		record.len--;
	if (record_head_read(&head, record) == RECORD_WHOLE &&
	    retry_kinds_have(c->kinds, head.status, head.error))
		return repeat(c, head.index, outcome_of(&head));
	return fwrite(line.p, 1, line.len, c->to) == line.len
		       ? 0 : fail(c->path);
}

static int copy_lines(struct copy *c)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t len;
	int result = 0;

	while (!result && (len = getline(&line, &room, c->from)) > 0)
		result = copy_line(c, (struct slice){line, (size_t)len});
	if (!result && ferror(c->from))
		result = fail(c->state->output);
	free(line);
	return result;
}

/* --- Pages without a record ----------------------------------------------- */

struct hidden {
	uint64_t page;
	enum page_outcome was;
};

/* State while the failures are read. */
struct failures {
	const struct retry_kinds *kinds;
	struct buf found;	/* array of struct hidden */
};

/* Returns true if the failure is of one of the kinds. */
static bool is_wanted(const struct retry_kinds *kinds,
		      const struct store_failure *failure)
{
	struct buf status = {0}, error = {0};
	bool wanted;

	buf_addf(&status, "%u", failure->status);
	if (failure->error)
		buf_addf(&error, "{\"kind\":\"%s\"}", failure->error);
	wanted = retry_kinds_have(kinds, slice_of(&status), slice_of(&error));
	buf_release(&status);
	buf_release(&error);
	return wanted;
}

static void on_failure(void *ctx, const struct store_failure *failure)
{
	struct failures *f = ctx;
	const struct hidden hidden = {
		failure->page, failure->error ? PAGE_ERROR : PAGE_BAD_STATUS,
	};

	if (is_wanted(f->kinds, failure))
		buf_add(&f->found, &hidden, sizeof(hidden));
}

/* Makes pages wait again that have failed and have no record, because their
 * role has no records. */
static int repeat_hidden(struct copy *c)
{
	struct failures f = {.kinds = c->kinds};
	struct hidden hidden;
	int result = frontier_each_failure(c->frontier, on_failure, &f)
			     ? fail_state(c) : 0;

	for (size_t at = 0; !result && at < f.found.len; at += sizeof(hidden)) {
		memcpy(&hidden, f.found.data + at, sizeof(hidden));
		result = repeat(c, hidden.page, hidden.was);
	}
	buf_release(&f.found);
	return result;
}

/* --- The new file --------------------------------------------------------- */

/* Sets *output to the state of the new file, whose contents are on the disk
 * already. */
static int give_output(void *ctx, struct store_output *output)
{
	*output = *(const struct store_output *)ctx;
	return 0;
}

/* Syncs the new file, then commits the change of the pages, then renames the
 * file. */
static int replace(struct copy *c)
{
	struct store_output known = frontier_output(c->frontier);

	if (fflush(c->to) || fdatasync(fileno(c->to)))
		return fail(c->path);
	if (state_read_output(c->path, &known))
		return fail(c->path);
	output_mark_sync_name(c->path);
	if (frontier_forget_texts(c->frontier))
		return fail_state(c);
	frontier_commit(c->frontier, &(struct frontier_sync){give_output,
							     &known});
	frontier_wait(c->frontier);
	if (frontier_has_failed(c->frontier))
		return fail_state(c);
	if (rename(c->path, c->state->output))
		return fail(c->path);
	output_mark_sync_name(c->state->output);
	return 0;
}

/* Opens the old and the new file; the new one gets the mode of the old one. */
static int open_files(struct copy *c)
{
	struct stat st;

	c->from = fopen(c->state->output, "re");
	if (!c->from)
		return fail(c->state->output);
	c->to = fopen(c->path, "wxe");
	if (!c->to || fstat(fileno(c->from), &st) ||
	    fchmod(fileno(c->to), st.st_mode & 07777))
		return fail(c->path);
	return 0;
}

int retry_begin(const struct state *s, struct frontier *f,
		const struct retry_kinds *kinds, uint64_t *pages)
{
	struct copy c = {.state = s, .frontier = f, .kinds = kinds,
			 .path = path_of(s)};
	int result = open_files(&c) || copy_lines(&c) ||
		     repeat_hidden(&c) ? -1 : 0;

	if (!result && c.pages)
		result = replace(&c);
	if (c.from)
		fclose(c.from);
	if (c.to)
		fclose(c.to);
	if (c.to && !c.pages)
		unlink(c.path);
	free(c.path);
	*pages = c.pages;
	return result;
}

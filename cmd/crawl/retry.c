#include "cmd/crawl/retry.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "cmd/session/record_head.h"

/* State while the records are copied. */
struct copy {
	const struct state *state;
	struct frontier *frontier;
	const struct retry_kinds *kinds;
	FILE *from, *to;
	char *path;		/* path of the new file */
	uint64_t pages;		/* number of pages that wait again */
};

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

/* Copies a record, unless its page is to be requested again. */
static int copy_line(struct copy *c, struct slice line)
{
	struct slice record = line;
	struct record_head head;

	if (record.len && record.p[record.len - 1] == '\n')
		record.len--;
	if (record_head_read(&head, record) == RECORD_WHOLE &&
	    retry_kinds_have(c->kinds, head.status, head.error)) {
		c->pages++;
		return frontier_repeat(c->frontier, head.index,
				       outcome_of(&head)) ? fail_state(c) : 0;
	}
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

/* Sets *output to the state of the new file, which is on the disk already. */
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
	state_sync_name(c->path);
	if (frontier_forget_texts(c->frontier))
		return fail_state(c);
	frontier_commit(c->frontier, &(struct frontier_sync){give_output,
							     &known});
	frontier_wait(c->frontier);
	if (frontier_has_failed(c->frontier))
		return fail_state(c);
	if (rename(c->path, c->state->output))
		return fail(c->path);
	state_sync_name(c->state->output);
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
	int result = open_files(&c) || copy_lines(&c) ? -1 : 0;

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

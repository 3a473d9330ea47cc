#include "cmd/warc/writer/past.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static void add_file(struct warc_past *past, const struct warc_line *line)
{
	struct past_file file = {.number = line->file};

	if (past->len == past->cap) {
		past->cap = past->cap * 2 + 8;
		past->files = xrealloc(past->files,
				       past->cap * sizeof(*past->files));
	}
	if (line->text.len < sizeof(file.ending))
		memcpy(file.ending, line->text.p, line->text.len);
	past->files[past->len++] = file;
	if (past->next <= file.number)
		past->next = file.number + 1;
}

static void cut_file(struct warc_past *past, const struct warc_line *line)
{
	for (size_t i = 0; i < past->len; i++)
		if (past->files[i].number == line->file)
			past->files[i].end = line->length;
}

/* Handles the line "settled", which ends a move: from then on, all exchanges up
 * to the ends of the files stay. */
static void settle(struct warc_past *past, const struct warc_line *line)
{
	for (size_t i = 0; i < past->len; i++)
		past->files[i].keep = past->files[i].end;
	past->settled_at = line->end;
	past->current = past->len ? past->len - 1 : 0;
	past->move_at = UINT64_MAX;
}

static void add_line(struct warc_past *past, const struct warc_line *line,
		     const char *run)
{
	switch (line->kind) {
	case WARC_LINE_RUN:
		past->is_same_run = !strcmp(line->text.p, run);
		break;
	case WARC_LINE_FILE:
		add_file(past, line);
		break;
	case WARC_LINE_ADD:
		if (past->len)
			past->files[past->len - 1].end = line->place.at +
							 line->place.len;
		break;
	case WARC_LINE_COMMITTED:
		past->is_committed = true;
		break;
	case WARC_LINE_MOVE:
		past->move_at = line->begin;
		past->move_len = past->len;
		break;
	case WARC_LINE_CUT:
		cut_file(past, line);
		break;
	case WARC_LINE_SETTLED:
		settle(past, line);
		break;
	case WARC_LINE_OTHER:
		break;
	}
}

int warc_past_read(struct warc_past *past, const struct warc_journal *j,
		   const char *run)
{
	struct warc_journal_reader r;
	struct warc_line line;
	int error = warc_journal_read(&r, j, 0, j->end);

	*past = (struct warc_past){.move_at = UINT64_MAX};
	while (!error && warc_journal_next(&r, &line)) {
		if (!line.begin)
			past->is_journal = line.kind == WARC_LINE_RUN;
		add_line(past, &line, run);
		past->end = line.end;
	}
	if (!error)
		error = r.error;
	warc_journal_read_end(&r);
	return error;
}

void warc_past_release(struct warc_past *past)
{
	free(past->files);
	*past = (struct warc_past){0};
}

char *past_file_path(const struct past_file *file, const char *prefix)
{
	return xasprintf("%s-%05u%s", prefix, file->number, file->ending);
}

/* Returns the position of the last file with that number. */
static size_t find_file(const struct warc_past *past, unsigned number)
{
	size_t i = past->len;

	while (i && past->files[--i].number != number)
		;
	return i;
}

/* Goes through the exchanges of the journal from an offset on. file: position
 * of the file that the first lines are about. */
static int walk(const struct warc_past *past, const struct warc_journal *j,
		uint64_t from, size_t file, bool only_kept,
		warc_past_visit *each, void *ctx)
{
	struct warc_journal_reader r;
	struct warc_line line;
	int result = warc_journal_read(&r, j, from, past->end);

	while (!result && warc_journal_next(&r, &line)) {
		const struct warc_place *p = &line.place;

		if (line.kind == WARC_LINE_FILE)
			file = find_file(past, line.file);
		if (line.kind == WARC_LINE_ADD && past->len &&
		    !(only_kept && p->at + p->len > past->files[file].end))
			result = each(ctx, file, &line);
	}
	if (!result)
		result = r.error;
	warc_journal_read_end(&r);
	return result;
}

int warc_past_each(const struct warc_past *past, const struct warc_journal *j,
		   warc_past_visit *each, void *ctx)
{
	return walk(past, j, past->settled_at, past->current, false, each,
		    ctx);
}

int warc_past_each_kept(const struct warc_past *past,
			const struct warc_journal *j, warc_past_visit *each,
			void *ctx)
{
	return walk(past, j, 0, 0, true, each, ctx);
}

/* Lines of JSON. */
#include "cmd/scrape/record_reader.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* NUL bytes are plausible alone or after the beginning of a record. */
static enum record_kind kind_of_damage(struct slice line)
{
	struct record_head head;
	const size_t before = strnlen(line.p, line.len);
	size_t nuls = before;

	while (nuls < line.len && !line.p[nuls])
		nuls++;
	if (before ? !record_head_read(&head, (struct slice){line.p, before})
		   : nuls < line.len)
		return KIND_SUSPECT;
	return KIND_DAMAGED;
}

static enum record_kind kind_of_line(struct record *record)
{
	const struct slice line = {record->text.p,
				   record->text.len - record->has_end};
	const enum record_state state = record_head_read(&record->head, line);

	if (state == RECORD_WHOLE)
		return KIND_RECORD;
	if (line.len && memchr(line.p, '\0', line.len))
		return kind_of_damage(line);
	return state == RECORD_PART && !record->has_end ? KIND_TORN
							: KIND_FOREIGN;
}

int record_reader_next(struct record_reader *r, struct record *record)
{
	const ssize_t len = getline(&r->text, &r->room, r->file);

	if (len <= 0) {
		/* If memory is short, glibc's getline() ends as at the end of
		 * the file, and only feof() tells the difference. */
		if (feof(r->file))
			return 0;
		errno = errno ? errno : ENOMEM;
		return -1;
	}
	*record = (struct record){
		.text = {r->text, (size_t)len},
		.at = r->at,
		.has_end = r->text[len - 1] == '\n',
	};
	r->line++;
	r->at += len;
	record->kind = kind_of_line(record);
	return 1;
}

int record_reader_seek(struct record_reader *r, off_t at)
{
	/* A record that follows the previous one needs no seek. */
	if (r->at == at)
		return 0;
	r->at = at;
	return fseeko(r->file, at, SEEK_SET);
}

void record_reader_release(struct record_reader *r)
{
	free(r->text);
	r->text = NULL;
	r->room = 0;
}

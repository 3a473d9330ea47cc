/* Reads records from lines of JSON, and from rows of tables. */
#include "cmd/scrape/record_reader.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/scrape/table_rows.h"

/* Returns the kind of a line with NUL bytes: damage is plausible if the NUL
 * bytes are alone, or follow the beginning of a record. */
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

/* Reads a line. Returns its length, or 0 or -1 like record_reader_next(). */
static ssize_t read_line(struct record_reader *r)
{
	const ssize_t len = getline(&r->text, &r->room, r->file);

	if (len > 0)
		return len;
	/* If memory is short, glibc's getline() returns the same as at the end
	 * of the file; only feof() shows the difference. */
	if (feof(r->file))
		return 0;
	errno = errno ? errno : ENOMEM;
	return -1;
}

static int next_line(struct record_reader *r, struct record *record)
{
	const ssize_t len = read_line(r);

	if (len <= 0)
		return (int)len;
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

/* Reads the lines of a row. Returns the same values as record_reader_next(). */
static int read_row(struct record_reader *r, bool *has_end)
{
	size_t quotes = 0;
	ssize_t len;

	*has_end = false;
	buf_clear(&r->row);
	while (!*has_end && (len = read_line(r)) != 0) {
		if (len < 0)
			return -1;
		buf_add(&r->row, r->text, (size_t)len);
		*has_end = table_row_ends((struct slice){r->text, (size_t)len},
					  &quotes);
	}
	r->at += (off_t)r->row.len;
	r->line += r->row.len > 0;
	return r->row.len > 0;
}

/* Returns the row without its line end, which is CR LF in CSV. */
static struct slice row_text(const struct record_reader *r)
{
	struct slice row = slice_of(&r->row);

	if (row.len && row.p[row.len - 1] == '\n')
		row.len--;
	if (row.len && row.p[row.len - 1] == '\r')
		row.len--;
	return row;
}

static enum record_kind kind_of_row(struct record_reader *r,
				    struct record *record)
{
	const struct slice row = row_text(r);

	if (!record->has_end)
		return KIND_TORN;
	return table_row_read(r->table, row, &r->cells, &record->head)
		? KIND_RECORD : KIND_FOREIGN;
}

static int next_row(struct record_reader *r, struct record *record)
{
	const off_t at = r->at;
	bool has_end;
	const int result = read_row(r, &has_end);

	if (result <= 0)
		return result;
	*record = (struct record){
		.text = slice_of(&r->row), .at = at, .has_end = has_end,
	};
	if (at > 0) {
		record->kind = kind_of_row(r, record);
		return 1;
	}
	record->kind = KIND_FOREIGN;
	if (!has_end || !table_row_is_header(r->table, row_text(r)))
		return 1;
	r->header = r->at;
	return next_row(r, record);
}

int record_reader_next(struct record_reader *r, struct record *record)
{
	return r->table ? next_row(r, record) : next_line(r, record);
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
	buf_release(&r->row);
	buf_release(&r->cells);
}

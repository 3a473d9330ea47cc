#include "crawl/database/bindings.h"

#include <string.h>

struct head {
	int at;
	enum { NUMBER, REAL, TEXT } kind;
	uint64_t number;	/* the number; of a text: its length in bytes */
	double real;
};

static void add(struct buf *values, const struct head *head)
{
	buf_add(values, head, sizeof(*head));
}

void bindings_add_number(struct buf *values, int at, uint64_t n)
{
	add(values, &(struct head){.at = at, .kind = NUMBER, .number = n});
}

void bindings_add_real(struct buf *values, int at, double n)
{
	add(values, &(struct head){.at = at, .kind = REAL, .real = n});
}

void bindings_add_text(struct buf *values, int at, struct slice text)
{
	add(values, &(struct head){.at = at, .kind = TEXT, .number = text.len});
	buf_add(values, text.p, text.len);
}

void bindings_apply(const struct buf *values, sqlite3_stmt *st)
{
	struct head head;

	for (size_t i = 0; i < values->len;) {
		memcpy(&head, values->data + i, sizeof(head));
		i += sizeof(head);
		switch (head.kind) {
		case NUMBER:
			sqlite3_bind_int64(st, head.at,
					   (sqlite3_int64)head.number);
			break;
		case REAL:
			sqlite3_bind_double(st, head.at, head.real);
			break;
		case TEXT:
			sqlite3_bind_text(st, head.at, values->data + i,
					  (int)head.number, SQLITE_STATIC);
			i += head.number;
			break;
		}
	}
}

#include "cmd/output/sql_text.h"

void sql_add_name(struct buf *sql, const char *name)
{
	buf_addch(sql, '"');
	for (; *name; name++) {
		if (*name == '"')
			buf_addch(sql, '"');
		buf_addch(sql, *name);
	}
	buf_addch(sql, '"');
}

/* Text of SQL statements that SQLite and PostgreSQL have in common. */
#ifndef CMD_OUTPUT_SQL_TEXT_H
#define CMD_OUTPUT_SQL_TEXT_H

#include "base/buf.h"

/* Appends a name in double quotes, so that any name can be that of a table or
 * a column. */
void sql_add_name(struct buf *sql, const char *name);

#endif

/* Target of a format that writes to a table of a database: --output, --table
 * and --upsert. All strings are borrowed. */
#ifndef CMD_OUTPUT_DATABASE_H
#define CMD_OUTPUT_DATABASE_H

#include <stdbool.h>

#define DATABASE_TABLE "records"	/* default of --table */

struct database {
	const char *path;	/* the file, or a PostgreSQL target */
	const char *table;
	/* A new row replaces the rows with its url; there is a column for the
	 * url. */
	bool upsert;
	/* PostgreSQL: name of the list of requests, by which a later run finds
	 * the rows of this one; and whether the last run with this list is
	 * continued (--resume). */
	const char *list;
	bool resume;
};

#endif

/* Where a format with tables in a database writes: --output, --table and
 * --upsert. All strings are borrowed. */
#ifndef CMD_OUTPUT_DATABASE_H
#define CMD_OUTPUT_DATABASE_H

#include <stdbool.h>

#define DATABASE_TABLE "records"	/* if --table is not given */

struct database {
	const char *path;	/* the file, or a PostgreSQL target */
	const char *table;
	/* A row replaces the one with its url, whose column is there. */
	bool upsert;
	/* PostgreSQL: the name of the list, by which a run is found again, and
	 * whether its last run is continued (--resume). */
	const char *list;
	bool resume;
};

#endif

/* The table of texts in the database of a crawl. Only crawl/store.c includes
 * this; crawl/store.h says what the functions do. */
#ifndef CRAWL_TEXT_TABLE_H
#define CRAWL_TEXT_TABLE_H

#include "crawl/database/database.h"
#include "crawl/store.h"

#define TEXT_TABLE_SCHEMA \
	"CREATE TABLE IF NOT EXISTS texts (page INTEGER, host TEXT," \
	" whole INTEGER NOT NULL, undated INTEGER, wordings INTEGER," \
	" simhash INTEGER);"

int text_table_add(struct database *d, const struct store_text *text);
int text_table_each(struct database *d, store_text_each *each, void *ctx);

#endif

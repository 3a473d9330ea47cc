/* Memory of a hash table in a file that has no name, so that the system can
 * write it to the disk when memory is short. */
#ifndef CRAWL_MAPPED_TABLE_H
#define CRAWL_MAPPED_TABLE_H

#include <stddef.h>

/* Returns the folder; if folder is NULL, the folder for temporary files. */
const char *mapped_table_folder(const char *folder);

/* Returns a descriptor of a new file without a name in the folder, or -1 with
 * errno set. */
int mapped_table_file(const char *folder);

/* Returns zeroed memory that is mapped from a new file without a name in the
 * folder, or NULL with errno set. */
void *mapped_table_new(const char *folder, size_t bytes);

/* Tells the system that a part of the memory is not needed any more: it may
 * become zero. The part begins and ends at multiples of a page. */
void mapped_table_forget(void *part, size_t bytes);

void mapped_table_free(void *table, size_t bytes);	/* NULL is fine */

#endif

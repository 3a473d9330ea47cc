/*
 * A map from 64-bit keys to 64-bit values: an open-addressing table in a file
 * without a name (crawl/mapped_table.h). It has 21 to 43 bytes for each key;
 * when it is three quarters full, it is copied into a file of twice the size.
 */
#ifndef CRAWL_TRAPS_NUMBER_MAP_H
#define CRAWL_TRAPS_NUMBER_MAP_H

#include <stddef.h>
#include <stdint.h>

struct number_map;

/* Makes an empty map in an unnamed file in the folder. Returns NULL, with errno
 * set, if that is not possible. */
struct number_map *number_map_open(const char *folder);
void number_map_close(struct number_map *m);	/* NULL is fine */

/* Returns the value of the key, which is not 0; the value of a new key is 0.
 * The caller may change the value until the next call. NULL, with errno set:
 * the file cannot grow. */
uint64_t *number_map_get(struct number_map *m, uint64_t key);

/* Returns the value of the key, or NULL if the map does not have the key. */
const uint64_t *number_map_find(const struct number_map *m, uint64_t key);

size_t number_map_count(const struct number_map *m);
size_t number_map_bytes(const struct number_map *m);	/* size of the mapped
							 * file */

#endif

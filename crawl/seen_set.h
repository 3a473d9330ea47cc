/*
 * A set of 64-bit fingerprints: which URLs a crawl knows. An open-addressing
 * table in a file that is mapped into memory and has no name, so the system can
 * write it to disk when memory is short. It has 10 to 12 bytes for each
 * fingerprint; when it is four fifths full, it is copied into a file that is
 * larger by a fifth.
 */
#ifndef CRAWL_SEEN_SET_H
#define CRAWL_SEEN_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct seen_set;

/* Makes an empty set in an unnamed file in the folder. Returns NULL, with errno
 * set, if that is not possible. */
struct seen_set *seen_set_open(const char *folder);
void seen_set_close(struct seen_set *s);	/* NULL is fine */

/* Adds a fingerprint, which is not 0. Returns 1 if it is new, 0 if it was in
 * the set, and -1 with errno set if the file cannot grow. */
int seen_set_add(struct seen_set *s, uint64_t fingerprint);

bool seen_set_has(const struct seen_set *s, uint64_t fingerprint);

/* Begins to load the place of a fingerprint into the processor's cache, for a
 * call of seen_set_has() a little later. */
void seen_set_prefetch(const struct seen_set *s, uint64_t fingerprint);

size_t seen_set_count(const struct seen_set *s);
size_t seen_set_bytes(const struct seen_set *s);	/* size of the mapped
							 * file */

#endif

/* Reads the list of requests once, and keeps a key of each request by which it
 * can be told from others. */
#ifndef CMD_SCRAPE_LIST_KEYS_H
#define CMD_SCRAPE_LIST_KEYS_H

#include <stddef.h>
#include <stdint.h>

#include "cmd/options/options.h"
#include "pool/loop.h"

struct list_key {
	uint64_t key;		/* see cmd/scrape/request_key.h */
	uint32_t rest;
	uint32_t index;
};

struct list_keys {
	struct list_key *items;	/* keys of the list, sorted by key, then by
				 * index */
	size_t len, cap;
};

/* Reads the list. Fails if two different requests have the same URL and id,
 * because it is not clear to which of them a record belongs. Returns 0, or the
 * exit code, with a message logged. */
int list_keys_read(struct list_keys *list, struct loop *loop,
		   const struct options *o);

void list_keys_release(struct list_keys *list);

#endif

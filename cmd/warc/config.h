/* Options of the archive that a run writes. Filled by cmd/options; strings are
 * borrowed. */
#ifndef CMD_WARC_CONFIG_H
#define CMD_WARC_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

#include "fetch/config.h"

/* Default of max_size. */
enum { WARC_MAX_SIZE = 1 << 30 };

enum warc_digest_name { WARC_SHA1, WARC_SHA256 };

struct warc_config {
	const char *prefix;	/* beginning of the names of its files; NULL: no
				 * archive is written */
	uint64_t max_size;	/* size of a file in bytes from which on the
				 * next one is begun */
	struct strings headers;	/* lines for the warcinfo record */
	bool is_plain;		/* do not compress */
	bool secrets;		/* keep the secrets of requests */
	const char *dedup;	/* CDXJ file whose payloads are not stored
				 * again; NULL: each payload is stored */
	bool cdx;		/* write an index, PREFIX.cdxj */
	enum warc_digest_name digest;
};

#endif

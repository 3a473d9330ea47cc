/* Puts the records of a file in the order of their indexes. */
#ifndef CMD_SCRAPE_RECORD_ORDER_H
#define CMD_SCRAPE_RECORD_ORDER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/*
 * The records that the file has, so many: in the order of their indexes, or
 * else as they are, without lines that have NUL bytes (cmd/scrape/resume). They are
 * written to a new file, FILE.scrape-resume, that then takes the name, its
 * owner and permissions if that can be; a file that is fine already stays. Returns 0; or
 * -1, with the reason added to why, and the file is as it was (a signal, no
 * room, another name that the file has). Takes 16 bytes of memory for each.
 */
int record_order(const char *path, bool by_indexes, uint64_t records,
		 struct buf *why);

#endif

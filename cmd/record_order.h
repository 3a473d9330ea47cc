/* Puts the records of a file in the order of their indexes. */
#ifndef CMD_RECORD_ORDER_H
#define CMD_RECORD_ORDER_H

#include "base/buf.h"

/* Returns 0, at once when they are in order already; or -1, with the reason
 * added to why, and the file is as it was. They are written to a new file
 * beside it that then takes its name (and has its permissions). Takes 16 bytes
 * of memory for each; a record is a line that record_head_read() can read. */
int record_order(const char *path, struct buf *why);

#endif

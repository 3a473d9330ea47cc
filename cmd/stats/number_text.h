/* Numbers as messages and the progress line show them. */
#ifndef CMD_STATS_NUMBER_TEXT_H
#define CMD_STATS_NUMBER_TEXT_H

#include <stdint.h>

#include "base/buf.h"
#include "base/clock.h"

/* Appends the number with separators: "1,234,567". */
void text_add_count(struct buf *out, uint64_t n);

/* Appends "0:12", "1:02:03" or "3d 4h". */
void text_add_clock(struct buf *out, double seconds);

/* Appends "12 B", "3.4 kB", "5.6 MB". */
void text_add_bytes(struct buf *out, uint64_t bytes);

/* Appends "1.2 s"; from ten seconds on, the form of text_add_clock(): tenths of
 * a second are of no use there. */
void text_add_duration(struct buf *out, msec duration);

#endif

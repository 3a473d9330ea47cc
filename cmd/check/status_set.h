/* A set of HTTP statuses: "200..=204,429". Zero is empty. */
#ifndef CMD_CHECK_STATUS_SET_H
#define CMD_CHECK_STATUS_SET_H

#include <stdbool.h>
#include <stdint.h>

enum { STATUS_MAX = 999 };

struct status_set {
	uint64_t bits[STATUS_MAX / 64 + 1];
};

/* Adds the statuses of a list: a status, 2xx, 200..=204 or 200-204 (with 204),
 * or 200..204 (without it). Returns false if the text is not such a list. */
bool status_set_read(struct status_set *s, const char *text);

bool status_set_has(const struct status_set *s, unsigned status);

#endif

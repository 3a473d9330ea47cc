/* Scans strings. Most bytes of a text are in strings. */
#ifndef BASE_JSON_SCAN_STRING_H
#define BASE_JSON_SCAN_STRING_H

#include "base/json/scan.h"

/* Scan the rest of a string from a place inside of the string.
 * json_scan_string_rest() does not copy. */
struct json_place json_scan_string_rest(struct json_scan *s,
					struct json_place at);
struct json_place json_scan_copy_string_rest(struct json_scan *s,
					     struct json_place at);

/* Scans a string whose opening quote is at the place. If the byte `next`
 * follows, may scan that byte as well: *has_next says if it did. Most strings
 * end within one block. */
INLINED struct json_place json_scan_string(struct json_scan *s,
					   struct json_place at, char next,
					   bool *has_next, bool copies)
{
	const char both[] = {'"', next};

	*has_next = false;
	at = json_place_token(at, "\"", 1, copies);
	if (json_scan_has_block(s, at.p - 1)) {
		const json_block v = json_block_load(at.p);
		const size_t len = json_first_bit(json_string_stops(v));

		if (copies)
			json_block_store(json_place_copy(at), v);
		at = json_place_add(at, len);
		*has_next = memcmp(at.p, both, 2) == 0;
		if (*has_next)
			return json_place_token(at, both, 2, copies);
		if (*at.p == '"')
			return json_place_token(at, both, 1, copies);
	}
	return copies ? json_scan_copy_string_rest(s, at) :
			json_scan_string_rest(s, at);
}

#endif

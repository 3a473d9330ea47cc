/*
 * The SHA-1 digests (FIPS 180-4) of an HTTP message and of its body, computed
 * together: an instruction for SHA has to wait for the one before it of the same
 * digest, and two digests fill each other's waits. So both take the time of one
 * (68 KB: 46 us, and 42 us for one with OpenSSL).
 */
#ifndef CMD_WARC_WRITER_SHA1_PAIR_H
#define CMD_WARC_WRITER_SHA1_PAIR_H

#include <stdbool.h>

#include "base/slice.h"

enum { SHA1_BYTES = 20 };

/* Returns true if the processor has the instructions, without which sha1_pair()
 * must not be called. Any thread. */
bool sha1_pair_is_available(void);

void sha1_pair(struct slice head, struct slice body,
	       unsigned char of_message[static SHA1_BYTES],
	       unsigned char of_body[static SHA1_BYTES]);

#endif

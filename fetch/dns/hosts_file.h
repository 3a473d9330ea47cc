/*
 * /etc/hosts as a table, read once: c-ares would read the file anew for each
 * name, and lists that block advertisers have a hundred thousand lines.
 */
#ifndef FETCH_DNS_HOSTS_FILE_H
#define FETCH_DNS_HOSTS_FILE_H

#include "base/slice.h"
#include "fetch/config.h"

struct hosts;

/* A file that cannot be read is an empty one. */
struct hosts *hosts_read(const char *path);
void hosts_free(struct hosts *hosts);	/* NULL is fine */

/* The addresses of a name (lower case) as CURLOPT_RESOLVE takes them, in the
 * order of the file; borrowed. NULL: it is not in there with an address of
 * that version. */
const char *hosts_find(const struct hosts *hosts, struct slice name,
		       enum ip_version version);

#endif

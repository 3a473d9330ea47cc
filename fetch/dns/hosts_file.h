/*
 * /etc/hosts as a hash table, read once. c-ares would read the file again for
 * each name, and ad-blocking lists have a hundred thousand lines.
 */
#ifndef FETCH_DNS_HOSTS_FILE_H
#define FETCH_DNS_HOSTS_FILE_H

#include "base/slice.h"
#include "fetch/config.h"

struct hosts;

/* A file that cannot be read counts as empty. */
struct hosts *hosts_read(const char *path);
void hosts_free(struct hosts *hosts);	/* NULL is fine */

/* Returns the addresses of a name (lower case) as CURLOPT_RESOLVE takes them,
 * in the order of the file; borrowed. Returns NULL if the file has no address
 * of that IP version for the name. */
const char *hosts_find(const struct hosts *hosts, struct slice name,
		       enum ip_version version);

#endif

/* /etc/hosts as a hash table. It is read once, because c-ares would read the
 * file again for each name, and ad-blocking lists have a hundred thousand
 * lines. */
#ifndef FETCH_DNS_HOSTS_FILE_H
#define FETCH_DNS_HOSTS_FILE_H

#include "base/slice.h"
#include "fetch/config.h"

struct hosts;

/* Reads the file. If it cannot be read, the table is empty. */
struct hosts *hosts_read(const char *path);
void hosts_free(struct hosts *hosts);	/* NULL is fine */

/* Returns the addresses of a name (in lower case), in the form of
 * CURLOPT_RESOLVE and in the order of the file; borrowed. Returns NULL if the
 * file has no address of that IP version for the name. */
const char *hosts_find(const struct hosts *hosts, struct slice name,
		       enum ip_version version);

#endif

/* Parses /etc/hosts into a hash table from names to addresses, separately for
 * each IP version. */
#include "fetch/dns/hosts_file.h"

#include <ctype.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "fetch/address.h"

#define uthash_malloc(bytes) xmalloc(bytes)
#define uthash_free(p, bytes) free(p)
#include <uthash.h>

#define BLANKS " \t\r\n\v\f"

/* Maximum bytes of addresses kept for a name: far more addresses than are ever
 * tried. */
enum { LIST_BYTES_MAX = 1024 };

struct entry {
	UT_hash_handle hh;
	struct buf all, v4, v6;
	char name[];
};

struct hosts {
	struct entry *entries;
};

static struct entry *find_entry(const struct hosts *hosts, struct slice name)
{
	struct entry *e;

	HASH_FIND(hh, hosts->entries, name.p, name.len, e);
	return e;
}

static struct entry *make_entry(struct hosts *hosts, struct slice name)
{
	struct entry *e = xcalloc(1, sizeof(*e) + name.len + 1);

	memcpy(e->name, name.p, name.len);
	HASH_ADD_KEYPTR(hh, hosts->entries, e->name, name.len, e);
	return e;
}

static void add_address(struct hosts *hosts, struct slice name, int family,
			const void *ip)
{
	struct entry *e = find_entry(hosts, name);

	if (!e)
		e = make_entry(hosts, name);
	if (e->all.len > LIST_BYTES_MAX)
		return;
	address_add(&e->all, family, ip);
	address_add(family == AF_INET ? &e->v4 : &e->v6, family, ip);
}

static void read_line(struct hosts *hosts, char *line)
{
	char *p = line + strspn(line, BLANKS);
	size_t len = strcspn(p, BLANKS);
	unsigned char ip[16];
	int family;

	line[strcspn(line, "#")] = '\0';
	len = strcspn(p, BLANKS);
	family = address_parse(p, len, ip);
	if (!family)
		return;
	for (p += len; *(p += strspn(p, BLANKS)); p += len) {
		len = strcspn(p, BLANKS);
		for (size_t i = 0; i < len; i++)
			p[i] = (char)tolower((unsigned char)p[i]);
		add_address(hosts, (struct slice){p, len}, family, ip);
	}
}

struct hosts *hosts_read(const char *path)
{
	struct hosts *hosts = xcalloc(1, sizeof(*hosts));
	FILE *file = fopen(path, "re");
	char *line = NULL;
	size_t cap = 0;

	while (file && getline(&line, &cap, file) >= 0)
		read_line(hosts, line);
	free(line);
	if (file)
		fclose(file);
	return hosts;
}

void hosts_free(struct hosts *hosts)
{
	struct entry *e, *next;

	if (!hosts)
		return;
	HASH_ITER(hh, hosts->entries, e, next) {
		HASH_DEL(hosts->entries, e);
		buf_release(&e->all);
		buf_release(&e->v4);
		buf_release(&e->v6);
		free(e);
	}
	free(hosts);
}

const char *hosts_find(const struct hosts *hosts, struct slice name,
		       enum ip_version version)
{
	struct entry *e = find_entry(hosts, name);
	struct buf *list;

	if (!e)
		return NULL;
	list = version == IP_4 ? &e->v4 : version == IP_6 ? &e->v6 : &e->all;
	return list->len ? buf_cstr(list) : NULL;
}

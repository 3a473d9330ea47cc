#include "fleet/server_info.h"

#include <string.h>

/* Returns the value in the line "name:value"; empty if there is none. */
static struct slice find_value(struct slice text, const char *name)
{
	const size_t len = strlen(name);
	const char *p = text.p, *end = bytes_end(text.p, text.len);

	while (p < end) {
		const char *line_end = memchr(p, '\n', (size_t)(end - p));
		const size_t line = (size_t)((line_end ? line_end : end) - p);

		if (line > len && !memcmp(p, name, len) && p[len] == ':')
			return slice_trim((struct slice){p + len + 1,
							 line - len - 1},
					  "\r");
		p += line + 1;
	}
	return (struct slice){"", 0};
}

static unsigned read_major(struct slice version)
{
	unsigned major = 0;

	for (size_t i = 0; i < version.len && i < 4; i++) {
		if (version.p[i] < '0' || version.p[i] > '9')
			break;
		major = major * 10 + (unsigned)(version.p[i] - '0');
	}
	return major;
}

void server_info_read(struct server_info *info, struct slice text)
{
	const struct slice run_id = find_value(text, "run_id");

	*info = (struct server_info){
		.version = read_major(find_value(text, "redis_version")),
		.is_loading = slice_is(find_value(text, "loading"), "1"),
		.has_log = slice_is(find_value(text, "aof_enabled"), "1"),
		.never_evicts = slice_is(find_value(text, "maxmemory_policy"),
					 "noeviction"),
	};
	if (run_id.len == SERVER_RUN_ID)
		memcpy(info->run_id, run_id.p, run_id.len);
}

int server_info_check(const struct server_info *info, bool is_volatile,
		      struct buf *why)
{
	if (!info->run_id[0] || info->version < 7) {
		buf_addstr(why, "the server is too old: Redis 7.0 or later, or "
			   "Valkey, is needed");
		return -1;
	}
	if (!info->never_evicts) {
		buf_addstr(why, "the server may delete keys when its memory is "
			   "full, and URLs would be lost: set maxmemory-policy "
			   "to noeviction there");
		return -1;
	}
	if (!info->has_log && !is_volatile) {
		buf_addstr(why, "the server would forget the job when it "
			   "restarts: set appendonly to yes there, or accept "
			   "this with --fleet-volatile");
		return -1;
	}
	return 0;
}

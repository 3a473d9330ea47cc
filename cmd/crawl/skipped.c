/* Lines are buffered by stdio: they are for reading afterwards. */
#include "cmd/crawl/skipped.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/json/compact.h"
#include "base/log.h"
#include "parse/extract/roles.h"

static const char *const names[SKIP_REASONS] = {
	[SKIP_SCOPE] = "scope",
	[SKIP_LEVEL] = "level",
	[SKIP_TRAP] = "trap",
	[SKIP_NOFOLLOW] = "nofollow",
	[SKIP_TOO_LONG] = "too_long",
	[SKIP_SCHEME] = "scheme",
};

int skipped_open(struct skipped *s, const char *path, bool append)
{
	*s = (struct skipped){.path = path};
	if (!path)
		return 0;
	s->file = fopen(path, append ? "ae" : "we");
	if (s->file)
		return 0;
	log_fatal("--skipped %.500s: %s", path, strerror(errno));
	return -1;
}

void skipped_add(struct skipped *s, struct slice url, const char *via,
		 enum skip_reason reason)
{
	struct buf line = {0};

	s->counts[reason]++;
	if (!s->file)
		return;
	buf_addstr(&line, "{\"url\":");
	json_add_string(&line, url.p, url.len);
	buf_addstr(&line, ",\"via\":");
	json_add_string(&line, via, strlen(via));
	buf_addf(&line, ",\"reason\":\"%s\"}\n", names[reason]);
	fwrite(line.data, 1, line.len, s->file);
	buf_release(&line);
}

void skipped_add_cut(struct skipped *s, const char *via)
{
	if (!s->cut++)
		log_warn("%.500s: a link carries more than %d bytes of fields: "
			 "some are left out", via, CARRIED_MAX);
}

void skipped_report(const struct skipped *s)
{
	struct buf text = {0};

	for (size_t i = 0; i < SKIP_REASONS; i++)
		if (s->counts[i])
			buf_addf(&text, "%s%" PRIu64 " %s", text.len ? ", " : "",
				 s->counts[i], names[i]);
	if (text.len)
		log_warn("links left out: %s (--skipped FILE lists them)",
			 buf_cstr(&text));
	if (s->cut > 1)
		log_warn("links without some of the fields that they should "
			 "carry, which are too long: %" PRIu64, s->cut);
	buf_release(&text);
}

int skipped_close(struct skipped *s)
{
	int failed;

	if (!s->file)
		return 0;
	failed = ferror(s->file);
	failed |= fclose(s->file);
	s->file = NULL;
	if (failed)
		log_fatal("--skipped %.500s could not be written: %s", s->path,
			  strerror(errno));
	return failed ? -1 : 0;
}

/*
 * The name of a page's file, from a URL. What must hold: the name is a relative
 * path that stays inside its folder, whose parts are safe in all file systems
 * and have a limit; a name that is not taken begins like one that is; and the
 * URL decides the name alone.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "cmd/output/markdown/page_name.h"

enum { PART_MAX = 143, NAME_MAX_BYTES = 1000 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool claim)
{
	if (!claim)
		abort();
}

static void check_part(const char *s, size_t len)
{
	must(len > 0 && len <= PART_MAX);
	must(*s != '.' && *s != '-' && s[len - 1] != '.');
	for (size_t i = 0; i < len; i++)
		must((s[i] & 0x80) || (s[i] > ' ' && s[i] < 0x7f &&
				       !strchr("\\/:*?\"<>|'`$", s[i])));
}

static void check_name(struct buf *name)
{
	const char *s = buf_cstr(name), *slash;

	must(name->len <= NAME_MAX_BYTES);
	must(utf8_valid_prefix(s, name->len) == name->len);
	for (; (slash = strchr(s, '/')) != NULL; s = slash + 1)
		check_part(s, (size_t)(slash - s));
	check_part(s, strlen(s));
	must(strlen(s) > 3 && !strcmp(s + strlen(s) - 3, ".md"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct slice url = {(const char *)data, size};
	struct buf name = {0}, again = {0}, taken = {0};
	size_t len;

	page_name_add(&name, url, false);
	page_name_add(&again, url, false);
	page_name_add(&taken, url, true);
	check_name(&name);
	check_name(&taken);
	must(!strcmp(buf_cstr(&name), buf_cstr(&again)));
	len = strcspn(name.data, "~");
	if (len == name.len)
		len -= strlen(".md");
	must(!strncmp(name.data, buf_cstr(&taken), len));
	must(taken.data[len] == '~');
	buf_release(&name);
	buf_release(&again);
	buf_release(&taken);
	return 0;
}

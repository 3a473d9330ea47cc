/* JSON strings are strings of YAML 1.2 in double quotes, but for a few
 * characters, which YAML takes as line ends or does not allow. */
#include "cmd/output/markdown/front_matter.h"

#include <string.h>

#include "base/json/compact.h"
#include "base/json/string.h"
#include "cmd/output/markdown/sha256.h"

/* Returns the escape for the character at s if YAML needs one, or NULL. All
 * such characters have three bytes. */
static const char *escape_for(const char *s, size_t len)
{
	static const struct {
		const char *bytes, *escape;
	} rows[] = {
		{"\xe2\x80\xa8", "\\u2028"}, {"\xe2\x80\xa9", "\\u2029"},
		{"\xef\xbb\xbf", "\\ufeff"}, {"\xef\xbf\xbe", "\\ufffe"},
		{"\xef\xbf\xbf", "\\uffff"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (len >= 3 && !memcmp(s, rows[i].bytes, 3))
			return rows[i].escape;
	return NULL;
}

/* Appends a JSON string as a YAML string. */
static void add_string(struct buf *out, struct slice json)
{
	struct buf text = {0}, plain = {0};

	json_string_text(&text, json);
	json_add_string(&plain, buf_cstr(&text), text.len);
	for (size_t i = 0; i < plain.len;) {
		const char *s = plain.data + i;
		const char *escape = escape_for(s, plain.len - i);

		buf_add(out, escape ? escape : s, escape ? 6 : 1);
		i += escape ? 3 : 1;
	}
	buf_release(&text);
	buf_release(&plain);
}

static void add_value(struct buf *out, struct slice json)
{
	if (json_is_text(json))
		add_string(out, json);
	else
		buf_addstr(out, "null");
}

static void add_member(struct buf *out, const char *name, struct slice json)
{
	buf_addf(out, "%s: ", name);
	add_value(out, json);
	buf_addch(out, '\n');
}

static void add_authors(struct buf *out, struct slice array)
{
	struct slice name, author;
	size_t at = 0;

	buf_addstr(out, "authors: [");
	for (size_t n = 0; json_next(array, &at, &name, &author); n++) {
		buf_addstr(out, n ? ", " : "");
		add_value(out, author);
	}
	buf_addstr(out, "]\n");
}

void front_matter_add_url(struct buf *out, struct slice url)
{
	add_member(out, "url", url);
}

void front_matter_add(struct buf *out, const struct front_matter *f)
{
	char digits[SHA256_DIGITS + 1];

	sha256_text(digits, f->markdown);
	buf_addstr(out, "---\n");
	add_member(out, "title", f->title);
	front_matter_add_url(out, f->url);
	if (json_is_text(f->final_url) && !slice_equal(f->final_url, f->url))
		add_member(out, "final_url", f->final_url);
	add_authors(out, f->authors);
	add_member(out, "date", f->date);
	add_member(out, "fetched", f->fetched);
	buf_addf(out, "sha256: \"%s\"\n---\n", digits);
}

/* Writes a name part by part, and notes whether the name lacks a part of the
 * URL. */
#include "cmd/output/markdown/page_name.h"

#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "base/percent.h"
#include "base/printable.h"
#include "base/url/url.h"
#include "base/utf8.h"
#include "cmd/output/markdown/sha256.h"

enum {
	PART_MAX = 100,		/* bytes of a part; "~", 16 digits, ".md" and
				 * the end of a temporary name may follow */
	FOLDERS_MAX = 600,	/* bytes of all folders */
	CASE_DIGITS = 6,	/* enough for the few URLs that differ only in
				 * letter case */
	URL_DIGITS = 16,
};

struct name {
	struct buf *out;
	size_t start;		/* offset of the name in out */
	bool has_capitals;
	bool lacks_some;	/* the URL has more than the name */
};

static bool is_safe(char c)
{
	return ascii_is_alphanumeric(c) || strchr("._-@+,=", c) || c & 0x80;
}

/* Returns true for "con", "nul.txt", "com1": devices on Windows, in any
 * folder. */
static bool is_device(const char *s, size_t len)
{
	static const char *const names[] = {"con", "prn", "aux", "nul"};
	const char *dot = memchr(s, '.', len);
	const size_t n = dot ? (size_t)(dot - s) : len;

	if (n == 4 && ascii_is_digit(s[3]))
		return !strncasecmp(s, "com", 3) || !strncasecmp(s, "lpt", 3);
	for (size_t i = 0; n == 3 && i < sizeof(names) / sizeof(*names); i++)
		if (!strncasecmp(s, names[i], 3))
			return true;
	return false;
}

static bool ends_in(const char *s, size_t len, const char *end)
{
	const size_t n = strlen(end);

	return len >= n && !strncasecmp(s + len - n, end, n);
}

/* Replaces the characters that are not safe by "_". */
static void make_safe(struct name *n, struct buf *part)
{
	const size_t len = utf8_valid_prefix(
		part->data, part->len < PART_MAX ? part->len : PART_MAX);

	n->lacks_some |= len < part->len;
	part->len = len;
	for (size_t i = 0; i < part->len; i++) {
		char *c = &part->data[i];

		n->has_capitals |= *c >= 'A' && *c <= 'Z';
		n->lacks_some |= (*c & 0x80) || !is_safe(*c);
		if (!is_safe(*c))
			*c = '_';
	}
}

/* Appends a part whose characters are safe, with "_" where the whole part would
 * not be: an empty part, a hidden file, the name of a device. */
static void add_whole(struct name *n, const struct buf *part, bool is_folder)
{
	const char *s = part->data;
	const size_t len = part->len, before = n->out->len;

	if (!len || *s == '.' || *s == '-')
		buf_addch(n->out, '_');
	buf_add(n->out, s, len);
	/* A folder "a.md" would be in the way of the file of the page "a". */
	if (len && (s[len - 1] == '.' || is_device(s, len) ||
		    (is_folder && ends_in(s, len, ".md"))))
		buf_addch(n->out, '_');
	n->lacks_some |= n->out->len - before != len;
}

static void add_part(struct name *n, struct slice text, bool is_folder)
{
	struct buf decoded = {0}, part = {0};

	percent_decode(&decoded, text.p, text.len);
	n->lacks_some |= decoded.len != text.len;
	printable_add(&part, buf_cstr(&decoded), decoded.len);
	make_safe(n, &part);
	if (is_folder && n->out->len - n->start > FOLDERS_MAX)
		n->lacks_some = true;
	else
		add_whole(n, &part, is_folder);
	buf_release(&decoded);
	buf_release(&part);
}

static void add_folder(struct name *n, struct slice text)
{
	const size_t before = n->out->len;

	add_part(n, text, true);
	if (n->out->len > before)
		buf_addch(n->out, '/');
}

/* Appends the last part of a path. The page of a folder is "index". */
static void add_last(struct name *n, struct slice text)
{
	if (!text.len) {
		buf_addstr(n->out, "index");
		return;
	}
	n->lacks_some |= text.len == 5 && ends_in(text.p, 5, "index");
	add_part(n, text, false);
}

/* Takes the part before the next "/" off the path. Returns false if there is no
 * "/". */
static bool take_folder(struct slice *path, struct slice *part)
{
	const char *slash = path->len ? memchr(path->p, '/', path->len) : NULL;

	if (!slash)
		return false;
	*part = (struct slice){path->p, (size_t)(slash - path->p)};
	path->p = slash + 1;
	path->len -= part->len + 1;
	return true;
}

static void add_url(struct name *n, const struct url *u)
{
	struct slice path = url_path(u), host = url_host(u), part;
	struct buf place = {0};

	buf_add(&place, host.p, host.len);
	if (u->port >= 0)
		buf_addf(&place, "+%d", (int)u->port);
	/* Change a host that begins like the name of the file with the records,
	 * because this file and its copies are in the same folder. */
	if (!strncmp(buf_cstr(&place), PAGE_NAME_RECORDS,
		     strlen(PAGE_NAME_RECORDS))) {
		buf_addch(&place, '_');
		n->lacks_some = true;
	}
	add_folder(n, slice_of(&place));
	buf_release(&place);
	n->lacks_some |= u->query_start < u->len || url_username(u).len ||
			 url_password(u).len;
	(void)take_folder(&path, &part);	/* the "/" in front */
	while (take_folder(&path, &part))
		add_folder(n, part);
	add_last(n, path);
}

static bool is_step(struct slice part)
{
	return !part.len || slice_is(part, ".") || slice_is(part, "..");
}

/* Appends the name for a local file. */
static void add_local(struct name *n, struct slice path)
{
	struct slice part;

	while (take_folder(&path, &part))
		if (!is_step(part))
			add_folder(n, part);
	add_last(n, is_step(path) ? (struct slice){"", 0} : path);
}

static void add_digits(struct buf *out, struct slice url, int count)
{
	char digits[SHA256_DIGITS + 1];

	sha256_text(digits, url);
	buf_addf(out, "~%.*s", count, digits);
}

void page_name_add(struct buf *out, struct slice url, bool is_taken)
{
	struct name n = {.out = out, .start = out->len};
	struct url u;

	if (!url_parse(&u, url.p, url.len, NULL) && url_host(&u).len)
		add_url(&n, &u);
	else
		add_local(&n, url);
	url_release(&u);
	if (n.lacks_some || is_taken)
		add_digits(out, url, URL_DIGITS);
	else if (n.has_capitals)
		add_digits(out, url, CASE_DIGITS);
	buf_addstr(out, ".md");
}

/*
 * The metadata of any page is clean: texts are UTF-8 on one line, dates are
 * those of ISO 8601, and the number of authors is limited.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "parse/article/metadata.h"
#include "parse/article/metadata/people.h"
#include "parse/html/html.h"
#include "parse/library.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void check_text(const char *s)
{
	const size_t len = s ? strlen(s) : 0;

	if (s && (!len || utf8_valid_prefix(s, len) < len ||
		  memchr(s, '\n', len)))
		abort();
}

/* Checks the form YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDTHH:MM:SS, and an
 * offset after that. */
static void check_date(const char *s)
{
	static const char form[] = "0000-00-00T00:00:00";
	const size_t len = s ? strlen(s) : 0;

	check_text(s);
	if (s && len != 4 && len != 7 && len != 10 && len != 19 && len != 20 &&
	    len != 25)
		abort();
	for (size_t i = 0; i < len && i < sizeof(form) - 1; i++)
		if (form[i] == '0' ? !ascii_is_digit(s[i]) : s[i] != form[i])
			abort();
}

static void check(const struct article_metadata *m)
{
	check_text(m->title);
	check_text(m->site);
	check_text(m->language);
	check_date(m->date);
	check_date(m->modified);
	if (m->authors_count > PEOPLE_MAX || !m->date != !m->date_source ||
	    !m->title != !m->title_source ||
	    !m->authors_count != !m->authors_source)
		abort();
	for (size_t i = 0; i < m->authors_count; i++)
		check_text(m->authors[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static int begun;
	struct article_metadata m = {0};
	const char *why;
	size_t text_len;
	char *text;
	xmlDoc *doc;

	if (!begun++)
		parse_global_init();
	text = utf8_clean((const char *)data, len, len * 3, &text_len);
	doc = html_parse(text, text_len, &why);
	if (doc) {
		metadata_read(&m, doc, "https://a.example/2024/10/08/x");
		check(&m);
		metadata_release(&m);
	}
	html_free(doc);
	free(text);
	return 0;
}

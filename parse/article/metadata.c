/* Takes the title from <title> and the language from <html>. */
#include "parse/article/metadata.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "parse/html/html.h"
#include "parse/text/node_text.h"

static char *collapsed(const char *s, size_t len)
{
	struct buf out = {0};

	text_collapse(&out, s, len);
	return out.len ? buf_detach(&out) : NULL;
}

static void read_title(struct article_metadata *m, const xmlNode *n)
{
	struct buf text = {0};

	text_of(&text, n);
	m->title = collapsed(buf_cstr(&text), text.len);
	m->title_source = m->title ? "title" : NULL;
	buf_release(&text);
}

static void read_language(struct article_metadata *m, const xmlNode *n)
{
	struct buf scratch = {0};
	const char *value = text_attribute(n, "lang", &scratch);

	if (value)
		m->language = collapsed(value, strlen(value));
	buf_release(&scratch);
}

void metadata_read(struct article_metadata *out, const xmlDoc *doc,
		   const char *url)
{
	(void)url;
	for (const xmlNode *n = doc->children; n; n = html_next_node(n)) {
		if (n->type != XML_ELEMENT_NODE)
			continue;
		if (!out->title && html_is(n, N_TITLE))
			read_title(out, n);
		else if (!out->language && html_is(n, N_HTML))
			read_language(out, n);
	}
}

void metadata_release(struct article_metadata *m)
{
	for (size_t i = 0; i < m->authors_count; i++)
		free(m->authors[i]);
	free(m->authors);
	free(m->title);
	free(m->date);
	free(m->modified);
	free(m->site);
	free(m->language);
	*m = (struct article_metadata){0};
}

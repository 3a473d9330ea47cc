/* Matches simple selectors for which the element alone decides, not its
 * relatives. */
#include "parse/css/traits.h"

#include <string.h>

#include "base/ascii.h"
#include "parse/css/letter_case.h"
#include "parse/html/html.h"

/* Bytes compared for one step of the work budget. */
enum { BYTES_A_STEP = 4 };

/* Returns the end of the word at p. */
static const char *skip_word(const char *p)
{
	while (*p && !ascii_is_space(*p))
		p++;
	return p;
}

/* Returns true if s, a list separated by white space, contains the word. */
static bool has_word(struct css_document *d, const char *s,
		     const struct css_text *word, bool fold)
{
	const char *p = s, *end;
	bool has = false;

	for (; *p && !has; p = end) {
		while (ascii_is_space(*p))
			p++;
		end = skip_word(p);
		has = (size_t)(end - p) == word->len && word->len &&
		      letters_equal(p, word->p, word->len, fold);
	}
	css_spend(d, (size_t)(p - s) / BYTES_A_STEP);
	return has;
}

static bool has_id(struct css_document *d, const struct css_simple *s,
		   const xmlNode *n)
{
	const char *id = css_attr_text(d, n, "id");

	return id && strlen(id) == s->name.len &&
	       letters_equal(id, s->name.p, s->name.len, d->quirks);
}

static bool has_class(struct css_document *d, const struct css_simple *s,
		      const xmlNode *n)
{
	const char *words = css_attr_text(d, n, "class");

	return words && has_word(d, words, &s->name, d->quirks);
}

static bool contains_text(const char *p, size_t len,
			  const struct css_text *part,
		     bool fold)
{
	if (!fold)
		return memmem(p, len, part->p, part->len);
	for (; len >= part->len; p++, len--)
		if (letters_equal(p, part->p, part->len, true))
			return true;
	return false;
}

static bool value_fits(struct css_document *d, const struct css_simple *s,
		       const char *p, bool fold)
{
	const struct css_text *wanted = &s->value;
	const size_t len = strlen(p), n = wanted->len;

	css_spend(d, len / BYTES_A_STEP * (fold ? 1 + n / 4 : 3));
	switch (s->op) {
	case CSS_EXISTS:
		return true;
	case CSS_EQUALS:
		return len == n && letters_equal(p, wanted->p, n, fold);
	case CSS_INCLUDES:
		return has_word(d, p, wanted, fold);
	case CSS_DASH:
		return len >= n && letters_equal(p, wanted->p, n, fold) &&
		       (len == n || p[n] == '-');
	case CSS_PREFIX:
		return n && len >= n && letters_equal(p, wanted->p, n, fold);
	case CSS_SUFFIX:
		return n && len >= n &&
		       letters_equal(p + len - n, wanted->p, n, fold);
	case CSS_SUBSTRING:
		return n && len >= n && contains_text(p, len, wanted, fold);
	}
	return false;
}

static bool matches_value(struct css_document *d, const struct css_simple *s,
			  const xmlNode *n, const xmlAttr *a)
{
	const char *value = css_attr_value(d, a);

	if (value_fits(d, s, value, s->letters == CSS_CASE_IGNORED))
		return true;
	return s->letters == CSS_CASE_USUAL && s->caseless && d->html &&
	       html_space(n) == HTML_SPACE && value_fits(d, s, value, true);
}

static bool has_attribute(struct css_document *d, const struct css_simple *s,
			  const xmlNode *n)
{
	const char *name = css_name_for(d, s, n);

	for (const xmlAttr *a = n->properties; a; a = a->next) {
		css_spend(d, 1);
		if (!names_equal((const char *)a->name, name))
			continue;
		if (s->ns == CSS_NS_NONE && a->ns)
			continue;
		if (s->op == CSS_EXISTS || matches_value(d, s, n, a))
			return true;
	}
	return false;
}

/* Comments and processing instructions do not count as content. */
static bool is_empty(struct css_document *d, const xmlNode *n)
{
	if (css_is_template(d, n))
		return true;
	for (n = n->children; n; n = n->next) {
		css_spend(d, 1);
		switch (n->type) {
		case XML_COMMENT_NODE:
		case XML_PI_NODE:
			break;
		case XML_TEXT_NODE:
		case XML_CDATA_SECTION_NODE:
			if (n->content && *n->content)
				return false;
			break;
		default:
			return false;
		}
	}
	return true;
}

bool css_matches_element(struct css_document *d, const struct css_simple *s,
			 xmlNode *n)
{
	switch (s->kind) {
	case CSS_UNIVERSAL:
		return css_in_namespace(d, s, n);
	case CSS_ID:
		return has_id(d, s, n);
	case CSS_CLASS:
		return has_class(d, s, n);
	case CSS_ATTRIBUTE:
		return has_attribute(d, s, n);
	case CSS_EMPTY:
		return is_empty(d, n);
	case CSS_ROOT:
		return n == css_root(d);
	case CSS_LANG:
		return css_is_language(d, s, n);
	case CSS_LINK:
		return css_is_link(d, n);
	case CSS_CHECKED:
		return css_is_checked(d, n);
	case CSS_DISABLED:
		return css_is_disabled(d, n);
	case CSS_ENABLED:
		return css_is_enabled(d, n);
	default:
		return false;
	}
}

/* States of links and form controls, as far as a page without scripts and
 * without a user has them. */
#include <stdlib.h>
#include <string.h>

#include "parse/css/letter_case.h"
#include "parse/css/traits.h"

static bool has(struct css_document *d, const xmlNode *n, const char *name)
{
	return css_attr_of(d, n, name);
}

/* Whether n is the first legend in its parent. */
static bool is_first_legend(struct css_document *d, const xmlNode *n)
{
	if (!css_is_html(d, n, "legend"))
		return false;
	while ((n = css_previous(d, n)))
		if (css_is_html(d, n, "legend"))
			return false;
	return true;
}

/* Inside of a disabled fieldset, but not in its first legend. */
static bool is_fenced(struct css_document *d, const xmlNode *n)
{
	const xmlNode *above = css_parent(n);

	for (; above; n = above, above = css_parent(above)) {
		css_spend(d, 1);
		if (css_is_html(d, above, "fieldset") &&
		    has(d, above, "disabled") && !is_first_legend(d, n))
			return true;
	}
	return false;
}

static bool is_any(struct css_document *d, const xmlNode *n,
		   const char *const *names)
{
	for (; *names; names++)
		if (css_is_html(d, n, *names))
			return true;
	return false;
}

static bool is_fenceable(struct css_document *d, const xmlNode *n)
{
	static const char *const names[] = {
		"input", "button", "select", "textarea", "fieldset", NULL};

	return is_any(d, n, names);
}

static bool can_be_disabled(struct css_document *d, const xmlNode *n)
{
	static const char *const names[] = {"option", "optgroup", NULL};

	return is_fenceable(d, n) || is_any(d, n, names);
}

bool css_is_disabled(struct css_document *d, xmlNode *n)
{
	const xmlNode *above;

	if (!can_be_disabled(d, n))
		return false;
	if (has(d, n, "disabled"))
		return true;
	if (is_fenceable(d, n))
		return is_fenced(d, n);
	above = css_parent(n);
	return css_is_html(d, n, "option") && above &&
	       css_is_html(d, above, "optgroup") && has(d, above, "disabled");
}

bool css_is_enabled(struct css_document *d, xmlNode *n)
{
	return can_be_disabled(d, n) && !css_is_disabled(d, n);
}

bool css_is_link(struct css_document *d, const xmlNode *n)
{
	static const char *const names[] = {"a", "area", NULL};

	return n->name[0] == 'a' && is_any(d, n, names) && has(d, n, "href");
}

/* The select an option is of; NULL: none. */
static xmlNode *select_of(struct css_document *d, const xmlNode *option)
{
	xmlNode *above = css_parent(option);

	if (above && css_is_html(d, above, "optgroup"))
		above = css_parent(above);
	return above && css_is_html(d, above, "select") ? above : NULL;
}

/* Whether it shows one option only, so that one is always chosen. */
static bool is_drop_down(struct css_document *d, const xmlNode *select)
{
	const char *size = css_attr_text(d, select, "size");

	return !size || strtol(size, NULL, 10) <= 1;
}

struct choice {
	xmlNode *selected;	/* the last one */
	xmlNode *first;		/* that is not disabled */
};

static void consider(struct css_document *d, struct choice *choice, xmlNode *n)
{
	if (!css_is_html(d, n, "option"))
		return;
	if (has(d, n, "selected"))
		choice->selected = n;
	if (!choice->first && !css_is_disabled(d, n))
		choice->first = n;
}

/* The option of a select that is not for many (HTML Standard, 4.10.7); NULL:
 * none. */
static xmlNode *find_chosen(struct css_document *d, const xmlNode *select)
{
	struct choice choice = {NULL, NULL};

	for (xmlNode *n = css_first_child(d, select); n; n = css_next(d, n)) {
		consider(d, &choice, n);
		if (!css_is_html(d, n, "optgroup"))
			continue;
		for (xmlNode *in = css_first_child(d, n); in;
		     in = css_next(d, in))
			consider(d, &choice, in);
	}
	return choice.selected || !is_drop_down(d, select) ? choice.selected
							   : choice.first;
}

static bool is_chosen(struct css_document *d, xmlNode *option)
{
	static const char chosen[] = "chosen";
	xmlNode *select = select_of(d, option);
	struct css_known *k;
	xmlNode *found;

	if (!select || has(d, select, "multiple"))
		return has(d, option, "selected");
	k = css_memo_find(&d->memo, 0, chosen, select);
	if (k)
		return k->node == option;
	found = find_chosen(d, select);
	k = css_memo_add(&d->memo, 0, chosen, select);
	if (k)
		k->node = found;
	return found == option;
}

static bool is_box(struct css_document *d, const xmlNode *input)
{
	const char *type = css_attr_text(d, input, "type");

	return type && (letters_same(type, "checkbox") ||
			letters_same(type, "radio"));
}

bool css_is_checked(struct css_document *d, xmlNode *n)
{
	if (css_is_html(d, n, "option"))
		return is_chosen(d, n);
	return css_is_html(d, n, "input") && is_box(d, n) &&
	       has(d, n, "checked");
}

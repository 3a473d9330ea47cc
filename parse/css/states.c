/* Matches pseudo-classes for the states of links and form controls (:link,
 * :checked, :disabled, ...), as a page without scripts and user input has
 * them. */
#include <stdlib.h>
#include <string.h>

#include "parse/css/letter_case.h"
#include "parse/css/traits.h"

static bool has_attribute(struct css_document *d, const xmlNode *n,
			  const char *name)
{
	return css_attr_find(d, n, name);
}

/* Returns true if n is the first legend of its parent. */
static bool is_first_legend(struct css_document *d, const xmlNode *n)
{
	if (!css_is_html(d, n, "legend"))
		return false;
	while ((n = css_previous(d, n)))
		if (css_is_html(d, n, "legend"))
			return false;
	return true;
}

/* Returns true if n is inside a disabled fieldset, but not in its first
 * legend. */
static bool is_in_disabled_fieldset(struct css_document *d, const xmlNode *n)
{
	const xmlNode *above = css_parent(n);

	for (; above; n = above, above = css_parent(above)) {
		css_spend(d, 1);
		if (css_is_html(d, above, "fieldset") &&
		    has_attribute(d, above, "disabled") &&
		    !is_first_legend(d, n))
			return true;
	}
	return false;
}

static bool has_any_tag(struct css_document *d, const xmlNode *n,
			const char *const *names)
{
	for (; *names; names++)
		if (css_is_html(d, n, *names))
			return true;
	return false;
}

static bool inherits_from_fieldset(struct css_document *d, const xmlNode *n)
{
	static const char *const names[] = {
		"input", "button", "select", "textarea", "fieldset", NULL};

	return has_any_tag(d, n, names);
}

static bool can_be_disabled(struct css_document *d, const xmlNode *n)
{
	static const char *const names[] = {"option", "optgroup", NULL};

	return inherits_from_fieldset(d, n) || has_any_tag(d, n, names);
}

bool css_is_disabled(struct css_document *d, xmlNode *n)
{
	const xmlNode *above;

	if (!can_be_disabled(d, n))
		return false;
	if (has_attribute(d, n, "disabled"))
		return true;
	if (inherits_from_fieldset(d, n))
		return is_in_disabled_fieldset(d, n);
	above = css_parent(n);
	return css_is_html(d, n, "option") && above &&
	       css_is_html(d, above, "optgroup") &&
	       has_attribute(d, above, "disabled");
}

bool css_is_enabled(struct css_document *d, xmlNode *n)
{
	return can_be_disabled(d, n) && !css_is_disabled(d, n);
}

bool css_is_link(struct css_document *d, const xmlNode *n)
{
	static const char *const names[] = {"a", "area", NULL};

	return n->name[0] == 'a' && has_any_tag(d, n, names) &&
	       has_attribute(d, n, "href");
}

/* Returns the select that the option belongs to, or NULL. */
static xmlNode *select_of(struct css_document *d, const xmlNode *option)
{
	xmlNode *above = css_parent(option);

	if (above && css_is_html(d, above, "optgroup"))
		above = css_parent(above);
	return above && css_is_html(d, above, "select") ? above : NULL;
}

/* Returns true if the select is shown as a drop-down box with a single line, in
 * which one option is always selected. */
static bool is_drop_down(struct css_document *d, const xmlNode *select)
{
	const char *size = css_attr_text(d, select, "size");

	return !size || strtol(size, NULL, 10) <= 1;
}

struct choice {
	xmlNode *selected;	/* the last option that has the attribute
				 * `selected` */
	xmlNode *first;		/* the first option that is not disabled */
};

static void consider_option(struct css_document *d, struct choice *choice,
			    xmlNode *n)
{
	if (!css_is_html(d, n, "option"))
		return;
	if (has_attribute(d, n, "selected"))
		choice->selected = n;
	if (!choice->first && !css_is_disabled(d, n))
		choice->first = n;
}

/* Returns the selected option of a select without `multiple` (HTML Standard,
 * 4.10.7), or NULL. */
static xmlNode *find_chosen(struct css_document *d, const xmlNode *select)
{
	struct choice choice = {NULL, NULL};

	for (xmlNode *n = css_first_child(d, select); n; n = css_next(d, n)) {
		consider_option(d, &choice, n);
		if (!css_is_html(d, n, "optgroup"))
			continue;
		for (xmlNode *in = css_first_child(d, n); in;
		     in = css_next(d, in))
			consider_option(d, &choice, in);
	}
	return choice.selected || !is_drop_down(d, select) ? choice.selected
							   : choice.first;
}

static bool is_chosen(struct css_document *d, xmlNode *option)
{
	static const char chosen[] = "chosen";
	xmlNode *select = select_of(d, option);
	struct css_memo_entry *k;
	xmlNode *found;

	if (!select || has_attribute(d, select, "multiple"))
		return has_attribute(d, option, "selected");
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
	       has_attribute(d, n, "checked");
}

#include "parse/article/signs.h"

#include <string.h>

#include "base/ascii.h"
#include "parse/article/blocks.h"

static const uint32_t tag_signs[N_COUNT] = {
	[N_HEADER] = IN_HEADER,
	[N_FOOTER] = IN_FOOTER,
	[N_NAV] = IN_NAV,
	[N_ASIDE] = IN_ASIDE,
	[N_MAIN] = IN_MAIN,
	[N_ARTICLE] = IN_ARTICLE,
	[N_FORM] = IN_FORM,
	[N_TABLE] = IN_TABLE,
	[N_UL] = IN_LIST,
	[N_OL] = IN_LIST,
	[N_DL] = IN_DEFINITION,
	[N_FIGURE] = IN_FIGURE,
	[N_BLOCKQUOTE] = IN_QUOTE,
	[N_PRE] = IN_PRE,
	[N_SECTION] = IN_SECTION,
	[N_BUTTON] = IN_BUTTON,
	[N_DIALOG] = IN_DIALOG,
	[N_DETAILS] = IN_DETAILS,
	[N_SELECT] = IN_SELECT,
	[N_TEXTAREA] = IN_SELECT,
	[N_LABEL] = IN_LABEL,
	[N_NOSCRIPT] = IN_NOSCRIPT,
	[N_H1] = IN_HEADING,
	[N_H2] = IN_HEADING,
	[N_H3] = IN_HEADING,
	[N_H4] = IN_HEADING,
	[N_H5] = IN_HEADING,
	[N_H6] = IN_HEADING,
};

static const struct {
	const char *role;
	uint32_t signs;
} role_signs[] = {
	{"navigation", IN_NAV},
	{"banner", IN_HEADER},
	{"contentinfo", IN_FOOTER},
	{"complementary", IN_ASIDE},
	{"main", IN_MAIN},
	{"article", IN_ARTICLE},
	{"dialog", IN_DIALOG},
	{"alertdialog", IN_DIALOG},
	{"form", IN_FORM},
	{"search", IN_FORM},
	{"heading", IN_HEADING},
	{"button", IN_BUTTON},
};

static uint32_t signs_of_role(const char *role)
{
	for (size_t i = 0; i < sizeof(role_signs) / sizeof(*role_signs); i++)
		if (!strcmp(role, role_signs[i].role))
			return role_signs[i].signs;
	return 0;
}

/* Returns true if the style says "display: none". */
static bool style_hides(const char *style)
{
	const char *s = strstr(style, "display");

	if (!s)
		return false;
	s += strlen("display");
	s += strspn(s, " :\t");
	return !strncmp(s, "none", 4);
}

static uint32_t signs_of_attribute(const xmlAttr *a)
{
	const struct html_name *name = a->psvi;
	const char *value = a->children && a->children->content ?
		(const char *)a->children->content : "";

	switch (name->id) {
	case N_ROLE:
		return signs_of_role(value);
	case N_ARIA_HIDDEN:
		return strcmp(value, "true") ? 0 : IN_ARIA_HIDDEN;
	case N_STYLE:
		return style_hides(value) ? IN_HIDDEN : 0;
	default:
		return strcmp(name->text, "hidden") ? 0 : IN_HIDDEN;
	}
}

uint32_t signs_of(const xmlNode *element)
{
	uint32_t signs = tag_signs[html_name(element)->id];

	for (const xmlAttr *a = element->properties; a; a = a->next)
		signs |= signs_of_attribute(a);
	return signs;
}

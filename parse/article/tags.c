#include "parse/article/tags.h"

#include "parse/html/html.h"

enum {
	INLINE = 1,
	INVISIBLE = 2,
};

static const unsigned char kinds[N_COUNT] = {
	[N_A] = INLINE,
	[N_ABBR] = INLINE,
	[N_B] = INLINE,
	[N_BIG] = INLINE,
	[N_BR] = INLINE,
	[N_CITE] = INLINE,
	[N_CODE] = INLINE,
	[N_DATA] = INLINE,
	[N_DEL] = INLINE,
	[N_DFN] = INLINE,
	[N_EM] = INLINE,
	[N_FONT] = INLINE,
	[N_I] = INLINE,
	[N_IMG] = INLINE,
	[N_INPUT] = INLINE,
	[N_INS] = INLINE,
	[N_KBD] = INLINE,
	[N_MATH] = INLINE,
	[N_METER] = INLINE,
	[N_NOBR] = INLINE,
	[N_PICTURE] = INLINE,
	[N_Q] = INLINE,
	[N_RB] = INLINE,
	[N_RP] = INLINE,
	[N_RT] = INLINE,
	[N_RTC] = INLINE,
	[N_RUBY] = INLINE,
	[N_S] = INLINE,
	[N_SAMP] = INLINE,
	[N_SMALL] = INLINE,
	[N_SOURCE] = INLINE,
	[N_SPAN] = INLINE,
	[N_STRIKE] = INLINE,
	[N_STRONG] = INLINE,
	[N_SUB] = INLINE,
	[N_SUP] = INLINE,
	[N_TIME] = INLINE,
	[N_TT] = INLINE,
	[N_U] = INLINE,
	[N_VAR] = INLINE,
	[N_WBR] = INLINE,

	[N_AUDIO] = INVISIBLE,
	[N_CANVAS] = INVISIBLE,
	[N_HEAD] = INVISIBLE,
	[N_IFRAME] = INVISIBLE,
	[N_NOEMBED] = INVISIBLE,
	[N_NOFRAMES] = INVISIBLE,
	[N_OBJECT] = INVISIBLE,
	[N_SCRIPT] = INVISIBLE,
	[N_STYLE] = INVISIBLE,
	[N_SVG] = INVISIBLE,
	[N_TEMPLATE] = INVISIBLE,
	[N_TITLE] = INVISIBLE,
	[N_VIDEO] = INVISIBLE,
};

/* Elements without a number that are parts of a line. */
static bool is_rare_inline(const struct html_name *name)
{
	static const char *const names[] = {"mark", "bdi", "bdo", "acronym",
					    "output"};

	if (name->id != N_OTHER || name->len > 7)
		return false;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(name->text, names[i]))
			return true;
	return false;
}

bool tag_is_inline(const xmlNode *element)
{
	const struct html_name *name = html_name(element);

	return name->space != HTML_SPACE || kinds[name->id] == INLINE ||
	       is_rare_inline(name);
}

bool tag_is_invisible(const xmlNode *element)
{
	const struct html_name *name = html_name(element);

	return kinds[name->known] == INVISIBLE &&
	       (name->space == HTML_SPACE || name->known == N_SVG);
}

int tag_heading(const xmlNode *element)
{
	const enum html_id id = html_name(element)->id;

	return id >= N_H1 && id <= N_H6 ? (int)(id - N_H1 + 1) : 0;
}

#include "parse/article/tags.h"

#include <string.h>

const unsigned char tag_kinds[N_COUNT] = {
	[N_A] = TAG_INLINE,
	[N_ABBR] = TAG_INLINE,
	[N_B] = TAG_INLINE,
	[N_BIG] = TAG_INLINE,
	[N_BR] = TAG_INLINE,
	[N_CITE] = TAG_INLINE,
	[N_CODE] = TAG_INLINE,
	[N_DATA] = TAG_INLINE,
	[N_DEL] = TAG_INLINE,
	[N_DFN] = TAG_INLINE,
	[N_EM] = TAG_INLINE,
	[N_FONT] = TAG_INLINE,
	[N_I] = TAG_INLINE,
	[N_IMG] = TAG_INLINE,
	[N_INPUT] = TAG_INLINE,
	[N_INS] = TAG_INLINE,
	[N_KBD] = TAG_INLINE,
	[N_MATH] = TAG_INLINE,
	[N_METER] = TAG_INLINE,
	[N_NOBR] = TAG_INLINE,
	[N_PICTURE] = TAG_INLINE,
	[N_Q] = TAG_INLINE,
	[N_RB] = TAG_INLINE,
	[N_RP] = TAG_INLINE,
	[N_RT] = TAG_INLINE,
	[N_RTC] = TAG_INLINE,
	[N_RUBY] = TAG_INLINE,
	[N_S] = TAG_INLINE,
	[N_SAMP] = TAG_INLINE,
	[N_SMALL] = TAG_INLINE,
	[N_SOURCE] = TAG_INLINE,
	[N_SPAN] = TAG_INLINE,
	[N_STRIKE] = TAG_INLINE,
	[N_STRONG] = TAG_INLINE,
	[N_SUB] = TAG_INLINE,
	[N_SUP] = TAG_INLINE,
	[N_TIME] = TAG_INLINE,
	[N_TT] = TAG_INLINE,
	[N_U] = TAG_INLINE,
	[N_VAR] = TAG_INLINE,
	[N_WBR] = TAG_INLINE,

	[N_AUDIO] = TAG_INVISIBLE,
	[N_CANVAS] = TAG_INVISIBLE,
	[N_HEAD] = TAG_INVISIBLE,
	[N_IFRAME] = TAG_INVISIBLE,
	[N_NOEMBED] = TAG_INVISIBLE,
	[N_NOFRAMES] = TAG_INVISIBLE,
	[N_OBJECT] = TAG_INVISIBLE,
	[N_SCRIPT] = TAG_INVISIBLE,
	[N_STYLE] = TAG_INVISIBLE,
	[N_SVG] = TAG_INVISIBLE,
	[N_TEMPLATE] = TAG_INVISIBLE,
	[N_TITLE] = TAG_INVISIBLE,
	[N_VIDEO] = TAG_INVISIBLE,
};

bool tag_is_rare_inline(const struct html_name *name)
{
	static const char *const names[] = {"mark", "bdi", "bdo", "acronym",
					    "output"};

	if (name->len > 7)
		return false;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(name->text, names[i]))
			return true;
	return false;
}

int tag_heading(const xmlNode *element)
{
	const enum html_id id = html_name(element)->id;

	return id >= N_H1 && id <= N_H6 ? (int)(id - N_H1 + 1) : 0;
}

/* Decodes the names of members. */
#include "base/json/cursor.h"

#include "base/json/string.h"

void json_name_add(struct buf *out, struct json_name name)
{
	if (name.is_escaped)
		json_string_text(out, json_quoted(name.text));
	else
		buf_add(out, name.text.p, name.text.len);
}

bool json_name_is_decoded(struct json_name name, struct slice text)
{
	struct buf decoded = {0};
	bool equal;

	/* An escape is longer than its character, so the decoded name is
	 * shorter than its raw text. */
	if (name.text.len <= text.len)
		return false;
	json_name_add(&decoded, name);
	equal = slice_equal(slice_of(&decoded), text);
	buf_release(&decoded);
	return equal;
}

/* Access to the token's attributes, for rules that depend on them. */
#include <string.h>
#include <strings.h>

#include "parse/html/builder.h"

const struct html_attr *builder_attr(const struct html_builder *b,
				     enum html_id id)
{
	const struct html_token *token = b->token;

	for (size_t i = 0; i < token->count; i++)
		if (token->attrs[i].name->id == id)
			return &token->attrs[i];
	return NULL;
}

bool builder_attr_is(const struct html_builder *b, enum html_id id,
		     const char *value)
{
	const struct html_attr *a = builder_attr(b, id);

	return a && a->len == strlen(value) &&
	       !strncasecmp(a->value, value, a->len);
}

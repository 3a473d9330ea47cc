/* A tokenizer for valid XPath expressions. Tokens that are not names are
 * skipped. */
#include "parse/xpath/names.h"

#include <stddef.h>
#include <string.h>

#include "base/ascii.h"

static bool is_name_start(char c)
{
	return ascii_is_letter(c) || c == '_' || (c & 0x80);
}

static bool is_name(char c)
{
	return is_name_start(c) || (c >= '0' && c <= '9') || c == '-' ||
	       c == '.';
}

static struct slice rest_of(struct slice s, size_t bytes)
{
	return (struct slice){s.p + bytes, s.len - bytes};
}

static struct slice skip_space(struct slice s)
{
	while (s.len && ascii_is_space(*s.p))
		s = rest_of(s, 1);
	return s;
}

static bool begins(struct slice s, const char *with)
{
	const size_t len = strlen(with);

	return s.len >= len && !memcmp(s.p, with, len);
}

static struct slice take_name(struct slice *s)
{
	struct slice name = {s->p, 0};

	while (name.len < s->len && is_name(s->p[name.len]))
		name.len++;
	*s = rest_of(*s, name.len);
	return name;
}

static bool is_one_of(struct slice s, const char *const *words)
{
	for (; *words; words++)
		if (s.len == strlen(*words) && begins(s, *words))
			return true;
	return false;
}

static bool is_operator(struct slice name)
{
	static const char *const words[] = {"and", "or", "div", "mod", NULL};

	return is_one_of(name, words);
}

static bool is_node_type(struct slice name)
{
	static const char *const words[] = {
		"comment", "text", "processing-instruction", "node", NULL,
	};

	return is_one_of(name, words);
}

void xpath_names(struct slice s,
		 bool (*on_use)(void *ctx, enum xpath_use use,
				struct slice prefix, struct slice name),
		 void *ctx)
{
	/* operand: the last token ended an operand, so that "and" before "(" is
	 * an operator and "*" means multiplication (XPath 1.0, 3.7). */
	bool operand = false, variable = false;

	while ((s = skip_space(s)).len) {
		struct slice prefix = {s.p, 0}, name;
		const char c = *s.p;
		bool go_on = true;

		if (c == '"' || c == '\'') {
			const char *end = memchr(s.p + 1, c, s.len - 1);

			s = end ? rest_of(s, (size_t)(end + 1 - s.p))
				: rest_of(s, s.len);
			operand = true;
			continue;
		}
		if (!is_name_start(c)) {
			variable = c == '$';
			operand = (c >= '0' && c <= '9') || c == '.' ||
				  c == ')' || c == ']' || (c == '*' && !operand);
			s = rest_of(s, 1);
			continue;
		}
		name = take_name(&s);
		if (operand && is_operator(name)) {
			operand = false;
			continue;
		}
		s = skip_space(s);
		if (begins(s, "::")) {
			s = rest_of(s, 2);
			operand = false;
			continue;
		}
		if (begins(s, ":")) {
			prefix = name;
			s = skip_space(rest_of(s, 1));
			name = take_name(&s);
			if (!name.len && begins(s, "*"))
				s = rest_of(s, 1);
			s = skip_space(s);
		}
		if (variable)
			go_on = on_use(ctx, XPATH_USE_VARIABLE, prefix, name);
		else if (begins(s, "(") && (prefix.len || !is_node_type(name)))
			go_on = on_use(ctx, XPATH_USE_FUNCTION, prefix, name);
		else if (prefix.len)
			go_on = on_use(ctx, XPATH_USE_PREFIX, prefix, name);
		if (!go_on)
			return;
		variable = false;
		operand = true;
	}
}

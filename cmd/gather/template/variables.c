/* Replaces ${NAME} by the value of the variable, or by its name in texts for
 * people. */
#include "cmd/gather/template/variables.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "base/secrets.h"
#include "base/utf8.h"

static bool is_letter(char c)
{
	return ascii_is_letter(c) || c == '_';
}

bool gather_variables_is_name(const char *s, size_t len)
{
	if (!len || !is_letter(s[0]))
		return false;
	for (size_t i = 1; i < len; i++)
		if (!is_letter(s[i]) && !ascii_is_digit(s[i]))
			return false;
	return true;
}

bool gather_text_has_variables(const char *text)
{
	for (; (text = strstr(text, "${")); text += 2)
		if (text[2] && text[2] != '}')
			return true;
	return false;
}

/* Finds the value that --var gives a variable. If there are several, the last
 * one counts, as with other options. */
static const char *find_given(const struct gather_vars *given,
			      const char *name)
{
	const size_t len = strlen(name);

	for (size_t i = given ? given->count : 0; i--;)
		if (!strncmp(given->list[i], name, len) &&
		    given->list[i][len] == '=')
			return given->list[i] + len + 1;
	return NULL;
}

static const char *find_variable(const struct gather_variables *v,
				 const char *name)
{
	const char *value = find_given(v->given, name);

	if (!value)
		value = getenv(name);
	if (!value)
		value = json_string_value(json_object_get(v->defaults, name));
	return value;
}

static void add_text(struct buf *out, const char *s, size_t len, bool doubling)
{
	for (size_t i = 0; i < len; i++) {
		if (doubling && (s[i] == '{' || s[i] == '}'))
			buf_addch(out, s[i]);
		buf_addch(out, s[i]);
	}
}

static int add_value(const struct gather_variables *v, struct buf *out,
		     const char *name, unsigned how, struct buf *why)
{
	const char *value = find_variable(v, name);

	if (!value) {
		buf_addf(why, "variable %s is not set: give --var %s=VALUE, "
			      "export it, or add it to \"vars\"", name, name);
		return -1;
	}
	if (utf8_valid_prefix(value, strlen(value)) < strlen(value)) {
		buf_addf(why, "variable %s holds bytes that are not UTF-8",
			 name);
		return -1;
	}
	secrets_add_variable(value, name);
	if (how & VARIABLES_KEEP_NAMES)
		buf_addf(out, how & VARIABLES_DOUBLE_VALUES ? "${{%s}}"
							    : "${%s}", name);
	else
		add_text(out, value, strlen(value),
			 how & VARIABLES_DOUBLE_VALUES);
	return 0;
}

/* Appends the value of the variable whose name is at s, behind "${". Returns
 * the text after the closing brace, or NULL after adding to why. */
static const char *fill_variable(const struct gather_variables *v,
				 struct buf *out, const char *s, unsigned how,
				 struct buf *why)
{
	const char *end = strchr(s, '}');
	char *name;
	int err;

	if (!end) {
		buf_addstr(why, "\"${\" has no \"}\" (to send \"${\" itself, "
				"write \"$${\")");
		return NULL;
	}
	if (!gather_variables_is_name(s, (size_t)(end - s))) {
		buf_addstr(why, "the text in \"${...}\" is not a variable "
				"name: use letters, digits and _, not a digit "
				"first (to send \"${\" itself, write \"$${\")");
		return NULL;
	}
	name = xmemdup(s, (size_t)(end - s));
	err = add_value(v, out, name, how, why);
	free(name);
	return err ? NULL : end + 1;
}

int gather_variables_fill(const struct gather_variables *v, struct buf *out,
			  const char *text, unsigned how, struct buf *why)
{
	const bool doubling = how & VARIABLES_DOUBLE_TEXT;
	const char *dollar;

	while ((dollar = strstr(text, "${"))) {
		if (dollar > text && dollar[-1] == '$') {
			add_text(out, text, (size_t)(dollar - text), doubling);
			add_text(out, "{", 1, doubling);
			text = dollar + 2;
			continue;
		}
		add_text(out, text, (size_t)(dollar - text), doubling);
		text = fill_variable(v, out, dollar + 2, how, why);
		if (!text)
			return -1;
	}
	add_text(out, text, strlen(text), doubling);
	return 0;
}

/* Parses JSON with libjq, repairing unpaired surrogates that libjq rejects. */
#include "parse/jq/libjq_input.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Error message about the last text in this thread that could not be parsed. */
static _Thread_local char input_error[200];

static void set_input_error(jv message)
{
	const bool has_text = jv_get_kind(message) == JV_KIND_STRING;

	snprintf(input_error, sizeof(input_error),
		 "jq cannot read the JSON: %s",
		 has_text ? jv_string_value(message) : "it contains no value");
	jv_free(message);
}

static void parse_values(void *arg)
{
	struct libjq_input *input = arg;
	jv_parser *parser = jv_parser_new(0);

	jv value;

	/* Used instead of jv_parse_sized(), which would build its error message
	 * from the text as a C string, although the text need not end in
	 * NUL. */
	jv_parser_set_buf(parser, input->json.p, (int)input->json.len, 0);
	input->values = jv_array();
	while (jv_is_valid(value = jv_parser_next(parser)))
		input->values = jv_array_append(input->values, value);
	input->count = jv_array_length(jv_copy(input->values));
	input->is_valid = !jv_invalid_has_msg(jv_copy(value));
	if (input->is_valid)
		jv_free(value);
	else
		set_input_error(jv_invalid_get_msg(value));
	jv_parser_free(parser);
}

/* Returns true if an escaped surrogate (\uD800 to \uDFFF) is at escape: with
 * low, a low one, otherwise a high one. */
static bool is_surrogate(const char *escape, const char *end, bool low)
{
	const char *digits = low ? "cdefCDEF" : "89abAB";

	return end - escape >= 6 && escape[0] == '\\' && escape[1] == 'u' &&
	       (escape[2] | 0x20) == 'd' && escape[3] &&
	       strchr(digits, escape[3]);
}

/* Replaces each unpaired surrogate by \ufffd. Texts that were cut between
 * UTF-16 units contain such surrogates. libjq itself replaces them inside a
 * string, but fails on one at the end of a string. Returns true if any was
 * replaced. */
static bool repair_surrogates(char *s, const char *end)
{
	bool found = false;

	while ((s = memchr(s, '\\', (size_t)(end - s))) && end - s > 1) {
		if (is_surrogate(s, end, false) &&
		    is_surrogate(s + 6, end, true)) {
			s += 12;
			continue;
		}
		if (is_surrogate(s, end, false) || is_surrogate(s, end, true)) {
			memcpy(s + 2, "fffd", 4);
			found = true;
		}
		s += 2;
	}
	return found;
}

/* Parses the input's JSON text. Returns NULL or an error message. */
static const char *read_json(struct libjq_input *input)
{
	const char *why =
		jq_sandbox_enter(&input->sandbox, parse_values, input);
	char *copy;

	if (why || input->is_valid)
		return why;
	copy = xmemdup(input->json.p, input->json.len);
	if (repair_surrogates(copy, copy + input->json.len)) {
		input->json.p = copy;
		why = jq_sandbox_enter(&input->sandbox, parse_values, input);
	}
	free(copy);
	return why || input->is_valid ? why : input_error;
}

struct libjq_input *libjq_input_new(struct slice json, const char **why)
{
	struct libjq_input *input;

	if (json.len > INT_MAX) {
		*why = "too large for jq";
		return NULL;
	}
	input = xcalloc(1, sizeof(*input));
	input->json = json;
	*why = read_json(input);
	if (!*why)
		return input;
	libjq_input_free(input);
	return NULL;
}

void libjq_input_free(struct libjq_input *input)
{
	if (!input)
		return;
	jq_sandbox_clear(&input->sandbox);
	free(input);
}

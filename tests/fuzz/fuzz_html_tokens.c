/*
 * Runs the HTML tokenizer over any text. It must end, must not change the text,
 * and the slices of its tokens must be in the text. The first byte selects the
 * content model.
 */
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "parse/html/common/region.h"
#include "parse/html/tokenizer/token.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
	if (!holds)
		abort();
}

static void check_in(const struct html_tokenizer *t, const char *text,
		     const char *p, size_t len)
{
	if (len)
		check(p >= text && p + len <= t->end);
}

static void check_token(const struct html_tokenizer *t, const char *text)
{
	const struct html_token *token = &t->token;

	check(t->p >= text && t->p <= t->end);
	switch (token->kind) {
	case TOKEN_TEXT:
		check(token->text.len);
		if (token->decoded)
			check(token->text.len <= sizeof(token->chars) &&
			      token->source < token->source_end);
		else
			check_in(t, text, token->text.p, token->text.len);
		break;
	case TOKEN_START:
	case TOKEN_END:
		check(token->name && token->name->len);
		for (size_t i = 0; i < token->count; i++)
			check_in(t, text, token->attrs[i].value,
				 token->attrs[i].len);
		break;
	case TOKEN_COMMENT:
	case TOKEN_INSTRUCTION:
		check_in(t, text, token->text.p, token->text.len);
		break;
	default:
		break;
	}
}

static void run(struct html_tokenizer *t, const char *text, size_t len)
{
	size_t tokens = 0;

	do {
		html_tokenizer_next(t);
		check_token(t, text);
		/* Each token takes at least one byte. */
		check(tokens++ <= len);
	} while (t->token.kind != TOKEN_END_OF_FILE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct html_names names;
	struct html_region region = {0};
	struct html_tokenizer t = {0};
	jmp_buf on_full;
	char *text, *before;

	/* The tokenizer gets text in which CRs were replaced by line feeds. */
	if (!size || memchr(data, '\r', size))
		return 0;
	if (!names.known)
		html_names_init(&names);
	text = xmemdup(data + 1, size - 1);
	before = xmemdup(data + 1, size - 1);
	region.on_full = &on_full;
	if (!setjmp(on_full)) {
		names.region = &region;
		html_tokenizer_init(&t, &names, text, size - 1);
		t.content = data[0] % (CONTENT_CDATA + 1);
		t.last = &names.known[data[0] & 8 ? N_TITLE : N_SCRIPT];
		t.foreign = data[0] & 16;
		run(&t, text, size - 1);
	}
	check(!memcmp(text, before, size));
	html_tokenizer_release(&t);
	html_names_clear(&names);
	html_region_release(&region);
	free(text);
	free(before);
	return 0;
}

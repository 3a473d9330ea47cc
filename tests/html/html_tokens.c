/*
 * Prints the tokens of HTML as JSON, for tests/html/html_suites: repeatedly
 * reads "CONTENT LAST LENGTH", a line feed and that many bytes, and answers
 * each with a line. CONTENT is the number of an enum html_content, LAST the
 * name of the last start tag or "-".
 */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/buf.h"
#include "base/json/compact.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "parse/html/common/region.h"
#include "parse/html/tokenizer/references.h"
#include "parse/html/tokenizer/token.h"

/* Appends a string with U+FFFD in place of U+0000, optionally in lower case,
 * and with references decoded. */
static void add_string(struct buf *out, const struct html_text *text,
		       bool lower, bool decode)
{
	struct buf s = {0};
	char chars[REFERENCE_MAX];
	size_t len, taken;

	if (text->missing) {
		buf_addstr(out, "null");
		return;
	}
	for (const char *p = text->p; p < text->p + text->len; p++) {
		taken = decode && *p == '&' ?
				html_reference(p, true, chars, &len) : 0;
		if (taken) {
			buf_add(&s, chars, len);
			p += taken - 1;
		} else if (!*p) {
			buf_addstr(&s, UTF8_REPLACEMENT);
		} else {
			buf_addch(&s, lower ? ascii_lower(*p) : *p);
		}
	}
	json_add_string(out, s.data ? s.data : "", s.len);
	buf_release(&s);
}

static void add_attrs(struct buf *out, const struct html_token *token)
{
	buf_addstr(out, ",{");
	for (size_t i = 0; i < token->count; i++) {
		const struct html_attr *a = &token->attrs[i];

		if (i)
			buf_addch(out, ',');
		json_add_string(out, a->name->text, a->name->len);
		buf_addch(out, ':');
		add_string(out, &(struct html_text){.p = a->value,
						    .len = a->len}, false,
			   true);
	}
	buf_addch(out, '}');
}

static void add_name(struct buf *out, const struct html_token *token)
{
	json_add_string(out, token->name->text, token->name->len);
}

static void add_token(struct buf *out, const struct html_token *token)
{
	switch (token->kind) {
	case TOKEN_TEXT:
		buf_addstr(out, "[\"Character\",");
		add_string(out, &token->text, false, false);
		break;
	case TOKEN_NUL:
		buf_addstr(out, "[\"Character\",\"\\u0000\"");
		break;
	case TOKEN_START:
		buf_addstr(out, "[\"StartTag\",");
		add_name(out, token);
		add_attrs(out, token);
		if (token->self_closing)
			buf_addstr(out, ",true");
		break;
	case TOKEN_END:
		buf_addstr(out, "[\"EndTag\",");
		add_name(out, token);
		break;
	case TOKEN_COMMENT:
		buf_addstr(out, "[\"Comment\",");
		add_string(out, &token->text, false, false);
		break;
	case TOKEN_INSTRUCTION:
		buf_addstr(out, "[\"Instruction\",");
		add_string(out, &token->target, false, false);
		buf_addch(out, ',');
		add_string(out, &token->text, false, false);
		break;
	case TOKEN_DOCTYPE:
		buf_addstr(out, "[\"DOCTYPE\",");
		add_string(out, &token->text, true, false);
		buf_addch(out, ',');
		add_string(out, &token->public, false, false);
		buf_addch(out, ',');
		add_string(out, &token->system, false, false);
		buf_addstr(out, token->quirks ? ",false" : ",true");
		break;
	default:
		buf_addstr(out, "[");
	}
	buf_addch(out, ']');
}

static void print_tokens(struct html_names *names, const char *text,
			 size_t len, int content, const char *last)
{
	/* The tokenizer is static, because it numbers tags and names remember
	 * these numbers. */
	static struct html_tokenizer t;
	struct buf out = {0};

	html_tokenizer_init(&t, names, text, len);
	t.foreign = false;
	t.content = (enum html_content)content;
	if (strcmp(last, "-"))
		t.last = html_names_add(names, last, strlen(last));
	buf_addch(&out, '[');
	for (;;) {
		html_tokenizer_next(&t);
		if (t.token.kind == TOKEN_END_OF_FILE)
			break;
		if (out.len > 1)
			buf_addch(&out, ',');
		add_token(&out, &t.token);
	}
	buf_addstr(&out, "]");
	puts(buf_cstr(&out));
	fflush(stdout);
	buf_release(&out);
}

int main(void)
{
	struct html_names names;
	struct html_region region = {0};
	struct buf text = {0};
	char last[128];
	jmp_buf on_full;
	size_t len;
	int content;

	html_names_init(&names);
	names.region = &region;
	region.on_full = &on_full;
	if (setjmp(on_full))
		return 1;
	while (scanf("%d %127s %zu", &content, last, &len) == 3 &&
	       getchar() == '\n') {
		buf_clear(&text);
		if (fread(buf_reserve(&text, len + 1), 1, len, stdin) != len)
			return 1;
		text.len = len;
		print_tokens(&names, buf_cstr(&text), len, content, last);
	}
	buf_release(&text);
	html_names_release(&names);
	html_region_release(&region);
	return 0;
}

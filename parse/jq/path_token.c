/* Tokens of path filters, as the lexer of jq 1.6 reads them. */
#include "parse/jq/path_token.h"

#include <string.h>

#include "base/ascii.h"
#include "base/json/bytes.h"
#include "base/utf8.h"

/* A double holds any number with up to this many digits exactly. */
enum { DIGITS_MAX = 15 };

/* jq 1.6 does not count CR as white space. */
char path_peek(struct parse *p)
{
	while (p->at < p->end &&
	       (*p->at == ' ' || *p->at == '\t' || *p->at == '\n'))
		p->at++;
	return p->at < p->end ? *p->at : '\0';
}

bool path_take(struct parse *p, char c)
{
	if (path_peek(p) != c)
		return false;
	p->at++;
	return true;
}

bool path_begins_name(char c)
{
	return ascii_is_letter(c) || c == '_';
}

bool path_continues_name(char c)
{
	return path_begins_name(c) || ascii_is_digit(c);
}

struct slice path_take_name(struct parse *p)
{
	const char *start = p->at;

	while (p->at < p->end && path_continues_name(*p->at))
		p->at++;
	return (struct slice){start, (size_t)(p->at - start)};
}

bool path_take_string(struct parse *p, struct slice *text)
{
	if (!path_take(p, '"'))
		return false;
	text->p = p->at;
	text->len = json_plain_length(p->at, (size_t)(p->end - p->at));
	p->at += text->len;
	if (p->at == p->end || *p->at != '"' ||
	    utf8_valid_prefix(text->p, text->len) != text->len)
		return false;
	p->at++;
	return true;
}

bool path_take_digits(struct parse *p, struct slice *digits)
{
	const char *start = p->at;

	while (p->at < p->end && ascii_is_digit(*p->at))
		p->at++;
	*digits = (struct slice){start, (size_t)(p->at - start)};
	if (!digits->len || digits->len > DIGITS_MAX ||
	    (digits->len > 1 && *start == '0'))
		return false;
	return p->at == p->end || (!path_continues_name(*p->at) && *p->at != '.');
}

/* Takes "?", but not the beginning of the operator "?//". */
bool path_take_question(struct parse *p)
{
	if (path_peek(p) != '?' || (p->end - p->at >= 3 && !memcmp(p->at, "?//", 3)))
		return false;
	p->at++;
	return true;
}

/* Takes an operator, but not the beginning of a longer one: "|=", "//=". */
bool path_take_operator(struct parse *p, const char *operator)
{
	const size_t len = strlen(operator);

	path_peek(p);
	if ((size_t)(p->end - p->at) < len || memcmp(p->at, operator, len) != 0)
		return false;
	if (p->at + len < p->end && p->at[len] == '=')
		return false;
	p->at += len;
	return true;
}

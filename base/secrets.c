/*
 * Found by trying each at each byte that one of them begins with: there are a
 * few, and messages are short.
 */
#include "base/secrets.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/percent.h"
#include "base/url.h"

struct secret {
	char *text;
	size_t len;
	char *shown;
};

/* Guards all below. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct secret *list;
static size_t count;
static bool begins[256];	/* a secret, with that byte */

static bool is_known(const struct buf *text)
{
	for (size_t i = 0; i < count; i++)
		if (list[i].len == text->len &&
		    !memcmp(list[i].text, text->data, text->len))
			return true;
	return false;
}

/* Longest first. Takes the text. */
static void add(struct buf *text, const char *shown)
{
	size_t at = 0;

	if (text->len < SECRETS_MIN || is_known(text)) {
		buf_release(text);
		return;
	}
	while (at < count && list[at].len >= text->len)
		at++;
	list = xrealloc(list, (count + 1) * sizeof(*list));
	memmove(list + at + 1, list + at, (count - at) * sizeof(*list));
	begins[(unsigned char)text->data[0]] = true;
	list[at].len = text->len;
	list[at].text = buf_detach(text);
	list[at].shown = xstrdup(shown);
	count++;
}

void secrets_add(const char *text, const char *shown)
{
	/* As a segment of a path, a value in a query, a user's name; and
	 * what url_parse() makes of those who stand there as they are. */
	static const unsigned sets[] = {PERCENT_FORM, PERCENT_PATH,
					PERCENT_SPECIAL_QUERY,
					PERCENT_USERINFO};
	const size_t len = strlen(text);
	struct buf form = {0};

	if (!shown)
		shown = "***";
	if (len < SECRETS_MIN)
		return;
	pthread_mutex_lock(&lock);
	url_form_encode(&form, text, len);
	for (size_t i = 0; i < sizeof(sets) / sizeof(*sets); i++) {
		struct buf encoded = {0};

		percent_encode(&encoded, text, len, sets[i]);
		add(&encoded, shown);
	}
	add(&form, shown);
	buf_add(&form, text, len);
	add(&form, shown);
	pthread_mutex_unlock(&lock);
}

static const struct secret *find(const char *s, size_t len)
{
	for (size_t i = 0; i < count; i++)
		if (list[i].len <= len &&
		    !memcmp(list[i].text, s, list[i].len))
			return &list[i];
	return NULL;
}

void secrets_hide(struct buf *out, const char *s, size_t len)
{
	const char *const end = bytes_end(s, len);

	pthread_mutex_lock(&lock);
	while (s < end) {
		const struct secret *secret = NULL;

		if (begins[(unsigned char)*s])
			secret = find(s, (size_t)(end - s));
		if (secret) {
			buf_addstr(out, secret->shown);
			s += secret->len;
		} else {
			buf_addch(out, *s++);
		}
	}
	pthread_mutex_unlock(&lock);
}

void secrets_clear(void)
{
	pthread_mutex_lock(&lock);
	for (size_t i = 0; i < count; i++) {
		free(list[i].text);
		free(list[i].shown);
	}
	free(list);
	list = NULL;
	count = 0;
	memset(begins, 0, sizeof(begins));
	pthread_mutex_unlock(&lock);
}

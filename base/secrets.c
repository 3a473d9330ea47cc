/*
 * The list of known secrets, and the search for them in a text. The search
 * compares the secrets at each byte with which one of them begins; that is fast
 * enough because there are few secrets and messages are short.
 */
#include "base/secrets.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/mem.h"
#include "base/percent.h"
#include "base/secret_rules.h"

struct secret {
	char *text;
	size_t len;
	char *shown;
	bool sure;
};

/* Protects all variables below. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct secret *list;
static size_t count;
static bool begins[256];	/* first bytes of all secrets */
static struct secret *shorts;	/* secrets of less than SECRETS_MIN bytes */
static size_t short_count;

static struct secret *find_known(const struct buf *text)
{
	for (size_t i = 0; i < count; i++)
		if (list[i].len == text->len &&
		    !memcmp(list[i].text, text->data, text->len))
			return &list[i];
	return NULL;
}

/* A kind of secret: the text that is shown in its place, and true if the value
 * is certainly secret. */
struct kind {
	const char *shown;
	bool sure;
};

/* Adds one form of a secret to the list, which is ordered by length, longest
 * first. Takes ownership of the text. */
static void add_form(struct buf *text, const struct kind *kind)
{
	struct secret *known = find_known(text);
	size_t at = 0;

	if (known)
		known->sure |= kind->sure;
	if (text->len < SECRETS_MIN || known) {
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
	list[at].shown = xstrdup(kind->shown);
	list[at].sure = kind->sure;
	count++;
}

static bool is_short_one(const char *s, size_t len)
{
	for (size_t i = 0; i < short_count; i++)
		if (shorts[i].len == len && !memcmp(shorts[i].text, s, len))
			return true;
	return false;
}

static void add_short(const char *text, size_t len)
{
	if (!len || is_short_one(text, len))
		return;
	shorts = xrealloc(shorts, (short_count + 1) * sizeof(*shorts));
	shorts[short_count++] = (struct secret){.text = xstrdup(text),
						.len = len};
}

/* Adds the text as it is written between the quotes of a JSON string. */
static void add_json_form(const char *text, const struct kind *kind)
{
	static const char plain[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
	struct buf form = {0};

	for (; *text; text++) {
		const char *special = strchr(plain, *text);

		if (special)
			buf_addch(&form, '\\');
		buf_addch(&form, special ? letters[special - plain] : *text);
	}
	add_form(&form, kind);
}

static void add_all_forms(const char *text, const struct kind *kind)
{
	/* Forms encoded as a path segment, as a value in a query and as a user
	 * name, and the forms that url_parse() makes of text that is not
	 * encoded. */
	static const unsigned sets[] = {PERCENT_FORM, PERCENT_PATH,
					PERCENT_SPECIAL_QUERY,
					PERCENT_USERINFO};
	const size_t len = strlen(text);
	struct buf form = {0};

	pthread_mutex_lock(&lock);
	if (len < SECRETS_MIN) {
		add_short(text, len);
		pthread_mutex_unlock(&lock);
		return;
	}
	percent_encode_form(&form, text, len);
	for (size_t i = 0; i < sizeof(sets) / sizeof(*sets); i++) {
		struct buf encoded = {0};

		percent_encode(&encoded, text, len, sets[i]);
		add_form(&encoded, kind);
	}
	add_form(&form, kind);
	add_json_form(text, kind);
	buf_add(&form, text, len);
	add_form(&form, kind);
	pthread_mutex_unlock(&lock);
}

void secrets_add(const char *text, const char *shown)
{
	add_all_forms(text, &(struct kind){shown ? shown : "***", true});
}

void secrets_add_variable(const char *text, const char *name)
{
	char *shown = xasprintf("${%s}", name);

	add_all_forms(text, &(struct kind){shown, secret_name(name,
							strlen(name))});
	free(shown);
}

void secrets_add_login(const char *login)
{
	const char *colon = strchr(login, ':');
	struct buf basic = {0};
	char *user;

	base64_add(&basic, login, strlen(login));
	secrets_add(buf_cstr(&basic), NULL);
	buf_release(&basic);
	secrets_add(login, NULL);
	if (colon && colon[1]) {
		secrets_add(colon + 1, NULL);
	} else if (colon) {
		user = xmemdup(login, (size_t)(colon - login));
		secrets_add(user, NULL);
		free(user);
	}
}

/* Returns the secret that s begins with, or NULL. */
static const struct secret *secret_at(const char *s, size_t len, bool sure)
{
	for (size_t i = 0; i < count; i++)
		if (list[i].len <= len && list[i].sure >= sure &&
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
			secret = secret_at(s, (size_t)(end - s), false);
		if (secret) {
			buf_addstr(out, secret->shown);
			s += secret->len;
		} else {
			buf_addch(out, *s++);
		}
	}
	pthread_mutex_unlock(&lock);
}

static bool are_in(const char *s, size_t len, bool sure)
{
	const char *const end = s + len;
	bool found;

	pthread_mutex_lock(&lock);
	found = is_short_one(s, len);
	for (; !found && s < end; s++)
		found = begins[(unsigned char)*s] &&
			secret_at(s, (size_t)(end - s), sure);
	pthread_mutex_unlock(&lock);
	return found;
}

bool secrets_are_in(const char *s, size_t len)
{
	return are_in(s, len, false);
}

bool secrets_are_surely_in(const char *s, size_t len)
{
	return are_in(s, len, true);
}

void secrets_clear(void)
{
	pthread_mutex_lock(&lock);
	for (size_t i = 0; i < short_count; i++)
		free(shorts[i].text);
	free(shorts);
	shorts = NULL;
	short_count = 0;
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

/*
 * Converts domain names to ASCII by UTS #46, with ICU. The URL Standard
 * requires no checks of hyphens and lengths, but ICU always makes them, so
 * those errors are ignored (as other users of ICU do; the result is still
 * correct). Plain ASCII names, which nearly all are, only need lower case and
 * bypass ICU.
 */
#include "base/url/idna.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/ascii.h"
#include "base/library/icu.h"
#include "base/mem.h"

/* Errors that do not count when CheckHyphens and VerifyDnsLength are false. */
enum {
	IGNORED = UIDNA_ERROR_EMPTY_LABEL | UIDNA_ERROR_LABEL_TOO_LONG |
		  UIDNA_ERROR_DOMAIN_NAME_TOO_LONG |
		  UIDNA_ERROR_LEADING_HYPHEN | UIDNA_ERROR_TRAILING_HYPHEN |
		  UIDNA_ERROR_HYPHEN_3_4,
};

/* Immutable; shared by all threads and never freed. */
static UIDNA *uts46;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void open_uts46(void)
{
	UErrorCode error = U_ZERO_ERROR;

	uts46 = uidna_openUTS46(UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ |
				UIDNA_NONTRANSITIONAL_TO_ASCII, &error);
	if (U_FAILURE(error))
		mem_exhausted();
}

void idna_global_load(void)
{
	pthread_once(&once, open_uts46);
}

static void add_lower(struct buf *out, const char *s, size_t len)
{
	char *to = len ? buf_reserve(out, len) : NULL;

	for (size_t i = 0; i < len; i++)
		to[i] = ascii_lower(s[i]);
	out->len += len;
}

static bool is_alabel(const char *s, size_t len)
{
	return len >= 4 && ascii_lower(s[0]) == 'x' &&
	       ascii_lower(s[1]) == 'n' && s[2] == '-' && s[3] == '-';
}

/* Returns true if lower case is all that the name needs. */
static bool is_plain(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((uint8_t)s[i] >= 0x80 ||
		    ((i == 0 || s[i - 1] == '.') && is_alabel(s + i, len - i)))
			return false;
	return true;
}

int idna_to_ascii(struct buf *out, const char *s, size_t len)
{
	/* A code point of two bytes takes up to five in punycode. */
	const size_t room = 16 + 4 * len;
	UIDNAInfo info = UIDNA_INFO_INITIALIZER;
	UErrorCode error = U_ZERO_ERROR;
	int32_t written;

	if (is_plain(s, len)) {
		add_lower(out, s, len);
		return 0;
	}
	if (len > IDNA_MAX)
		return -1;
	idna_global_load();
	for (size_t size = room;; size = (size_t)written) {
		error = U_ZERO_ERROR;
		written = uidna_nameToASCII_UTF8(uts46, s, (int32_t)len,
						 buf_reserve(out, size),
						 (int32_t)size, &info, &error);
		if (error != U_BUFFER_OVERFLOW_ERROR)
			break;
	}
	if (U_FAILURE(error) || info.errors & ~(uint32_t)IGNORED)
		return -1;
	out->len += (size_t)written;
	return 0;
}

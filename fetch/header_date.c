/* Parses dates in header fields with libcurl's parser. */
#include "fetch/header_date.h"

#include <curl/curl.h>
#include <stdlib.h>

#include "base/job/headers.h"
#include "base/mem.h"

bool header_date_get(const struct buf *headers, const char *name, int64_t *date)
{
	struct slice value;
	char *text;

	if (!headers_get(headers, name, &value))
		return false;
	text = xmemdup(value.p, value.len);
	*date = (int64_t)curl_getdate(text, NULL);
	free(text);
	return *date >= 0;
}

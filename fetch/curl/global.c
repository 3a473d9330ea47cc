/* Starts and ends libcurl. Makes libcurl and OpenSSL use the allocator of
 * base/mem.h. */
#include <curl/curl.h>
#include <openssl/crypto.h>
#include <stdlib.h>

#include "base/mem.h"
#include "fetch/curl/tls.h"
#include "fetch/fetch.h"

/* OpenSSL passes the source line of each allocation; it is not used. */
static void *tls_malloc(size_t bytes, const char *file, int line)
{
	(void)file;
	(void)line;
	return xmalloc(bytes);
}

static void *tls_realloc(void *p, size_t bytes, const char *file, int line)
{
	(void)file;
	(void)line;
	if (bytes)
		return xrealloc(p, bytes);
	free(p);
	return NULL;
}

static void tls_free(void *p, const char *file, int line)
{
	(void)file;
	(void)line;
	free(p);
}

int fetch_global_init(void)
{
	/* Fails if another library has used OpenSSL before; then OpenSSL keeps
	 * its own allocator. */
	CRYPTO_set_mem_functions(tls_malloc, tls_realloc, tls_free);
	return curl_global_init_mem(CURL_GLOBAL_DEFAULT, xmalloc, free,
				    xrealloc, xstrdup, xcalloc) == CURLE_OK
		       ? 0 : -1;
}

void fetch_global_cleanup(void)
{
	curl_global_cleanup();
}

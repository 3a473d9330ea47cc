#include <curl/curl.h>
#include <stdlib.h>

#include "fetch/fetch.h"
#include "fetch/tls.h"

int fetch_global_init(void)
{
	return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? 0 : -1;
}

void fetch_global_cleanup(void)
{
	curl_global_cleanup();
}

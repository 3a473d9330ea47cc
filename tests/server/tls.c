#include "tests/server/tls.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"

SSL_CTX *tls_new(const char *cert, const char *key)
{
	SSL_CTX *tls = SSL_CTX_new(TLS_server_method());

	if (!tls || SSL_CTX_use_certificate_chain_file(tls, cert) != 1 ||
	    SSL_CTX_use_PrivateKey_file(tls, key, SSL_FILETYPE_PEM) != 1) {
		fprintf(stderr, "test-server: no use for %s, %s\n", cert, key);
		exit(1);
	}
	SSL_CTX_set_mode(tls, SSL_MODE_ENABLE_PARTIAL_WRITE |
				      SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
	return tls;
}

SSL_CTX *tls_named(const char *dir, const struct buf *name)
{
	char *cert = xasprintf("%s/%.*s.pem", dir, (int)name->len,
			       name->data);
	char *key = xasprintf("%s/%.*s.key", dir, (int)name->len,
			      name->data);
	SSL_CTX *tls = tls_new(cert, key);

	free(cert);
	free(key);
	return tls;
}

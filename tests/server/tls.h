/* Loads the certificates of the test server. The server ends if one cannot be
 * read. */
#ifndef TESTS_SERVER_TLS_H
#define TESTS_SERVER_TLS_H

#include <openssl/ssl.h>

#include "base/buf.h"

SSL_CTX *tls_new(const char *cert, const char *key);

/* Reads DIR/NAME.pem and DIR/NAME.key. */
SSL_CTX *tls_named(const char *dir, const struct buf *name);

#endif

/* Properties of request methods. */
#ifndef FETCH_METHOD_H
#define FETCH_METHOD_H

#include <stdbool.h>

/* Returns true if a request with this method may be sent again without harm
 * (RFC 9110, 9.2.2). Methods are case-sensitive. */
bool method_is_idempotent(const char *method);

/* Returns true if requests with this method send a Content-Length even without
 * a body (RFC 9110, 8.6). */
bool method_wants_body(const char *method);

#endif

/* What the method of a request means for us. */
#ifndef FETCH_METHOD_H
#define FETCH_METHOD_H

#include <stdbool.h>

/* RFC 9110, 9.2.2: may be sent again without harm. Methods are
 * case-sensitive. */
bool method_is_idempotent(const char *method);

/* RFC 9110, 8.6: sends a Content-Length even when there is no body. */
bool method_wants_body(const char *method);

#endif

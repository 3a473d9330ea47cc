/*
 * "pages" in a file of --extract: the roles of a crawl's pages, as JSON.
 *
 *	{"pages": {
 *	   "list": {"each": ".card",
 *	            "fields": {"price": ".price"},
 *	            "follow": {"detail": "a::attr(href)", "list": "a.next"},
 *	            "carry": ["price"]},
 *	   "detail": {"fields": {"title": "h1"}}}}
 *
 * The first role is that of the seeds. parse/extract/roles.h says what roles
 * are, parse/extract/role_links.h which links are followed.
 */
#ifndef CMD_OPTIONS_SCHEMA_ROLES_FILE_H
#define CMD_OPTIONS_SCHEMA_ROLES_FILE_H

#include <jansson.h>

#include "base/buf.h"
#include "parse/extract/roles.h"

/* Adds the roles of a file with the key "pages" to roles, which must be empty.
 * Returns 0; or -1 after adding to why what is wrong and where in the file. */
int roles_file_read(struct roles *roles, json_t *json, struct buf *why);

#endif

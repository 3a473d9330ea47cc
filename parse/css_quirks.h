/* Whether an HTML document is in quirks mode, by its doctype. */
#ifndef PARSE_CSS_QUIRKS_H
#define PARSE_CSS_QUIRKS_H

#include <stdbool.h>

#include <libxml/tree.h>

bool css_is_quirky(const xmlDoc *doc);

#endif

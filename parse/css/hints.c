/* Advice about pseudo-classes that are not supported here but that users know
 * from browsers, jQuery and other libraries. The message says what to write
 * instead. */
#include <stddef.h>
#include <string.h>

#include "parse/css/parser.h"

#define JQUERY "is jQuery's, not CSS: "

static const struct {
	const char *names;	/* each name stands between spaces */
	const char *hint;
} rows[] = {
	{" hover active focus focus-visible focus-within visited user-valid"
	 " user-invalid ",
	 "is about what a user does: nothing matches it in a document"},
	{" target target-within local-link current past future playing paused"
	 " seeking buffering stalled muted volume-locked fullscreen modal"
	 " picture-in-picture popover-open autofill default defined"
	 " indeterminate valid invalid in-range out-of-range ",
	 "is about the state of a browser: nothing matches it in a document"},
	{" host host-context state slotted ",
	 "is about shadow trees: nothing matches it in a document"},
	{" before after first-line first-letter marker selection ",
	 "is a pseudo-element: it is not in the document"},
	{" text attr html ", "is written with two colons"},
	{" contains icontains -soup-contains -soup-contains-own has-text ",
	 "is not CSS: use XPath's contains(), or a regex"},
	{" first ",
	 JQUERY "write :first-child, or NAME= and not NAME[]= for one match"},
	{" last ", JQUERY "write :last-child"},
	{" eq nth gt lt ", JQUERY "write :nth-child(), which counts from 1"},
	{" odd even ", JQUERY "write :nth-child(odd) or :nth-child(even)"},
	{" parent ", JQUERY "write :not(:empty)"},
	{" header ", JQUERY "write :is(h1, h2, h3, h4, h5, h6)"},
	{" selected ", JQUERY "write :checked"},
	{" visible hidden ",
	 JQUERY "visibility depends on style sheets ([hidden] may do)"},
	{" input ", JQUERY "write :is(input, textarea, select, button)"},
	{" button checkbox file image password radio reset submit ",
	 JQUERY "write [type=\"...\"]"},
	{" required ", "is not supported: write [required]"},
	{" optional ", "is not supported: write :not([required])"},
	{" read-only ", "is not supported: write [readonly]"},
	{" read-write ", "is not supported: write :not([readonly])"},
	{" placeholder-shown ", "is not supported: write [placeholder]"},
	{" dir ", "is not supported: write [dir=\"rtl\"]"},
	{" open ", "is not supported: write [open]"},
	{" blank ", "is not supported: write :empty"},
	{" matches any -webkit-any -moz-any ", "is an old name: write :is()"},
	{" nth-col nth-last-col ", "is about columns, which CSS itself lost"},
};

const char *css_pseudo_hint(const char *name)
{
	const size_t len = strlen(name);

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *at = rows[i].names;

		while (len && (at = strstr(at + 1, name)))
			if (at[-1] == ' ' && at[len] == ' ')
				return rows[i].hint;
	}
	return NULL;
}

/* Determines the quirks mode from the doctype (HTML Standard, 13.2.6.4.1, "the
 * initial insertion mode"). */
#include <string.h>
#include <strings.h>

#include "parse/html/builder.h"

static const char *const quirks_ids[] = {
	"-//W3O//DTD W3 HTML Strict 3.0//EN//",
	"-/W3C/DTD HTML 4.0 Transitional/EN",
	"HTML",
};

static const char *const quirks_prefixes[] = {
	"+//Silmaril//dtd html Pro v0r11 19970101//",
	"-//AS//DTD HTML 3.0 asWedit + extensions//",
	"-//AdvaSoft Ltd//DTD HTML 3.0 asWedit + extensions//",
	"-//IETF//DTD HTML 2.0 Level 1//",
	"-//IETF//DTD HTML 2.0 Level 2//",
	"-//IETF//DTD HTML 2.0 Strict Level 1//",
	"-//IETF//DTD HTML 2.0 Strict Level 2//",
	"-//IETF//DTD HTML 2.0 Strict//",
	"-//IETF//DTD HTML 2.0//",
	"-//IETF//DTD HTML 2.1E//",
	"-//IETF//DTD HTML 3.0//",
	"-//IETF//DTD HTML 3.2 Final//",
	"-//IETF//DTD HTML 3.2//",
	"-//IETF//DTD HTML 3//",
	"-//IETF//DTD HTML Level 0//",
	"-//IETF//DTD HTML Level 1//",
	"-//IETF//DTD HTML Level 2//",
	"-//IETF//DTD HTML Level 3//",
	"-//IETF//DTD HTML Strict Level 0//",
	"-//IETF//DTD HTML Strict Level 1//",
	"-//IETF//DTD HTML Strict Level 2//",
	"-//IETF//DTD HTML Strict Level 3//",
	"-//IETF//DTD HTML Strict//",
	"-//IETF//DTD HTML//",
	"-//Metrius//DTD Metrius Presentational//",
	"-//Microsoft//DTD Internet Explorer 2.0 HTML Strict//",
	"-//Microsoft//DTD Internet Explorer 2.0 HTML//",
	"-//Microsoft//DTD Internet Explorer 2.0 Tables//",
	"-//Microsoft//DTD Internet Explorer 3.0 HTML Strict//",
	"-//Microsoft//DTD Internet Explorer 3.0 HTML//",
	"-//Microsoft//DTD Internet Explorer 3.0 Tables//",
	"-//Netscape Comm. Corp.//DTD HTML//",
	"-//Netscape Comm. Corp.//DTD Strict HTML//",
	"-//O'Reilly and Associates//DTD HTML 2.0//",
	"-//O'Reilly and Associates//DTD HTML Extended 1.0//",
	"-//O'Reilly and Associates//DTD HTML Extended Relaxed 1.0//",
	"-//SQ//DTD HTML 2.0 HoTMetaL + extensions//",
	"-//SoftQuad Software//DTD HoTMetaL PRO 6.0::19990601::"
	"extensions to HTML 4.0//",
	"-//SoftQuad//DTD HoTMetaL PRO 4.0::19971010::"
	"extensions to HTML 4.0//",
	"-//Spyglass//DTD HTML 2.0 Extended//",
	"-//Sun Microsystems Corp.//DTD HotJava HTML//",
	"-//Sun Microsystems Corp.//DTD HotJava Strict HTML//",
	"-//W3C//DTD HTML 3 1995-03-24//",
	"-//W3C//DTD HTML 3.2 Draft//",
	"-//W3C//DTD HTML 3.2 Final//",
	"-//W3C//DTD HTML 3.2//",
	"-//W3C//DTD HTML 3.2S Draft//",
	"-//W3C//DTD HTML 4.0 Frameset//",
	"-//W3C//DTD HTML 4.0 Transitional//",
	"-//W3C//DTD HTML Experimental 19960712//",
	"-//W3C//DTD HTML Experimental 970421//",
	"-//W3C//DTD W3 HTML//",
	"-//W3O//DTD W3 HTML 3.0//",
	"-//WebTechs//DTD Mozilla HTML 2.0//",
	"-//WebTechs//DTD Mozilla HTML//",
};

/* A system identifier that selects quirks mode. */
static const char ibm[] =
	"http://www.ibm.com/data/dtd/v11/ibmxhtml1-transitional.dtd";

/* Public identifiers that select limited quirks mode, or quirks mode if there
 * is no system identifier. */
static const char *const html401[] = {
	"-//W3C//DTD HTML 4.01 Frameset//",
	"-//W3C//DTD HTML 4.01 Transitional//",
};

/* Public identifiers that select limited quirks mode. */
static const char *const xhtml[] = {
	"-//W3C//DTD XHTML 1.0 Frameset//",
	"-//W3C//DTD XHTML 1.0 Transitional//",
};

static bool text_is(const struct html_text *text, const char *other)
{
	return !text->missing && text->len == strlen(other) &&
	       !strncasecmp(text->p, other, text->len);
}

static bool text_begins(const struct html_text *text, const char *beginning)
{
	const size_t len = strlen(beginning);

	return !text->missing && text->len >= len &&
	       !strncasecmp(text->p, beginning, len);
}

static bool begins_with_any(const struct html_text *text,
			    const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (text_begins(text, list[i]))
			return true;
	return false;
}

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

enum html_quirks html_doctype_quirks(const struct html_token *doctype)
{
	const struct html_text *public = &doctype->public;
	const struct html_text *system = &doctype->system;

	if (doctype->quirks || !text_is(&doctype->text, "html") ||
	    text_is(system, ibm))
		return HTML_QUIRKS;
	for (size_t i = 0; i < COUNT(quirks_ids); i++)
		if (text_is(public, quirks_ids[i]))
			return HTML_QUIRKS;
	if (begins_with_any(public, quirks_prefixes, COUNT(quirks_prefixes)))
		return HTML_QUIRKS;
	if (begins_with_any(public, html401, COUNT(html401)))
		return system->missing ? HTML_QUIRKS : HTML_LIMITED_QUIRKS;
	if (begins_with_any(public, xhtml, COUNT(xhtml)))
		return HTML_LIMITED_QUIRKS;
	return HTML_NO_QUIRKS;
}

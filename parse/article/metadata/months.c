#include "parse/article/metadata/months.h"

#include <string.h>

#include "parse/article/metadata/words.h"

enum { NAME_MAX_BYTES = 32 };

/* Names of months in lower case. In languages whose dates have a case of their
 * own (Polish, Russian), the names are in that case. Abbreviations are listed
 * only if they are not the beginning of a name. */
static const char *const names[][12] = {
	{"january", "february", "march", "april", "may", "june", "july",
	 "august", "september", "october", "november", "december"},
	{"januar", "februar", "märz", "april", "mai", "juni", "juli", "august",
	 "september", "oktober", "november", "dezember"},
	{"jänner", "feber", "mrz", "", "", "", "", "", "", "", "", ""},
	{"janvier", "février", "mars", "avril", "mai", "juin", "juillet",
	 "août", "septembre", "octobre", "novembre", "décembre"},
	{"", "fevrier", "", "", "", "", "", "aout", "", "", "", "decembre"},
	{"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio",
	 "agosto", "septiembre", "octubre", "noviembre", "diciembre"},
	{"", "", "", "", "", "", "", "", "setiembre", "", "", ""},
	{"janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho",
	 "agosto", "setembro", "outubro", "novembro", "dezembro"},
	{"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno",
	 "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"},
	{"januari", "februari", "maart", "april", "mei", "juni", "juli",
	 "augustus", "september", "oktober", "november", "december"},
	{"", "", "mrt", "", "", "", "", "", "", "", "", ""},
	{"stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca",
	 "lipca", "sierpnia", "września", "października", "listopada",
	 "grudnia"},
	{"января", "февраля", "марта", "апреля", "мая", "июня", "июля",
	 "августа", "сентября", "октября", "ноября", "декабря"},
	{"januari", "februari", "mars", "april", "maj", "juni", "juli",
	 "augusti", "september", "oktober", "november", "december"},
};

static const char *name_that_begins(const char *name, struct slice word)
{
	return !strncmp(name, word.p, word.len) ? name : NULL;
}

int month_by_name(struct slice word)
{
	char lower[NAME_MAX_BYTES];
	const struct slice folded = {
		lower, words_lower(lower, sizeof(lower), word),
	};

	if (folded.len < 3 || words_letters(folded) < 3)
		return 0;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		for (int month = 0; month < 12; month++)
			if (name_that_begins(names[i][month], folded))
				return month + 1;
	return 0;
}

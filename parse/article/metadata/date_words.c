#include "parse/article/metadata/date_words.h"

#include <string.h>

#include "parse/article/metadata/words.h"

enum { LABEL_MAX_BYTES = 80, WORD_MAX_BYTES = 40 };

/* Beginnings of words, in lower case. */
static const struct {
	const char *beginning;
	enum date_label label;
} labels[] = {
	{"publi", DATE_LABEL_PUBLISHED}, /* en fr es pt it sv */
	{"pubbl", DATE_LABEL_PUBLISHED},
	{"posted", DATE_LABEL_PUBLISHED}, {"written", DATE_LABEL_PUBLISHED},
	{"created", DATE_LABEL_PUBLISHED}, {"started", DATE_LABEL_PUBLISHED},
	{"released", DATE_LABEL_PUBLISHED}, {"date", DATE_LABEL_PUBLISHED},
	{"veröffentlicht", DATE_LABEL_PUBLISHED},
	{"erschienen", DATE_LABEL_PUBLISHED}, {"datum", DATE_LABEL_PUBLISHED},
	{"fecha", DATE_LABEL_PUBLISHED}, {"data", DATE_LABEL_PUBLISHED},
	{"geplaatst", DATE_LABEL_PUBLISHED},
	{"gepubliceerd", DATE_LABEL_PUBLISHED},
	{"opublikowan", DATE_LABEL_PUBLISHED},
	{"опубликован", DATE_LABEL_PUBLISHED}, {"дата", DATE_LABEL_PUBLISHED},

	{"updat", DATE_LABEL_MODIFIED}, {"modifi", DATE_LABEL_MODIFIED},
	{"revis", DATE_LABEL_MODIFIED}, {"edited", DATE_LABEL_MODIFIED},
	{"reviewed", DATE_LABEL_MODIFIED}, {"changed", DATE_LABEL_MODIFIED},
	{"refreshed", DATE_LABEL_MODIFIED},
	{"aktualis", DATE_LABEL_MODIFIED}, {"geändert", DATE_LABEL_MODIFIED},
	{"jour", DATE_LABEL_MODIFIED}, {"actuali", DATE_LABEL_MODIFIED},
	{"atualiz", DATE_LABEL_MODIFIED}, {"aggiorn", DATE_LABEL_MODIFIED},
	{"bijgewerkt", DATE_LABEL_MODIFIED}, {"gewijzigd", DATE_LABEL_MODIFIED},
	{"zaktualiz", DATE_LABEL_MODIFIED}, {"aktualiz", DATE_LABEL_MODIFIED},
	{"обновл", DATE_LABEL_MODIFIED}, {"изменен", DATE_LABEL_MODIFIED},
	{"uppdater", DATE_LABEL_MODIFIED}, {"ändrad", DATE_LABEL_MODIFIED},

	{"original", DATE_LABEL_FIRST}, {"first", DATE_LABEL_FIRST},
	{"initialement", DATE_LABEL_FIRST}, {"ursprünglich", DATE_LABEL_FIRST},
	{"ursprunglig", DATE_LABEL_FIRST}, {"oorspronkelijk", DATE_LABEL_FIRST},
	{"originar", DATE_LABEL_FIRST}, {"pierwotnie", DATE_LABEL_FIRST},
	{"первоначально", DATE_LABEL_FIRST},

	{"copyright", DATE_LABEL_OTHER}, {"expire", DATE_LABEL_OTHER},
	{"until", DATE_LABEL_OTHER}, {"through", DATE_LABEL_OTHER},
	{"since", DATE_LABEL_OTHER}, {"joined", DATE_LABEL_OTHER},
	{"born", DATE_LABEL_OTHER}, {"deadline", DATE_LABEL_OTHER},
	{"ends", DATE_LABEL_OTHER}, {"begins", DATE_LABEL_OTHER},
	{"starts", DATE_LABEL_OTHER}, {"effective", DATE_LABEL_OTHER},
	{"member", DATE_LABEL_OTHER}, {"founded", DATE_LABEL_OTHER},
	{"registered", DATE_LABEL_OTHER}, {"registriert", DATE_LABEL_OTHER},
	{"inscri", DATE_LABEL_OTHER}, {"registrado", DATE_LABEL_OTHER},
	{"iscritto", DATE_LABEL_OTHER}, {"as", DATE_LABEL_OTHER},
};

static enum date_label label_of(struct slice word)
{
	char lower[WORD_MAX_BYTES];
	const size_t len = words_lower(lower, sizeof(lower), word);

	for (size_t i = 0; i < sizeof(labels) / sizeof(*labels); i++) {
		const size_t n = strlen(labels[i].beginning);

		if (len >= n && !memcmp(lower, labels[i].beginning, n) &&
		    (n > 2 || len == n))
			return labels[i].label;
	}
	return DATE_LABEL_NONE;
}

enum date_label date_label_of(struct slice text)
{
	enum date_label label = DATE_LABEL_NONE;
	bool first = false;
	struct slice word;
	size_t at = 0;

	if (text.len > LABEL_MAX_BYTES)
		text = (struct slice){text.p + text.len - LABEL_MAX_BYTES,
				      LABEL_MAX_BYTES};
	while (words_next(text, &at, &word)) {
		const enum date_label found = label_of(word);

		if (found == DATE_LABEL_FIRST)
			first = true;
		else if (found != DATE_LABEL_NONE)
			label = found;
	}
	return first && label == DATE_LABEL_PUBLISHED ? DATE_LABEL_FIRST
						      : label;
}

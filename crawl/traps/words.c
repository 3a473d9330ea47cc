#include "crawl/traps/words.h"

#include "crawl/traps/word_block.h"

void words_fill(struct words *w, struct slice *text)
{
	const size_t rest = w->len - w->next;
	size_t len = WORDS_TEXT - w->len;

	if (text->len >= len && w->next) {
		memmove(w->text, w->text + w->next, rest);
		w->next = 0;
		w->len = rest;
		len = WORDS_TEXT - rest;
	}
	len = text->len < len ? text->len : len;
	if (!len)
		return;
	memcpy(w->text + w->len, text->p, len);
	w->len += len;
	text->p += len;
	text->len -= len;
}

bool words_read(struct words *w, struct word_block *block, bool is_end)
{
	return words_read_inline(w, block, is_end);
}

uint64_t words_hash_long(const unsigned char *p, size_t len)
{
	uint64_t h = 0;

	for (; len > sizeof(h); p += sizeof(h), len -= sizeof(h))
		h = words_mix(h ^ words_bytes(p, sizeof(h)), WORDS_FACTOR);
	return words_mix(h ^ words_bytes(p, len), WORDS_FACTOR);
}

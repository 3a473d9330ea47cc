/* Walks over the tree and collects blocks and runs. */
#include "parse/article/blocks.h"

#include "base/ascii.h"
#include "base/memory_budget.h"
#include "parse/article/model.h"
#include "parse/article/signs.h"
#include "parse/article/tags.h"
#include "parse/article/tokens.h"

/* The word that is being read. */
struct word {
	uint32_t hash;
	uint32_t bytes;		/* 0: none */
	bool upper;
};

struct walk {
	struct blocks *out;
	const struct blocks_listener *listener;
	uint32_t block;		/* the innermost open element */
	uint32_t anchors;	/* open links */
	struct run run;		/* the current one; words 0: empty */
	struct word word;
	uint32_t line;		/* hash of the words of the run so far */
	struct token_scores *scores;	/* where tokens are counted */
};

/* Doubles the room of a list of elements of `size` bytes. */
static void *grow(void *list, size_t *cap, size_t size)
{
	const size_t before = *cap;

	*cap = before ? 2 * before : 128;
	return memory_resize(list, before * size, *cap * size);
}

static void add_score(struct token_scores *s, int score)
{
	if (score < s->low)
		s->low = (int16_t)score;
	if (score > s->high)
		s->high = (int16_t)score;
	score += s->sum;
	s->sum = (int16_t)(score < -2000 ? -2000 : score > 2000 ? 2000 : score);
}

static void on_token(void *ctx, uint32_t hash, char kind, const char *text,
		     size_t len)
{
	struct walk *w = ctx;

	add_score(w->scores, model_token(hash));
	if (w->listener && w->listener->on_token) {
		const bool block = w->scores != &w->run.inlines;

		w->listener->on_token(w->listener->ctx, kind, text, len, !block,
				      block ? w->out->count - 1 :
					      w->out->runs_count);
	}
}

static void score_element(struct walk *w, const xmlNode *n,
			  struct token_scores *scores)
{
	const struct token_sink sink = {on_token, w};

	w->scores = scores;
	tokens_of_element(n, &sink);
}

/* --- Words --- */

static void end_word(struct walk *w)
{
	struct run *run = &w->run;

	if (!w->word.bytes)
		return;
	run->words++;
	run->links += w->anchors > 0;
	if (run->words <= LINE_WORDS) {
		const uint32_t hash = token_end(w->word.hash);

		run->upper = (uint16_t)(run->upper + w->word.upper);
		add_score(&run->text, model_token(hash));
		w->line = token_add(token_add(token_add(w->line,
			(unsigned char)hash), (unsigned char)(hash >> 8)),
			(unsigned char)(hash >> 16));
	}
	w->word = (struct word){0};
}

/* Classes of bytes. */
enum { SPACE = 1, COMMA, STOP, DIGIT, LETTER, UPPER, OTHER };

static const unsigned char classes[256] = {
	['\t' ... '\n'] = SPACE, ['\f' ... '\r'] = SPACE, [' '] = SPACE,
	[1 ... '\b'] = OTHER, ['\v'] = OTHER, [0x0e ... 0x1f] = OTHER,
	['!'] = STOP, ['"' ... '+'] = OTHER, [','] = COMMA, ['-'] = OTHER,
	['.'] = STOP, ['/'] = OTHER, ['0' ... '9'] = DIGIT, [':'] = OTHER,
	[';'] = COMMA, ['<' ... '>'] = OTHER, ['?'] = STOP, ['@'] = OTHER,
	['A' ... 'Z'] = UPPER, ['[' ... '`'] = OTHER, ['a' ... 'z'] = LETTER,
	['{' ... 0x7f] = OTHER, [0x80 ... 0xff] = LETTER,
};

static void begin_word(struct walk *w, unsigned char c)
{
	w->word.hash = token_begin(OF_WORD);
	w->word.upper = classes[c] == UPPER;
	if (!w->run.words)
		w->run.first = c;
}

static void add_letter(struct walk *w, unsigned char c)
{
	if (w->run.words < LINE_WORDS && classes[c] >= DIGIT &&
	    classes[c] <= UPPER)
		w->word.hash = token_add(w->word.hash, classes[c] == DIGIT ?
			'0' : (unsigned char)ascii_lower((char)c));
}

/* Notes what is special about a byte. */
static void count_byte(struct run *run, unsigned char c, unsigned char next)
{
	switch (classes[c]) {
	case COMMA:
		run->commas++;
		break;
	case STOP:
		run->stops += classes[next] == SPACE || !next;
		break;
	case DIGIT:
		run->digits++;
		break;
	case OTHER:
		if (c == '$')
			run->signs |= RUN_PRICE;
		break;
	}
	if (c == 0xc2 && next == 0xa9)
		run->signs |= RUN_COPYRIGHT;
	if ((c == 0xc2 && next == 0xa3) || (c == 0x82 && next == 0xac))
		run->signs |= RUN_PRICE;
	run->last = c;
}

/* Returns true for a character of a script without spaces (kana, ideographs),
 * of which two make a word. */
static bool is_ideograph(const unsigned char *s)
{
	return s[0] >= 0xe3 && s[0] <= 0xe9;
}

static void read_text(struct walk *w, const char *text)
{
	const unsigned char *s = (const unsigned char *)text;
	uint32_t ideographs = 0;

	for (; *s; s++) {
		if (classes[*s] == SPACE || (s[0] == 0xc2 && s[1] == 0xa0)) {
			end_word(w);
			s += s[0] == 0xc2;
			continue;
		}
		if (!w->word.bytes)
			begin_word(w, *s);
		w->word.bytes++;
		w->run.bytes++;
		count_byte(&w->run, *s, s[1]);
		add_letter(w, *s);
		ideographs += is_ideograph(s);
	}
	w->run.words += ideographs / 2;
	w->run.links += w->anchors ? ideographs / 2 : 0;
}

bool blocks_has_word(const xmlNode *text)
{
	const char *s = (const char *)text->content;

	while (ascii_is_space(*s))
		s++;
	return *s;
}

static void on_text(struct walk *w, const xmlNode *n)
{
	struct blocks *out = w->out;

	if (!blocks_has_word(n)) {
		end_word(w);
		return;
	}
	if (out->texts_count == out->texts_cap)
		out->texts = grow(out->texts, &out->texts_cap,
				  sizeof(*out->texts));
	out->texts[out->texts_count++] = (uint32_t)out->runs_count;
	w->run.block = w->block;
	read_text(w, (const char *)n->content);
	if (w->listener && w->listener->on_text)
		w->listener->on_text(w->listener->ctx, out->runs_count,
				     (const char *)n->content);
}

/* --- Runs --- */

/* Returns true if the run looks like sentences: long enough, few links. */
static bool is_prose(const struct run *run)
{
	return run->words >= 10 && 3 * run->links < run->words &&
	       (run->stops || run->commas || run->words >= 25);
}

static struct run *room_for_run(struct blocks *b)
{
	if (b->runs_count == b->runs_cap)
		b->runs = grow(b->runs, &b->runs_cap, sizeof(*b->runs));
	return &b->runs[b->runs_count];
}

static void end_run(struct walk *w)
{
	struct blocks *b = w->out;
	struct run *run = &w->run;

	end_word(w);
	if (run->bytes) {
		const bool prose = is_prose(run);

		if (run->words <= LINE_WORDS / 2)
			run->line = (int16_t)model_token(token_end(w->line));
		run->before = b->sums;
		*room_for_run(b) = *run;
		b->runs_count++;
		b->sums.words += run->words;
		b->sums.links += run->links;
		b->sums.prose += prose ? run->words : 0;
		b->sums.proses += prose;
	}
	*run = (struct run){0};
	w->line = token_begin(OF_LINE);
}

/* --- Elements --- */

static uint64_t mix(uint64_t a, uint64_t b)
{
	a = (a ^ b) * 0x9e3779b97f4a7c15u;
	return a ^ a >> 29;
}

static uint64_t signature_of(const xmlNode *n)
{
	uint64_t hash = mix(html_name(n)->id, (unsigned char)n->name[0]);

	for (const xmlAttr *a = n->properties; a; a = a->next) {
		if (((const struct html_name *)a->psvi)->id != N_CLASS ||
		    !a->children)
			continue;
		for (const xmlChar *s = a->children->content; *s; s++)
			if (!ascii_is_digit((char)*s))
				hash = (hash ^ *s) * 0x100000001b3u;
	}
	return mix(hash, hash >> 32);
}

static struct block *room_for_block(struct blocks *b)
{
	if (b->count == b->cap)
		b->blocks = grow(b->blocks, &b->cap, sizeof(*b->blocks));
	return &b->blocks[b->count];
}

static void join_scores(struct token_scores *to, const struct token_scores *add)
{
	const int sum = to->sum + add->sum;

	to->low = add->low < to->low ? add->low : to->low;
	to->high = add->high > to->high ? add->high : to->high;
	to->sum = (int16_t)(sum < -2000 ? -2000 : sum > 2000 ? 2000 : sum);
}

static void open_block(struct walk *w, const xmlNode *n)
{
	struct blocks *b = w->out;
	struct block *block = room_for_block(b);
	const uint32_t index = (uint32_t)b->count++;
	const struct block *parent = &b->blocks[index ? w->block : 0];

	*block = (struct block){.node = n,
				.parent = index ? w->block : 0,
				.run = (uint32_t)b->runs_count,
				.tag = html_name(n)->id};
	block->signature = signature_of(n);
	score_element(w, n, &block->own);
	block->signs = signs_of(n);
	block->path = block->signature;
	block->chain = block->own;
	if (index) {
		block->depth = (uint16_t)(parent->depth + 1);
		block->signs |= parent->signs;
		block->path = mix(parent->path, block->signature);
		join_scores(&block->chain, &parent->chain);
	}
	w->block = index;
}

static void close_block(struct walk *w)
{
	struct block *block = &w->out->blocks[w->block];

	block->end = (uint32_t)w->out->count;
	block->run_end = (uint32_t)w->out->runs_count;
	w->block = block->parent;
}

/* Notes an inline element in the current run. */
static void open_inline(struct walk *w, const xmlNode *n)
{
	switch (html_name(n)->id) {
	case N_A:
		end_word(w);
		w->anchors++;
		break;
	case N_BR:
		end_word(w);
		return;
	case N_IMG:
		w->run.signs |= RUN_IMAGE;
		return;
	case N_TIME:
		w->run.signs |= RUN_TIME;
		break;
	case N_CODE:
		w->run.signs |= RUN_CODE;
		break;
	case N_B:
	case N_STRONG:
		if (!w->run.bytes)
			w->run.signs |= RUN_BOLD;
		break;
	}
	if (n->properties)
		score_element(w, n, &w->run.inlines);
}

static void open_element(struct walk *w, const xmlNode *n)
{
	if (tag_is_inline(n)) {
		open_inline(w, n);
		return;
	}
	end_run(w);
	open_block(w, n);
}

static void close_element(void *ctx, const xmlNode *n)
{
	struct walk *w = ctx;

	if (!tag_is_inline(n)) {
		end_run(w);
		close_block(w);
	} else if (html_is(n, N_A)) {
		end_word(w);
		w->anchors--;
	}
}

const xmlNode *blocks_skip(const xmlNode *n, const xmlNode *root,
			   void (*on_end)(void *ctx, const xmlNode *element),
			   void *ctx)
{
	while (!n->next) {
		n = n->parent;
		if (on_end)
			on_end(ctx, n);
		if (n == root)
			return NULL;
	}
	return n->next;
}

/* Enters a node; returns true if what is inside it is to be read. */
static bool enter(struct walk *w, const xmlNode *n)
{
	if (n->type == XML_TEXT_NODE)
		on_text(w, n);
	if (n->type != XML_ELEMENT_NODE || tag_is_invisible(n))
		return false;
	open_element(w, n);
	if (!n->children)
		close_element(w, n);
	return n->children;
}

/* Returns the first child that is this element, or NULL. */
static const xmlNode *find_child(const xmlNode *children, enum html_id id)
{
	const xmlNode *n = children;

	while (n && (n->type != XML_ELEMENT_NODE || !html_is(n, id)))
		n = n->next;
	return n;
}

const xmlNode *blocks_body(const xmlDoc *doc)
{
	const xmlNode *html = find_child(doc->children, N_HTML);

	return html ? find_child(html->children, N_BODY) : NULL;
}

void blocks_find(struct blocks *b, const xmlDoc *doc,
		 const struct blocks_listener *listener)
{
	struct walk w = {.out = b, .listener = listener,
			 .line = token_begin(OF_LINE)};
	const xmlNode *body = blocks_body(doc);

	for (const xmlNode *n = body; n && !memory_limit_reached();)
		n = enter(&w, n) ? n->children :
			n == body ? NULL :
			blocks_skip(n, body, close_element, &w);
	*room_for_run(b) = (struct run){.before = b->sums};
}

void blocks_release(struct blocks *b)
{
	memory_resize(b->blocks, b->cap * sizeof(*b->blocks), 0);
	memory_resize(b->runs, b->runs_cap * sizeof(*b->runs), 0);
	memory_resize(b->texts, b->texts_cap * sizeof(*b->texts), 0);
	*b = (struct blocks){0};
}

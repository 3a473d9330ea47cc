/* Walks over the tree and collects blocks and runs. */
#include "parse/article/blocks.h"

#include "base/memory_budget.h"
#include "parse/article/attributes.h"
#include "parse/article/page_tokens.h"
#include "parse/article/run_text.h"
#include "parse/article/tags.h"

struct walk {
	struct blocks *out;
	const struct blocks_listener *listener;
	struct attribute_reader attributes;
	struct run_text text;	/* the current run */
	uint32_t texts;		/* text nodes so far */
	uint32_t block;		/* the innermost open element */
	bool run_begun;		/* the run has text or signs */
	bool in_run;		/* the tokens that are read are those of an
				 * inline element */
};

/* Doubles the room of a list of elements of `size` bytes. */
static void *grow(void *list, size_t *cap, size_t size)
{
	const size_t before = *cap;

	*cap = before ? 2 * before : 128;
	return memory_resize(list, before * size, *cap * size);
}

/* Passes a token on to the listener. */
static void on_token(void *ctx, uint32_t hash, char kind, const char *text,
		     size_t len)
{
	const struct walk *w = ctx;

	(void)hash;
	if (w->listener->on_token)
		w->listener->on_token(w->listener->ctx, kind, text, len,
				      w->in_run,
				      w->in_run ? w->out->runs_count :
						  w->out->count - 1);
}

/* Keeps an element that says something about the page. */
static void keep_note(struct walk *w, const xmlNode *n)
{
	struct blocks *b = w->out;

	if (b->notes_count == MAX_NOTES)
		return;
	if (b->notes_count == b->notes_cap)
		b->notes = grow(b->notes, &b->notes_cap, sizeof(*b->notes));
	b->notes[b->notes_count++] = n;
}

static void read_attributes(struct walk *w, const xmlNode *n, bool in_run,
			    struct attributes *out)
{
	w->in_run = in_run;
	attributes_read(&w->attributes, n, out);
	if (out->has_type || page_tokens_are_in(n))
		keep_note(w, n);
}

static void on_text(struct walk *w, const xmlNode *n)
{
	struct run_text *t = &w->text;

	if (!run_text_has_word((const char *)n->content)) {
		run_text_end_word(t);
		return;
	}
	w->run_begun = true;
	if (!t->run.bytes)
		t->run.text = w->texts;
	w->texts++;
	t->run.block = w->block;
	run_text_add(t, (const char *)n->content);
	if (w->listener && w->listener->on_text)
		w->listener->on_text(w->listener->ctx, w->out->runs_count,
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
	struct run *run = &w->text.run;

	if (!w->run_begun)
		return;
	w->run_begun = false;
	run_text_end(&w->text);
	if (run->bytes) {
		const bool prose = is_prose(run);

		run->before = b->sums;
		*room_for_run(b) = *run;
		b->runs_count++;
		b->sums.words += run->words;
		b->sums.links += run->links;
		b->sums.prose += prose ? run->words : 0;
		b->sums.proses += prose;
	}
	run_text_begin(&w->text);
}

/* --- Elements --- */

static uint32_t mix(uint32_t a, uint32_t b)
{
	const uint64_t x = (a ^ (uint64_t)b << 32) * 0x9e3779b97f4a7c15u;

	return (uint32_t)(x >> 32 ^ x >> 15);
}

static uint32_t signature_of(const xmlNode *n, const struct attributes *a)
{
	return mix(mix(html_name(n)->id, (unsigned char)n->name[0]), a->class);
}

static struct block *room_for_block(struct blocks *b)
{
	if (b->count == b->cap)
		b->blocks = grow(b->blocks, &b->cap, sizeof(*b->blocks));
	return &b->blocks[b->count];
}

static void open_block(struct walk *w, const xmlNode *n)
{
	struct blocks *b = w->out;
	struct block *block = room_for_block(b);
	const uint32_t index = (uint32_t)b->count++;
	const struct block *parent = &b->blocks[index ? w->block : 0];
	struct attributes a;

	read_attributes(w, n, false, &a);
	*block = (struct block){.node = n,
				.signature = signature_of(n, &a),
				.parent = index ? w->block : 0,
				.run = (uint32_t)b->runs_count,
				.signs = a.signs,
				.own = a.scores,
				.chain = a.scores,
				.tag = html_name(n)->id};
	block->path = block->signature;
	if (index) {
		block->depth = (uint16_t)(parent->depth + 1);
		block->signs |= parent->signs;
		block->path = mix(parent->path, block->signature);
		token_scores_join(&block->chain, &parent->chain);
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

/* Returns the sign that an inline element gives its run. */
static uint8_t sign_of(const struct run *run, const xmlNode *n)
{
	switch (html_name(n)->id) {
	case N_IMG:
		return RUN_IMAGE;
	case N_TIME:
		return RUN_TIME;
	case N_CODE:
		return RUN_CODE;
	case N_B:
	case N_STRONG:
		return run->bytes ? 0 : RUN_BOLD;
	default:
		return 0;
	}
}

/* Notes an inline element in the current run. */
static void open_inline(struct walk *w, const xmlNode *n)
{
	struct run_text *t = &w->text;
	struct attributes a;

	w->run_begun = true;
	t->run.signs |= sign_of(&t->run, n);
	if (html_is(n, N_A) || html_is(n, N_BR))
		run_text_end_word(t);
	t->anchors += html_is(n, N_A);
	if (!n->properties || html_is(n, N_BR) || html_is(n, N_IMG))
		return;
	read_attributes(w, n, true, &a);
	token_scores_join(&t->run.inlines, &a.scores);
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
		run_text_end_word(&w->text);
		w->text.anchors--;
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

/* Enters a node; returns true if its children are to be read. */
static bool enter(struct walk *w, const xmlNode *n)
{
	if (n->type == XML_TEXT_NODE)
		on_text(w, n);
	if (n->type != XML_ELEMENT_NODE)
		return false;
	if (tag_is_invisible(n)) {
		if (page_tokens_are_in(n))
			keep_note(w, n);
		return false;
	}
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
	struct walk w = {.out = b, .listener = listener};
	const struct token_sink sink = {NULL, on_token, &w};
	const xmlNode *body = blocks_body(doc);

	w.attributes.listener = listener ? &sink : NULL;
	run_text_begin(&w.text);
	for (const xmlNode *n = body; n && !memory_limit_reached();)
		n = enter(&w, n) ? n->children :
			n == body ? NULL :
			blocks_skip(n, body, close_element, &w);
	*room_for_run(b) = (struct run){.before = b->sums, .text = w.texts};
	attributes_release(&w.attributes);
}

void blocks_release(struct blocks *b)
{
	memory_resize(b->blocks, b->cap * sizeof(*b->blocks), 0);
	memory_resize(b->runs, b->runs_cap * sizeof(*b->runs), 0);
	memory_resize(b->notes, b->notes_cap * sizeof(*b->notes), 0);
	*b = (struct blocks){0};
}

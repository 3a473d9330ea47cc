/*
 * Prints data about pages for scripts/article_model/train.py.
 *
 *	pages blocks FILE...		texts and tokens of the pages
 *	pages features MODEL FILE...	rows of features, as bytes
 *	pages scores MODEL FILE...	probabilities of runs
 *	pages types MODEL FILE...	features of the type
 *	pages content MODEL FILE...	type, confidence and text
 *	pages names			names of the features
 *
 * "scores", "types" and "content" print a line for each page.
 *
 * Output of "blocks", one line each, with the fields separated by tabs:
 *
 *	P file				a page
 *	T kind+token			a token of the page
 *	R block words text		a run
 *	t run kind+token		a token of a run
 *	E run run_end kind+token...	an element
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "parse/article/blocks.h"
#include "parse/article/content.h"
#include "parse/article/features.h"
#include "parse/article/page_tokens.h"
#include "parse/article/page_type.h"
#include "parse/article/runs.h"
#include "parse/article/text.h"
#include "parse/html/html.h"

struct page {
	struct buf *runs;	/* text of each run */
	struct buf *run_tokens;
	struct buf *blocks;	/* tokens of each block */
	size_t runs_count, blocks_count;
};

static struct buf *at(struct buf **list, size_t *count, size_t index)
{
	while (*count <= index) {
		*list = xrealloc(*list, (*count + 1) * sizeof(**list));
		(*list)[(*count)++] = (struct buf){0};
	}
	return &(*list)[index];
}

static size_t tokens_count;

static void on_token(void *ctx, char kind, const char *text, size_t len,
		     int of_run, size_t index)
{
	struct page *p = ctx;
	struct buf *to = of_run ? at(&p->run_tokens, &tokens_count, index)
				: at(&p->blocks, &p->blocks_count, index);

	buf_addch(to, '\t');
	buf_addch(to, kind);
	for (size_t i = 0; i < len; i++)
		buf_addch(to, (unsigned char)text[i] < ' ' ? '?' : text[i]);
}

static void on_text(void *ctx, size_t run, const char *text)
{
	struct page *p = ctx;
	struct buf *to = at(&p->runs, &p->runs_count, run);

	buf_addstr(to, text);
	buf_addch(to, '\f');
}

static void on_page_token(void *ctx, uint32_t hash, char kind, const char *text,
			  size_t len)
{
	(void)ctx;
	(void)hash;
	printf("T\t%c%.*s\n", kind, (int)len, text);
}

static void read_file(struct buf *out, const char *path)
{
	FILE *f = fopen(path, "rb");
	size_t got;

	if (!f) {
		perror(path);
		exit(1);
	}
	do {
		got = fread(buf_reserve(out, 65536), 1, 65536, f);
		out->len += got;
	} while (got);
	fclose(f);
	utf8_repair(out);
	buf_cstr(out);
}

static void print_text(const struct buf *text)
{
	for (size_t i = 0; i < text->len; i++) {
		const char c = text->data[i];

		putchar(c == '\t' || c == '\n' || c == '\r' ? ' ' : c);
	}
}

static void print_page(const struct blocks *b, struct page *p)
{
	for (size_t i = 0; i < b->runs_count; i++) {
		const struct buf *t = at(&p->run_tokens, &tokens_count, i);

		printf("R\t%u\t%u\t%u\t", b->runs[i].block, b->runs[i].words,
		       b->runs[i].links);
		print_text(at(&p->runs, &p->runs_count, i));
		printf("\nt%.*s\n", (int)t->len, t->data ? t->data : "");
	}
	for (size_t i = 0; i < b->count; i++) {
		const struct buf *t = at(&p->blocks, &p->blocks_count, i);

		printf("E\t%u\t%u%.*s\n", b->blocks[i].run,
		       b->blocks[i].run_end, (int)t->len,
		       t->data ? t->data : "");
	}
}

static void release(struct buf *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buf_release(&list[i]);
	free(list);
}

static void print_blocks(const xmlDoc *doc)
{
	struct page p = {0};
	struct blocks b = {0};
	const struct blocks_listener listener = {on_token, on_text, &p};
	const struct token_sink sink = {NULL, on_page_token, NULL};

	tokens_count = 0;
	blocks_find(&b, doc, &listener);
	page_tokens(&b, doc, NULL, &sink);
	print_page(&b, &p);
	release(p.runs, p.runs_count);
	release(p.run_tokens, tokens_count);
	release(p.blocks, p.blocks_count);
	blocks_release(&b);
}

/* --- The model --- */

static struct model model;
static struct model_token *tokens;
static struct model_page_token *page_tokens_table;

/* The trees that read_trees() has read so far. */
struct growing {
	struct model_trees *trees;
	struct model_split *splits;
	int8_t *leaves;
	size_t splits_count, leaves_count;
};

static void add_split(struct growing *g, int feature, int value)
{
	g->splits = xrealloc(g->splits,
			     (g->splits_count + 1) * sizeof(*g->splits));
	g->splits[g->splits_count++] = (struct model_split){
		(int8_t)value, (uint8_t)feature};
	g->trees->splits = g->splits;
}

static void add_leaf(struct growing *g, int value)
{
	g->leaves = xrealloc(g->leaves,
			     (g->leaves_count + 1) * sizeof(*g->leaves));
	g->leaves[g->leaves_count++] = (int8_t)value;
	g->trees->leaves = g->leaves;
}

static struct model_trees *trees_of(const char *name)
{
	if (!strcmp(name, "first"))
		return &model.first;
	if (!strcmp(name, "second"))
		return &model.second;
	return &model.types[name[4] - '0'];
}

/* Reads a line of trees: B, S, D or V. */
static void read_trees(struct growing *g, const char *line)
{
	char name[16];
	int a, b;

	if (sscanf(line, "B %15s", name) == 1)
		*g = (struct growing){.trees = trees_of(name)};
	if (*line == 'S' && ++g->trees->count > MODEL_MAX_TREES) {
		fprintf(stderr, "pages: more than %d trees\n",
			MODEL_MAX_TREES);
		exit(1);
	}
	if (sscanf(line, "D %d %d", &a, &b) == 2)
		add_split(g, a, b);
	if (sscanf(line, "V %d", &a) == 1)
		add_leaf(g, a);
}

static void add_token(uint32_t hash, int score)
{
	size_t i = hash & (model.tokens_size - 1);

	while (tokens[i].hash)
		i = (i + 1) & (model.tokens_size - 1);
	tokens[i] = (struct model_token){hash, (int8_t)score};
}

static void add_page_token(uint32_t hash, const char *scores)
{
	size_t i = hash & (model.page_tokens_size - 1);
	char *s = (char *)scores;

	while (page_tokens_table[i].hash)
		i = (i + 1) & (model.page_tokens_size - 1);
	page_tokens_table[i].hash = hash;
	for (int t = 0; t < MODEL_TYPES; t++)
		page_tokens_table[i].scores[t] = (int8_t)strtol(s, &s, 10);
}

/* Reads a model: the lines K, Q, B, S, D and V that
 * scripts/article_model/train.py writes. */
static void read_model(const char *path)
{
	FILE *f = fopen(path, "r");
	char line[256];
	struct growing growing = {0};
	unsigned hash;
	int a;

	model.tokens_size = model.page_tokens_size = 1 << 15;
	tokens = xcalloc(model.tokens_size, sizeof(*tokens));
	page_tokens_table = xcalloc(model.page_tokens_size,
				    sizeof(*page_tokens_table));
	model.tokens = tokens;
	model.page_tokens = page_tokens_table;
	if (!f) {
		perror(path);
		exit(1);
	}
	while (fgets(line, sizeof(line), f)) {
		if (sscanf(line, "K %u %d", &hash, &a) == 2)
			add_token(hash, a);
		if (sscanf(line, "Q %u %n", &hash, &a) == 1)
			add_page_token(hash, line + a);
		read_trees(&growing, line);
	}
	fclose(f);
	model_set(&model);
}

/* Writes the features of all runs. */
static void write_features(const struct features *f)
{
	static _Alignas(MODEL_LANES) model_lanes rows[FEATURES];
	int8_t row[FEATURES];

	features_of_page(f, rows);
	for (size_t i = 0; i < f->blocks->runs_count; i++) {
		features_of_run(f, i, rows, 0);
		for (size_t k = 0; k < FEATURES; k++)
			row[k] = rows[k][0];
		fwrite(row, sizeof(row), 1, stdout);
	}
}

static void write_rows(const xmlDoc *doc)
{
	struct blocks b = {0};
	struct features f = {0};
	int16_t *first;

	blocks_find(&b, doc, NULL);
	features_init(&f, &b);
	page_type_scores(f.types, &b, doc, NULL);
	first = xcalloc(b.runs_count + 1, sizeof(*first));
	if (model.first.count) {
		runs_score_first(&f, first);
		features_set_first(&f, first);
	}
	write_features(&f);
	free(first);
	features_release(&f);
	blocks_release(&b);
}

/* Prints the probability of each run. */
static void print_scores(const xmlDoc *doc)
{
	struct blocks b = {0};
	int16_t types[MODEL_TYPES], *p;

	blocks_find(&b, doc, NULL);
	p = xcalloc(b.runs_count + 1, sizeof(*p));
	runs_score(p, types, &b, doc, NULL);
	for (size_t i = 0; i < b.runs_count; i++)
		printf("%d%c", p[i], i + 1 < b.runs_count ? ' ' : '\n');
	if (!b.runs_count)
		putchar('\n');
	free(p);
	blocks_release(&b);
}

/* Prints the features of the page for its type. */
static void print_page_row(const xmlDoc *doc)
{
	struct blocks b = {0};
	int16_t types[MODEL_TYPES], *p;
	int8_t row[PAGE_FEATURES];
	double expected;

	blocks_find(&b, doc, NULL);
	p = xcalloc(b.runs_count + 1, sizeof(*p));
	runs_score(p, types, &b, doc, NULL);
	page_type_features(row, types, &b, p, content_limit(&b, p, &expected));
	for (int i = 0; i < PAGE_FEATURES; i++)
		printf("%d%c", row[i], i + 1 < PAGE_FEATURES ? ' ' : '\n');
	free(p);
	blocks_release(&b);
}

/* Prints the type, the confidence and the text of the content on one line. */
static void print_content(const xmlDoc *doc)
{
	struct content content = {0};
	struct buf text = {0};

	content_find(&content, doc, NULL);
	text_write(&text, &content, 0);
	printf("%d\t%.3f\t", content.type, content.confidence);
	print_text(&text);
	putchar('\n');
	buf_release(&text);
	content_release(&content);
}

/* Functions that are called with each page, by the name of the command. */
static const struct command {
	const char *name;
	void (*run)(const xmlDoc *doc);
	bool no_model;
} commands[] = {
	{"blocks", print_blocks, true},
	{"features", write_rows, false},
	{"scores", print_scores, false},
	{"types", print_page_row, false},
	{"content", print_content, false},
};

static void print_names(void)
{
#define FEATURE(name) puts(#name);
#include "parse/article/features.def"
#undef FEATURE
}

static void run_on(const struct command *command, const char *path)
{
	struct buf text = {0};
	const char *why;
	xmlDoc *doc;

	read_file(&text, path);
	doc = html_parse(text.data, text.len, &why);
	if (command->no_model)
		printf("P\t%s\n", path);
	if (doc)
		command->run(doc);
	html_free(doc);
	buf_release(&text);
}

int main(int argc, char **argv)
{
	const struct command *command = NULL;
	int from = 2;

	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
		if (argc > 1 && !strcmp(argv[1], commands[i].name))
			command = &commands[i];
	if (!command) {
		print_names();
		return 0;
	}
	if (!command->no_model)
		read_model(argv[from++]);
	for (int i = from; i < argc; i++)
		run_on(command, argv[i]);
	return 0;
}

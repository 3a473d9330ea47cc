/*
 * Trains boosted trees for scripts/article_model/train.py: logistic loss,
 * histograms, whole trees of MODEL_DEPTH levels. It computes with integers
 * (gains: with doubles, from integers), so that it gives the same trees
 * everywhere.
 *
 *	boost ROWS TARGETS FEATURES TREES RATE NAME
 *
 * ROWS: bytes, FEATURES per row (a row may have more: FEATURES is USED/ALL).
 * TARGETS: for each row two int32, the target (0 to 1024) and the weight (0
 * leaves the row out). RATE is per mille. Prints the lines of the model.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "parse/article/model.h"

enum {
	BINS = 64,
	SAMPLE = 450,		/* per mille of the rows, for each tree */
	COLUMNS = 300,		/* per mille of the features, for each tree */
	FEW_FEATURES = 32,	/* with so few features, all are used for each
				 * tree */
};

struct sums {
	int64_t g, h;
};

struct split {
	double gain;
	int feature, bin;
};

struct node {
	uint32_t from, to;	/* the rows of the node in `order` */
	struct sums sums;
	struct sums *hist;	/* [feature][bin] */
	struct split best;	/* gain 0: the node is not split */
};

static size_t rows_count, used, all;
static uint8_t *bins;		/* [row][feature] */
static int8_t thresholds[256][BINS];	/* upper end of each bin */
static int bin_counts[256];
static int32_t (*targets)[2];
static int32_t *sums;		/* sums of the trees so far, for each row */
static struct sums *gradients;
static uint32_t *order, *spare;
static size_t columns[256], columns_count;	/* features that this tree
						 * uses */
static uint64_t seed = 88172645463325252u;

static uint64_t random_next(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	return seed ^= seed << 17;
}

static void *read_all(const char *path, size_t *len)
{
	FILE *f = fopen(path, "rb");
	char *data;

	if (!f) {
		perror(path);
		exit(1);
	}
	fseek(f, 0, SEEK_END);
	*len = (size_t)ftell(f);
	rewind(f);
	data = xmalloc(*len + 1);
	if (fread(data, 1, *len, f) != *len)
		exit(1);
	fclose(f);
	return data;
}

static int compare(const void *a, const void *b)
{
	return *(const int8_t *)a - *(const int8_t *)b;
}

/* Chooses the bins of a feature: equal numbers of rows. */
static void choose_bins(const int8_t *rows, size_t feature)
{
	enum { LOOK = 40000 };
	static int8_t values[LOOK];
	const size_t step = rows_count / LOOK + 1;
	size_t n = 0;
	int bin = 0;

	for (size_t i = 0; i < rows_count && n < LOOK; i += step)
		values[n++] = rows[i * all + feature];
	qsort(values, n, sizeof(*values), compare);
	for (int i = 1; i < BINS && bin < BINS - 1; i++) {
		const int8_t v = values[n * (size_t)i / BINS];

		if (v != values[n - 1] &&
		    (!bin || v > thresholds[feature][bin - 1]))
			thresholds[feature][bin++] = v;
	}
	thresholds[feature][bin] = INT8_MAX;
	bin_counts[feature] = bin + 1;
}

static void fill_bins(const int8_t *rows)
{
	bins = xmalloc(rows_count * used);
	for (size_t f = 0; f < used; f++) {
		choose_bins(rows, f);
		for (size_t i = 0; i < rows_count; i++) {
			const int8_t v = rows[i * all + f];
			int low = 0, high = bin_counts[f] - 1;

			while (low < high) {
				const int mid = (low + high) / 2;

				if (v <= thresholds[f][mid])
					high = mid;
				else
					low = mid + 1;
			}
			bins[i * used + f] = (uint8_t)low;
		}
	}
}

static void count_gradients(void)
{
	for (size_t i = 0; i < rows_count; i++) {
		const int p = model_probability(sums[i]);
		const int64_t w = targets[i][1];
		const int64_t h = (int64_t)p * (MODEL_ONE - p) / MODEL_ONE;

		gradients[i].g = w * (p - targets[i][0]);
		gradients[i].h = w * (h < 8 ? 8 : h);
	}
}

static void fill_histogram(struct node *n)
{
	n->hist = xcalloc(used * BINS, sizeof(*n->hist));
	for (uint32_t i = n->from; i < n->to; i++) {
		const struct sums s = gradients[order[i]];
		const uint8_t *b = bins + (size_t)order[i] * used;

		for (size_t c = 0; c < columns_count; c++) {
			const size_t f = columns[c];
			struct sums *h = &n->hist[f * BINS + b[f]];

			h->g += s.g;
			h->h += s.h;
		}
	}
}

static double score(struct sums s, double lambda)
{
	return (double)s.g * (double)s.g / ((double)s.h + lambda);
}

static double lambda, least;

static void find_split(struct node *n)
{
	n->best = (struct split){0};
	for (size_t c = 0; c < columns_count; c++) {
		const size_t f = columns[c];
		struct sums left = {0, 0};

		for (int b = 0; b + 1 < bin_counts[f]; b++) {
			struct sums right;
			double gain;

			left.g += n->hist[f * BINS + b].g;
			left.h += n->hist[f * BINS + b].h;
			right = (struct sums){n->sums.g - left.g,
					      n->sums.h - left.h};
			if ((double)left.h < least || (double)right.h < least)
				continue;
			gain = score(left, lambda) + score(right, lambda) -
				score(n->sums, lambda);
			if (gain > n->best.gain)
				n->best = (struct split){gain, (int)f, b};
		}
	}
}

static void divide(struct node *n, struct node *left, struct node *right)
{
	uint32_t to = n->from, others = 0;

	for (uint32_t i = n->from; i < n->to; i++) {
		const uint32_t row = order[i];

		if (bins[(size_t)row * used + n->best.feature] <= n->best.bin)
			order[to++] = row;
		else
			spare[others++] = row;
	}
	memcpy(order + to, spare, others * sizeof(*order));
	*left = (struct node){.from = n->from, .to = to};
	*right = (struct node){.from = to, .to = n->to};
}

static void add_rows(struct node *n)
{
	n->sums = (struct sums){0, 0};
	for (uint32_t i = n->from; i < n->to; i++) {
		n->sums.g += gradients[order[i]].g;
		n->sums.h += gradients[order[i]].h;
	}
}

/* Makes the histograms of the two parts of a node, and finds the best split of
 * each part. The histogram of the larger part is the difference between those
 * of the node and of the smaller part. */
static void go_on(struct node *n, struct node *left, struct node *right)
{
	struct node *small, *large;

	small = left->to - left->from < right->to - right->from ? left : right;
	large = small == left ? right : left;
	fill_histogram(small);
	large->hist = n->hist;
	n->hist = NULL;
	for (size_t i = 0; i < used * BINS; i++) {
		large->hist[i].g -= small->hist[i].g;
		large->hist[i].h -= small->hist[i].h;
	}
	find_split(left);
	find_split(right);
}

/* Splits a node, if its best split has a gain. */
static void split(struct node *n, struct node *left, struct node *right,
		  bool last)
{
	if (n->best.gain <= 0) {
		*left = *right = (struct node){.sums = n->sums};
		return;
	}
	divide(n, left, right);
	add_rows(left);
	add_rows(right);
	if (!last)
		go_on(n, left, right);
}

static int leaf_value(const struct node *n, int rate)
{
	const double v = -(double)n->sums.g / ((double)n->sums.h + lambda) *
		MODEL_LEAF_ONE * rate / 1000 + INT8_MAX + .5;

	/* Round to the nearest number: the cast rounds positive numbers
	 * down. */
	return v < 0 ? -INT8_MAX : v > 2 * INT8_MAX ? INT8_MAX :
		(int)v - INT8_MAX;
}

static void draw_columns(void)
{
	columns_count = 0;
	while (!columns_count)
		for (size_t f = 0; f < used; f++)
			if (used <= FEW_FEATURES ||
			    random_next() % 1000 < COLUMNS)
				columns[columns_count++] = f;
}

static uint32_t draw_rows(void)
{
	uint32_t count = 0;

	for (size_t i = 0; i < rows_count; i++)
		if (targets[i][1] && random_next() % 1000 < SAMPLE)
			order[count++] = (uint32_t)i;
	return count;
}

/* Returns the lowest value that goes right; 0 if the node is not split, in
 * which case all leaves below it are equal. */
static int bound_of(const struct node *n)
{
	return n->best.gain > 0 ?
		thresholds[n->best.feature][n->best.bin] + 1 : 0;
}

static void print_tree(const struct node *nodes, const int *leaves)
{
	puts("S");
	for (int i = 1; i < MODEL_LEAVES; i++)
		printf("D %d %d\n", nodes[i].best.feature, bound_of(&nodes[i]));
	for (int i = 0; i < MODEL_LEAVES; i++)
		printf("V %d\n", leaves[i]);
}

/* Adds the values of a tree to the sums of all rows. */
static void add_tree(const struct node *nodes, const int *leaves)
{
	for (size_t i = 0; i < rows_count; i++) {
		int at = 1;

		while (at < MODEL_LEAVES)
			at = 2 * at + (bins[i * used +
				(size_t)nodes[at].best.feature] >
				nodes[at].best.bin);
		sums[i] += leaves[at - MODEL_LEAVES] *
			(MODEL_ONE / MODEL_LEAF_ONE);
	}
}

/* Grows a tree. The children of node i are 2i and 2i + 1; the root is node
 * 1. */
static void grow(int rate)
{
	static struct node nodes[2 * MODEL_LEAVES];
	int leaves[MODEL_LEAVES];

	draw_columns();
	nodes[1] = (struct node){.to = draw_rows()};
	fill_histogram(&nodes[1]);
	add_rows(&nodes[1]);
	find_split(&nodes[1]);
	for (int i = 1; i < MODEL_LEAVES; i++) {
		split(&nodes[i], &nodes[2 * i], &nodes[2 * i + 1],
		      2 * i >= MODEL_LEAVES);
		free(nodes[i].hist);
	}
	for (int i = 0; i < MODEL_LEAVES; i++)
		leaves[i] = leaf_value(&nodes[MODEL_LEAVES + i], rate);
	print_tree(nodes, leaves);
	add_tree(nodes, leaves);
}

/* Reads a number from 1 to max. Ends the program if the text is not such a
 * number. */
static int read_number(const char *text, int max)
{
	char *end;
	const long n = strtol(text, &end, 10);

	if (end == text || *end || n <= 0 || n > max) {
		fprintf(stderr, "boost: not a number from 1 to %d: %s\n", max,
			text);
		exit(2);
	}
	return (int)n;
}

int main(int argc, char **argv)
{
	size_t bytes;
	const int8_t *rows;
	char *slash;
	double loss = 0;
	int64_t weights = 0;
	int trees, rate;

	if (argc != 7) {
		fprintf(stderr, "Usage: boost ROWS TARGETS FEATURES TREES "
			"RATE NAME\n");
		return 2;
	}
	used = strtoul(argv[3], &slash, 10);
	all = *slash ? strtoul(slash + 1, NULL, 10) : used;
	trees = read_number(argv[4], MODEL_MAX_TREES);
	rate = read_number(argv[5], 1000);
	rows = read_all(argv[1], &bytes);
	rows_count = bytes / all / sizeof(*rows);
	targets = read_all(argv[2], &bytes);
	fill_bins(rows);
	free((void *)rows);
	sums = xcalloc(rows_count, sizeof(*sums));
	gradients = xcalloc(rows_count, sizeof(*gradients));
	order = xcalloc(rows_count, sizeof(*order));
	spare = xcalloc(rows_count, sizeof(*spare));
	for (size_t i = 0; i < rows_count; i++)
		weights += targets[i][1];
	lambda = (double)weights * .2 * .0004 * 1024;
	least = (double)weights * .2 * .0006 * 1024;
	printf("B %s\n", argv[6]);
	for (int t = 0; t < trees; t++) {
		count_gradients();
		grow(rate);
	}
	for (size_t i = 0; i < rows_count; i++) {
		const double p = model_probability(sums[i]) / 1024.0;
		const double y = targets[i][0] / 1024.0;

		loss += targets[i][1] * (p - y) * (p - y);
	}
	fprintf(stderr, "%s: %zu rows, error %.5f\n", argv[6], rows_count,
		loss / (double)weights);
	return 0;
}

/*
 * Trains boosted trees for scripts/article_model/train.py: logistic loss,
 * histograms, trees grown leaf by leaf. It computes with integers (gains: with
 * doubles, from integers), so that it gives the same trees everywhere.
 *
 *	boost ROWS TARGETS FEATURES TREES LEAVES RATE NAME
 *
 * ROWS: int16, FEATURES per row (a row may have more: FEATURES is USED/ALL).
 * TARGETS: for each row two int32, the target (0 to 1024) and the weight (0
 * leaves the row out). RATE is per mille. Prints the lines of the model.
 */
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "parse/article/model.h"

enum { BINS = 64, MAX_LEAVES = 64, SAMPLE = 450 /* per mille of the rows */ };

struct sums {
	int64_t g, h;
};

struct split {
	double gain;
	int feature, bin;
};

struct node {
	uint32_t from, to;	/* its rows in `order` */
	struct sums sums;
	struct sums *hist;	/* [feature][bin] */
	struct split best;
	int left;		/* node; 0: a leaf */
};

static size_t rows_count, used, all;
static uint8_t *bins;		/* [row][feature] */
static int16_t thresholds[256][BINS];	/* upper end of each bin */
static int bin_counts[256];
static int32_t (*targets)[2];
static int32_t *sums;		/* of the trees so far */
static struct sums *gradients;
static uint32_t *order, *spare;
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
	return *(const int16_t *)a - *(const int16_t *)b;
}

/* Chooses the bins of a feature: equal numbers of rows. */
static void choose_bins(const int16_t *rows, size_t feature)
{
	enum { LOOK = 40000 };
	static int16_t values[LOOK];
	const size_t step = rows_count / LOOK + 1;
	size_t n = 0;
	int bin = 0;

	for (size_t i = 0; i < rows_count && n < LOOK; i += step)
		values[n++] = rows[i * all + feature];
	qsort(values, n, sizeof(*values), compare);
	for (int i = 1; i < BINS && bin < BINS - 1; i++) {
		const int16_t v = values[n * (size_t)i / BINS];

		if (v != values[n - 1] &&
		    (!bin || v > thresholds[feature][bin - 1]))
			thresholds[feature][bin++] = v;
	}
	thresholds[feature][bin] = INT16_MAX;
	bin_counts[feature] = bin + 1;
}

static void fill_bins(const int16_t *rows)
{
	bins = xmalloc(rows_count * used);
	for (size_t f = 0; f < used; f++) {
		choose_bins(rows, f);
		for (size_t i = 0; i < rows_count; i++) {
			const int16_t v = rows[i * all + f];
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

		for (size_t f = 0; f < used; f++) {
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
	for (size_t f = 0; f < used; f++) {
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

static void finish(struct node *n)
{
	n->sums = (struct sums){0, 0};
	for (int b = 0; b < bin_counts[0]; b++) {
		n->sums.g += n->hist[b].g;
		n->sums.h += n->hist[b].h;
	}
	find_split(n);
}

/* Divides a leaf. The histogram of the larger part is the difference. */
static void split(struct node *n, struct node *left, struct node *right)
{
	struct node *small, *large;

	divide(n, left, right);
	small = left->to - left->from < right->to - right->from ? left : right;
	large = small == left ? right : left;
	fill_histogram(small);
	large->hist = n->hist;
	n->hist = NULL;
	for (size_t i = 0; i < used * BINS; i++) {
		large->hist[i].g -= small->hist[i].g;
		large->hist[i].h -= small->hist[i].h;
	}
	finish(left);
	finish(right);
}

static int leaf_value(const struct node *n, int rate)
{
	const double v = -(double)n->sums.g / ((double)n->sums.h + lambda) *
		1024 * rate / 1000;

	return v > 2000 ? 2000 : v < -2000 ? -2000 : (int)v;
}

static void grow(const char *name, int leaves, int rate)
{
	static struct node nodes[2 * MAX_LEAVES];
	int count = 1;
	uint32_t sample = 0;

	for (size_t i = 0; i < rows_count; i++)
		if (targets[i][1] && random_next() % 1000 < SAMPLE)
			order[sample++] = (uint32_t)i;
	nodes[0] = (struct node){.from = 0, .to = sample};
	fill_histogram(&nodes[0]);
	finish(&nodes[0]);
	for (; count < 2 * leaves - 1; count += 2) {
		struct node *best = NULL;

		for (int i = 0; i < count; i++)
			if (!nodes[i].left &&
			    (!best || nodes[i].best.gain > best->best.gain))
				best = &nodes[i];
		if (best->best.gain <= 0)
			break;
		split(best, &nodes[count], &nodes[count + 1]);
		best->left = count;
	}
	printf("S %s\n", name);
	for (int i = 0; i < count; i++) {
		const struct node *n = &nodes[i];

		if (n->left)
			printf("N %d %d %d\n", n->best.feature,
			       thresholds[n->best.feature][n->best.bin],
			       n->left);
		else
			printf("N %d %d 0\n", MODEL_LEAF, leaf_value(n, rate));
		free(n->hist);
	}
	for (size_t i = 0; i < rows_count; i++) {
		int at = 0;

		while (nodes[at].left)
			at = nodes[at].left +
				(bins[i * used + nodes[at].best.feature] >
				 nodes[at].best.bin);
		sums[i] += leaf_value(&nodes[at], rate);
	}
}

/* Reads a positive number; ends the program if the text is none. */
static int read_number(const char *text)
{
	char *end;
	const long n = strtol(text, &end, 10);

	if (end == text || *end || n <= 0 || n > INT_MAX) {
		fprintf(stderr, "boost: not a positive number: %s\n", text);
		exit(2);
	}
	return (int)n;
}

int main(int argc, char **argv)
{
	size_t bytes;
	const int16_t *rows;
	char *slash;
	double loss = 0;
	int64_t weights = 0;
	int trees, leaves, rate;

	if (argc != 8) {
		fprintf(stderr, "Usage: boost ROWS TARGETS FEATURES TREES "
			"LEAVES RATE NAME\n");
		return 2;
	}
	used = strtoul(argv[3], &slash, 10);
	all = *slash ? strtoul(slash + 1, NULL, 10) : used;
	trees = read_number(argv[4]);
	leaves = read_number(argv[5]);
	rate = read_number(argv[6]);
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
	lambda = (double)weights * .2 * .0002 * 1024;
	least = (double)weights * .2 * .0003 * 1024;
	printf("B %s\n", argv[7]);
	for (int t = 0; t < trees; t++) {
		count_gradients();
		grow(argv[7], leaves, rate);
	}
	for (size_t i = 0; i < rows_count; i++) {
		const double p = model_probability(sums[i]) / 1024.0;
		const double y = targets[i][0] / 1024.0;

		loss += targets[i][1] * (p - y) * (p - y);
	}
	fprintf(stderr, "%s: %zu rows, error %.5f\n", argv[7], rows_count,
		loss / (double)weights);
	return 0;
}

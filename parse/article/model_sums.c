/* Adds up the trees of the model for many rows at a time. A tree has as many
 * leaves as half a vector of AVX2 has bytes, so that one instruction looks up
 * the leaves of all rows. On processors without AVX2, more instructions give
 * the same sums. */
#include "parse/article/model.h"

#include <string.h>

#ifdef __x86_64__
#include <immintrin.h>
#endif

/* One step of a sum, in units of MODEL_ONE. */
enum { LEAF_STEP = MODEL_ONE / MODEL_LEAF_ONE };

/* A part of the rows, one in each lane of a vector, and their sums. */
enum { PART = 16 };
typedef int8_t lanes_part __attribute__((vector_size(PART)));
typedef int16_t sums_part __attribute__((vector_size(2 * PART)));

static inline lanes_part pick(lanes_part left, lanes_part a, lanes_part b)
{
	return (left & a) | (~left & b);
}

/* Returns the number that a tree adds to each row of a part. Goes from the
 * leaves up to the root: the value of a node is that of its left or its right
 * child. */
static inline lanes_part read_part(const struct model_split *splits,
				   const int8_t *leaves,
				   const model_lanes *features, size_t part)
{
	lanes_part values[MODEL_SPLITS + MODEL_LEAVES];

	for (size_t i = 0; i < MODEL_LEAVES; i++)
		values[MODEL_SPLITS + i] = leaves[i] - (lanes_part){0};
	for (size_t i = MODEL_SPLITS; i-- > 0;) {
		lanes_part row;

		memcpy(&row, &features[splits[i].feature][part], sizeof(row));
		values[i] = pick((lanes_part)(row < splits[i].bound),
				 values[2 * i + 1], values[2 * i + 2]);
	}
	return values[0];
}

static void add_part(int16_t sums[PART], const struct model_trees *trees,
		     const model_lanes *features, size_t part)
{
	sums_part sum = {0};

	for (size_t t = 0; t < trees->count; t++)
		sum += __builtin_convertvector(
			read_part(trees->splits + t * MODEL_SPLITS,
				  trees->leaves + t * MODEL_LEAVES,
				  features, part), sums_part);
	memcpy(sums, &sum, sizeof(sum));
}

static void add_trees(int16_t sums[MODEL_LANES],
		      const struct model_trees *trees,
		      const model_lanes *features)
{
	for (size_t part = 0; part < MODEL_LANES; part += PART)
		add_part(sums + part, trees, features, part);
}

#ifdef __x86_64__
#define AVX2 __attribute__((target("avx2")))

_Static_assert(MODEL_LANES == sizeof(__m256i), "a vector has all lanes");
_Static_assert(MODEL_LEAVES == sizeof(__m128i), "a half has all leaves");

/* Returns a mask of the rows that go left at a node. */
AVX2 static inline __m256i goes_left(const struct model_split *split,
				     const model_lanes *features)
{
	return _mm256_cmpgt_epi8(
		_mm256_set1_epi8(split->bound),
		_mm256_load_si256((const __m256i *)features[split->feature]));
}

AVX2 static inline __m256i choose(__m256i left, __m256i a, __m256i b)
{
	return _mm256_blendv_epi8(b, a, left);
}

/* Returns a mask of the rows that go left, where each row is at one of two
 * nodes. left: mask of the rows that are at the first node. */
AVX2 static inline __m256i at_two(__m256i left, const struct model_split *splits,
				  const model_lanes *features)
{
	return choose(left, goes_left(&splits[0], features),
		      goes_left(&splits[1], features));
}

/* Returns a mask of the rows that go left, where each row is at one of four
 * nodes. above, left: masks of the rows that went left at the two levels
 * above. */
AVX2 static inline __m256i at_four(__m256i above, __m256i left,
				   const struct model_split *splits,
				   const model_lanes *features)
{
	return choose(above, at_two(left, splits, features),
		      at_two(left, splits + 2, features));
}

/* Doubles an index, and adds one for each row that does not go left. */
AVX2 static inline __m256i go_down(__m256i index, __m256i left)
{
	return _mm256_add_epi8(_mm256_add_epi8(index, index),
			       _mm256_add_epi8(left, _mm256_set1_epi8(1)));
}

/* Returns the number that a tree adds to each row. All nodes are compared. */
AVX2 static inline __m256i read_tree(const struct model_split *splits,
				     const int8_t *leaves,
				     const model_lanes *features)
{
	const __m256i values = _mm256_broadcastsi128_si256(
		_mm_loadu_si128((const __m128i *)leaves));
	const __m256i a = goes_left(&splits[0], features);
	const __m256i b = at_two(a, splits + 1, features);
	const __m256i c = at_four(a, b, splits + 3, features);
	const __m256i d = choose(a, at_four(b, c, splits + 7, features),
				 at_four(b, c, splits + 11, features));
	const __m256i index = go_down(go_down(go_down(go_down(
		_mm256_setzero_si256(), a), b), c), d);

	return _mm256_shuffle_epi8(values, index);
}

/* Does the work of add_trees() with AVX2. Sums of two trees need 16 bits. Each
 * half of a vector keeps the lanes that it has. */
AVX2 static void add_trees_avx2(int16_t sums[MODEL_LANES],
				const struct model_trees *trees,
				const model_lanes *features)
{
	const __m256i ones = _mm256_set1_epi8(1);
	__m256i low = _mm256_setzero_si256(), high = low;

	for (size_t t = 0; t < trees->count; t += 2) {
		const struct model_split *splits =
			trees->splits + t * MODEL_SPLITS;
		const int8_t *leaves = trees->leaves + t * MODEL_LEAVES;
		const __m256i a = read_tree(splits, leaves, features);
		const __m256i b = t + 1 == trees->count ?
			_mm256_setzero_si256() :
			read_tree(splits + MODEL_SPLITS, leaves + MODEL_LEAVES,
				  features);

		low = _mm256_add_epi16(low, _mm256_maddubs_epi16(
			ones, _mm256_unpacklo_epi8(a, b)));
		high = _mm256_add_epi16(high, _mm256_maddubs_epi16(
			ones, _mm256_unpackhi_epi8(a, b)));
	}
	_mm256_storeu_si256((__m256i *)sums,
			    _mm256_permute2x128_si256(low, high, 0x20));
	_mm256_storeu_si256((__m256i *)(sums + MODEL_LANES / 2),
			    _mm256_permute2x128_si256(low, high, 0x31));
}

static void add_all(int16_t sums[MODEL_LANES], const struct model_trees *trees,
		    const model_lanes *features)
{
	if (__builtin_cpu_supports("avx2"))
		add_trees_avx2(sums, trees, features);
	else
		add_trees(sums, trees, features);
}
#else
#define add_all add_trees
#endif

static void scale_sums(int sums[MODEL_LANES], const int16_t small[MODEL_LANES])
{
	for (size_t i = 0; i < MODEL_LANES; i++)
		sums[i] = small[i] * LEAF_STEP;
}

void model_sums(int sums[MODEL_LANES], const struct model_trees *trees,
		const model_lanes *features)
{
	int16_t small[MODEL_LANES];

	add_all(small, trees, features);
	scale_sums(sums, small);
}

void model_sums_portable(int sums[MODEL_LANES],
			 const struct model_trees *trees,
			 const model_lanes *features)
{
	int16_t small[MODEL_LANES];

	add_trees(small, trees, features);
	scale_sums(sums, small);
}

#include "cmd/compare/figures.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static int ascending(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

struct figure figure_of(const double *values, size_t len)
{
	double *sorted = xcalloc(len + 1, sizeof(*sorted));
	struct figure f = {NAN, NAN, NAN};
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		if (!isnan(values[i]))
			sorted[n++] = values[i];
	qsort(sorted, n, sizeof(*sorted), ascending);
	if (n) {
		f.median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
		f.low = sorted[0];
		f.high = sorted[n - 1];
	}
	free(sorted);
	return f;
}

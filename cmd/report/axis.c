/* Chooses round numbers for axes and maps values to coordinates. */
#include "cmd/report/axis.h"

#include <math.h>

/* Returns the step between ticks, 1, 2 or 5 times a power of ten, so that the
 * span has about count steps. */
static double round_step(double span, double count)
{
	const double least = span / count;
	const double power = pow(10, floor(log10(least)));
	const double digit = least / power;

	if (digit <= 1.0001)
		return power;
	if (digit <= 2.0001)
		return 2 * power;
	return (digit <= 5.0001 ? 5 : 10) * power;
}

static bool is_drawable(double value)
{
	return isfinite(value) && value > 1e-12 && value < 1e18;
}

struct axis axis_from_zero(double most, double from, double to)
{
	const double span = is_drawable(most) ? most : 1;
	const double step = round_step(span, 4);

	return (struct axis){
		.high = ceil(span / step - 1e-9) * step,
		.from = from,
		.to = to,
	};
}

double axis_position(const struct axis *a, double value)
{
	double share;

	if (!isfinite(value))
		value = a->low;
	value = fmin(fmax(value, a->low), a->high);
	if (!(a->high > a->low))
		return a->from;
	if (a->log)
		share = log(value / a->low) / log(a->high / a->low);
	else
		share = (value - a->low) / (a->high - a->low);
	return a->from + share * (a->to - a->from);
}

static size_t add_tick(const struct axis *a, double value, double *ticks,
		       size_t len)
{
	const double tolerance = (a->high - a->low) * 1e-9;

	if (len < AXIS_TICKS && value >= a->low - tolerance &&
	    value <= a->high + tolerance)
		ticks[len++] = value;
	return len;
}

/* Places ticks at 1, 10, 100 ... and, if there is room, also at 2 and 5 times
 * these numbers. */
static size_t log_ticks(const struct axis *a, double *ticks)
{
	static const double digits[] = {1, 2, 5};
	const double decades = log10(a->high / a->low);
	const size_t wanted = decades < 2.5 ? 3 : 1;
	const double skip = ceil(decades / 8);
	size_t len = 0;

	for (double power = floor(log10(a->low)); power <= log10(a->high);
	     power += skip)
		for (size_t i = 0; i < wanted; i++)
			len = add_tick(a, digits[i] * pow(10, power), ticks,
				       len);
	return len;
}

size_t axis_ticks(const struct axis *a, double ticks[AXIS_TICKS])
{
	size_t len = 0;
	double step;

	if (!(a->high > a->low))
		return 0;
	if (a->log && a->high / a->low > 8)
		return log_ticks(a, ticks);
	step = round_step(a->high - a->low, 5);
	/* ceil() could return -0, which would be written with its sign. */
	for (double at = floor(a->low / step);
	     at * step <= a->high * 1.000001 && len < AXIS_TICKS; at++)
		len = add_tick(a, at * step, ticks, len);
	return len;
}

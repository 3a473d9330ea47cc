/*
 * The number of rounds of tests with random or repeated input. With sanitizers,
 * each round is several times slower, and a tenth of the rounds is enough to
 * find their kinds of errors. Builds without sanitizers run all rounds.
 */
#ifndef TESTS_ROUNDS_H
#define TESTS_ROUNDS_H

#include "base/sanitizers.h"

#define SANITIZED (ADDRESS_SANITIZER || THREAD_SANITIZER)

/* Returns n; in builds with a sanitizer, a tenth of n, rounded up. */
#define ROUNDS(n) (SANITIZED ? ((n) + 9) / 10 : (n))

#endif

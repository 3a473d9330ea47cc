/*
 * How often tests with random or repeated input go round. Sanitizers make each
 * round several times slower, and find in a tenth of the rounds what they find
 * at all; all rounds run in builds without.
 */
#ifndef TESTS_ROUNDS_H
#define TESTS_ROUNDS_H

#include "base/sanitizers.h"

#define SANITIZED (ADDRESS_SANITIZER || THREAD_SANITIZER)

/* Returns n, or a tenth of n (at least 1) with a sanitizer. */
#define ROUNDS(n) (SANITIZED ? ((n) + 9) / 10 : (n))

#endif

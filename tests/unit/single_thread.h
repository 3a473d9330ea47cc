/* For tests with a single thread that take much CPU time. */
#ifndef TESTS_SINGLE_THREAD_H
#define TESTS_SINGLE_THREAD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Skips the test under the thread sanitizer, which cannot find anything in a
 * single thread. */
static inline void single_thread_only(void)
{
#ifdef __SANITIZE_THREAD__
	skip();
#endif
}

#endif

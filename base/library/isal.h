/*
 * ISA-L, Intel's library with a fast DEFLATE compressor and decompressor,
 * loaded when it is first used (base/library/library.h). Debian does not have
 * the library for all processors, so it may be missing at build time and at run
 * time: call its functions only if isal_is_available().
 */
#ifndef BASE_LIBRARY_ISAL_H
#define BASE_LIBRARY_ISAL_H

#include <stdbool.h>

#if __has_include(<isa-l/igzip_lib.h>)
#define HAS_ISAL 1
#include <isa-l/igzip_lib.h>

#include "base/library/library.h"

#define ISAL_FUNCTIONS(F) \
	F(isal_deflate) F(isal_deflate_init) \
	F(isal_update_histogram) F(isal_create_hufftables) \
	F(isal_inflate) F(isal_inflate_init)

struct isal_functions {
	ISAL_FUNCTIONS(LIBRARY_MEMBER)
};

extern struct isal_functions isal_functions;

#define isal_deflate (*isal_functions.isal_deflate_)
#define isal_deflate_init (*isal_functions.isal_deflate_init_)
#define isal_update_histogram (*isal_functions.isal_update_histogram_)
#define isal_create_hufftables (*isal_functions.isal_create_hufftables_)
#define isal_inflate (*isal_functions.isal_inflate_)
#define isal_inflate_init (*isal_functions.isal_inflate_init_)
#else
#define HAS_ISAL 0
#endif

/* Loads the library, unless that was tried before. Returns true if the library
 * can be used. Any thread. */
bool isal_is_available(void);

#endif

/* ICU, loaded when it is first used (base/library/library.h): converters of
 * character sets, and host names beyond ASCII. */
#ifndef BASE_LIBRARY_ICU_H
#define BASE_LIBRARY_ICU_H

/* Without this, the headers add the version to the name of each function. */
#define U_DISABLE_RENAMING 1
#include <unicode/uclean.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucnv_err.h>
#include <unicode/uidna.h>

#include "base/library/library.h"

#define ICU_FUNCTIONS(F) \
	F(UCNV_FROM_U_CALLBACK_STOP) F(u_setMemoryFunctions) \
	F(ucnv_cbToUWriteUChars) F(ucnv_close) F(ucnv_fromUnicode) \
	F(ucnv_open) F(ucnv_resetFromUnicode) F(ucnv_resetToUnicode) \
	F(ucnv_setFromUCallBack) F(ucnv_setToUCallBack) \
	F(ucnv_toUnicode) F(uidna_nameToASCII_UTF8) F(uidna_openUTS46)

struct icu_functions {
	ICU_FUNCTIONS(LIBRARY_MEMBER)
};

extern struct library icu_library;
extern struct icu_functions icu_functions;

static inline const struct icu_functions *icu(void)
{
	library_need(&icu_library);
	return &icu_functions;
}

#define UCNV_FROM_U_CALLBACK_STOP (*icu()->UCNV_FROM_U_CALLBACK_STOP_)
#define u_setMemoryFunctions (*icu()->u_setMemoryFunctions_)
#define ucnv_cbToUWriteUChars (*icu()->ucnv_cbToUWriteUChars_)
#define ucnv_close (*icu()->ucnv_close_)
#define ucnv_fromUnicode (*icu()->ucnv_fromUnicode_)
#define ucnv_open (*icu()->ucnv_open_)
#define ucnv_resetFromUnicode (*icu()->ucnv_resetFromUnicode_)
#define ucnv_resetToUnicode (*icu()->ucnv_resetToUnicode_)
#define ucnv_setFromUCallBack (*icu()->ucnv_setFromUCallBack_)
#define ucnv_setToUCallBack (*icu()->ucnv_setToUCallBack_)
#define ucnv_toUnicode (*icu()->ucnv_toUnicode_)
#define uidna_nameToASCII_UTF8 (*icu()->uidna_nameToASCII_UTF8_)
#define uidna_openUTS46 (*icu()->uidna_openUTS46_)

#endif

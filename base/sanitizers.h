/* Defines which sanitizer the code is compiled with. gcc has macros for this,
 * clang a feature test. */
#ifndef BASE_SANITIZERS_H
#define BASE_SANITIZERS_H

#include <stdbool.h>

#ifndef __has_feature
#define __has_feature(name) 0
#endif

#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
#define ADDRESS_SANITIZER true
#else
#define ADDRESS_SANITIZER false
#endif

#if defined(__SANITIZE_THREAD__) || __has_feature(thread_sanitizer)
#define THREAD_SANITIZER true
#else
#define THREAD_SANITIZER false
#endif

#endif

/*
 * Table with all 228 labels of
 * https://encoding.spec.whatwg.org/#names-and-labels. A row is an encoding with
 * its labels in one string. A lookup, once per page, scans at most 3 KB; the
 * most frequent encodings come first.
 */
#include "parse/encoding/labels.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

#include "base/ascii.h"

#define ONE ENCODING_SINGLE_BYTE
#define MANY ENCODING_MULTI_BYTE
#define OTHER ENCODING_OTHER

const struct encoding encodings[ENCODINGS] = {
	{"UTF-8", ENCODING_UTF8, NULL,
	 "utf-8 utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 "
	 "x-unicode20utf8 "},
	{"windows-1252", ENCODING_WINDOWS_1252, NULL,
	 "iso-8859-1 windows-1252 us-ascii latin1 ansi_x3.4-1968 ascii cp1252 "
	 "cp819 csisolatin1 ibm819 iso-ir-100 iso8859-1 iso88591 iso_8859-1 "
	 "iso_8859-1:1987 l1 x-cp1252 "},

	/* Japanese, Chinese, Korean */
	{"Shift_JIS", MANY, "ibm-943_P15A-2003",
	 "shift_jis shift-jis sjis x-sjis windows-31j ms_kanji ms932 "
	 "csshiftjis "},
	{"EUC-JP", MANY, "euc-jp-2007", "euc-jp x-euc-jp cseucpkdfmtjapanese "},
	{"ISO-2022-JP", OTHER, "ISO-2022-JP", "iso-2022-jp csiso2022jp "},
	{"GBK", MANY, "gb18030",
	 "gb2312 gbk x-gbk chinese csgb2312 csiso58gb231280 gb_2312 "
	 "gb_2312-80 iso-ir-58 "},
	{"gb18030", MANY, "gb18030", "gb18030 "},
	{"Big5", MANY, "ibm-1375_P100-2008",
	 "big5 big5-hkscs cn-big5 csbig5 x-x-big5 "},
	{"EUC-KR", MANY, "windows-949-2000",
	 "euc-kr ks_c_5601-1987 windows-949 cseuckr csksc56011987 iso-ir-149 "
	 "korean ks_c_5601-1989 ksc5601 ksc_5601 "},

	/* Cyrillic */
	{"windows-1251", ONE, "ibm-5347_P100-1998",
	 "windows-1251 cp1251 x-cp1251 "},
	{"KOI8-R", ONE, "ibm-878_P100-1996",
	 "koi8-r koi8_r koi8 koi cskoi8r "},
	{"KOI8-U", ONE, "ibm-1168_P100-2002", "koi8-u koi8-ru "},
	{"ISO-8859-5", ONE, "ibm-915_P100-1995",
	 "iso-8859-5 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988 iso-ir-144 "
	 "cyrillic csisolatincyrillic "},
	{"IBM866", ONE, "ibm-866_P100-1995", "ibm866 866 cp866 csibm866 "},
	{"x-mac-cyrillic", ONE, "macos-7_3-10.2",
	 "x-mac-cyrillic x-mac-ukrainian "},

	/* Europe */
	{"ISO-8859-2", ONE, "ibm-912_P100-1995",
	 "iso-8859-2 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 iso-ir-101 "
	 "l2 latin2 csisolatin2 "},
	{"windows-1250", ONE, "ibm-5346_P100-1998",
	 "windows-1250 cp1250 x-cp1250 "},
	{"ISO-8859-15", ONE, "ibm-923_P100-1998",
	 "iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9 csisolatin9 "},
	{"windows-1254", ONE, "ibm-5350_P100-1998",
	 "iso-8859-9 windows-1254 iso8859-9 iso88599 iso_8859-9 "
	 "iso_8859-9:1989 iso-ir-148 l5 latin5 csisolatin5 cp1254 x-cp1254 "},
	{"ISO-8859-7", ONE, "ibm-9005_X110-2007",
	 "iso-8859-7 iso8859-7 iso88597 iso_8859-7 iso_8859-7:1987 iso-ir-126 "
	 "greek greek8 ecma-118 elot_928 sun_eu_greek csisolatingreek "},
	{"windows-1253", ONE, "ibm-5349_P100-1998",
	 "windows-1253 cp1253 x-cp1253 "},
	{"windows-1257", ONE, "ibm-9449_P100-2002",
	 "windows-1257 cp1257 x-cp1257 "},
	{"ISO-8859-13", ONE, "ibm-921_P100-1995",
	 "iso-8859-13 iso8859-13 iso885913 "},
	{"ISO-8859-4", ONE, "ibm-914_P100-1995",
	 "iso-8859-4 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 iso-ir-110 "
	 "l4 latin4 csisolatin4 "},
	{"ISO-8859-3", ONE, "ibm-913_P100-2000",
	 "iso-8859-3 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 iso-ir-109 "
	 "l3 latin3 csisolatin3 "},
	{"ISO-8859-10", ONE, "iso-8859_10-1998",
	 "iso-8859-10 iso8859-10 iso885910 iso-ir-157 l6 latin6 csisolatin6 "},
	{"ISO-8859-14", ONE, "iso-8859_14-1998",
	 "iso-8859-14 iso8859-14 iso885914 "},
	{"ISO-8859-16", ONE, NULL, "iso-8859-16 "},
	{"macintosh", ONE, "macos-0_2-10.2",
	 "macintosh mac x-mac-roman csmacintosh "},

	/* Hebrew, Arabic, Thai, Vietnamese */
	{"windows-1255", ONE, "ibm-9447_P100-2002",
	 "windows-1255 cp1255 x-cp1255 "},
	{"ISO-8859-8", ONE, "ibm-5012_P100-1999",
	 "iso-8859-8 iso8859-8 iso88598 iso_8859-8 iso_8859-8:1988 "
	 "iso-8859-8-e iso-ir-138 hebrew visual csiso88598e "
	 "csisolatinhebrew "},
	{"ISO-8859-8-I", ONE, "ibm-5012_P100-1999",
	 "iso-8859-8-i logical csiso88598i "},
	{"windows-1256", ONE, "ibm-9448_X100-2005",
	 "windows-1256 cp1256 x-cp1256 "},
	{"ISO-8859-6", ONE, "ibm-1089_P100-1995",
	 "iso-8859-6 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987 "
	 "iso-8859-6-e iso-8859-6-i iso-ir-127 arabic asmo-708 ecma-114 "
	 "csiso88596e csiso88596i csisolatinarabic "},
	{"windows-874", ONE, "windows-874-2000",
	 "windows-874 tis-620 iso-8859-11 iso8859-11 iso885911 dos-874 "},
	{"windows-1258", ONE, "ibm-5354_P100-1998",
	 "windows-1258 cp1258 x-cp1258 "},

	{"UTF-16LE", OTHER, "UTF-16LE",
	 "utf-16 utf-16le csunicode iso-10646-ucs-2 ucs-2 unicode "
	 "unicodefeff "},
	{"UTF-16BE", OTHER, "UTF-16BE", "utf-16be unicodefffe "},
	{"x-user-defined", ENCODING_USER_DEFINED, NULL, "x-user-defined "},
	{"replacement", ENCODING_REPLACEMENT, NULL,
	 "replacement csiso2022kr hz-gb-2312 iso-2022-cn iso-2022-cn-ext "
	 "iso-2022-kr "},
	{"UTF-32LE", OTHER, "UTF-32LE", ""},
	{"UTF-32BE", OTHER, "UTF-32BE", ""},
};

static bool has_label(const struct encoding *e, struct slice label)
{
	const char *at = e->labels;

	while (*at) {
		size_t size = strcspn(at, " ");
		size_t i = 0;

		while (i < size && size == label.len &&
		       ascii_lower(label.p[i]) == at[i])
			i++;
		if (i == size)
			return true;
		at += size + 1;
	}
	return false;
}

const struct encoding *encoding_by_label(struct slice label)
{
	label = ascii_trim(label);
	for (size_t i = 0; label.len && i < ENCODINGS; i++)
		if (has_label(&encodings[i], label))
			return &encodings[i];
	return NULL;
}

const struct encoding *encoding_by_name(const char *name)
{
	size_t i = 0;

	while (i < ENCODINGS && strcmp(encodings[i].name, name) != 0)
		i++;
	assert(i < ENCODINGS);
	return &encodings[i];
}

/*
 * libxml2, loaded when it is first used (base/library/library.h). libxml2 uses
 * the program's allocator (parse/tree/arena.h) and prints no errors.
 *
 * Code that uses only types of libxml2, and none of its functions, includes
 * <libxml/tree.h> instead. HTML pages are parsed without libxml2.
 */
#ifndef PARSE_TREE_LIBXML2_H
#define PARSE_TREE_LIBXML2_H

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlmemory.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include "base/library/library.h"

#define LIBXML2_FUNCTIONS(F) \
	F(valuePop) F(valuePush) F(xmlAddChild) F(xmlCheckVersion) \
	F(xmlCleanupParser) F(xmlCtxtReadMemory) F(xmlDictSize) \
	F(xmlDocGetRootElement) F(xmlDocSetRootElement) F(xmlFree) \
	F(xmlFreeDoc) F(xmlFreeParserCtxt) F(xmlGetNoNsProp) \
	F(xmlGetPredefinedEntity) F(xmlHasProp) F(xmlInitParser) \
	F(xmlMemSetup) F(xmlNewDoc) F(xmlNewDocNode) \
	F(xmlNewDocTextLen) F(xmlNewParserCtxt) F(__xmlParserVersion) \
	F(xmlReadMemory) F(xmlResetLastError) F(xmlSAX2Characters) \
	F(xmlSAX2Comment) F(xmlSAX2InternalSubset) \
	F(xmlSAX2ProcessingInstruction) F(xmlSAX2StartElementNs) \
	F(xmlSetGenericErrorFunc) F(xmlStrEqual) F(xmlStrndup) \
	F(xmlThrDefSetGenericErrorFunc) F(xmlXPathCastNodeToString) \
	F(xmlXPathCastStringToNumber) F(xmlXPathCastToString) \
	F(xmlXPathCompiledEval) F(xmlXPathContextSetCache) \
	F(xmlXPathCtxtCompile) F(xmlXPathFreeCompExpr) \
	F(xmlXPathFreeContext) F(xmlXPathFreeNodeSet) \
	F(xmlXPathFreeObject) F(xmlXPathFunctionLookup) \
	F(xmlXPathFunctionLookupNS) F(xmlXPathIdFunction) \
	F(xmlXPathNewBoolean) F(xmlXPathNewContext) \
	F(xmlXPathNodeSetAddUnique) F(xmlXPathNodeSetCreate) \
	F(xmlXPathNodeSetSort) F(xmlXPathNsLookup) \
	F(xmlXPathOrderDocElems) F(xmlXPathPopNodeSet) \
	F(xmlXPathPopString) F(xmlXPathRegisterFunc) \
	F(xmlXPathRegisterFuncLookup) \
	F(xmlXPathRegisterFuncNS) F(xmlXPathRegisterNs) \
	F(xmlXPathWrapNodeSet) F(xmlXPathWrapString) F(xmlXPatherror)

struct libxml2_functions {
	LIBXML2_FUNCTIONS(LIBRARY_MEMBER)
};

extern struct library libxml2_library;
extern struct libxml2_functions libxml2_functions;

static inline const struct libxml2_functions *libxml2(void)
{
	library_need(&libxml2_library);
	return &libxml2_functions;
}

#define valuePop (*libxml2()->valuePop_)
#define valuePush (*libxml2()->valuePush_)
#define xmlAddChild (*libxml2()->xmlAddChild_)
#define xmlCheckVersion (*libxml2()->xmlCheckVersion_)
#define xmlCleanupParser (*libxml2()->xmlCleanupParser_)
#define xmlCtxtReadMemory (*libxml2()->xmlCtxtReadMemory_)
#define xmlDictSize (*libxml2()->xmlDictSize_)
#define xmlDocGetRootElement (*libxml2()->xmlDocGetRootElement_)
#define xmlDocSetRootElement (*libxml2()->xmlDocSetRootElement_)
#define xmlFree (*libxml2()->xmlFree_)
#define xmlFreeDoc (*libxml2()->xmlFreeDoc_)
#define xmlFreeParserCtxt (*libxml2()->xmlFreeParserCtxt_)
#define xmlGetNoNsProp (*libxml2()->xmlGetNoNsProp_)
#define xmlGetPredefinedEntity (*libxml2()->xmlGetPredefinedEntity_)
#define xmlHasProp (*libxml2()->xmlHasProp_)
#define xmlInitParser (*libxml2()->xmlInitParser_)
#define xmlMemSetup (*libxml2()->xmlMemSetup_)
#define xmlNewDoc (*libxml2()->xmlNewDoc_)
#define xmlNewDocNode (*libxml2()->xmlNewDocNode_)
#define xmlNewDocTextLen (*libxml2()->xmlNewDocTextLen_)
#define xmlNewParserCtxt (*libxml2()->xmlNewParserCtxt_)
#define __xmlParserVersion (*libxml2()->__xmlParserVersion_)
#define xmlReadMemory (*libxml2()->xmlReadMemory_)
#define xmlResetLastError (*libxml2()->xmlResetLastError_)
#define xmlSAX2Characters (*libxml2()->xmlSAX2Characters_)
#define xmlSAX2Comment (*libxml2()->xmlSAX2Comment_)
#define xmlSAX2InternalSubset (*libxml2()->xmlSAX2InternalSubset_)
#define xmlSAX2ProcessingInstruction (*libxml2()->xmlSAX2ProcessingInstruction_)
#define xmlSAX2StartElementNs (*libxml2()->xmlSAX2StartElementNs_)
#define xmlSetGenericErrorFunc (*libxml2()->xmlSetGenericErrorFunc_)
#define xmlStrEqual (*libxml2()->xmlStrEqual_)
#define xmlStrndup (*libxml2()->xmlStrndup_)
#define xmlThrDefSetGenericErrorFunc (*libxml2()->xmlThrDefSetGenericErrorFunc_)
#define xmlXPathCastNodeToString (*libxml2()->xmlXPathCastNodeToString_)
#define xmlXPathCastStringToNumber (*libxml2()->xmlXPathCastStringToNumber_)
#define xmlXPathCastToString (*libxml2()->xmlXPathCastToString_)
#define xmlXPathCompiledEval (*libxml2()->xmlXPathCompiledEval_)
#define xmlXPathContextSetCache (*libxml2()->xmlXPathContextSetCache_)
#define xmlXPathCtxtCompile (*libxml2()->xmlXPathCtxtCompile_)
#define xmlXPathFreeCompExpr (*libxml2()->xmlXPathFreeCompExpr_)
#define xmlXPathFreeContext (*libxml2()->xmlXPathFreeContext_)
#define xmlXPathFreeNodeSet (*libxml2()->xmlXPathFreeNodeSet_)
#define xmlXPathFreeObject (*libxml2()->xmlXPathFreeObject_)
#define xmlXPathFunctionLookup (*libxml2()->xmlXPathFunctionLookup_)
#define xmlXPathFunctionLookupNS (*libxml2()->xmlXPathFunctionLookupNS_)
#define xmlXPathIdFunction (*libxml2()->xmlXPathIdFunction_)
#define xmlXPathNewBoolean (*libxml2()->xmlXPathNewBoolean_)
#define xmlXPathNewContext (*libxml2()->xmlXPathNewContext_)
#define xmlXPathNodeSetAddUnique (*libxml2()->xmlXPathNodeSetAddUnique_)
#define xmlXPathNodeSetCreate (*libxml2()->xmlXPathNodeSetCreate_)
#define xmlXPathNodeSetSort (*libxml2()->xmlXPathNodeSetSort_)
#define xmlXPathNsLookup (*libxml2()->xmlXPathNsLookup_)
#define xmlXPathOrderDocElems (*libxml2()->xmlXPathOrderDocElems_)
#define xmlXPathPopNodeSet (*libxml2()->xmlXPathPopNodeSet_)
#define xmlXPathPopString (*libxml2()->xmlXPathPopString_)
#define xmlXPathRegisterFunc (*libxml2()->xmlXPathRegisterFunc_)
#define xmlXPathRegisterFuncLookup (*libxml2()->xmlXPathRegisterFuncLookup_)
#define xmlXPathRegisterFuncNS (*libxml2()->xmlXPathRegisterFuncNS_)
#define xmlXPathRegisterNs (*libxml2()->xmlXPathRegisterNs_)
#define xmlXPathWrapNodeSet (*libxml2()->xmlXPathWrapNodeSet_)
#define xmlXPathWrapString (*libxml2()->xmlXPathWrapString_)
#define xmlXPatherror (*libxml2()->xmlXPatherror_)

#endif

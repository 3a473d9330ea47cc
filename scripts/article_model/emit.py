"""Writes a model as C source."""

HEAD = ["/* Made by scripts/article_model/train.py from labelled pages. Do not edit. */",
        '#include "parse/article/model.h"', ""]
LEAVES = 16     # MODEL_LEAVES in parse/article/model.h


def hash_table(rows):
    """Returns the slots of a table with linear probing, as in
    parse/article/model.c; None: empty."""
    size = 1
    while size < 1.5 * len(rows):
        size *= 2
    slots = [None] * size
    for hash_value, text in rows:
        at = hash_value & size - 1
        while slots[at]:
            at = at + 1 & size - 1
        slots[at] = "{%du,%s}," % (hash_value, text)
    return [slot or "{0}," for slot in slots]


def array_of(declaration, items):
    lines = ["static const struct %s = {" % declaration
             if declaration.startswith("model") else
             "static const %s = {" % declaration]
    line = "\t"
    for item in items:
        if len(line) + len(item) > 72:
            lines.append(line.rstrip())
            line = "\t"
        line += item + " "
    return lines + [line.rstrip(), "};", ""]


def write_source(model, path):
    """model: lines K (token), Q (token of a page), B (the trees of a name
    begin), D (a node: feature and bound) and V (a leaf), as
    scripts/article_model/boost.c prints them."""
    tokens, page_tokens, trees = [], [], {}
    for line in model.splitlines():
        kind, *fields = line.split()
        if kind == "K":
            tokens.append((int(fields[0]), fields[1]))
        elif kind == "Q":
            page_tokens.append((int(fields[0]),
                                "{" + ",".join(fields[1:]) + "}"))
        elif kind == "B":
            splits, leaves = [], []
            trees[fields[0]] = splits, leaves
        elif kind == "D":
            splits.append("{%s,%s}," % (fields[1], fields[0]))
        elif kind == "V":
            leaves.append("%s," % fields[0])
    tables = {"tokens": hash_table(tokens),
              "page_tokens": hash_table(page_tokens)}
    out = HEAD + array_of("model_token tokens[]", tables["tokens"]) + \
        array_of("model_page_token page_tokens[]", tables["page_tokens"])
    rows = ["\t.%s = %s,\n\t.%s_size = %d," % (name, name, name, len(table))
            for name, table in tables.items()]
    for name, (splits, leaves) in trees.items():
        out += array_of("model_split %s_splits[]" % name, splits)
        out += array_of("int8_t %s_leaves[]" % name, leaves)
        count = len(leaves) // LEAVES
        out.append("_Static_assert(%d <= MODEL_MAX_TREES, \"%s\");\n" %
                   (count, name))
        member = ".types[%s]" % name[4:] if name.startswith("type") else \
            "." + name
        rows.append("\t%s = {%s_splits, %s_leaves, %d}," % (
            member, name, name, count))
    out += ["const struct model model_data = {"] + rows + ["};"]
    with open(path, "w", encoding="utf-8") as f:
        f.write("\n".join(out) + "\n")

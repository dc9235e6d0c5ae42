/* A JSON parser that builds a tree, a walk over it, and a writer that must give the same text. Size: how often 100 KB are
 * parsed and written.
 */
#include "bench.h"

enum kind { NIL, FALSE, TRUE, NUMBER, STRING, ARRAY, OBJECT };
struct value {
    enum kind kind;
    double number;
    char *text;                   /* STRING */
    char *name;                   /* of a member of an object */
    struct value *first, *next;   /* ARRAY, OBJECT: children */
};
struct buffer {
    char *bytes;
    size_t length, room;
};

static void put_bytes(struct buffer *to, const char *bytes, size_t length) {
    if (to->length + length + 1 > to->room) {
        to->room = 2 * to->room + length + 64;
        to->bytes = realloc(to->bytes, to->room);
        if (to->bytes == NULL) exit(1);
    }
    memcpy(to->bytes + to->length, bytes, length);
    to->length += length;
    to->bytes[to->length] = 0;
}

static void put(struct buffer *to, const char *text) { put_bytes(to, text, strlen(text)); }

static const char *skip(const char *at) {
    while (*at == ' ' || *at == '\n' || *at == '\t' || *at == '\r') at++;
    return at;
}

static const char *parse_string(const char *at, char **text) {
    const char *end = ++at;
    while (*end != '"') end += *end == '\\' ? 2 : 1;
    char *to = *text = allocate((size_t)(end - at) + 1);
    for (; at < end; at++) {
        if (*at == '\\') {
            at++;
            *to++ = *at == 'n' ? '\n' : *at == 't' ? '\t' : *at;
        } else {
            *to++ = *at;
        }
    }
    *to = 0;
    return end + 1;
}

static const char *parse_number(const char *at, double *number) {
    int negative = *at == '-', scale = 0;
    double value = 0;
    for (at += negative; *at >= '0' && *at <= '9'; at++) value = value * 10 + (*at - '0');
    if (*at == '.')
        for (at++; *at >= '0' && *at <= '9'; at++, scale++) value = value * 10 + (*at - '0');
    for (; scale > 0; scale--) value /= 10;
    *number = negative ? -value : value;
    return at;
}

static const char *parse(const char *at, struct value **result);

static const char *parse_children(const char *at, struct value *parent, char close) {
    struct value **link = &parent->first;
    at = skip(at + 1);
    while (*at != close) {
        char *name = NULL;
        if (parent->kind == OBJECT) at = skip(skip(parse_string(at, &name)) + 1);
        at = skip(parse(at, link));
        (*link)->name = name;
        link = &(*link)->next;
        if (*at == ',') at = skip(at + 1);
    }
    return at + 1;
}

static NOINLINE const char *parse(const char *at, struct value **result) {
    struct value *value = *result = allocate(sizeof *value);
    memset(value, 0, sizeof *value);
    switch (*at) {
    case '{': value->kind = OBJECT; return parse_children(at, value, '}');
    case '[': value->kind = ARRAY; return parse_children(at, value, ']');
    case '"': value->kind = STRING; return parse_string(at, &value->text);
    case 't': value->kind = TRUE; return at + 4;
    case 'f': value->kind = FALSE; return at + 5;
    case 'n': value->kind = NIL; return at + 4;
    default: value->kind = NUMBER; return parse_number(at, &value->number);
    }
}

static void write_string(struct buffer *to, const char *text) {
    put_bytes(to, "\"", 1);
    for (; *text != 0; text++) {
        if (*text == '"' || *text == '\\') put_bytes(to, "\\", 1);
        if (*text == '\n') put_bytes(to, "\\n", 2);
        else put_bytes(to, text, 1);
    }
    put_bytes(to, "\"", 1);
}

/* Numbers have three decimals at most. */
static void write_number(struct buffer *to, double number) {
    char digits[32], *at = digits + sizeof digits;
    uint64_t thousandths = (uint64_t)((number < 0 ? -number : number) * 1000 + 0.5);
    for (int i = 0; i < 3; i++, thousandths /= 10) *--at = (char)('0' + thousandths % 10);
    *--at = '.';
    do *--at = (char)('0' + thousandths % 10);
    while ((thousandths /= 10) > 0);
    if (number < 0) *--at = '-';
    put_bytes(to, at, (size_t)(digits + sizeof digits - at));
}

static NOINLINE void write_value(struct buffer *to, const struct value *value) {
    switch (value->kind) {
    case NIL: put(to, "null"); return;
    case FALSE: put(to, "false"); return;
    case TRUE: put(to, "true"); return;
    case NUMBER: write_number(to, value->number); return;
    case STRING: write_string(to, value->text); return;
    case ARRAY:
    case OBJECT: break;
    }
    put(to, value->kind == ARRAY ? "[" : "{");
    for (const struct value *child = value->first; child != NULL; child = child->next) {
        if (child != value->first) put(to, ",");
        if (child->name != NULL) {
            write_string(to, child->name);
            put(to, ":");
        }
        write_value(to, child);
    }
    put(to, value->kind == ARRAY ? "]" : "}");
}

/* Frees the tree and returns a checksum of its numbers and kinds. */
static uint64_t release(struct value *value) {
    uint64_t sum = mix(value->kind, (uint64_t)(int64_t)(value->number * 1000));
    for (struct value *child = value->first; child != NULL;) {
        struct value *next = child->next;
        sum = mix(sum, release(child));
        child = next;
    }
    free(value->text);
    free(value->name);
    free(value);
    return sum;
}

static void write_document(struct buffer *to, uint64_t *random) {
    static const char *const names[] = {"id", "name", "price", "tags", "active", "parent", "a \\\"quoted\\\" key", "x"};
    put(to, "[");
    for (int i = 0; to->length < 100000; i++) {
        put(to, i == 0 ? "{" : ",{");
        for (int j = 0; j < 8; j++) {
            char text[64];
            uint32_t number = next_number(random);
            snprintf(text, sizeof text, "%s\"%s\":", j == 0 ? "" : ",", names[j]);
            put(to, text);
            switch (number % 6) {
            case 0: put(to, "true"); break;
            case 1: put(to, "null"); break;
            case 2: put(to, "\"some text with\\na line break\""); break;
            case 3: put(to, "[1.000,2.500,[],{}]"); break;
            default:
                snprintf(text, sizeof text, "%s%u.%03u", number & 1024 ? "-" : "", 1 + number % 100000, number % 1000);
                put(to, text);
            }
        }
        put(to, "}");
    }
    put(to, "]");
}

uint64_t run(long size) {
    struct buffer document = {NULL, 0, 0}, written = {NULL, 0, 0};
    uint64_t random = 12, sum = 0;
    write_document(&document, &random);
    for (long i = 0; i < size; i++) {
        struct value *root;
        parse(document.bytes, &root);
        written.length = 0;
        write_value(&written, root);
        if (strcmp(written.bytes, document.bytes) != 0) return 0;
        sum = mix(sum, release(root));
    }
    free(document.bytes);
    free(written.bytes);
    return sum;
}

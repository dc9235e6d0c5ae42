/* A backtracking matcher of regular expressions: a parser to a program of nodes, then recursion over the text.
 * Literals, ".", classes, "*", "+", "?", groups, "|". Size: rounds of all patterns over 2,000 lines.
 */
#include "bench.h"

enum kind { LITERAL, ANY, CLASS, SPLIT, JUMP, MATCH };
struct node {
    uint8_t kind, literal;
    int16_t first, second; /* SPLIT: tried in this order; JUMP: first */
    uint32_t set[8];       /* CLASS */
};
struct pattern {
    struct node nodes[64];
    int count;
};

static const char *source;
static struct pattern *target;

static struct node *append(enum kind kind) {
    struct node *node = &target->nodes[target->count++];
    memset(node, 0, sizeof *node);
    node->kind = (uint8_t)kind;
    return node;
}

/* Makes room for a node at `at` and moves the targets of what is behind. */
static struct node *insert(int at, enum kind kind) {
    memmove(&target->nodes[at + 1], &target->nodes[at], (size_t)(target->count - at) * sizeof(struct node));
    target->count++;
    for (int i = at + 1; i < target->count; i++) {
        if (target->nodes[i].first >= at) target->nodes[i].first++;
        if (target->nodes[i].second >= at) target->nodes[i].second++;
    }
    memset(&target->nodes[at], 0, sizeof(struct node));
    target->nodes[at].kind = (uint8_t)kind;
    return &target->nodes[at];
}

static void alternatives(void);

static void parse_class(void) {
    struct node *node = append(CLASS);
    for (; *source != ']'; source++) {
        uint8_t low = (uint8_t)*source, high = low;
        if (source[1] == '-') {
            high = (uint8_t)source[2];
            source += 2;
        }
        for (unsigned c = low; c <= high; c++) node->set[c / 32] |= 1u << c % 32;
    }
    source++;
}

static void repetition(void) {
    int start = target->count;
    char c = *source++;
    if (c == '(') {
        alternatives();
        source++;
    } else if (c == '[') {
        parse_class();
    } else if (c == '.') {
        append(ANY);
    } else {
        append(LITERAL)->literal = (uint8_t)c;
    }
    struct node *node;
    switch (*source) {
    case '*':
        source++;
        node = insert(start, SPLIT);
        node->first = (int16_t)(start + 1);
        node->second = (int16_t)(target->count + 1);
        append(JUMP)->first = (int16_t)start;
        break;
    case '+':
        source++;
        node = append(SPLIT);
        node->first = (int16_t)start;
        node->second = (int16_t)target->count;
        break;
    case '?':
        source++;
        node = insert(start, SPLIT);
        node->first = (int16_t)(start + 1);
        node->second = (int16_t)target->count;
        break;
    default: break;
    }
}

static void alternatives(void) {
    int start = target->count;
    while (*source != 0 && *source != ')' && *source != '|') repetition();
    if (*source != '|') return;
    source++;
    struct node *split = insert(start, SPLIT);
    split->first = (int16_t)(start + 1);
    int jump = target->count;
    append(JUMP);
    target->nodes[start].second = (int16_t)target->count;
    alternatives();
    target->nodes[jump].first = (int16_t)target->count;
}

static void compile(struct pattern *pattern, const char *expression) {
    source = expression;
    target = pattern;
    pattern->count = 0;
    alternatives();
    append(MATCH);
}

/* The end of the match that begins at text, or NULL. */
static NOINLINE const char *match(const struct node *nodes, int at, const char *text) {
    for (;;) {
        const struct node *node = &nodes[at];
        switch ((enum kind)node->kind) {
        case MATCH: return text;
        case JUMP: at = node->first; continue;
        case SPLIT: {
            const char *end = match(nodes, node->first, text);
            if (end != NULL) return end;
            at = node->second;
            continue;
        }
        case LITERAL:
            if ((uint8_t)*text != node->literal) return NULL;
            break;
        case ANY:
            if (*text == 0) return NULL;
            break;
        case CLASS:
            if (!(node->set[(uint8_t)*text / 32] >> (uint8_t)*text % 32 & 1)) return NULL;
            break;
        }
        at++;
        text++;
    }
}

static NOINLINE uint64_t search(const struct pattern *pattern, const char *line) {
    for (const char *start = line; *start != 0; start++) {
        const char *end = match(pattern->nodes, 0, start);
        if (end != NULL) return (uint64_t)(start - line) << 32 | (uint64_t)(end - start);
    }
    return ~(uint64_t)0;
}

uint64_t run(long size) {
    enum { LINES = 2000, WIDTH = 80 };
    static const char *const expressions[] = {"[a-z]+@[a-z]+\\.(com|org|net)", "(ab|ba)+c", "x*y*z*w",
                                              "[0-9]+-[0-9]+-[0-9]+",         "(a|b|c|d)*e.f", "q[^a]?u.*n"};
    enum { PATTERNS = sizeof expressions / sizeof expressions[0] };
    static struct pattern patterns[PATTERNS];
    static char lines[LINES][WIDTH + 1];
    static const char alphabet[] = "abcdefabcabcxyzwqun0123456789-@. ";
    uint64_t random = 10, sum = 0;
    for (int i = 0; i < PATTERNS; i++) compile(&patterns[i], expressions[i]);
    for (int i = 0; i < LINES; i++)
        for (int j = 0; j < WIDTH; j++) lines[i][j] = alphabet[next_number(&random) % (sizeof alphabet - 1)];
    for (long i = 0; i < size; i++) {
        for (int line = 0; line < LINES; line++)
            for (int p = 0; p < PATTERNS; p++) sum = mix(sum, search(&patterns[p], lines[line]));
        lines[i % LINES][i % WIDTH] = alphabet[i % (sizeof alphabet - 1)];
    }
    return sum;
}

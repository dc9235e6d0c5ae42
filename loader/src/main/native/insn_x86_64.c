/* How long is an x86-64 instruction, which memory does it access, and does it write there? Knows what compilers emit:
   everything in the legacy, VEX and EVEX maps 0 to 3 that 64-bit mode has. */
#include "host.h"

#include <string.h>

#ifdef __x86_64__

enum { MODRM = 1, IMM8 = 2, IMM16 = 4, IMM32 = 8, BAD = 128 };

#define M MODRM
#define M8 (MODRM | IMM8)
#define MZ (MODRM | IMM32)
#define X BAD
#define R(value) value, value, value, value
/* The eight arithmetic columns of rows 0 to 3: two forms each way, accumulator with imm8 and imm32. */
#define ALU M, M, M, M, IMM8, IMM32, X, X

static const unsigned char one_byte[256] = {
    ALU, ALU, ALU, ALU, ALU, ALU, ALU, ALU,                                       /* 00-3F */
    R(X), R(X), R(X), R(X),                                                       /* 40-4F: REX, taken before */
    R(0), R(0), R(0), R(0),                                                       /* 50-5F */
    X, X, X, M, X, X, X, X, IMM32, MZ, IMM8, M8, R(0),                            /* 60-6F */
    R(IMM8), R(IMM8), R(IMM8), R(IMM8),                                           /* 70-7F */
    M8, MZ, X, M8, R(M), R(M), R(M),                                              /* 80-8F */
    R(0), R(0), 0, 0, X, 0, R(0),                                                 /* 90-9F */
    R(X), R(0), IMM8, IMM32, 0, 0, R(0),                                          /* A0-AF: A0-A3 apart */
    R(IMM8), R(IMM8), R(IMM32), R(IMM32),                                         /* B0-BF: MOV imm64 apart */
    M8, M8, IMM16, 0, X, X, M8, MZ, IMM16 | IMM8, 0, IMM16, 0, 0, IMM8, X, 0,     /* C0-CF */
    R(M), X, X, X, 0, R(M), R(M),                                                 /* D0-DF */
    R(IMM8), R(IMM8), IMM32, IMM32, X, IMM8, R(0),                                /* E0-EF */
    X, 0, X, X, 0, 0, M, M, R(0), 0, 0, M, M,                                     /* F0-FF: TEST imm apart */
};

static const unsigned char two_byte[256] = {
    M, M, M, M, X, 0, 0, 0, 0, 0, X, 0, X, M, 0, X,                               /* 00-0F */
    R(M), R(M), R(M), R(M),                                                       /* 10-1F */
    R(M), R(X), R(M), R(M),                                                       /* 20-2F */
    R(0), 0, 0, X, 0, R(X), R(X),                                                 /* 30-3F: 38 and 3A are maps */
    R(M), R(M), R(M), R(M), R(M), R(M), R(M), R(M),                               /* 40-5F */
    R(M), R(M), R(M), R(M),                                                       /* 60-6F */
    R(M8), M, M, M, 0, R(M), R(M),                                                /* 70-7F */
    R(IMM32), R(IMM32), R(IMM32), R(IMM32),                                       /* 80-8F */
    R(M), R(M), R(M), R(M),                                                       /* 90-9F */
    0, 0, 0, M, M8, M, X, X, 0, 0, 0, M, M8, M, M, M,                             /* A0-AF */
    R(M), R(M), M, M, M8, M, R(M),                                                /* B0-BF */
    M, M, M8, M, M8, M8, M8, M, R(0), R(0),                                       /* C0-CF */
    R(M), R(M), R(M), R(M), R(M), R(M), R(M), R(M),                               /* D0-EF */
    R(M), R(M), R(M), R(M),                                                       /* F0-FF */
};

/* What the prefixes said. */
struct prefixes {
    int operand16, address32, segment, repeat; /* repeat: 0, 0xF2 or 0xF3 */
    int wide, reg_high, index_high, base_high; /* REX.W, and 8 or 0 for R, X and B */
    int map;                                   /* 0 one-byte, 1 0F, 2 0F38, 3 0F3A */
    int vector, evex;
};

static const unsigned char *legacy_prefixes(const unsigned char *code, struct prefixes *p) {
    for (int i = 0; i < 14; i++, code++) {
        switch (*code) {
            case 0x66: p->operand16 = 1; break;
            case 0x67: p->address32 = 1; break;
            case 0xF2: case 0xF3: p->repeat = *code; break;
            case 0x64: case 0x65: p->segment = 1; break;
            case 0x2E: case 0x36: case 0x3E: case 0x26: case 0xF0: break;
            default: return code;
        }
    }
    return code;
}

static const unsigned char *vector_prefix(const unsigned char *code, struct prefixes *p) {
    static const int repeats[4] = {0, 0, 0xF3, 0xF2};
    unsigned char last;
    p->vector = 1;
    p->reg_high = code[1] & 0x80 ? 0 : 8;
    if (*code == 0xC5) {
        p->map = 1;
        last = code[1];
        code += 2;
    } else {
        p->index_high = code[1] & 0x40 ? 0 : 8;
        p->base_high = code[1] & 0x20 ? 0 : 8;
        p->evex = *code == 0x62;
        p->map = code[1] & (p->evex ? 7 : 31);
        last = code[2];
        p->wide = last >> 7;
        code += p->evex ? 4 : 3;
    }
    p->operand16 = (last & 3) == 1;
    p->repeat = repeats[last & 3];
    return code;
}

static const unsigned char *opcode_prefixes(const unsigned char *code, struct prefixes *p) {
    if (*code == 0xC5 || *code == 0xC4 || *code == 0x62) {
        return vector_prefix(code, p);
    }
    if ((*code & 0xF0) == 0x40) {
        p->wide = (*code >> 3) & 1;
        p->reg_high = (*code & 4) << 1;
        p->index_high = (*code & 2) << 2;
        p->base_high = (*code & 1) << 3;
        code++;
    }
    if (*code == 0x0F) {
        p->map = code[1] == 0x38 ? 2 : code[1] == 0x3A ? 3 : 1;
        code += p->map == 1 ? 1 : 2;
    }
    return code;
}

static int shape(const struct prefixes *p, unsigned char opcode, unsigned char modrm) {
    int reg = (modrm >> 3) & 7;
    switch (p->map) {
        case 0:
            if ((opcode == 0xF6 || opcode == 0xF7) && reg < 2) {
                return opcode == 0xF6 ? M8 : MZ;
            }
            return one_byte[opcode];
        case 1:
            if (p->vector && opcode != 0x77) {
                return M | (two_byte[opcode] & IMM8);
            }
            return two_byte[opcode];
        case 2: return M;
        case 3: return M8;
        case 5: case 6: return p->evex ? M : X;
        default: return X;
    }
}

static int immediate_size(const struct prefixes *p, unsigned char opcode, int shape) {
    int size = (shape & IMM8 ? 1 : 0) + (shape & IMM16 ? 2 : 0);
    if (shape & IMM32) {
        int move = p->map == 0 && opcode >= 0xB8 && opcode <= 0xBF;
        int branch = (p->map == 1 && (opcode & 0xF0) == 0x80) || (p->map == 0 && (opcode == 0xE8 || opcode == 0xE9));
        size += p->wide && move ? 8 : p->operand16 && !p->wide && !branch ? 2 : 4;
    }
    return size;
}

static uint64_t register_value(const greg_t *registers, int number) {
    static const int order[16] = {REG_RAX, REG_RCX, REG_RDX, REG_RBX, REG_RSP, REG_RBP, REG_RSI, REG_RDI,
                                  REG_R8,  REG_R9,  REG_R10, REG_R11, REG_R12, REG_R13, REG_R14, REG_R15};
    return (uint64_t) registers[order[number]];
}

/* ModRM, SIB and displacement; returns what follows them. The address stays incomplete where it is rip-relative. */
static const unsigned char *operand(const unsigned char *code, const struct prefixes *p, const greg_t *registers,
                                    struct jq_insn *insn, int *relative) {
    int mod = *code >> 6, rm = *code & 7;
    code++;
    *relative = 0;
    if (mod == 3) {
        return code;
    }
    uint64_t address = 0;
    int displacement = mod == 1 ? 1 : mod == 2 ? 4 : 0;
    int base = rm;
    insn->has_address = !p->segment;
    if (rm == 4) {
        int index = ((*code >> 3) & 7) | p->index_high;
        if (index != 4) {
            address += register_value(registers, index) << (*code >> 6);
        }
        base = *code & 7;
        code++;
    }
    if (base == 5 && mod == 0) {
        displacement = 4;
        *relative = rm == 5;
    } else {
        address += register_value(registers, base | p->base_high);
    }
    if (displacement == 1) {
        address += (uint64_t) (int64_t) (int8_t) *code;
        insn->has_address &= !p->evex; /* there it is scaled by the vector's size */
    } else if (displacement == 4) {
        int32_t value;
        memcpy(&value, code, 4);
        address += (uint64_t) (int64_t) value;
    }
    insn->address = p->address32 ? (uint32_t) address : address;
    return code + displacement;
}

static int writes_one_byte(unsigned char opcode, int reg) {
    if (opcode < 0x38) {
        return (opcode & 6) == 0;
    }
    switch (opcode) {
        case 0x80: case 0x81: case 0x83: return reg != 7;
        case 0x86: case 0x87: case 0x88: case 0x89: case 0x8F: case 0xC0: case 0xC1: case 0xC6: case 0xC7:
        case 0xD0: case 0xD1: case 0xD2: case 0xD3: return 1;
        case 0xF6: case 0xF7: return reg == 2 || reg == 3;
        case 0xFE: case 0xFF: return reg < 2;
        default: return 0;
    }
}

static int writes_two_byte(const struct prefixes *p, unsigned char opcode, int reg) {
    switch (opcode) {
        case 0x11: case 0x13: case 0x17: case 0x29: case 0x2B: case 0x7F: case 0xD6: case 0xE7: return 1;
        case 0x7E: return p->repeat != 0xF3;
        case 0xA3: case 0xA4: case 0xA5: case 0xAB: case 0xB0: case 0xB1: case 0xB3: case 0xBB: case 0xC0: case 0xC1:
        case 0xC3: case 0xC7: return !p->vector && opcode != 0xA3;
        case 0xBA: return reg > 4;
        default: return (opcode & 0xF0) == 0x90;
    }
}

static int writes(const struct prefixes *p, unsigned char opcode, int reg) {
    switch (p->map) {
        case 0: return writes_one_byte(opcode, reg);
        case 1: return writes_two_byte(p, opcode, reg);
        case 2: return opcode == 0xF1 || (p->vector && (opcode == 0x2E || opcode == 0x2F || opcode == 0x8E));
        default: return (opcode >= 0x14 && opcode <= 0x17) || (p->vector && (opcode == 0x19 || opcode == 0x39));
    }
}

void jq_decode(const unsigned char *start, const greg_t *registers, struct jq_insn *insn) {
    struct prefixes p = {0};
    memset(insn, 0, sizeof *insn);
    const unsigned char *code = opcode_prefixes(legacy_prefixes(start, &p), &p);
    unsigned char opcode = *code++;
    int relative = 0;
    if (p.map == 0 && !p.vector && opcode >= 0xA0 && opcode <= 0xA3) {
        if (!p.address32) {
            memcpy(&insn->address, code, 8);
            insn->has_address = !p.segment;
        }
        insn->writes = opcode >= 0xA2;
        insn->length = (int) (code - start) + (p.address32 ? 4 : 8);
        return;
    }
    int form = p.map == 0 && p.vector ? BAD : shape(&p, opcode, *code);
    if (form & BAD) {
        return;
    }
    if (form & MODRM) {
        int reg = (*code >> 3) & 7;
        insn->writes = writes(&p, opcode, reg);
        insn->exchanges = p.map == 1 && !p.vector && (opcode == 0xB0 || opcode == 0xB1 || (opcode == 0xC7 && reg == 1));
        code = operand(code, &p, registers, insn, &relative);
    }
    code += immediate_size(&p, opcode, form);
    insn->length = (int) (code - start);
    if (relative) {
        insn->address += (uint64_t) code;
    }
}

#endif

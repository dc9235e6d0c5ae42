package jqemu.tcg.a64;

import java.util.List;
import java.util.regex.Pattern;

/// Why encodings of Arm's list are not in the decode tables, or undefined in spite of a line there.
final class Unannounced {
    /// A rule for all encodings whose name matches.
    private record Rule(Pattern names, String reason) {
        static Rule of(String names, String reason) {
            return new Rule(Pattern.compile(names), reason);
        }
    }

    private static final List<Rule> RULES = List.of(
            Rule.of("(HVC|SMC|HLT|DCPS\\d|ERET|ERETAA|ERETAB|DRPS)_.*", "undefined at EL0"),
            Rule.of("SYSL_RC_systeminstrs", "no operation of it exists at EL0"),
            Rule.of("UDF_.*", "undefined by design"),
            Rule.of("(TENTER|TEXIT|TCHANGE[BF])_.*", "FEAT_TEV is not announced"),
            Rule.of("(TSTART|TTEST)_.*", "FEAT_TME is not announced"),
            Rule.of("DSB_BOn_.*", "FEAT_XS is not announced"),
            Rule.of("SYSP_.*", "FEAT_SYSINSTR128 is not announced"),
            Rule.of("(MSRR|MRRS)_.*", "FEAT_SYSREG128 is not announced"),
            Rule.of("CB[BH]?(GT|GE|LT|HI|HS|LO|EQ|NE)_.*", "FEAT_CMPBR is not announced"),
            Rule.of("BC_only_condbranch", "FEAT_HBC is not announced"),
            Rule.of("(RET|AUT|PAC|PACN)[A-Z]*(SPPCR?|171615)_.*", "FEAT_PAuth_LR is not announced"),
            Rule.of("M?(ADD|SUB)PT_.*", "FEAT_CPA is not announced"),
            Rule.of(".*_(ldsttags|addsub_immtags)|(SUBPS?|IRG|GMI|STGP)_.*", "FEAT_MTE is not announced"),
            Rule.of("SETG[PME].*_memcms", "FEAT_MTE is not announced"),
            Rule.of("SETGO.*", "FEAT_MOPS_GO is not announced"),
            Rule.of("RCW[A-Z]*_(64_memop|C64_rcwcomswap)", "FEAT_THE is not announced"),
            Rule.of("RCW.*", "FEAT_D128 is not announced"),
            Rule.of("(LDCLRP|LDSETP|SWPP)[AL]*_.*", "FEAT_LSE128 is not announced"),
            Rule.of("(LD|ST)B?F(ADD|MAX|MIN|MAXNM|MINNM)[AL]*_.*", "FEAT_LSFE is not announced"),
            Rule.of("(LD|ST)64B.*", "FEAT_LS64 is not announced"),
            Rule.of(".*_(memop|comswap|comswappr|ldstexclr)_unpriv|(STTN?P|LDTN?P)_.*", "FEAT_LSUI is not announced"),
            Rule.of("(STLP|LDAPP?)_64_ldiappstilp", "FEAT_LSCP is not announced"),
            Rule.of("STL1_.*|LDAP1_.*|.*_(ldapstl_simd|ldapstl_writeback|ldiappstilp)", "FEAT_LRCPC3 is not announced"),
            Rule.of("(STLLR|LDLAR)[BH]?_.*", "FEAT_LOR is not announced"),
            Rule.of("GCSS.*", "FEAT_GCS is not announced"),
            Rule.of("FMMLA_asimd_FP16FP16", "FEAT_F16MM is not announced"),
            Rule.of("FMMLA_asimd_FP16FP32", "FEAT_F16F32MM is not announced"),
            Rule.of("FMMLA_asimd_FP8.*", "FEAT_F8F16MM and FEAT_F8F32MM are not announced"),
            Rule.of("FDOT_.*_FP16FP32", "FEAT_F16F32DOT is not announced"),
            Rule.of("FDOT_.*", "FEAT_FP8DOT2 and FEAT_FP8DOT4 are not announced"),
            Rule.of("FMLAL(L[BT])?[BT]_.*", "FEAT_FP8FMA is not announced"),
            Rule.of("B?F[12]CVTL_.*|FCVTN_asimdsame2_.*|FSCALE_.*", "FEAT_FP8 is not announced"),
            Rule.of("(FAMAX|FAMIN)_.*", "FEAT_FAMINMAX is not announced"),
            Rule.of("LUTI[24]_.*", "FEAT_LUT is not announced"),
            Rule.of(".*_sisd_\\d\\d[HSD]", "FEAT_FPRCVT is not announced"));

    private Unannounced() {}

    /// Why `encoding` is not executed; empty when nothing is known.
    static String reason(Encoding encoding) {
        for (Rule rule : RULES) {
            if (rule.names().matcher(encoding.name()).matches()) {
                return rule.reason();
            }
        }
        return "";
    }
}

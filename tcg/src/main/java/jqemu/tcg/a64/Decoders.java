package jqemu.tcg.a64;

import jqemu.tcg.cpu.CpuModel;

/// Puts the generated decoder together with the translators of all encoding groups.
final class Decoders {
    private Decoders() {}

    /// A decoder whose semantics build into `ir`.
    static Decoder forContext(TranslationContext ir, CpuModel cpu) {
        return new Decoder(
                cpu,
                new BranchTranslator(ir),
                new Crc32Translator(ir),
                new CryptoHashesTranslator(ir),
                new CryptoTranslator(ir),
                new CommonShortSequencesTranslator(ir),
                new DataProcessingImmediateTranslator(ir),
                new DataProcessingRegisterTranslator(ir),
                new FlagManipulationTranslator(ir),
                new FpConversionsTranslator(ir),
                new FpHalfTranslator(ir),
                new FpScalarTranslator(ir),
                new FloatRoundToSizeTranslator(ir),
                new LoadsStoresExclusiveTranslator(ir),
                new LoadsStoresFpTranslator(ir),
                new LoadsStoresPairTranslator(ir),
                new LoadsStoresTranslator(ir),
                new AtomicsTranslator(ir),
                new MemoryCopySetTranslator(ir),
                new PointerAuthenticationTranslator(ir),
                new LoadsStoresRcpcTranslator(ir),
                new SimdByElementTranslator(ir),
                new SimdFpTranslator(ir),
                new SimdHalfTranslator(ir),
                new SimdImmediateTranslator(ir),
                new SimdPermuteTranslator(ir),
                new SimdProductsTranslator(ir),
                new SimdScalarFpTranslator(ir),
                new SimdScalarHalfTranslator(ir),
                new SimdScalarTranslator(ir),
                new SimdStructuresTranslator(ir),
                new SimdThreeDifferentTranslator(ir),
                new SimdThreeSameTranslator(ir),
                new SimdTwoRegisterTranslator(ir),
                new SystemTranslator(ir, cpu));
    }
}

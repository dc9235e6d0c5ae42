package jqemu.plugin.api;

/// Is called for each block that is translated; see [PluginContext#onTranslate].
///
/// ```java
/// context.onTranslate(block -> context.print("block at 0x" + Long.toHexString(block.address()) + "\n"));
/// ```
@FunctionalInterface
public interface TranslateCallback {
    /// Looks at a block and says what is to happen when it executes.
    ///
    /// @param block the block; it and its instructions are valid until this call returns
    void translate(Block block);
}

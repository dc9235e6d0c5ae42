package jqemu.bench;

import jqemu.plugin.api.Block;
import jqemu.plugin.api.Instruction;
import jqemu.plugin.api.MemoryAccess;
import jqemu.plugin.api.Plugin;
import jqemu.plugin.api.PluginApi;
import jqemu.plugin.api.PluginArguments;
import jqemu.plugin.api.PluginContext;
import jqemu.plugin.api.RegisterAccess;
import jqemu.plugin.api.ScoreboardU64;
import org.jspecify.annotations.Nullable;

/// What a benchmark's plugin counts, and how.
public enum Counting {
    /// No plugin.
    NONE,
    /// Blocks, inline.
    BLOCK_INLINE,
    /// Blocks, by a callback.
    BLOCK_CALLBACK,
    /// Instructions, inline.
    INSN_INLINE,
    /// Instructions, by a callback.
    INSN_CALLBACK,
    /// Instructions, by a callback that may read registers.
    INSN_REGISTERS_CALLBACK,
    /// Memory accesses, inline.
    MEM_INLINE,
    /// Memory accesses, by a callback.
    MEM_CALLBACK;

    /// The plugin, or null for none.
    @Nullable
    Plugin plugin() {
        return this == NONE ? null : new Counter(this);
    }

    /// Counts, as the shipped plugins do.
    private record Counter(Counting counting) implements Plugin {
        @Override
        public int apiVersion() {
            return PluginApi.VERSION;
        }

        @Override
        public void install(PluginContext context, PluginArguments arguments) {
            ScoreboardU64 count = context.newScoreboard();
            context.onTranslate(block -> {
                instrument(block, count);
                for (int i = 0; i < block.size(); i++) {
                    instrument(block.instruction(i), count);
                }
            });
        }

        private void instrument(Block block, ScoreboardU64 count) {
            if (counting == BLOCK_INLINE) {
                block.inlineAdd(count, 1);
            } else if (counting == BLOCK_CALLBACK) {
                block.onExecute(vcpu -> count.add(vcpu, 1));
            }
        }

        private void instrument(Instruction insn, ScoreboardU64 count) {
            switch (counting) {
                case INSN_INLINE -> insn.inlineAdd(count, 1);
                case INSN_CALLBACK -> insn.onExecute(vcpu -> count.add(vcpu, 1));
                case INSN_REGISTERS_CALLBACK -> insn.onExecute(RegisterAccess.READ, vcpu -> count.add(vcpu, 1));
                case MEM_INLINE -> insn.inlineMemoryAdd(MemoryAccess.READ_WRITE, count, 1);
                case MEM_CALLBACK -> insn.onMemory(MemoryAccess.READ_WRITE, (vcpu, vaddr, info) -> count.add(vcpu, 1));
                case NONE, BLOCK_INLINE, BLOCK_CALLBACK -> {}
            }
        }
    }
}

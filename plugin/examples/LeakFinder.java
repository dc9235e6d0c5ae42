import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import jqemu.plugin.api.Block;
import jqemu.plugin.api.Instruction;
import jqemu.plugin.api.Plugin;
import jqemu.plugin.api.PluginApi;
import jqemu.plugin.api.PluginArguments;
import jqemu.plugin.api.PluginContext;
import jqemu.plugin.api.Register;
import jqemu.plugin.api.RegisterAccess;

/// Finds heap memory that a program never frees: hooks malloc, calloc, realloc and free by their symbols.
///
/// At a function's entry it notes arguments and return address; where the guest comes back to that address, `x0` is the
/// new memory. Arguments: `limit=N` call sites that are listed.
///
///     jqemu-user -d plugin -plugin plugin/examples/LeakFinder.java program
public final class LeakFinder implements Plugin {
    private record Call(long size, long returnsTo, long sp) {}

    private record Allocation(long size, long caller) {}

    private final Map<Integer, Call> pending = new ConcurrentHashMap<>();
    private final Map<Long, Allocation> live = new ConcurrentHashMap<>();

    private Register x0;
    private Register x1;
    private Register lr;
    private Register sp;
    private PluginContext context;

    @Override
    public int apiVersion() {
        return PluginApi.VERSION;
    }

    @Override
    public void install(PluginContext context, PluginArguments arguments) {
        int limit = arguments.integer("limit", 10);
        arguments.rejectUnknown();
        this.context = context;
        x0 = context.register("x0");
        x1 = context.register("x1");
        lr = context.register("x30");
        sp = context.register("sp");
        context.onTranslate(this::translate);
        context.onExit(() -> report(limit));
    }

    private void translate(Block block) {
        for (int i = 0; i < block.size(); i++) {
            Instruction insn = block.instruction(i);
            String function = insn.symbolOffset() == 0 ? insn.symbol() : null;
            if (function != null) {
                hook(function, insn);
            }
        }
        // a return begins a block
        long address = block.address();
        block.instruction(0).onExecute(RegisterAccess.READ, vcpu -> returned(vcpu, address));
    }

    private void hook(String function, Instruction insn) {
        switch (function) {
            case "malloc", "__libc_malloc" ->
                insn.onExecute(RegisterAccess.READ, vcpu -> enter(vcpu, x0.read(vcpu)));
            case "calloc", "__libc_calloc" ->
                insn.onExecute(RegisterAccess.READ, vcpu -> enter(vcpu, x0.read(vcpu) * x1.read(vcpu)));
            case "realloc", "__libc_realloc" ->
                insn.onExecute(RegisterAccess.READ, vcpu -> {
                    if (enter(vcpu, x1.read(vcpu))) {
                        live.remove(x0.read(vcpu));
                    }
                });
            case "free", "__libc_free", "cfree" ->
                insn.onExecute(RegisterAccess.READ, vcpu -> live.remove(x0.read(vcpu)));
            default -> {
                // not ours
            }
        }
    }

    /// Notes a call, unless it is one that an allocator makes of another.
    private boolean enter(int vcpu, long size) {
        return pending.putIfAbsent(vcpu, new Call(size, lr.read(vcpu), sp.read(vcpu))) == null;
    }

    private void returned(int vcpu, long address) {
        Call call = pending.get(vcpu);
        if (call != null && call.returnsTo() == address && call.sp() == sp.read(vcpu)) {
            pending.remove(vcpu);
            long memory = x0.read(vcpu);
            if (memory != 0) {
                live.put(memory, new Allocation(call.size(), call.returnsTo()));
            }
        }
    }

    private void report(int limit) {
        Map<Long, long[]> byCaller = new TreeMap<>();
        live.values().forEach(allocation -> {
            long[] sums = byCaller.computeIfAbsent(allocation.caller(), caller -> new long[2]);
            sums[0]++;
            sums[1] += allocation.size();
        });
        long bytes = live.values().stream().mapToLong(Allocation::size).sum();
        context.print(live.size() + " allocations are not freed, " + bytes + " bytes\n");
        byCaller.entrySet().stream()
                .sorted((a, b) -> Long.compare(b.getValue()[1], a.getValue()[1]))
                .limit(limit)
                .forEach(entry -> context.print("  0x" + Long.toHexString(entry.getKey()) + ": "
                        + entry.getValue()[0] + " allocations, " + entry.getValue()[1] + " bytes\n"));
    }
}

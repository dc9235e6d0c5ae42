import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import jqemu.plugin.api.*;

/// Uses every function of the API on the guest `bin/plugged` and prints `ok NAME` with the C function's name where it
/// did what it should; each check compares with something that is known independently.
public final class Probe implements Plugin {
    private static final int ROUNDS = 3000;
    private static final int THREADS = 20;

    private final Set<String> proven = ConcurrentHashMap.newKeySet();
    private final Set<String> wrong = ConcurrentHashMap.newKeySet();
    private PluginContext context;

    private final AtomicInteger inits = new AtomicInteger();
    private final AtomicInteger exits = new AtomicInteger();
    private final AtomicInteger idles = new AtomicInteger();
    private final AtomicInteger resumes = new AtomicInteger();
    private final AtomicInteger flushes = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger getppids = new AtomicInteger();
    private final AtomicInteger returns = new AtomicInteger();
    private final java.util.concurrent.atomic.AtomicBoolean answered =
            new java.util.concurrent.atomic.AtomicBoolean();
    private volatile PluginContext contextOfTranslation;
    private final Set<Discontinuity> seen = ConcurrentHashMap.newKeySet();

    private ScoreboardU64 entry;
    private ScoreboardU64 counted;
    private ScoreboardU64 insnInline;
    private ScoreboardU64 insnCalled;
    private ScoreboardU64 blockInline;
    private ScoreboardU64 blockCalled;
    private ScoreboardU64 memInline;
    private ScoreboardU64 memCalled;
    private ScoreboardU64 stored;
    private ScoreboardU64[] held = new ScoreboardU64[Condition.values().length];
    private ScoreboardU64[] heldByBlock = new ScoreboardU64[Condition.values().length];
    private ScoreboardU64 unsigned;

    @Override
    public int apiVersion() {
        return PluginApi.VERSION;
    }

    private void check(String name, boolean right) {
        (right ? proven : wrong).add(name);
    }

    @Override
    public void install(PluginContext context, PluginArguments arguments) {
        this.context = context;
        check("qemu_plugin_install", arguments.string("word", "").equals("a,b"));
        check("qemu_plugin_bool_parse", arguments.flag("flag", false) && !PluginArguments.parseFlag("f", "off"));
        arguments.rejectUnknown();
        TargetInfo target = context.target();
        check("qemu_info_t", target.name().equals("aarch64") && !target.isSystemEmulation()
                && target.minApiVersion() <= target.apiVersion() && target.apiVersion() == PluginApi.VERSION);
        check("qemu_plugin_version", PluginApi.isSupported(apiVersion()) && !PluginApi.isSupported(apiVersion() + 1));
        check("qemu_plugin_request_time_control", context.requestTimeControl() == null);
        check("qemu_plugin_update_ns", context.requestTimeControl() == null);
        makeScoreboards();
        context.onVcpuInit(this::vcpuStarts);
        context.onVcpuExit(vcpu -> exits.incrementAndGet());
        context.onVcpuIdle(vcpu -> idles.incrementAndGet());
        context.onVcpuResume(vcpu -> resumes.incrementAndGet());
        context.onFlush(flushes::incrementAndGet);
        context.onTranslate(this::translate);
        context.onSystemCall((vcpu, call) -> {
            calls.incrementAndGet();
            if (call.number() == 173) {
                getppids.incrementAndGet();
            }
            if (call.number() == 129) {
                check("qemu_plugin_register_vcpu_syscall_cb", call.a1() == 10 && call.argument(1) == 10
                        && context.register("x8").read(vcpu) == 129);
            }
        });
        context.onSystemCallReturn((vcpu, number, result) -> {
            if (number == 139) {
                check("qemu_plugin_register_vcpu_syscall_ret_cb", result == -513);
            }
            if (number == 173) {
                returns.incrementAndGet();
                check("qemu_plugin_register_vcpu_syscall_ret_cb",
                        result == 4711 && context.register("x0").read(vcpu) == 4711);
            }
        });
        context.filterSystemCalls((vcpu, call) ->
                call.number() == 173 ? OptionalLong.of(4711) : OptionalLong.empty());
        context.onDiscontinuity(EnumSet.allOf(Discontinuity.class), this::discontinued);
        context.onExit(this::exit);
    }

    private void makeScoreboards() {
        Scoreboard two = context.newScoreboard(2);
        counted = two.cell(1);
        insnInline = context.newScoreboard();
        insnCalled = context.newScoreboard();
        blockInline = context.newScoreboard();
        blockCalled = context.newScoreboard();
        memInline = context.newScoreboard();
        memCalled = context.newScoreboard();
        stored = context.newScoreboard();
        unsigned = context.newScoreboard();
        entry = context.newScoreboard();
        for (int i = 0; i < held.length; i++) {
            held[i] = context.newScoreboard();
            heldByBlock[i] = context.newScoreboard();
        }
        ScoreboardU64 cell = context.newScoreboard();
        cell.set(3, 5);
        cell.add(3, 4);
        cell.add(5, 100);
        check("qemu_plugin_u64_set", cell.get(3) == 9);
        check("qemu_plugin_u64_add", cell.get(5) == 100);
        check("qemu_plugin_u64_get", cell.get(4) == 0 && cell.get(3) == 9);
        check("qemu_plugin_u64_sum", cell.sum() == 109);
        check("qemu_plugin_u64", cell.equals(cell.scoreboard().cell(0)));
        check("qemu_plugin_scoreboard_u64", cell.index() == 0 && cell.scoreboard().cellCount() == 1);
        check("qemu_plugin_scoreboard_u64_in_struct", counted.index() == 1 && two.cell(0).sum() == 0);
        check("qemu_plugin_scoreboard_new", two.cellCount() == 2 && two.capacity() == 16);
        check("qemu_plugin_scoreboard_find", counted.position(1) - counted.position(0) == two.stride());
        Scoreboard freed = context.newScoreboard(1);
        context.freeScoreboard(freed);
        freedScoreboard = freed;
    }

    private Scoreboard freedScoreboard;

    private void vcpuStarts(int vcpu) {
        inits.incrementAndGet();
        counted.set(vcpu, 1000 + vcpu);
        if (vcpu == 0) {
            check("qemu_plugin_path_to_binary", context.pathToBinary().equals("bin/plugged"));
            check("qemu_plugin_entry_code", context.register("pc").read(vcpu) == context.entryCode());
            check("qemu_plugin_start_code", context.startCode() <= context.entryCode());
            check("qemu_plugin_end_code", Long.compareUnsigned(context.entryCode(), context.endCode()) < 0);
            List<Register> registers = context.registers();
            Set<String> names = new TreeSet<>();
            registers.forEach(register -> names.add(register.name()));
            check("qemu_plugin_get_registers", names.containsAll(List.of("x0", "x30", "sp", "pc", "cpsr", "v31", "fpcr"))
                    && names.size() == registers.size());
            check("qemu_plugin_reg_descriptor", context.register("v0").size() == 16
                    && context.register("cpsr").size() == 4
                    && context.register("x0").feature().equals("org.gnu.gdb.aarch64.core"));
        }
    }

    private void discontinued(int vcpu, Discontinuity type, long from, long to) {
        seen.add(type);
        switch (type) {
            case HOST_CALL -> check("qemu_plugin_register_vcpu_discon_cb", to == from + 4 || to == undefinedAt + 4 || returnsTo.contains(to));
            case EXCEPTION -> check("qemu_plugin_register_vcpu_discon_cb", from == undefinedAt);
            case INTERRUPT -> returnsTo.add(from);
        }
        if (type != Discontinuity.HOST_CALL) {
            enteredAt.put(type, to);
        } else if (to != from + 4) {
            returns139.incrementAndGet();
        }
    }

    private final java.util.Map<Discontinuity, Long> enteredAt = new ConcurrentHashMap<>();
    private final Set<Long> returnsTo = ConcurrentHashMap.newKeySet();
    private final AtomicInteger returns139 = new AtomicInteger();
    private volatile long undefinedAt;
    private final long[] handlers = {0x1, 0x2};

    private void translate(Block block) {
        contextOfTranslation = context;
        check("qemu_plugin_register_vcpu_tb_trans_cb", true);
        check("qemu_plugin_tb_vaddr", block.address() == block.instruction(0).address());
        check("qemu_plugin_tb_n_insns", block.instruction(block.size() - 1).address() == block.address() + 4L * (block.size() - 1));
        try {
            block.instruction(block.size());
            check("qemu_plugin_tb_get_insn", false);
        } catch (IndexOutOfBoundsException e) {
            check("qemu_plugin_tb_get_insn", true);
        }
        block.inlineAdd(blockInline, 1);
        block.onExecute(vcpu -> blockCalled.add(vcpu, 1));
        for (int i = 0; i < block.size(); i++) {
            instrument(block, block.instruction(i));
        }
    }

    private void instrument(Block block, Instruction insn) {
        insn.inlineAdd(insnInline, 1);
        insn.onExecute(vcpu -> insnCalled.add(vcpu, 1));
        insn.inlineMemoryAdd(MemoryAccess.READ_WRITE, memInline, 1);
        insn.onMemory(MemoryAccess.READ, (vcpu, address, info) -> memCalled.add(vcpu, 1));
        insn.onMemory(MemoryAccess.WRITE, (vcpu, address, info) -> memCalled.add(vcpu, 1));
        byte[] bytes = insn.bytes();
        byte[] memory = context.readMemory(insn.address(), 4);
        check("qemu_plugin_insn_data", java.util.Arrays.equals(bytes, memory));
        check("qemu_plugin_insn_size", insn.size() == 4);
        check("qemu_plugin_insn_haddr", insn.hostAddress() - insn.address() == block.instruction(0).hostAddress() - block.address());
        long address = insn.address();
        Register pc = context.register("pc");
        insn.onExecute(RegisterAccess.READ, vcpu -> check("qemu_plugin_insn_vaddr", pc.read(vcpu) == address));
        String function = insn.symbol();
        if (function == null) {
            return;
        }
        int line = (int) insn.symbolOffset() / 4;
        switch (function) {
            case "answer" -> {
                check("qemu_plugin_insn_symbol", line < 2 && insn.disassembly().startsWith(line == 0 ? "mov x0, #0x7" : "ret")
                        || line == 0 && insn.disassembly().startsWith("mov x0, #7"));
                check("qemu_plugin_insn_disas", insn.disassembly().startsWith(line == 0 ? "mov x0, #" : "ret"));
                if (line == 0) {
                    skipAnswer(insn);
                } else {
                    insn.onExecute(vcpu -> answered.set(true));
                }
            }
            case "writex" -> {
                if (line == 0) {
                    writeX(block, insn);
                }
            }
            case "writev" -> {
                Register v1 = context.register("v1");
                if (line == 0) {
                    insn.onExecute(RegisterAccess.READ_WRITE, vcpu -> v1.write(vcpu, 0x99, 0x1234));
                } else {
                    insn.onExecute(RegisterAccess.READ, vcpu -> check("qemu_plugin_read_register",
                            v1.read(vcpu) == 0x99 && v1.readHigh(vcpu) == 0x1234));
                }
            }
            case "writeflags" -> {
                Register flags = context.register("nzcv");
                if (line == 0) {
                    insn.onExecute(RegisterAccess.READ_WRITE, vcpu -> {
                        check("qemu_plugin_write_register", flags.read(vcpu) >>> 28 == 6);
                        flags.write(vcpu, 0);
                    });
                }
            }
            case "accesses" -> accesses(insn, line);
            case "undefined" -> {
                if (line == 0) {
                    undefinedAt = address;
                }
            }
            case "on_sigill" -> handlers[0] = line == 0 ? address : handlers[0];
            case "on_signal" -> handlers[1] = line == 0 ? address : handlers[1];
            default -> {}
        }
    }


    private void skipAnswer(Instruction insn) {
        Register x0 = context.register("x0");
        Register lr = context.register("x30");
        insn.onExecute(vcpu -> {
            try {
                x0.read(vcpu);
                check("qemu_plugin_cb_flags", false);
            } catch (IllegalStateException e) {
                check("qemu_plugin_cb_flags", true);
            }
        });
        insn.onExecute(RegisterAccess.READ_WRITE, vcpu -> {
            x0.write(vcpu, 42);
            context.setPc(vcpu, lr.read(vcpu));
        });
    }

    private void writeX(Block block, Instruction insn) {
        Register x3 = context.register("x3");
        Register x22 = context.register("x22");
        insn.onExecute(RegisterAccess.READ_WRITE, vcpu -> {
            x3.write(vcpu, x3.read(vcpu) + 1);
            check("qemu_plugin_write_memory_vaddr", context.writeMemory(x22.read(vcpu), new byte[] {0x77})
                    && !context.writeMemory(0x10, new byte[] {1}));
            byte[] read = context.readMemory(x22.read(vcpu), 8);
            check("qemu_plugin_read_memory_vaddr", read != null && read[0] == 0x77 && read[7] == 0
                    && context.readMemory(0x10, 8) == null);
        });
        insn.inlineStore(stored, -1);
        insn.onExecuteIf(Condition.GT, stored, 1, vcpu -> unsigned.add(vcpu, 1));
        insn.inlineStore(stored, 5);
        for (Condition condition : Condition.values()) {
            for (long constant = 4; constant <= 6; constant++) {
                ScoreboardU64 count = held[condition.ordinal()];
                insn.onExecuteIf(condition, stored, constant, vcpu -> count.add(vcpu, 1));
            }
        }
        block.inlineStore(entry, 5);
        for (Condition condition : Condition.values()) {
            for (long constant = 4; constant <= 6; constant++) {
                ScoreboardU64 count = heldByBlock[condition.ordinal()];
                block.onExecuteIf(condition, entry, constant, vcpu -> count.add(vcpu, 1));
            }
        }
    }

    private final ConcurrentHashMap<Integer, Integer> rightValues = new ConcurrentHashMap<>();

    private void accesses(Instruction insn, int line) {
        long x7 = 0x8182838485868788L;
        long x9 = 0x1112131415161718L;
        long[] low = {0, x7, x7 & 0xff, x7 & 0xffff, x7 & 0xffffffffL, x7, x7, 0x88, x7};
        int[] shift = {0, 4, 0, 1, 2, 3, 4, 0, 4};
        boolean store = line >= 2 && line <= 6;
        if (line < 1 || line > 8) {
            return;
        }
        insn.onMemoryValue(MemoryAccess.READ_WRITE, (vcpu, address, info, value, high) -> {
            boolean right = value == low[line] && high == (shift[line] == 4 ? x9 : 0);
            check("qemu_plugin_mem_get_value", right);
            check("qemu_plugin_mem_size_shift", info.sizeShift() == shift[line]);
            check("qemu_plugin_mem_is_store", info.isStore() == store);
            check("qemu_plugin_mem_is_sign_extended", info.isSignExtended() == (line == 7));
            check("qemu_plugin_mem_is_big_endian", !info.isBigEndian());
            for (String name : List.of("is_io", "phys_addr", "device_name")) {
                check("qemu_plugin_hwaddr_" + name, info.hardwareAddress(address) == null);
            }
            check("qemu_plugin_get_hwaddr", info.hardwareAddress(address) == null);
            rightValues.merge(line, right ? 1 : 0, Integer::sum);
        });
        insn.onMemory(store ? MemoryAccess.READ : MemoryAccess.WRITE, (vcpu, address, info) ->
                wrong.add("qemu_plugin_mem_rw"));
    }

    private void exit() {
        check("qemu_plugin_register_atexit_cb", true);
        check("qemu_plugin_set_pc", !answered.get());
        check("qemu_plugin_id_t", context == contextOfTranslation);
        check("qemu_plugin_register_vcpu_init_cb", inits.get() == THREADS + 1);
        check("qemu_plugin_register_vcpu_exit_cb", exits.get() >= 1 && exits.get() <= THREADS);
        check("qemu_plugin_register_vcpu_idle_cb", idles.get() > 0);
        check("qemu_plugin_register_vcpu_resume_cb", idles.get() == resumes.get());
        check("qemu_plugin_register_flush_cb", flushes.get() == 1);
        check("qemu_plugin_num_vcpus", context.vcpuCount() == THREADS + 1);
        AtomicInteger live = new AtomicInteger();
        context.forEachVcpu(vcpu -> live.incrementAndGet());
        check("qemu_plugin_vcpu_for_each", live.get() == inits.get() - exits.get());
        check("qemu_plugin_register_vcpu_syscall_filter_cb", getppids.get() == ROUNDS && returns.get() == ROUNDS);
        check("qemu_plugin_register_vcpu_discon_cb", seen.equals(EnumSet.allOf(Discontinuity.class))
                && returns139.get() == 2
                && enteredAt.get(Discontinuity.EXCEPTION) == handlers[0]
                && enteredAt.get(Discontinuity.INTERRUPT) == handlers[1]);
        check("qemu_plugin_register_vcpu_insn_exec_inline_per_vcpu", insnInline.sum() == insnCalled.sum()
                && insnInline.sum() > 50L * ROUNDS);
        check("qemu_plugin_register_vcpu_insn_exec_cb", insnInline.get(0) == insnCalled.get(0));
        check("qemu_plugin_register_vcpu_tb_exec_inline_per_vcpu", blockInline.sum() == blockCalled.sum());
        check("qemu_plugin_register_vcpu_tb_exec_cb", blockCalled.sum() > 7L * ROUNDS);
        check("qemu_plugin_register_vcpu_mem_inline_per_vcpu", memInline.sum() == memCalled.sum());
        check("qemu_plugin_register_vcpu_mem_cb", memCalled.get(0) >= 10L * ROUNDS);
        check("qemu_plugin_mem_rw", !wrong.contains("qemu_plugin_mem_rw"));
        long[] expected = {0, 3, 1, 2, 1, 2, 1, 2}; // of 5 against 4, 5, 6
        for (Condition condition : Condition.values()) {
            long want = expected[condition.ordinal()] * ROUNDS;
            check("qemu_plugin_register_vcpu_insn_exec_cond_cb", held[condition.ordinal()].sum() == want);
            check("qemu_plugin_register_vcpu_tb_exec_cond_cb", heldByBlock[condition.ordinal()].sum() == want);
        }
        check("qemu_plugin_cond", unsigned.sum() == ROUNDS);
        check("qemu_plugin_op", stored.get(0) == 5);
        for (int line = 1; line <= 8; line++) {
            check("qemu_plugin_mem_value", rightValues.get(line) == ROUNDS);
        }
        boolean kept = counted.scoreboard().capacity() > 16;
        for (int vcpu = 0; vcpu <= THREADS; vcpu++) {
            kept &= counted.get(vcpu) == 1000 + vcpu;
        }
        check("qemu_plugin_scoreboard", kept);
        check("qemu_plugin_scoreboard_free", freedScoreboard.capacity() == 16);
        context.print("ok qemu_plugin_outs\n");
        new TreeSet<>(proven).forEach(name -> {
            if (!wrong.contains(name)) {
                context.print("ok " + name + "\n");
            }
        });
        new TreeSet<>(wrong).forEach(name -> context.print("WRONG " + name + "\n"));
    }
}

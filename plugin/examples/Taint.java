import java.util.BitSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jqemu.plugin.api.Block;
import jqemu.plugin.api.Instruction;
import jqemu.plugin.api.MemoryAccess;
import jqemu.plugin.api.Plugin;
import jqemu.plugin.api.PluginApi;
import jqemu.plugin.api.PluginArguments;
import jqemu.plugin.api.PluginContext;
import jqemu.plugin.api.Register;

/// Follows data that the program reads from files and terminals: through registers and memory to branches that depend
/// on it, and to what it writes.
///
/// A register is tainted when a tainted register or tainted memory went into it; each byte of memory when a tainted
/// register was stored there. It looks at operands only, in their order in the assembly text: flags, and addresses made
/// of tainted data, taint nothing. Arguments: `limit=N` branches that are listed.
///
///     jqemu-user -d plugin -plugin plugin/examples/Taint.java program <input
public final class Taint implements Plugin {
    private static final int READ = 63;
    private static final int WRITE = 64;
    private static final Pattern REGISTER = Pattern.compile("\\b(?:[xw](?:\\d+|zr)|[vbhsdq]\\d+|sp|wsp)\\b");
    private static final Pattern ADDRESS = Pattern.compile("\\[.*");
    private static final Set<String> NO_RESULT = Set.of("cmp", "cmn", "tst", "ccmp", "ccmn", "cbz", "cbnz", "tbz",
            "tbnz", "br", "blr", "ret", "fcmp", "fcmpe", "prfm", "prfum", "msr", "svc", "b", "bl");

    private final Set<Long> memory = ConcurrentHashMap.newKeySet();
    private final Map<Integer, BitSet> registers = new ConcurrentHashMap<>();
    private final Map<Long, String> branches = new ConcurrentHashMap<>();
    private PluginContext context;
    private final java.util.concurrent.atomic.AtomicLong sources = new java.util.concurrent.atomic.AtomicLong();
    private final java.util.concurrent.atomic.AtomicLong sinks = new java.util.concurrent.atomic.AtomicLong();

    @Override
    public int apiVersion() {
        return PluginApi.VERSION;
    }

    @Override
    public void install(PluginContext context, PluginArguments arguments) {
        int limit = arguments.integer("limit", 10);
        arguments.rejectUnknown();
        this.context = context;
        Register x1 = context.register("x1");
        Map<Integer, Long> buffers = new ConcurrentHashMap<>();
        context.onSystemCall((vcpu, call) -> {
            if (call.number() == READ) {
                buffers.put(vcpu, x1.read(vcpu));
            } else if (call.number() == WRITE) {
                for (long i = 0; i < call.a2(); i++) {
                    if (memory.contains(call.a1() + i)) {
                        sinks.incrementAndGet();
                    }
                }
            }
        });
        context.onSystemCallReturn((vcpu, number, result) -> {
            of(vcpu).clear(0); // x0 is the result now
            if (number == READ) {
                for (long i = 0; i < result; i++) {
                    memory.add(buffers.get(vcpu) + i);
                    sources.incrementAndGet();
                }
            }
        });
        context.onTranslate(this::translate);
        context.onExit(() -> report(limit));
    }

    private BitSet of(int vcpu) {
        return registers.computeIfAbsent(vcpu, key -> new BitSet(64));
    }

    private void translate(Block block) {
        for (int i = 0; i < block.size(); i++) {
            follow(block.instruction(i));
        }
    }

    /// The number of a register in the text: general ones from 0, vectors from 32, -1 for the zero register.
    private static int numberOf(String name) {
        return switch (name) {
            case "xzr", "wzr" -> -1;
            case "sp", "wsp" -> 31;
            default -> {
                int number = Integer.parseInt(name.substring(1));
                yield "xw".indexOf(name.charAt(0)) >= 0 ? number : 32 + number;
            }
        };
    }

    private static int[] operands(String text) {
        Matcher matcher = REGISTER.matcher(text);
        return matcher.results().mapToInt(result -> numberOf(result.group())).toArray();
    }

    private void follow(Instruction insn) {
        String text = insn.disassembly();
        int space = text.indexOf(' ');
        String name = space < 0 ? text : text.substring(0, space);
        String arguments = space < 0 ? "" : text.substring(space);
        boolean accesses = arguments.indexOf('[') >= 0;
        int[] operands = operands(accesses ? ADDRESS.matcher(arguments).replaceFirst("") : arguments);
        long address = insn.address();
        if (accesses) {
            followAccess(insn, operands);
        } else if (NO_RESULT.contains(name) || name.startsWith("b.")) {
            insn.onExecute(vcpu -> {
                if (any(of(vcpu), operands, 0)) {
                    branches.putIfAbsent(address, text);
                }
            });
        } else if (operands.length > 0 && operands[0] >= 0) {
            boolean keeps = name.equals("movk") || name.equals("bfi") || name.equals("bfxil") || name.equals("ins");
            insn.onExecute(vcpu -> of(vcpu).set(operands[0], any(of(vcpu), operands, keeps ? 0 : 1)));
        }
    }

    private void followAccess(Instruction insn, int[] operands) {
        insn.onMemory(MemoryAccess.READ, (vcpu, vaddr, info) -> {
            boolean tainted = false;
            for (int i = 0; i < info.size(); i++) {
                tainted |= memory.contains(vaddr + i);
            }
            for (int operand : operands) {
                if (operand >= 0) {
                    of(vcpu).set(operand, tainted);
                }
            }
        });
        insn.onMemory(MemoryAccess.WRITE, (vcpu, vaddr, info) -> {
            boolean tainted = any(of(vcpu), operands, 0);
            for (int i = 0; i < info.size(); i++) {
                if (tainted) {
                    memory.add(vaddr + i);
                } else {
                    memory.remove(vaddr + i);
                }
            }
        });
    }

    private static boolean any(BitSet tainted, int[] operands, int first) {
        for (int i = first; i < operands.length; i++) {
            if (operands[i] >= 0 && tainted.get(operands[i])) {
                return true;
            }
        }
        return false;
    }

    private void report(int limit) {
        context.print(sources.get() + " bytes read, " + sinks.get() + " tainted bytes written, " + branches.size()
                + " comparisons and branches depend on input\n");
        branches.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .limit(limit)
                .forEach(entry -> context.print("  0x" + Long.toHexString(entry.getKey()) + ": " + entry.getValue() + "\n"));
    }
}

package jqemu.plugin.stoptrigger;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import jqemu.plugin.api.Condition;
import jqemu.plugin.api.Instruction;
import jqemu.plugin.api.Plugin;
import jqemu.plugin.api.PluginApi;
import jqemu.plugin.api.PluginArguments;
import jqemu.plugin.api.PluginContext;
import jqemu.plugin.api.PluginException;
import jqemu.plugin.api.Register;
import jqemu.plugin.api.RegisterAccess;
import jqemu.plugin.api.ScoreboardU64;
import org.jspecify.annotations.Nullable;

/// Ends the run after a number of instructions or at an address. QEMU's `stoptrigger`.
///
/// Arguments: `icount=N[:CODE]` ends it when a vCPU has executed N instructions, `addr=ADDRESS[:CODE]`, as often as
/// needed, before the instruction at an address; CODE is the exit status (0).
///
/// The guest ends itself: it goes on at a system call instruction of its own program, with the registers of
/// `exit_group`, so that all plugins see an orderly end.
public final class StopTrigger implements Plugin {
    private static final int SVC = 0xd4000001;
    private static final int EXIT_GROUP = 94;
    private static final int PIECE = 1 << 16;

    private record Trigger(long number, int status) {
        static Trigger parse(String name, String text) {
            String[] parts = text.split(":", 2);
            try {
                return new Trigger(number(parts[0]), parts.length == 1 ? 0 : (int) number(parts[1]));
            } catch (NumberFormatException e) {
                throw new PluginException(name + " parsing failed: " + text, e);
            }
        }

        private static long number(String text) {
            if (text.startsWith("0x") || text.startsWith("0X")) {
                return Long.parseUnsignedLong(text, 2, text.length(), 16);
            }
            boolean octal = text.startsWith("0") && text.length() > 1;
            return Long.parseUnsignedLong(text, octal ? 8 : 10);
        }
    }

    private final AtomicBoolean stopping = new AtomicBoolean();
    private @Nullable PluginContext context;

    @Override
    public int apiVersion() {
        return PluginApi.VERSION;
    }

    @Override
    public void install(PluginContext context, PluginArguments arguments) {
        this.context = context;
        String count = arguments.string("icount");
        Trigger limit = count == null ? null : Trigger.parse("icount", count);
        Map<Long, Trigger> addresses = new HashMap<>();
        for (String address : arguments.strings("addr")) {
            Trigger trigger = Trigger.parse("addr", address);
            addresses.put(trigger.number, trigger);
        }
        arguments.rejectUnknown();
        if (limit == null && addresses.isEmpty()) {
            throw new PluginException("'icount' or 'addr' argument missing");
        }
        if (limit != null && limit.number < 1) {
            throw new PluginException("icount parsing failed: '" + count + "' must be a positive integer");
        }
        ScoreboardU64 executed = context.newScoreboard();
        context.onTranslate(block -> {
            for (int i = 0; i < block.size(); i++) {
                Instruction insn = block.instruction(i);
                long address = insn.address();
                String where = where(insn);
                if (limit != null) {
                    insn.inlineAdd(executed, 1);
                    insn.onExecuteIf(
                            Condition.EQ,
                            executed,
                            limit.number + 1,
                            RegisterAccess.READ_WRITE,
                            vcpu -> stop(vcpu, limit.status, "icount reached at " + where + ", exiting\n"));
                }
                Trigger trigger = addresses.get(address);
                if (trigger != null) {
                    insn.onExecute(
                            RegisterAccess.READ_WRITE,
                            vcpu -> stop(vcpu, trigger.status, where + " reached, exiting\n"));
                }
            }
        });
    }

    private static String where(Instruction insn) {
        String address = "0x" + Long.toHexString(insn.address());
        String symbol = insn.symbol();
        return symbol == null ? address : address + " (" + symbol + "+0x" + Long.toHexString(insn.symbolOffset()) + ")";
    }

    private void stop(int vcpu, int status, String message) {
        // the system call instruction itself may have a trigger, and other vCPUs run on for a moment
        if (!stopping.compareAndSet(false, true)) {
            return;
        }
        PluginContext guest = Objects.requireNonNull(context);
        guest.print(message);
        register(guest, "x8").write(vcpu, EXIT_GROUP);
        register(guest, "x0").write(vcpu, status);
        guest.setPc(vcpu, systemCall(guest));
    }

    private static Register register(PluginContext guest, String name) {
        Register register = guest.register(name);
        if (register == null) {
            throw new PluginException("the guest has no register " + name);
        }
        return register;
    }

    /// The address of any system call instruction of the program.
    private static long systemCall(PluginContext guest) {
        long end = guest.endCode();
        for (long at = guest.startCode() & -Integer.BYTES; at < end; at += PIECE) {
            byte[] piece = guest.readMemory(at, (int) Math.min(PIECE, end - at));
            if (piece == null) {
                continue;
            }
            ByteBuffer words = ByteBuffer.wrap(piece).order(ByteOrder.LITTLE_ENDIAN);
            while (words.remaining() >= Integer.BYTES) {
                if (words.getInt() == SVC) {
                    return at + words.position() - Integer.BYTES;
                }
            }
        }
        throw new PluginException("the program has no system call instruction to end it with");
    }
}

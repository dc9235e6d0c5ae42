import java.util.OptionalLong;
import jqemu.plugin.api.Plugin;
import jqemu.plugin.api.PluginApi;
import jqemu.plugin.api.PluginArguments;
import jqemu.plugin.api.PluginContext;
import jqemu.plugin.api.PluginException;
import jqemu.plugin.api.ScoreboardU64;

/// Lets system calls fail that would succeed, to see whether a program copes with it.
///
/// Arguments: `call=NUMBER` which system call; `errno=NUMBER` its error; `every=N` each N-th call of a thread;
/// `after=N` the first N calls of a thread succeed.
///
///     jqemu-user -d plugin -plugin plugin/examples/FaultInjector.java,call=64,errno=28,after=3 program
public final class FaultInjector implements Plugin {
    @Override
    public int apiVersion() {
        return PluginApi.VERSION;
    }

    @Override
    public void install(PluginContext context, PluginArguments arguments) {
        long call = arguments.number("call", -1);
        int errno = arguments.integer("errno", 5);
        long every = arguments.number("every", 1);
        long after = arguments.number("after", 0);
        arguments.rejectUnknown();
        if (call < 0 || every < 1) {
            throw new PluginException("call=NUMBER must be given, and every=N must be positive");
        }
        ScoreboardU64 calls = context.newScoreboard();
        ScoreboardU64 failures = context.newScoreboard();
        context.filterSystemCalls((vcpu, made) -> {
            if (made.number() != call) {
                return OptionalLong.empty();
            }
            calls.add(vcpu, 1);
            long number = calls.get(vcpu) - after;
            if (number < 1 || (number - 1) % every != 0) {
                return OptionalLong.empty();
            }
            failures.add(vcpu, 1);
            return OptionalLong.of(-errno);
        });
        context.onExit(() -> context.print(
                failures.sum() + " of " + calls.sum() + " system calls " + call + " failed with " + errno + "\n"));
    }
}
